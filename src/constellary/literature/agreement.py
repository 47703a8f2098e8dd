"""Agreement of screeners: how far those who decided on the same works, apart from each other, said the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.result import Result

if TYPE_CHECKING:
    import polars as pl

    from constellary.literature.protocol import Stage
    from constellary.literature.review import Review, Screening
    from constellary.literature.works import Work
    from constellary.statistics.estimate import Estimate

COEFFICIENTS = ("percent", "cohen", "pabak", "ac1", "alpha")
HIGH, LOW = 0.85, 0.6
"""Where agreement is above the first and kappa below the second, few inclusions pull kappa down."""


@dataclass(frozen=True, repr=False, eq=False)
class ScreenersAgreement(Result):
    """How far the screeners agree, stage by stage.

    Attributes
    ----------
    title
        What it is.
    stages
        One row a stage, in the order of the protocol: `stage`, `label`, `screeners` (how many decided anything),
        `works` (that any of them decided), `shared` (that two or more decided), `disagreements` (of those), then
        `percent` (the share on which all agree, 0..1), `cohen` (two screeners only), `pabak`, `ac1` and `alpha`, each
        with `_low` and `_high`; `maybes` (first verdicts that were a maybe), `both_excluded` (works that all of two or
        more excluded) and `same_reason` (of those, for the same reason); `evidence` (works on which they disagree).
        Null where undefined.
    pairs
        One row a pair of screeners and stage: `stage`, `first`, `second`, `shared`, `agreed`, `percent`, `cohen`.
    level
        Of all intervals.
    maybe_counts
        `include`, or `itself`: a verdict of its own.
    """

    title: str
    stages: pl.DataFrame
    pairs: pl.DataFrame
    level: float
    maybe_counts: str

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `agreement` and `pairs`."""
        return {"agreement": self.stages.drop("evidence"), "pairs": self.pairs}

    def numbers(self) -> dict[str, object]:
        """Return each stage with its counts and coefficients, and the pairs."""
        stages = {str(row.pop("stage")): row for row in self.stages.drop("evidence").to_dicts()}
        return {
            "level": self.level,
            "maybe_counts_as": self.maybe_counts,
            "stages": stages,
            "pairs": self.pairs.to_dicts(),
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What counts, what is left out, and how the coefficients are to be read."""
        said = [
            "Only first verdicts count, as each screener gave them before seeing another's; changes of mind do not."
        ]
        if self.stages["maybes"].sum():
            how = "an inclusion" if self.maybe_counts == "include" else "a verdict of its own"
            said.append(f"A maybe counts as {how}, as the protocol has it.")
        alone = int((self.stages["works"] - self.stages["shared"]).sum())
        if alone:
            said.append(
                f"{alone:,} verdict{'s' * (alone != 1)} on works that one screener alone decided are left out."
            )
        for row in self.stages.iter_rows(named=True):
            kappa = row["cohen"]
            if kappa is not None and row["percent"] >= HIGH and kappa < LOW:
                said.append(
                    f"'{row['label']}': kappa is low though the screeners seldom differ, as one verdict is much more "
                    "common than the other; PABAK and AC1 are not pulled down by that."
                )
        said.append(
            "Cohen's kappa is of two screeners. PABAK (Byrt et al. 1993, doi:10.1016/0895-4356(93)90018-V) takes "
            "chance as even; AC1: Gwet (2008), doi:10.1348/000711006X126600; alpha: Krippendorff."
        )
        return tuple(said)


def screeners_agreement(review: Review, *, level: float = 0.95) -> ScreenersAgreement:
    """Return how far the screeners of a review agree at each stage.

    Parameters
    ----------
    review
        A review as it stands; works are compared, so that verdicts on records that were merged since count together.
    level
        Of the intervals.

    Returns
    -------
    ScreenersAgreement
        Undefined (null) where no work was decided by two, or all verdicts are the same.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> from constellary.literature.review import Review, Screening
    >>> said = {"a": "ie", "b": "ii", "c": "ee", "d": "ee"}
    >>> words = {"i": "include", "e": "exclude"}
    >>> screenings = tuple(
    ...     Screening(one, "title-abstract", who, words[short], None, words[short], None)
    ...     for one, shorts in said.items()
    ...     for who, short in zip(("ann", "bob"), shorts)
    ... )
    >>> found = screeners_agreement(Review(records=tuple(Record(id=one) for one in said), screenings=screenings))
    >>> row = found.stages.row(0, named=True)
    >>> row["percent"], row["cohen"], row["evidence"]
    (0.75, 0.5, ['a'])
    """
    import polars as pl

    from constellary.literature.works import works
    from constellary.statistics.intervals import check_level

    check_level(level)
    everything = works(review)
    rows, pairs = [], []
    for stage in review.protocol.stages:
        verdicts = _verdicts(review, stage, everything)
        rows.append(_row(stage, verdicts, maybe=review.protocol.maybe, level=level))
        pairs += _pairs(stage, verdicts, maybe=review.protocol.maybe)
    return ScreenersAgreement(
        "Agreement of screeners",
        pl.DataFrame(rows, schema=_schema(), orient="row"),
        pl.DataFrame(
            pairs,
            schema={
                "stage": pl.String,
                "first": pl.String,
                "second": pl.String,
                "shared": pl.Int64,
                "agreed": pl.Int64,
                "percent": pl.Float64,
                "cohen": pl.Float64,
            },
            orient="row",
        ),
        level,
        "include" if review.protocol.maybe == "include" else "itself",
    )


Verdicts = dict[str, dict[str, "Screening"]]
"""Work -> screener -> verdict."""


def _verdicts(review: Review, stage: Stage, everything: tuple[Work, ...]) -> Verdicts:
    """Return the verdicts at a stage by work; of two of one screener, that on the record taken in first."""
    given: dict[str, dict[str, Screening]] = {}
    for one in review.screenings:
        if one.stage == stage.name:
            given.setdefault(one.record, {})[one.screener] = one
    found: Verdicts = {}
    for work in everything:
        own: dict[str, Screening] = {}
        for record in work.records:
            own = {**given.get(record.id, {}), **own}
        if own:
            found[work.id] = own
    return found


def _said(one: Screening, maybe: str) -> str:
    return "include" if one.first == "maybe" and maybe == "include" else one.first


def _row(stage: Stage, verdicts: Verdicts, *, maybe: str, level: float) -> tuple[object, ...]:
    people = sorted({who for own in verdicts.values() for who in own})
    shared = {work: own for work, own in verdicts.items() if len(own) > 1}
    torn = [work for work, own in shared.items() if len({_said(one, maybe) for one in own.values()}) > 1]
    out = [own for own in shared.values() if {one.first for one in own.values()} == {"exclude"}]
    alike = sum(len({one.first_reason for one in own.values()}) == 1 for own in out)
    estimates = _estimates(verdicts, people, maybe=maybe, level=level)
    return (
        *(stage.name, stage.label, len(people), len(verdicts), len(shared), len(torn)),
        *(part for name in COEFFICIENTS for part in _bounds(estimates.get(name))),
        sum(one.first == "maybe" for own in verdicts.values() for one in own.values()),
        *(len(out), alike),
        torn,
    )


def _bounds(found: Estimate | None) -> tuple[float | None, float | None, float | None]:
    return (None, None, None) if found is None else (found.value, found.low, found.high)


def _table(verdicts: Verdicts, people: list[str], maybe: str) -> tuple[list[list[int]], int]:
    """Return works x screeners as category numbers, -1 where not decided, and how many categories there are."""
    said = [[_said(own[who], maybe) if who in own else "" for who in people] for own in verdicts.values()]
    names = ["include", "exclude"]
    if any("maybe" in row for row in said):
        names.append("maybe")
    return [[names.index(one) if one else -1 for one in row] for row in said], len(names)


def _estimates(verdicts: Verdicts, people: list[str], *, maybe: str, level: float) -> dict[str, Estimate]:
    if len(people) < 2:
        return {}
    from constellary.statistics.kappa import brennan_prediger, cohen_kappa, gwet_ac, percent_agreement
    from constellary.statistics.krippendorff import krippendorff_alpha
    from constellary.statistics.ratings import Patterns

    table, categories = _table(verdicts, people, maybe)
    # Works that one alone decided tell nothing of agreement, and would move what is expected by chance.
    both = [row for row in table if sum(one >= 0 for one in row) > 1]
    if not both:
        return {}
    patterns = Patterns.of(both, categories)
    found = {
        "percent": percent_agreement(patterns, level=level),
        "pabak": brennan_prediger(patterns, level=level),
        "ac1": gwet_ac(patterns, level=level),
        "alpha": krippendorff_alpha(patterns, level=level),
    }
    if len(people) == 2:
        found["cohen"] = cohen_kappa(patterns, level=level)
    return found


def _pairs(stage: Stage, verdicts: Verdicts, *, maybe: str) -> list[tuple[object, ...]]:
    from itertools import combinations

    from constellary.statistics.kappa import cohen_kappa
    from constellary.statistics.ratings import Patterns

    people = sorted({who for own in verdicts.values() for who in own})
    found: list[tuple[object, ...]] = []
    for first, second in combinations(people, 2):
        both = {work: own for work, own in verdicts.items() if first in own and second in own}
        if not both:
            continue
        table, categories = _table(both, [first, second], maybe)
        agreed = sum(row[0] == row[1] for row in table)
        kappa = cohen_kappa(Patterns.of(table, categories)).value
        found.append((stage.name, first, second, len(both), agreed, agreed / len(both), kappa))
    return found


def _schema() -> dict[str, pl.DataType | type[pl.DataType]]:
    import polars as pl

    counts = dict.fromkeys(("screeners", "works", "shared", "disagreements"), pl.Int64)
    measures = {name: pl.Float64 for each in COEFFICIENTS for name in (each, f"{each}_low", f"{each}_high")}
    after = dict.fromkeys(("maybes", "both_excluded", "same_reason"), pl.Int64)
    return {
        "stage": pl.String,
        "label": pl.String,
        **counts,
        **measures,
        **after,
        "evidence": pl.List(pl.String),
    }
