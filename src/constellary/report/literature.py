"""What a report tells of the literature: every result of a review, each computed when it is first needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary.errors import ConstellaryError
from constellary.report.citations.styles import DEFAULT
from constellary.report.lazily import once

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.literature.agreement import ScreenersAgreement
    from constellary.literature.codebook_from import Tie
    from constellary.literature.context.listing import Listing
    from constellary.literature.flow import Flow
    from constellary.literature.matrix import Matrix
    from constellary.literature.review import Review
    from constellary.literature.synthesis import Synthesis
    from constellary.literature.works import Work
    from constellary.report.citations.reference_list import Cited
    from constellary.study.codebook import Codebook


@dataclass(frozen=True)
class LiteratureFindings:
    """The results of a review.

    Attributes
    ----------
    review
        What they are read off.
    codebook
        That of the alliances, which the taxonomy is compared with.
    style
        Of the reference list.
    """

    review: Review
    codebook: Codebook
    style: str = DEFAULT

    @once
    def works(self) -> tuple[Work, ...]:
        """The included works."""
        from constellary.literature.screening import included

        return included(self.review)

    @once
    def flow(self) -> Flow | None:
        """How many records went where; None where declared counts do not add up, see `fault`."""
        from constellary.literature.flow import flow

        try:
            return flow(self.review)
        except ConstellaryError:
            return None

    @once
    def fault(self) -> str:
        """Why there is no flow; empty where there is one."""
        from constellary.literature.flow import flow

        try:
            flow(self.review)
        except ConstellaryError as error:
            return str(error)
        return ""

    @once
    def agreement(self) -> ScreenersAgreement | None:
        """How far the screeners agree; None where no work was decided by two of them."""
        from constellary.literature.agreement import screeners_agreement

        found = screeners_agreement(self.review)
        return found if found.stages["shared"].sum() else None

    @once
    def syntheses(self) -> Mapping[str, Synthesis]:
        """By dimension of the taxonomy that has groups, `motivation` first."""
        from constellary.literature.coded import DEFAULT as FIRST
        from constellary.literature.synthesis import synthesis

        taxonomy = self.review.taxonomy
        used = {group.dimension for group in taxonomy.groups}
        names = sorted((name for name, _ in taxonomy.labels if name in used), key=lambda name: name != FIRST)
        return {name: synthesis(self.review, name) for name in names}

    @once
    def matrix(self) -> Matrix | None:
        """Studies by codes; None without codes."""
        from constellary.literature.matrix import matrix

        return matrix(self.review) if self.review.taxonomy.codes else None

    @once
    def years(self) -> Listing:
        """Included works by year."""
        from constellary.literature.context.tallies import yearly_output

        return yearly_output(self.works)

    @once
    def venues(self) -> Listing:
        """Included works by journal, proceedings or series."""
        from constellary.literature.context.tallies import top_venues

        return top_venues(self.works)

    @once
    def cited(self) -> Mapping[str, str]:
        """Included work -> how it is cited, as in Table 1."""
        from constellary.literature.coded import coded

        found = coded(self.review).cited
        return {work.id: found[work.id] for work in self.works}

    @once
    def references(self) -> tuple[Cited, ...]:
        """The included works as a citation style prints them; kept with the review, as a style takes its time."""
        from constellary.report.citations.reference_list import reference_list

        key = f"references {self.style}"
        kept = self.review.memory.get(key)
        if kept is None:
            self.review.memory[key] = kept = reference_list(self.works, self.style)
        return kept  # type: ignore[return-value]

    @once
    def tie(self) -> Tie | None:
        """How the codebook's motivation goes with the taxonomy's; None where there is nothing to compare."""
        from constellary.literature.codebook_from import tie

        return tie(self.review.taxonomy, self.codebook)

    def numbers(self) -> dict[str, object]:
        """Return every number under stable keys; missing is None."""
        protocol, tie = self.review.protocol, self.tie
        return {
            "question": protocol.question,
            "searches": [
                {
                    "name": one.name,
                    "database": one.database,
                    "string": one.string,
                    "date": one.date,
                    "hits": one.hits,
                    "limits": one.limits,
                    "updates": one.updates,
                    "other": one.other,
                }
                for one in protocol.searches
            ],
            "records": len(self.review.records),
            "flow": None if self.flow is None else self.flow.numbers(),
            "agreement": None if self.agreement is None else self.agreement.numbers(),
            "included": [work.id for work in self.works],
            "years": self.years.tables()["years"].to_dicts(),
            "venues": [_venue(row) for row in self.venues.rows.to_dicts()],
            "synthesis": {name: found.numbers() for name, found in self.syntheses.items()},
            "matrix": None if self.matrix is None else self.matrix.numbers(),
            "codebook": None
            if tie is None
            else {
                "variable": tie.variable,
                "dimension": tie.dimension,
                "shared": dict(tie.shared),
                "without_group": list(tie.without_group),
                "without_category": list(tie.without_category),
            },
        }


def _venue(row: dict[str, Any]) -> dict[str, object]:
    return {key: row[key] for key in ("venue", "works", "share", "first_year", "last_year")}
