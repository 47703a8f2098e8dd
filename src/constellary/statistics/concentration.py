"""Alliances per firm: how many most firms have, and how much the busiest hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from constellary.result import Result
from constellary.statistics.estimates import Estimate, Share, share_of, with_shares
from constellary.statistics.inequality import jackknife, lorenz
from constellary.statistics.intervals import check_level
from constellary.statistics.tail_models import TailFits, tail_fits

if TYPE_CHECKING:
    from constellary.study.frames import Frames

TOP = (1, 5, 10)


@dataclass(frozen=True)
class AlliancesPerFirm(Result):
    """How alliances are spread over the firms that have any.

    Attributes
    ----------
    firms
        One row a firm with at least one alliance: `firm`, `alliances`, `evidence`; most alliances first,
        then by name.
    distribution
        One row for each number of alliances that occurs, rising: `alliances` (k), `firms` (how many have
        k), `share` of the firms with `low` and `high` (Wilson), `ccdf` (share with k or more), `names`
        (sorted) and `evidence`.
    lorenz
        `firms_share`, `memberships_share`: see `inequality.lorenz`.
    top
        The busiest 1, 5 and 10% (rounded up to whole firms, ties by name): `top` (%), `firms`,
        `memberships`, `share` of all memberships, `evidence`.
    alliances, firm_count, memberships
        Alliances with a partner, firms, and pairs of the two.
    mean, gini
        With jackknife intervals over alliances. The Gini index is 0 where all firms have as many.
    gini_unbiased
        The Gini index times n / (n - 1).
    median, standard_deviation, maximum
        Of alliances per firm; the deviation with n - 1.
    one, ten_or_more
        Shares of the firms with exactly one and with ten or more alliances.
    tail
        Power law, lognormal and exponential; None with fewer than ten firms or all alike.
    level
        Of all intervals.
    """

    firms: pl.DataFrame
    distribution: pl.DataFrame
    lorenz: pl.DataFrame
    top: pl.DataFrame
    alliances: int
    firm_count: int
    memberships: int
    mean: Estimate
    median: float | None
    standard_deviation: float | None
    maximum: int | None
    one: Share
    ten_or_more: Share
    gini: Estimate
    gini_unbiased: float | None
    tail: TailFits | None
    level: float
    title: str = "Alliances per firm"

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `firms`, `distribution`, `top`, `lorenz`, and of the tail `tail_models`, `tail_tests`."""
        tables = {
            "firms": self.firms.drop("evidence"),
            "distribution": self.distribution.drop("evidence", "names"),
            "top": self.top.drop("evidence"),
            "lorenz": self.lorenz,
        }
        return tables if self.tail is None else tables | self.tail.tables()

    def numbers(self) -> dict[str, object]:
        """Return the attributes by name without `firms`; `tail` is None where none was fitted."""
        return {
            "level": self.level,
            "alliances": self.alliances,
            "firms": self.firm_count,
            "memberships": self.memberships,
            "mean": self.mean.numbers(),
            "median": self.median,
            "standard_deviation": self.standard_deviation,
            "maximum": self.maximum,
            "one": self.one.numbers(),
            "ten_or_more": self.ten_or_more.numbers(),
            "gini": self.gini.numbers(),
            "gini_unbiased": self.gini_unbiased,
            "distribution": self.distribution.drop("evidence", "names").to_dicts(),
            "top": self.top.drop("evidence").to_dicts(),
            "lorenz": self.lorenz.to_dicts(),
            "tail": None if self.tail is None else self.tail.numbers(),
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """How to read the table, and what the tail says."""
        said = (
            "Firms without an alliance in the selection are not counted. Mean and Gini index have "
            "jackknife intervals over alliances, shares of firms Wilson's."
        )
        return (said,) if self.tail is None else (said, self.tail.verdict)


def alliances_per_firm(
    frames: Frames, *, level: float = 0.95, replicates: int = 200, seed: int = 20180101
) -> AlliancesPerFirm:
    """Return how alliances are spread over firms: distribution, inequality and the shape of the tail.

    Parameters
    ----------
    frames
        The study or a selection of it.
    level
        Confidence level of all intervals; 1 - level is the size of the tests between tail shapes.
    replicates, seed
        Simulated samples for the goodness of fit of the power law; 0: none. They take time in proportion
        to the firms: above 10,000 firms at most a tenth of them are drawn.

    Raises
    ------
    UsageError
        If `level` is not in (0, 1).

    References
    ----------
    Clauset, Shalizi and Newman (2009), doi 10.1137/070710111; see also `inequality` and `tails`.

    Examples
    --------
    >>> import polars as pl
    >>> from constellary.study.codebook import Codebook
    >>> from constellary.study.derive import build_frames
    >>> frames = build_frames(
    ...     Codebook("example", "Example", ()),
    ...     alliances=pl.DataFrame({"id": ["a", "b"]}),
    ...     partners=pl.DataFrame(
    ...         {"alliance": ["a", "a", "b", "b"], "firm": ["BMW", "Ford", "BMW", "Fiat"], "position": 1}
    ...     ),
    ...     firms=pl.DataFrame({"firm": ["BMW"]}),
    ... )
    >>> result = alliances_per_firm(frames)
    >>> result.firms.select("firm", "alliances").rows()
    [('BMW', 2), ('Fiat', 1), ('Ford', 1)]
    >>> result.one.count, round(result.gini.value, 4)
    (2, 0.1667)
    """
    check_level(level)
    partners = frames.partners.select("alliance", "firm").unique()
    firms = (
        partners.group_by("firm")
        .agg(pl.len().cast(pl.Int64).alias("alliances"), pl.col("alliance").sort().alias("evidence"))
        .sort("alliances", "firm", descending=[True, False])
    )
    distribution = _distribution(firms, level)
    counts = firms["alliances"]
    n = firms.height
    inequality = jackknife(partners, level)
    drawn = replicates if n <= 10_000 else replicates // 10 if n <= 50_000 else 0
    tail = tail_fits(
        distribution["alliances"].to_numpy().astype(np.int64),
        distribution["firms"].to_numpy().astype(np.int64),
        replicates=drawn,
        seed=seed,
        level=level,
    )
    index = inequality.gini.value
    return AlliancesPerFirm(
        firms=firms,
        distribution=distribution,
        lorenz=lorenz(distribution),
        top=_top(firms),
        alliances=inequality.alliances,
        firm_count=n,
        memberships=partners.height,
        mean=inequality.mean,
        median=None if n == 0 else float(np.median(counts.to_numpy())),
        standard_deviation=None if n < 2 else float(np.std(counts.to_numpy(), ddof=1)),
        maximum=None if n == 0 else int(counts[0]),
        one=share_of(int((counts == 1).sum()), n, level),
        ten_or_more=share_of(int((counts >= 10).sum()), n, level),
        gini=inequality.gini,
        gini_unbiased=None if index is None or n < 2 else index * n / (n - 1),
        tail=tail,
        level=level,
    )


def _distribution(firms: pl.DataFrame, level: float) -> pl.DataFrame:
    counted = (
        firms.group_by("alliances")
        .agg(pl.len().cast(pl.Int64).alias("firms"), pl.col("firm").sort().alias("names"))
        .sort("alliances")
    )
    evidence = (
        firms.select("alliances", "evidence")
        .explode("evidence")
        .group_by("alliances")
        .agg(pl.col("evidence").unique().sort())
    )
    shared = with_shares(counted, "firms", firms.height, level)
    return (
        shared.with_columns((pl.col("firms").cum_sum(reverse=True) / firms.height).alias("ccdf"))
        .join(evidence, on="alliances", how="left", maintain_order="left")
        .select("alliances", "firms", "share", "low", "high", "ccdf", "names", "evidence")
    )


def _top(firms: pl.DataFrame) -> pl.DataFrame:
    rows = []
    for percent in TOP if firms.height else ():
        busiest = firms.head(-(-firms.height * percent // 100))
        held = int(busiest["alliances"].sum())
        evidence = busiest["evidence"].explode().unique().sort().to_list()
        rows.append((percent, busiest.height, held, held / firms["alliances"].sum(), evidence))
    return pl.DataFrame(
        rows,
        schema={
            "top": pl.Int64,
            "firms": pl.Int64,
            "memberships": pl.Int64,
            "share": pl.Float64,
            "evidence": pl.List(pl.String),
        },
        orient="row",
    )
