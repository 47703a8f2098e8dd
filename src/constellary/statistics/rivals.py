"""Rival pairs: how often competitors ally with each other (coopetition), and whether ever more often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from constellary.errors import UnknownName
from constellary.result import Result
from constellary.statistics.estimates import Share, say_count, say_number, say_p, share_of, with_shares
from constellary.statistics.intervals import check_level
from constellary.statistics.partner_pairs import judged_pairs, named_pairs
from constellary.statistics.proportion_trend import ProportionTrend, proportion_trend

if TYPE_CHECKING:
    from constellary.study.codebook import Rivals
    from constellary.study.frames import Frames

REPLICATES = 2_000


@dataclass(frozen=True)
class RivalPairs(Result):
    """Pairs of partners within alliances, and those that compete.

    Attributes
    ----------
    yearly
        One row a year that occurs, rising: `year`, `alliances` (that can be judged), `rival_alliances`
        (with at least one rival pair), their `share` with `low`, `high` (Wilson), `pairs` (that can be
        judged), `rival_pairs`, `pair_share` with `pair_low`, `pair_high` (bootstrap over alliances),
        `evidence` (the rival alliances).
    firm_pairs
        One row a pair of rivals: `first`, `second` (by name), `alliances` together, `evidence`; most
        alliances first, then by name.
    alliances
        Rival alliances among all that can be judged, alliances without a year included.
    pairs
        Rival pairs among all pairs that can be judged; its limits are of the bootstrap over alliances.
    trend
        Cochran-Armitage test of the share of rival alliances over the years; None where undefined.
    same_group
        Pairs of firms of one group of companies (one is the other's owner, or both have the same): of
        the same kind, yet counted as no rivals.
    missing_pairs, missing_alliances
        Pairs that cannot be judged since a firm's kind is missing; alliances with such a pair and no
        rival pair.
    undated
        Alliances in `alliances` that have no year and are in no row of `yearly`.
    kinds
        Labels of the kinds of firms within which there are rivals.
    level
        Of all intervals.
    """

    yearly: pl.DataFrame
    firm_pairs: pl.DataFrame
    alliances: Share
    pairs: Share
    trend: ProportionTrend | None
    same_group: int
    missing_pairs: int
    missing_alliances: int
    undated: int
    kinds: tuple[str, ...]
    level: float
    title: str = "Rival pairs"

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `yearly` and `firm_pairs`."""
        return {"yearly": self.yearly.drop("evidence"), "firm_pairs": self.firm_pairs.drop("evidence")}

    def numbers(self) -> dict[str, object]:
        """Return the attributes by name without `firm_pairs`."""
        return {
            "level": self.level,
            "alliances": self.alliances.numbers(),
            "pairs": self.pairs.numbers(),
            "yearly": self.yearly.drop("evidence").to_dicts(),
            "trend": None if self.trend is None else self.trend.numbers(),
            "same_group": self.same_group,
            "missing_pairs": self.missing_pairs,
            "missing_alliances": self.missing_alliances,
            "undated": self.undated,
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a rival pair is, how the intervals are made, and what is left out."""
        said = [
            (
                f"Two partners are rivals if both are of one of these kinds: {', '.join(self.kinds)}; and not of one "
                f"group of companies, as {say_count(self.same_group, 'pair')} of one kind are. "
                "Ties of ownership that the study does not record as a parent leave them rivals."
            ),
            (
                "Pairs within an alliance depend on each other, so their intervals come from a bootstrap "
                "over alliances; those of alliances are Wilson's."
            ),
        ]
        if self.trend is not None:
            said.append(
                "Over the years the share of alliances between rivals changes by "
                f"{say_number(100 * self.trend.slope)} percentage points a year (Cochran-Armitage "
                f"chi-square = {self.trend.chi_square:.2f}, {say_p(self.trend.p)})."
            )
        if self.missing_pairs:
            said.append(
                f"Left out, since the kind of a firm is missing: {say_count(self.missing_pairs, 'pair')}, and "
                f"{say_count(self.missing_alliances, 'alliance')} without another pair of rivals."
            )
        if self.undated:
            said.append(f"In the totals alone: {say_count(self.undated, 'alliance')} without a year.")
        return tuple(said)


def rival_pairs(frames: Frames, rivals: Rivals, *, level: float = 0.95, seed: int = 20180101) -> RivalPairs:
    """Return how many pairs of partners, and how many alliances, are between rivals, by year.

    Parameters
    ----------
    frames
        The study or a selection of it. Alliances with fewer than two partners have no pair and are not
        counted.
    rivals
        The firm variable or grouping, and the values that two firms must share to be rivals.
    level, seed
        Confidence level of all intervals; seed of the bootstrap.

    Raises
    ------
    UnknownName
        If the codebook has no such variable, or the variable no such category.
    UsageError
        If `level` is not in (0, 1).

    References
    ----------
    Bengtsson and Kock (2000), 'Coopetition' in business networks, Industrial Marketing Management 29(5),
    411-426, doi 10.1016/S0019-8501(99)00067-X, for the idea; Armitage (1955), doi 10.2307/3001775.

    Examples
    --------
    >>> import polars as pl
    >>> from constellary.study.codebook import Category, Codebook, Rivals, Variable
    >>> from constellary.study.derive import build_frames
    >>> kinds = (Category("maker", "Maker"), Category("supplier", "Supplier"))
    >>> frames = build_frames(
    ...     Codebook("example", "Example", (Variable("kind", "firm", "single", "Kind", "", kinds),)),
    ...     alliances=pl.DataFrame({"id": ["a", "b"], "announced": ["2020", "2021"]}),
    ...     partners=pl.DataFrame({"alliance": list("aabb"), "firm": list("xyxz"), "position": 1}),
    ...     firms=pl.DataFrame({"firm": list("xyz"), "kind": ["maker", "maker", "supplier"]}),
    ... )
    >>> rival_pairs(frames, Rivals("kind", ("maker",))).yearly.select("year", "pairs", "rival_pairs").rows()
    [(2020, 1, 1), (2021, 1, 0)]
    """
    check_level(level)
    known = frames.codebook.find(rivals.variable).values
    for value in rivals.values:
        if known and value not in known:
            raise UnknownName(f"category of '{rivals.variable}'", value, known)
    pairs = judged_pairs(frames, rivals)
    judged = pairs.filter(pl.col("rival").is_not_null())
    per_alliance = (
        pairs.group_by("alliance")
        .agg(
            pl.col("rival").is_not_null().sum().cast(pl.Int64).alias("pairs"),
            pl.col("rival").sum().cast(pl.Int64).alias("rival_pairs"),
            pl.col("rival").any(ignore_nulls=False).alias("rival"),
        )
        .join(
            frames.alliances.select("id", pl.col("year").cast(pl.Int64)).with_row_index("alliance"),
            on="alliance",
            how="left",
        )
    )
    decided = per_alliance.filter(pl.col("rival").is_not_null())
    yearly = _yearly(per_alliance.filter(pl.col("year").is_not_null()), level=level, seed=seed)
    total = judged.height
    interval = _cluster_interval(per_alliance, level=level, seed=[seed])
    count = int(judged["rival"].sum())
    return RivalPairs(
        yearly=yearly,
        firm_pairs=named_pairs(frames, judged.filter(pl.col("rival"))),
        alliances=share_of(int(decided["rival"].sum()), decided.height, level),
        pairs=Share(count, total, count / total if total else None, *interval),
        trend=proportion_trend(yearly["rival_alliances"], yearly["alliances"], yearly["year"]),
        same_group=int(pairs["same_group"].sum()),
        missing_pairs=pairs.height - total,
        missing_alliances=per_alliance.height - decided.height,
        undated=int(decided["year"].null_count()),
        kinds=tuple(frames.codebook.labels(rivals.variable).get(value, value) for value in rivals.values),
        level=level,
    )


def _yearly(per_alliance: pl.DataFrame, *, level: float, seed: int) -> pl.DataFrame:
    counted = (
        per_alliance.group_by("year")
        .agg(
            pl.col("rival").is_not_null().sum().cast(pl.Int64).alias("alliances"),
            pl.col("rival").sum().cast(pl.Int64).alias("rival_alliances"),
            pl.col("pairs").sum(),
            pl.col("rival_pairs").sum(),
            pl.col("id").filter(pl.col("rival")).sort().alias("evidence"),
        )
        .sort("year")
    )
    limits = [
        _cluster_interval(per_alliance.filter(pl.col("year") == year), level=level, seed=[seed, year])
        for year in counted["year"]
    ]
    return (
        with_shares(counted, "rival_alliances", "alliances", level)
        .with_columns(
            (pl.col("rival_pairs") / pl.when(pl.col("pairs") > 0).then("pairs")).alias("pair_share"),
            pl.Series("pair_low", [low for low, _ in limits], dtype=pl.Float64),
            pl.Series("pair_high", [high for _, high in limits], dtype=pl.Float64),
        )
        .select(
            *("year", "alliances", "rival_alliances", "share", "low", "high"),
            *("pairs", "rival_pairs", "pair_share", "pair_low", "pair_high", "evidence"),
        )
    )


def _cluster_interval(
    per_alliance: pl.DataFrame, *, level: float, seed: list[int]
) -> tuple[float | None, float | None]:
    """Return the bootstrap limits of rival pairs / pairs, whole alliances resampled.

    Alliances with the same two counts are drawn together, which changes no chance and makes the work
    independent of the number of alliances.
    """
    kinds = (
        per_alliance.filter(pl.col("pairs") > 0)
        .group_by("pairs", "rival_pairs")
        .agg(pl.len().alias("n"))
        .sort("pairs", "rival_pairs")
    )
    n = int(kinds["n"].sum())
    if n < 2:
        return None, None
    chances = kinds["n"].to_numpy() / n
    drawn = np.random.default_rng(seed).multinomial(n, chances, size=REPLICATES)
    shares = (drawn @ kinds["rival_pairs"].to_numpy()) / (drawn @ kinds["pairs"].to_numpy())
    low, high = np.quantile(shares, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
