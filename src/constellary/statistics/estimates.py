"""A value with its uncertainty, as the results carry it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import polars as pl
from scipy.special import ndtri

from constellary.statistics.intervals import wilson, wilson_many


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and its interval; any of the three is None where it is undefined."""

    value: float | None
    low: float | None = None
    high: float | None = None

    def numbers(self) -> dict[str, object]:
        """Return `value`, `low`, `high`."""
        return {"value": self.value, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Share:
    """So many of n, as a share in 0..1 with Wilson's interval; share and limits are None where n is 0."""

    count: int
    n: int
    share: float | None
    low: float | None
    high: float | None

    def numbers(self) -> dict[str, object]:
        """Return `count`, `n`, `share`, `low`, `high`."""
        return {"count": self.count, "n": self.n, "share": self.share, "low": self.low, "high": self.high}


def share_of(count: int, n: int, level: float = 0.95) -> Share:
    """Return a share with Wilson's interval.

    Examples
    --------
    >>> share = share_of(94, 309)
    >>> round(share.share, 4), round(share.low, 4), round(share.high, 4)
    (0.3042, 0.2556, 0.3576)
    >>> share_of(0, 0)
    Share(count=0, n=0, share=None, low=None, high=None)
    """
    interval = wilson(count, n, level)
    if interval is None:
        return Share(count, n, None, None, None)
    return Share(count, n, count / n, interval[0], interval[1])


def with_shares(
    frame: pl.DataFrame, count: str, n: str | int, level: float, *, prefix: str = ""
) -> pl.DataFrame:
    """Return the frame with `share`, `low`, `high` of a column of counts; null where n is 0.

    `n` is a column or one number; `prefix` goes before the three names.

    Examples
    --------
    >>> frame = with_shares(pl.DataFrame({"firms": [94]}), "firms", 309, 0.95)
    >>> [round(value, 4) for value in frame.row(0)]
    [94, 0.3042, 0.2556, 0.3576]
    """
    total = frame[n] if isinstance(n, str) else pl.Series([n], dtype=pl.Int64).new_from_index(0, frame.height)
    low, high = wilson_many(frame[count].to_numpy(), total.to_numpy(), level)
    divisor = pl.when(total > 0).then(total)
    return frame.with_columns(
        (pl.col(count) / divisor).alias(f"{prefix}share"),
        pl.Series(f"{prefix}low", low).fill_nan(None),
        pl.Series(f"{prefix}high", high).fill_nan(None),
    )


def say_p(p: float) -> str:
    """Return a p value as a sentence has it.

    Examples
    --------
    >>> say_p(0.0412), say_p(0.00001)
    ('p = .041', 'p < .001')
    """
    return "p < .001" if p < 0.001 else f"p = {p:.3f}".replace("0.", ".")


def say_simulated_p(p: float, replicates: int) -> str:
    """Return a p value from so many simulated samples, no more exact than they make it.

    p is (b + 1) / (m + 1), b of m samples being as extreme as the data. With b of 0 or 1 it says little
    but that p is small, and a bound is written, rounded up.

    Examples
    --------
    >>> say_simulated_p(1 / 201, 200), say_simulated_p(2 / 201, 200)
    ('p ≤ .005, 200 simulated samples', 'p ≤ .01, 200 simulated samples')
    >>> say_simulated_p(31 / 201, 200)
    'p = .154, 200 simulated samples'
    """
    of = f"{replicates:,} simulated sample{'' if replicates == 1 else 's'}"
    if p * (replicates + 1) > 2.5:
        return f"{say_p(p)}, {of}"
    digits = 2
    while p * 10**digits < 1:
        digits += 1
    bound = math.ceil(round(p * 10**digits, 9)) / 10**digits
    return f"p ≤ {f'{bound:.{digits}f}'.rstrip('0').removeprefix('0')}, {of}"


def say_number(value: float, decimals: int = 1) -> str:
    """Return a number as a sentence has it, with a true minus sign.

    Examples
    --------
    >>> say_number(-1.04)
    '−1.0'
    """
    return f"{value:.{decimals}f}".replace("-", "−")


def say_count(count: int, noun: str) -> str:
    """Return a count with its noun, which takes an s in the plural.

    Examples
    --------
    >>> say_count(1, "pair"), say_count(1200, "pair")
    ('1 pair', '1,200 pairs')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def normal_interval(value: float, standard_error: float, level: float) -> tuple[float, float]:
    """Return value ± z standard errors.

    Examples
    --------
    >>> low, high = normal_interval(10, 1, 0.95)
    >>> round(low, 2), round(high, 2)
    (8.04, 11.96)
    """
    reach = float(ndtri((1 + level) / 2)) * standard_error
    return value - reach, value + reach
