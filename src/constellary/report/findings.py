"""Findings: every result of a report, computed once when first needed, and their numbers under stable keys.

The sections write from these and compute nothing; `results.json` is `Findings.numbers`. Who shows one
section alone pays for what that section needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import polars as pl

from constellary.constellation.constellation import constellation
from constellary.constellation.measures import COMPARED
from constellary.report.against import compare, keys_of
from constellary.report.lazily import Lazily, once
from constellary.statistics.agreement import agreement
from constellary.statistics.comparison import compare_firms
from constellary.statistics.concentration import alliances_per_firm
from constellary.statistics.crosstab import crosstab
from constellary.statistics.frequency import frequency
from constellary.statistics.rivals import rival_pairs
from constellary.statistics.sample import describe_sample
from constellary.statistics.sizes import partners_per_alliance
from constellary.statistics.trend import trend

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from constellary.constellation.constellation import Constellation
    from constellary.literature.review import Review
    from constellary.report.against import Comparison
    from constellary.report.literature import LiteratureFindings
    from constellary.report.published import Published
    from constellary.statistics.agreement import Agreement
    from constellary.statistics.comparison import FirmComparison
    from constellary.statistics.concentration import AlliancesPerFirm
    from constellary.statistics.crosstab import Crosstab
    from constellary.statistics.frequency import Frequency
    from constellary.statistics.rivals import RivalPairs
    from constellary.statistics.sample import Sample
    from constellary.statistics.sizes import PartnersPerAlliance
    from constellary.statistics.trend import Trend
    from constellary.study.codebook import Design
    from constellary.study.frames import Frames

    Progress = Callable[[str], None]

LEADING = ("alliances", "degree", "betweenness", "harmonic_normalised", "eigenvector")
"""Measures whose first five firms are named."""


@dataclass(frozen=True)
class Findings:
    """All results of one selection of alliances; each is computed when it is first asked for.

    Attributes
    ----------
    frames
        What they are computed from.
    sky
        Gives the constellation, which is asked for once, when first needed; None: computed then.
    published
        What an earlier study printed; None: nothing to compare with.
    review
        The review of the literature; None: the study has none.
    style
        Of its reference list; None: the usual one.
    """

    frames: Frames
    sky: Callable[[], Constellation] | None = None
    published: Published | None = None
    review: Review | None = None
    style: str | None = None

    @once
    def literature(self) -> LiteratureFindings | None:
        """What the literature says; None where the study has none."""
        if self.review is None:
            return None
        from constellary.report.citations.styles import DEFAULT
        from constellary.report.literature import LiteratureFindings

        return LiteratureFindings(self.review, self.frames.codebook, self.style or DEFAULT)

    @property
    def empty(self) -> bool:
        """Whether there is no alliance, so that nothing but the literature can be told."""
        return self.frames.alliances.is_empty() or self.frames.partners.is_empty()

    @once
    def sample(self) -> Sample:
        """What the study rests on."""
        return describe_sample(self.frames)

    @once
    def frequencies(self) -> Mapping[str, Frequency]:
        """By variable: every choice of the codebook and every grouping."""
        names = [item.name for item in self.frames.codebook.items if item.kind in ("single", "multiple")]
        return Lazily(names, lambda name: frequency(self.frames, name))

    @once
    def crosstabs(self) -> Mapping[tuple[str, str], Crosstab]:
        """By (row, column), as the codebook's design asks."""
        return Lazily(self.design.crosstabs, lambda pair: crosstab(self.frames, *pair))

    @once
    def per_firm(self) -> AlliancesPerFirm:
        """How alliances are spread over firms."""
        return alliances_per_firm(self.frames)

    @once
    def per_alliance(self) -> PartnersPerAlliance:
        """How many partners alliances have."""
        return partners_per_alliance(self.frames)

    @once
    def trend(self) -> Trend:
        """Alliances over the years."""
        return trend(self.frames)

    @once
    def rivals(self) -> RivalPairs | None:
        """Alliances between rivals; None where the codebook gives no ground for them."""
        return rival_pairs(self.frames, self.design.rivals) if self.design.rivals else None

    @once
    def agreement(self) -> Agreement | None:
        """How far the coders agree; None where nothing was coded twice."""
        return agreement(self.frames) if self.frames.codings.height else None

    @once
    def constellation(self) -> Constellation:
        """The firms and their ties."""
        if self.sky is not None:
            return self.sky()
        return constellation(self.frames, firm_type=self.design.firm_type)

    @once
    def comparison(self) -> FirmComparison | None:
        """The two groups of firms set against each other; None where the codebook names none."""
        if self.design.comparison is None:
            return None
        measures = self.constellation.firms.select("firm", *COMPARED)
        return compare_firms(self.frames, self.design.comparison, measures)

    @once
    def comparisons(self) -> tuple[Comparison, ...]:
        """The published values that can be compared with this study's; empty without any."""
        if self.published is None:
            return ()
        pointed = [
            pointer for value in self.published.values for pointer in (value.ours, value.of) if pointer
        ]
        return tuple(compare(self.published, self.results({keys_of(pointer)[0] for pointer in pointed})))

    @property
    def design(self) -> Design:
        """What the codebook asks the report to show."""
        return self.frames.codebook.design

    def leaders(self, measure: str, count: int = 5) -> list[str]:
        """Return the firms with the highest values of a measure, the highest first, ties by name."""
        firms = self.constellation.firms.filter(pl.col(measure).is_not_null())
        return firms.sort([measure, "firm"], descending=[True, False])["firm"].head(count).to_list()

    def numbers(self) -> dict[str, object]:
        """Return the content of `results.json`; missing is None, keys are stable.

        Without alliances it has the selection and the literature alone.
        """
        if self.empty:
            return self.results(("selection", "literature"))
        compared = [
            {
                "id": item.value.id,
                "ours": item.ours,
                "n": item.n,
                "printed": item.printed,
                "difference": item.difference,
                "low": item.low,
                "high": item.high,
                "verdict": item.verdict,
            }
            for item in self.comparisons
        ]
        return {**self.results(), "against_print": compared}

    def results(self, parts: Collection[str] | None = None) -> dict[str, object]:
        """Return this study's own numbers, as in `numbers`; or only some of its parts, by their keys."""
        wanted = RESULTS if parts is None else {key: RESULTS[key] for key in RESULTS if key in parts}
        return {key: numbers(self) for key, numbers in wanted.items()}

    def _crossed(self) -> dict[str, dict[str, object]]:
        crosstabs: dict[str, dict[str, object]] = {}
        for (row, column), table in self.crosstabs.items():
            crosstabs.setdefault(row, {})[column] = table.numbers()
        return crosstabs


