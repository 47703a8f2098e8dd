"""Two groups of firms set against each other, such as an industry's incumbents and its entrants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import UnknownName
from constellary.result import Result
from constellary.statistics.estimates import say_count, with_shares
from constellary.statistics.group_tests import ALLIANCES, compared, with_measures
from constellary.statistics.intervals import check_level

if TYPE_CHECKING:
    from constellary.study.codebook import Comparison
    from constellary.study.frames import Frames


@dataclass(frozen=True)
class FirmComparison(Result):
    """Two groups of firms: how many alliances they have, where they stand, in what they take part.

    Attributes
    ----------
    groups
        Two rows, first and second group: `group`, `label`, `firms`, `alliances` (with at least one such
        firm), `memberships`, `mean`, `median`, `maximum` (alliances per firm), `one` (firms with exactly
        one) with `one_share`, `one_low`, `one_high` (Wilson), `evidence`.
    measures
        One row a measure, `alliances` first, then the columns given in their order: `measure`, `first_n`,
        `second_n`, `first_mean`, `second_mean`, `first_median`, `second_median`, `difference` of the means
        (first less second) with `low`, `high` (bootstrap), `p` of the permutation test with `p_low`,
        `p_high` (what more permutations could make of it), `p_holm` (adjusted for all the measures),
        `permutations`, Cliff's `delta` with `delta_low`, `delta_high`. Null where undefined.
    participation
        Four rows: `partners` (`first`, `second`: at least one such firm; `both`, `neither`), `label`,
        `alliances`, `share` of all with `low`, `high` (Wilson), `evidence`.
    variable
        The firm variable that makes the groups.
    without_group, elsewhere
        Firms with alliances that have no value of it, and that have another value.
    level
        Of all intervals.
    """

    groups: pl.DataFrame
    measures: pl.DataFrame
    participation: pl.DataFrame
    variable: str
    without_group: int
    elsewhere: int
    level: float
    title: str

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `groups`, `measures`, `participation`."""
        return {
            "groups": self.groups.drop("evidence"),
            "measures": self.measures,
            "participation": self.participation.drop("evidence"),
        }

    def numbers(self) -> dict[str, object]:
        """Return the tables as lists of rows, and the firms that are in neither group."""
        return {
            "level": self.level,
            "variable": self.variable,
            "without_group": self.without_group,
            "elsewhere": self.elsewhere,
            **{name: frame.to_dicts() for name, frame in self.tables().items()},
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the columns mean and which firms are left out."""
        made = max(self.measures["permutations"].to_list(), default=0)
        said = [
            (
                "Difference is the mean of the first group less that of the second, with a bootstrap "
                "interval over firms; delta is Cliff's, above 0 where the first group's values are mostly "
                "the greater."
            ),
            (
                f"p is of a two-sided test with {made:,} permutations, and adjusted by Holm's method for "
                f"{say_count(self.measures.height, 'measure')}. It reshuffles firms as if they did not depend on each "
                "other, which firms of one network do."
            ),
        ]
        if self.without_group or self.elsewhere:
            said.append(
                f"In neither group: {say_count(self.without_group, 'firm')} without a value and "
                f"{say_count(self.elsewhere, 'firm')} with another one."
            )
        return tuple(said)


def compare_firms(
    frames: Frames,
    comparison: Comparison,
    measures: pl.DataFrame | None = None,
    *,
    permutations: int = 10_000,
    level: float = 0.95,
    seed: int = 20180101,
) -> FirmComparison:
    """Return two groups of firms compared in alliances and in any measures given.

    Parameters
    ----------
    frames
        The study or a selection of it; firms without an alliance in it are not counted.
    comparison
        The firm variable or grouping and its two categories.
    measures
        `firm` and number columns, such as degree or betweenness; other columns are passed over. A firm
        that is absent, or null, has no value of that measure.
    permutations
        Fewer are made with more than 2,000 firms in the groups; the count is in the result.
    level, seed
        Confidence level of the intervals; seed of permutations and bootstrap.

    Raises
    ------
    UnknownName
        If the codebook has no such variable, or the variable no such category.
    UsageError
        If `measures` has no column `firm` or a firm twice, or `level` is not in (0, 1).

    References
    ----------
    Phipson and Smyth (2010), doi 10.2202/1544-6115.1585; Cliff (1993), doi 10.1037/0033-2909.114.3.494;
    Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of
    Statistics 6(2), 65-70.

    Examples
    --------
    >>> import polars as pl
    >>> from constellary.study.codebook import Category, Codebook, Comparison, Variable
    >>> from constellary.study.derive import build_frames
    >>> eras = (Category("old", "Old"), Category("new", "New"))
    >>> frames = build_frames(
    ...     Codebook("example", "Example", (Variable("era", "firm", "single", "Era", "", eras),)),
    ...     alliances=pl.DataFrame({"id": ["a", "b"]}),
    ...     partners=pl.DataFrame({"alliance": list("aabb"), "firm": list("xyxz"), "position": 1}),
    ...     firms=pl.DataFrame({"firm": list("xyz"), "era": ["old", "new", "new"]}),
    ... )
    >>> result = compare_firms(frames, Comparison("era", "old", "new"))
    >>> result.groups.select("group", "firms", "alliances", "mean").rows()
    [('old', 1, 2, 2.0), ('new', 2, 2, 1.0)]
    >>> result.measures["delta"].to_list()
    [1.0]
    """
    check_level(level)
    variable = frames.codebook.find(comparison.variable)
    labels = frames.codebook.labels(comparison.variable)
    for value in (comparison.first, comparison.second):
        if value not in labels:
            raise UnknownName(f"category of '{variable.name}'", value, list(labels))
    partners = frames.partners.select("alliance", "firm").unique()
    signing = frames.signing.select("firm", pl.col(comparison.variable).alias("group"))
    chosen = signing.filter(pl.col("group").is_in([comparison.first, comparison.second]))
    table = chosen.join(
        partners.group_by("firm").agg(pl.len().cast(pl.Int64).alias(ALLIANCES)), on="firm", how="left"
    ).sort("firm")
    without = signing["group"].null_count()
    return FirmComparison(
        groups=_groups(table, partners, comparison, labels, level=level),
        measures=compared(
            table if measures is None else with_measures(table, measures),
            (comparison.first, comparison.second),
            permutations=permutations,
            level=level,
            seed=seed,
        ),
        participation=_participation(frames, table, partners, comparison, labels, level=level),
        variable=variable.name,
        without_group=without,
        elsewhere=signing.height - without - chosen.height,
        level=level,
        title=f"{variable.label}: {labels[comparison.first]} and {labels[comparison.second]}",
    )


def _groups(
    table: pl.DataFrame,
    partners: pl.DataFrame,
    comparison: Comparison,
    labels: dict[str, str],
    *,
    level: float,
) -> pl.DataFrame:
    order = pl.DataFrame({"group": [comparison.first, comparison.second]}).with_columns(
        pl.col("group").replace_strict(labels, default=None, return_dtype=pl.String).alias("label")
    )
    count = pl.col(ALLIANCES)
    counted = table.group_by("group").agg(
        pl.len().cast(pl.Int64).alias("firms"),
        count.sum().alias("memberships"),
        count.mean().alias("mean"),
        count.median().alias("median"),
        count.max().alias("maximum"),
        (count == 1).sum().cast(pl.Int64).alias("one"),
    )
    evidence = (
        partners.join(table.select("firm", "group"), on="firm")
        .group_by("group")
        .agg(pl.col("alliance").unique().sort().alias("evidence"))
    )
    frame = order.join(counted, on="group", how="left", maintain_order="left").join(
        evidence, on="group", how="left", maintain_order="left"
    )
    frame = frame.with_columns(
        pl.col("firms", "memberships", "one").fill_null(0), pl.col("evidence").fill_null([])
    ).with_columns(pl.col("evidence").list.len().cast(pl.Int64).alias(ALLIANCES))
    return with_shares(frame, "one", "firms", level, prefix="one_").select(
        *("group", "label", "firms", ALLIANCES, "memberships", "mean", "median", "maximum"),
        *("one", "one_share", "one_low", "one_high", "evidence"),
    )


def _participation(
    frames: Frames,
    table: pl.DataFrame,
    partners: pl.DataFrame,
    comparison: Comparison,
    labels: dict[str, str],
    *,
    level: float,
) -> pl.DataFrame:
    present = (
        partners.join(table.select("firm", "group"), on="firm")
        .group_by("alliance")
        .agg(
            (pl.col("group") == comparison.first).any().alias("first"),
            (pl.col("group") == comparison.second).any().alias("second"),
        )
    )
    marked = (
        frames.alliances.select("id")
        .join(present, left_on="id", right_on="alliance", how="left")
        .with_columns(pl.col("first", "second").fill_null(value=False))
    )
    one, other = labels[comparison.first], labels[comparison.second]
    kinds = {
        "first": (f"At least one: {one}", pl.col("first")),
        "second": (f"At least one: {other}", pl.col("second")),
        "both": (f"Both: {one} and {other}", pl.col("first") & pl.col("second")),
        "neither": (f"Neither: {one} or {other}", ~pl.col("first") & ~pl.col("second")),
    }
    evidence = [marked.filter(condition)["id"].sort().to_list() for _, condition in kinds.values()]
    frame = pl.DataFrame(
        {
            "partners": list(kinds),
            "label": [label for label, _ in kinds.values()],
            "alliances": [len(ids) for ids in evidence],
            "evidence": pl.Series(evidence, dtype=pl.List(pl.String)),
        }
    )
    return with_shares(frame, "alliances", marked.height, level).select(
        "partners", "label", "alliances", "share", "low", "high", "evidence"
    )
