"""The flow of records through a review, as PRISMA 2020 draws it, counted from the decisions.

Levels are free: there is one for each stage of the protocol. Before duplicates are removed, records are counted;
after that, works. Counts that the protocol declares stand in the place of those that were counted, marked as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from constellary.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from constellary.literature.review import Review

Unit = Literal["records", "works"]
Origin = Literal["counted", "declared", "derived"]
RouteName = Literal["databases", "other"]


@dataclass(frozen=True, slots=True)
class Count:
    """A number of the flow.

    Attributes
    ----------
    box
        Its key: `identified`, `identified:SEARCH`, `removed:duplicates`, `removed:years`, `entered:STAGE`,
        `excluded:STAGE`, `excluded:STAGE:REASON`, `open:STAGE`, `conflict:STAGE`, `included`, `previous`, `total`;
        with `other:` before it in the column of other methods.
    label
        What is counted, in words.
    count
        The number that is shown.
    counted
        What the decisions come to; `count` differs from it only where `origin` is not `counted`.
    unit
        Records before duplicates are removed, works after that.
    evidence
        Ids of the records or works that were counted, in the order of their intake.
    origin
        `declared`: told by the protocol; `derived`: what declared numbers leave for it.
    note
        Where a declared number stands.
    """

    box: str
    label: str
    count: int
    counted: int
    unit: Unit
    evidence: tuple[str, ...] = ()
    origin: Origin = "counted"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """A stage of screening in the flow.

    Attributes
    ----------
    stage, label, kind
        As the protocol has them.
    entered
        Works that came to it.
    excluded, reasons
        Works that it excluded, and of them those with each reason; works without a reason come last.
    open, conflicts
        Works that are not decided yet.
    passed
        Works that went on.
    """

    stage: str
    label: str
    kind: Literal["screening", "retrieval", "both"]
    entered: Count
    excluded: Count
    reasons: tuple[Count, ...]
    open: Count
    conflicts: Count
    passed: int


@dataclass(frozen=True, slots=True)
class Route:
    """A column of the flow: what was found in databases, or by other methods.

    Attributes
    ----------
    name, label
        `databases` or `other`, and its heading.
    identified, sources
        Records found, and of them those of each search.
    removed
        Taken out before screening: duplicate records, and works outside the rules of years and languages.
    duplicates
        The duplicates that rules found, and those that people did.
    levels
        The stages, in order.
    """

    name: RouteName
    label: str
    identified: Count
    sources: tuple[Count, ...]
    removed: tuple[Count, ...]
    duplicates: tuple[Count, Count]
    levels: tuple[Level, ...]

    @property
    def passed(self) -> int:
        """Works that passed every stage."""
        if self.levels:
            return self.levels[-1].passed
        return self.identified.count - sum(one.count for one in self.removed)


@dataclass(frozen=True, repr=False, eq=False)
class Flow(Result):
    """The flow of a review.

    Attributes
    ----------
    title
        What it is.
    routes
        Databases first; other methods where the protocol has any.
    previous
        Works that earlier searches brought in, where searches are repeated; None: none are.
    included
        Works that passed every stage; of new searches alone where there are previous ones.
    total
        Previous and new ones together; None without previous ones.
    questions
        Pairs of records of which somebody is still to say whether they are the same.
    cautions
        The sentences beneath it.
    notes
        Those of them that also stand beneath the drawing.
    """

    title: str
    routes: tuple[Route, ...]
    previous: Count | None
    included: Count
    total: Count | None
    questions: int
    cautions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def pending(self) -> int:
        """Works that are not decided yet, at any stage."""
        return sum(
            level.open.count + level.conflicts.count for route in self.routes for level in route.levels
        )

    @property
    def in_progress(self) -> bool:
        """Whether anything is still to be decided, so that the numbers may change."""
        return bool(self.pending or self.questions)

    @property
    def declared(self) -> bool:
        """Whether any number that is shown was told rather than counted."""
        return any(one.origin != "counted" for one in self.counts())

    def counts(self) -> Iterator[Count]:
        """Yield every number, in the order in which one reads the diagram."""
        if self.previous is not None:
            yield self.previous
        for route in self.routes:
            yield route.identified
            yield from route.sources
            yield route.removed[0]
            yield from route.duplicates
            yield from route.removed[1:]
            for level in route.levels:
                yield level.entered
                yield level.excluded
                yield from level.reasons
                yield level.open
                yield level.conflicts
        yield self.included
        if self.total is not None:
            yield self.total

    def named(self, count: Count) -> str:
        """Return what a number counts, with the column and the stage that it stands in."""
        at = "other methods" if count.box.startswith("other:") else ""
        parts = count.box.removeprefix("other:").split(":")
        stage = ""
        if parts[0] in ("entered", "excluded", "open", "conflict"):
            stage = next(level.label for level in self.routes[0].levels if level.stage == parts[1])
        more = ", ".join(part for part in (stage, at) if part)
        return f"{count.label} ({more})" if more else count.label

    def evidence(self, box: str) -> tuple[str, ...]:
        """Return the ids behind a box.

        Raises
        ------
        UnknownName
            If there is no such box.
        """
        from constellary.errors import UnknownName

        found = {one.box: one.evidence for one in self.counts()}
        if box not in found:
            raise UnknownName("box of the flow", box, list(found))
        return found[box]

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `flow`, a row a number, and `sums`, which says that they add up."""
        import polars as pl

        from constellary.literature.flow_sums import checks

        rows = [
            (one.box, self.named(one), one.count, one.unit, one.counted, one.origin, one.note or None)
            for one in self.counts()
        ]
        names = {
            "box": pl.String,
            "label": pl.String,
            "count": pl.Int64,
            "unit": pl.String,
            "counted": pl.Int64,
            "origin": pl.String,
            "note": pl.String,
        }
        sums = [(one.where, one.text, one.holds) for one in checks(self)]
        return {
            "flow": pl.DataFrame(rows, schema=names, orient="row"),
            "sums": pl.DataFrame(
                sums, schema={"where": pl.String, "sum": pl.String, "holds": pl.Boolean}, orient="row"
            ),
        }

    def numbers(self) -> dict[str, object]:
        """Return each box with its count, and how much is still open."""
        boxes = {
            one.box: {
                "label": self.named(one),
                "count": one.count,
                "unit": one.unit,
                "counted": one.counted,
                "origin": one.origin,
            }
            for one in self.counts()
        }
        return {
            "boxes": boxes,
            "in_progress": self.in_progress,
            "pending": self.pending,
            "questions": self.questions,
            "declared": self.declared,
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is open, told, or other than PRISMA asks."""
        return self.cautions


def flow(review: Review, *, previous: bool = True) -> Flow:
    """Return the flow of a review; computed once for a review.

    Parameters
    ----------
    review
        A review as it stands.
    previous
        Whether what earlier searches brought in stands in a column of its own where searches repeat them, as in an
        updated review. False: all searches are one flow.

    Returns
    -------
    Flow
        With numbers that add up.

    Raises
    ------
    InputError
        If declared counts do not add up, with the sums that fail.
    UnknownName
        If a count is declared for a box that the flow does not have.

    References
    ----------
    Page et al. (2021), The PRISMA 2020 statement, doi:10.1136/bmj.n71.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> from constellary.literature.review import Review
    >>> found = flow(Review(records=(Record(id="a", title="Alliances", database="Scopus"),)))
    >>> found.routes[0].identified.count, found.included.count, found.in_progress
    (1, 0, True)
    """
    from constellary.literature.flow_counting import count
    from constellary.literature.flow_declared import declare
    from constellary.literature.flow_remarks import remarks
    from constellary.literature.flow_sums import demand

    key = f"flow {previous}"
    kept = review.memory.get(key)
    if kept is None:
        found = declare(count(review, previous=previous), review.protocol)
        demand(found)
        review.memory[key] = kept = remarks(found, review)
    return kept  # type: ignore[return-value]
