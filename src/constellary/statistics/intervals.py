"""Intervals for shares: one share (Wilson, Clopper-Pearson) and shares of one whole (Goodman, Sison-Glaz).

A share without an interval hides how little 3 of 5 says. Wilson's score interval is the one beside every
share; where all shares of a variable are read together, the simultaneous intervals hold jointly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import special

from constellary.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = npt.NDArray[np.float64]


def check_level(level: float) -> None:
    """Refuse a confidence level outside (0, 1).

    Raises
    ------
    UsageError
        If `level` is 0 or less, 1 or more, or not a number.
    """
    if not 0 < level < 1:
        raise UsageError(f"A confidence level lies between 0 and 1, as in 0.95; got {level}.")


def wilson(count: int, n: int, level: float = 0.95) -> tuple[float, float] | None:
    """Return Wilson's score interval of a share.

    The shares that a score test (without continuity correction) does not reject at `1 - level`.

    Parameters
    ----------
    count, n
        Cases with the property, and all cases.
    level
        Confidence level in (0, 1).

    Returns
    -------
    (low, high) or None
        Shares in 0..1. None where `n` is 0 and there is no share.

    Raises
    ------
    UsageError
        If `count` is not in 0..n, or the level is not in (0, 1).

    References
    ----------
    Wilson (1927), doi:10.1080/01621459.1927.10502953. Equal to R's `prop.test(correct = FALSE)`.

    Examples
    --------
    >>> low, high = wilson(94, 309)
    >>> round(low, 5), round(high, 5)
    (0.25557, 0.35765)
    """
    _check_counts(count, n)
    if n == 0:
        check_level(level)
        return None
    low, high = wilson_many(np.array([count]), n, level)
    return float(low[0]), float(high[0])


def wilson_many(counts: npt.ArrayLike, n: npt.ArrayLike, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return Wilson's score intervals of many shares at once: arrays of low and high, NaN where `n` is 0.

    `n` is one number or one for each count. See `wilson`.

    Examples
    --------
    >>> low, high = wilson_many([0, 94], [0, 309])
    >>> low.round(5).tolist(), high.round(5).tolist()
    ([nan, 0.25557], [nan, 0.35765])
    """
    check_level(level)
    return _score(counts, n, float(special.ndtri((1 + level) / 2)))


def clopper_pearson(count: int, n: int, level: float = 0.95) -> tuple[float, float] | None:
    """Return the exact binomial interval of a share; None where `n` is 0.

    It never covers less than `level` and usually more; Wilson's is shorter.

    References
    ----------
    Clopper and Pearson (1934), doi:10.1093/biomet/26.4.404. Equal to R's `binom.test`.

    Examples
    --------
    >>> low, high = clopper_pearson(94, 309)
    >>> round(low, 5), round(high, 5)
    (0.25339, 0.35883)
    """
    _check_counts(count, n)
    check_level(level)
    if n == 0:
        return None
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(special.betaincinv(count, n - count + 1, tail))
    high = 1.0 if count == n else float(special.betaincinv(count + 1, n - count, 1 - tail))
    return low, high


def goodman(counts: Sequence[int] | npt.NDArray[np.int64], level: float = 0.95) -> tuple[Floats, Floats]:
    """Return simultaneous intervals of the shares of one whole: each holds, and all hold together.

    The score interval with the level of each tightened to `1 - (1 - level) / k` for k categories
    (Bonferroni), so that it is also valid for shares that are not parts of one whole.

    Parameters
    ----------
    counts
        Cases in each category, empty categories included.
    level
        Joint confidence level in (0, 1).

    Returns
    -------
    (low, high)
        Arrays of shares in 0..1, in the order of `counts`; NaN where all counts are 0.

    References
    ----------
    Goodman (1965), doi:10.1080/00401706.1965.10490252; the printed example is in Sison and Glaz (1995).

    Examples
    --------
    >>> low, high = goodman([56, 72, 73, 59, 62, 87, 58])
    >>> low.round(3).tolist()
    [0.085, 0.115, 0.116, 0.091, 0.096, 0.143, 0.089]
    """
    whole = np.asarray(counts, dtype=np.int64)
    return score_at_once(whole, int(whole.sum()), level)


def score_at_once(counts: npt.ArrayLike, n: int, level: float = 0.95) -> tuple[Floats, Floats]:
    """Return Goodman's intervals where `n` is not the sum of the counts, as in multiple choice.

    Examples
    --------
    >>> low, high = score_at_once([3, 2], 4)  # of four cases with several choices, three and two
    >>> low.round(3).tolist(), high.round(3).tolist()
    ([0.259, 0.127], [0.963, 0.873])
    """
    check_level(level)
    k = max(1, np.asarray(counts).size)
    return _score(counts, n, float(np.sqrt(special.chdtri(1, (1 - level) / k))))


