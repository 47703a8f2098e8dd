"""Partners per alliance: how many are dyads, how many join more than two firms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy.special import stdtrit

from constellary.result import Result
from constellary.statistics.estimates import Estimate, Share, say_count, share_of, with_shares
from constellary.statistics.intervals import check_level

if TYPE_CHECKING:
    from constellary.study.frames import Frames


@dataclass(frozen=True)
class PartnersPerAlliance(Result):
    """How many firms an alliance joins.

    Attributes
    ----------
    distribution
        One row for each size that occurs, rising: `partners`, `alliances`, `share` with `low` and `high`
        (Wilson), `evidence`.
    alliances
        Alliances with at least one partner named: the n of every share.
    missing
        Alliances without any; they are in no number here.
    mean
        With Student's t interval over alliances.
    median, standard_deviation, minimum, maximum
        Of partners per alliance; the deviation with n - 1.
    dyads, multi
        Shares of alliances with exactly two and with three or more partners.
    level
        Of all intervals.
    """

    distribution: pl.DataFrame
    alliances: int
    missing: int
    mean: Estimate
    median: float | None
    standard_deviation: float | None
    minimum: int | None
    maximum: int | None
    dyads: Share
    multi: Share
    level: float
    title: str = "Partners per alliance"

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `distribution`."""
        return {"distribution": self.distribution.drop("evidence")}

    def numbers(self) -> dict[str, object]:
        """Return the attributes by name; `distribution` as a list of rows."""
        return {
            "level": self.level,
            "alliances": self.alliances,
            "missing": self.missing,
            "mean": self.mean.numbers(),
            "median": self.median,
            "standard_deviation": self.standard_deviation,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "dyads": self.dyads.numbers(),
            "multi": self.multi.numbers(),
            "distribution": self.distribution.drop("evidence").to_dicts(),
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What is counted."""
        left = f" Left out: {say_count(self.missing, 'alliance')} without partners." if self.missing else ""
        return (f"A firm named twice in an alliance counts once. Intervals of shares are Wilson's.{left}",)


def partners_per_alliance(frames: Frames, *, level: float = 0.95) -> PartnersPerAlliance:
    """Return the distribution of the number of partners.

    Parameters
    ----------
    frames
        The study or a selection of it.
    level
        Confidence level of all intervals.

    Raises
    ------
    UsageError
        If `level` is not in (0, 1).

    References
    ----------
    Wilson (1927), doi 10.1080/01621459.1927.10502953.

    Examples
    --------
    >>> import polars as pl
    >>> from constellary.study.codebook import Codebook
    >>> from constellary.study.derive import build_frames
    >>> frames = build_frames(
    ...     Codebook("example", "Example", ()),
    ...     alliances=pl.DataFrame({"id": ["a", "b"]}),
    ...     partners=pl.DataFrame(
    ...         {"alliance": ["a", "a", "b", "b", "b"], "firm": list("xyxyz"), "position": 1}
    ...     ),
    ...     firms=pl.DataFrame({"firm": ["x"]}),
    ... )
    >>> partners_per_alliance(frames).distribution.select("partners", "alliances", "share").rows()
    [(2, 1, 0.5), (3, 1, 0.5)]
    """
    check_level(level)
    sizes = (
        frames.partners.select("alliance", "firm")
        .unique()
        .group_by("alliance")
        .agg(pl.len().cast(pl.Int64).alias("partners"))
    )
    n = sizes.height
    counted = (
        sizes.group_by("partners")
        .agg(pl.len().cast(pl.Int64).alias("alliances"), pl.col("alliance").sort().alias("evidence"))
        .sort("partners")
    )
    values = np.sort(sizes["partners"].to_numpy())  # sums in one order, whatever the grouping gave
    return PartnersPerAlliance(
        distribution=with_shares(counted, "alliances", n, level).select(
            "partners", "alliances", "share", "low", "high", "evidence"
        ),
        alliances=n,
        missing=frames.alliances.height - n,
        mean=_mean(counted, n, level),
        median=float(np.median(values)) if n else None,
        standard_deviation=float(np.std(values, ddof=1)) if n > 1 else None,
        minimum=int(values.min()) if n else None,
        maximum=int(values.max()) if n else None,
        dyads=share_of(int((values == 2).sum()), n, level),
        multi=share_of(int((values > 2).sum()), n, level),
        level=level,
    )


def _mean(counted: pl.DataFrame, n: int, level: float) -> Estimate:
    """Return the mean with Student's t interval, from the counts so that no row order can move it."""
    if n == 0:
        return Estimate(None)
    sizes, counts = counted["partners"].to_numpy(), counted["alliances"].to_numpy()
    mean = float(sizes @ counts) / n
    if n == 1:
        return Estimate(mean)
    error = float(np.sqrt((sizes - mean) ** 2 @ counts / (n - 1) / n))
    reach = float(stdtrit(n - 1, (1 + level) / 2)) * error
    return Estimate(mean, mean - reach, mean + reach)