RESULTS: Final[dict[str, Callable[[Findings], object]]] = {
    "selection": lambda found: found.frames.selection,
    "sample": lambda found: found.sample.numbers(),
    "frequency": lambda found: {name: result.numbers() for name, result in found.frequencies.items()},
    "crosstab": Findings._crossed,
    "alliances_per_firm": lambda found: found.per_firm.numbers(),
    "partners_per_alliance": lambda found: found.per_alliance.numbers(),
    "trend": lambda found: found.trend.numbers(),
    "constellation": lambda found: found.constellation.numbers(),
    "leaders": lambda found: {measure: found.leaders(measure) for measure in LEADING},
    "comparison": lambda found: found.comparison.numbers() if found.comparison else None,
    "rivals": lambda found: found.rivals.numbers() if found.rivals else None,
    "agreement": lambda found: found.agreement.numbers() if found.agreement else None,
    "literature": lambda found: found.literature.numbers() if found.literature else None,
}
"""The parts of `results.json`, each computed alone."""


def find(
    frames: Frames,
    *,
    sky: Callable[[], Constellation] | None = None,
    published: Published | None = None,
    review: Review | None = None,
    style: str | None = None,
    progress: Progress = lambda _step: None,
) -> Findings:
    """Compute every result of a report but the constellation, on which most of them do not depend.

    Parameters
    ----------
    frames
        A study or a selection of it.
    sky
        Gives the constellation, when it is asked for, so that it can be computed meanwhile; None: computed then.
    published
        Values to compare with.
    review
        The review of the literature.
    style
        Of its reference list; None: the usual one.
    progress
        Told what is being computed.
    """
    findings = Findings(frames, sky, published, review, style)
    if findings.empty:
        return findings
    progress("counting")
    list(findings.frequencies.values())
    progress("tabulating")
    list(findings.crosstabs.values())
    progress("testing")
    for name in ("per_firm", "per_alliance", "trend", "rivals", "agreement", "sample"):
        getattr(findings, name)
    return findings