def sison_glaz(counts: Sequence[int] | npt.NDArray[np.int64], level: float = 0.95) -> tuple[Floats, Floats]:
    """Return simultaneous intervals of equal width for the shares of one whole.

    They are shorter than Goodman's where there are many categories with similar counts. The chance that
    all counts fall within c of their expectation is approximated by an Edgeworth expansion over truncated
    Poisson counts; c is the least that reaches the level, and the upper limits take up what is over.

    Returns
    -------
    (low, high)
        Arrays of shares in 0..1, in the order of `counts`; NaN where all counts are 0.

    References
    ----------
    Sison and Glaz (1995), doi:10.1080/01621459.1995.10476521, example 1; May and Johnson (2000),
    doi:10.18637/jss.v005.i06.

    Examples
    --------
    >>> low, high = sison_glaz([56, 72, 73, 59, 62, 87, 58])
    >>> low.round(3).tolist(), high.round(3).tolist()[0]
    ([0.079, 0.113, 0.116, 0.086, 0.092, 0.146, 0.084], 0.164)
    """
    check_level(level)
    whole = np.asarray(counts, dtype=np.float64)
    n = int(whole.sum())
    if n == 0:
        return np.full(whole.size, np.nan), np.full(whole.size, np.nan)
    before, within = 0.0, _coverage(whole, n, 0)
    width = 0
    while within < level and width < n:
        width += 1
        before, within = within, _coverage(whole, n, width)
    if width == 0 or within < level:
        step, excess = width, 0.0
    else:
        step, excess = width - 1, (level - before) / (within - before)
    shares = whole / n
    return (
        np.clip(shares - step / n, 0, 1),
        np.clip(shares + step / n + 2 * excess / n, 0, 1),
    )


def _coverage(counts: Floats, n: int, width: int) -> float:
    """Return the chance that all multinomial counts lie within `width` of `counts`."""
    lows = np.maximum(counts - width, 0)
    highs = np.minimum(counts + width, n)
    inside, moments = _truncated_moments(counts, lows, highs)
    if inside.min() <= 0:
        return 0.0
    mean, variance, third, fourth = moments
    spread = float(variance.sum())
    if spread <= 0:
        return 0.0
    skew = float(third.sum()) / spread**1.5
    kurtosis = float((fourth - 3 * variance**2).sum()) / spread**2
    z = (n - float(mean.sum())) / np.sqrt(spread)
    edgeworth = (
        1
        + skew * (z**3 - 3 * z) / 6
        + kurtosis * (z**4 - 6 * z**2 + 3) / 24
        + skew**2 * (z**6 - 15 * z**4 + 45 * z**2 - 15) / 72
    )
    density = edgeworth * np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    # One over the Poisson chance that the total is n, from Stirling's exact log n!.
    total = special.gammaln(n + 1) - n * np.log(n) + n
    return float(np.exp(total + np.log(inside).sum()) * density / np.sqrt(spread))


def _truncated_moments(mean: Floats, low: Floats, high: Floats) -> tuple[Floats, tuple[Floats, ...]]:
    """Return P(low <= X <= high) and mean, variance, third and fourth central moment of X given that.

    X is Poisson with the given mean. Factorial moments come from the same chances at shifted limits.
    """
    inside = _between(mean, low, high)
    divisor = np.where(inside > 0, inside, 1)
    factorial = [mean**r * _between(mean, low - r, high - r) / divisor for r in range(1, 5)]
    m1, f2, f3, f4 = factorial
    m2 = f2 + m1
    m3 = f3 + 3 * f2 + m1
    m4 = f4 + 6 * f3 + 7 * f2 + m1
    variance = m2 - m1**2
    third = m3 - 3 * m1 * m2 + 2 * m1**3
    fourth = m4 - 4 * m1 * m3 + 6 * m1**2 * m2 - 3 * m1**4
    return inside, (m1, variance, third, fourth)


def _between(mean: Floats, low: Floats, high: Floats) -> Floats:
    """Return the Poisson chance of low..high."""
    below = np.where(low > 0, special.pdtr(np.maximum(low - 1, 0), mean), 0)
    upto = np.where(high >= 0, special.pdtr(np.maximum(high, 0), mean), 0)
    return np.asarray(upto - below, dtype=np.float64)


def _score(counts: npt.ArrayLike, n: npt.ArrayLike, z: float) -> tuple[Floats, Floats]:
    successes = np.asarray(counts, dtype=np.float64)
    trials = np.broadcast_to(np.asarray(n, dtype=np.float64), successes.shape)
    known = np.where(trials > 0, trials, np.nan)
    share = successes / known
    scale = 1 + z**2 / known
    middle = (share + z**2 / (2 * known)) / scale
    half = z * np.sqrt(share * (1 - share) / known + z**2 / (4 * known**2)) / scale
    # At 0 and n one limit is exact; rounding must not turn it into -1e-17.
    low = np.where(successes == 0, 0.0, np.clip(middle - half, 0, 1))
    high = np.where(successes == trials, 1.0, np.clip(middle + half, 0, 1))
    return np.where(trials > 0, low, np.nan), np.where(trials > 0, high, np.nan)


def _check_counts(count: int, n: int) -> None:
    if not 0 <= count <= n:
        raise UsageError(f"A count lies between 0 and the number of cases; got {count} of {n}.")
