"""Two groups set against each other: permutation test, bootstrap interval, Cliff's delta.

Firms are few, skewed and not a random sample; a test that only reshuffles their labels asks nothing of
their distribution.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

from constellary.statistics.estimates import Estimate, normal_interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

MANY = 5_000
"""With more distinct values the bootstrap of a mean is its normal limit at a thousand times the work."""

BUDGET = 20_000_000
"""Random numbers a test may draw; with very many firms fewer permutations are made, and the count said."""


def permutation_p(
    first: Floats, second: Floats, *, permutations: int, seed: int
) -> tuple[float, int, int] | None:
    """Return the two-sided permutation test of the difference of means.

    The labels of the two groups are reshuffled; a reshuffle counts if its difference is at least as far
    from 0 as the one observed.

    Returns
    -------
    (p, reached, permutations) or None
        p is (reached + 1) / (permutations + 1), which is never 0. None where a group is empty.

    References
    ----------
    Phipson and Smyth (2010), Permutation p-values should never be zero, doi 10.2202/1544-6115.1585.

    Examples
    --------
    >>> p, reached, made = permutation_p(np.arange(5.0), np.arange(5.0) + 9, permutations=999, seed=1)
    >>> made, p < 0.02
    (999, True)
    """
    if first.size == 0 or second.size == 0 or permutations < 1:
        return None
    pooled = np.sort(np.concatenate([first, second]))
    fewer, more = sorted((first.size, second.size))
    made = max(min(permutations, BUDGET // pooled.size), 99)
    observed = abs(float(first.mean() - second.mean()))
    total = float(pooled.sum())
    # Rounding must not part a reshuffle from the data that it repeats.
    bar = observed - 1e-9 * max(observed, float(np.abs(pooled).max()) / pooled.size)
    random = np.random.default_rng(seed)
    reached = 0
    chunk = max(1, 2_000_000 // pooled.size)
    for start in range(0, made, chunk):
        keys = random.random((min(chunk, made - start), pooled.size))
        drawn = np.argpartition(keys, fewer - 1, axis=1)[:, :fewer]
        sums = pooled[drawn].sum(axis=1)
        reached += int((np.abs(sums / fewer - (total - sums) / more) >= bar).sum())
    return (reached + 1) / (made + 1), reached, made


def bootstrap_difference(
    first: Floats, second: Floats, *, replicates: int, level: float, seed: int
) -> Estimate:
    """Return the difference of means, first less second, with a percentile bootstrap interval.

    Each group is resampled within itself; groups of more than 5,000 distinct values get the normal interval
    that the bootstrap tends to. The limits are None where a group has fewer than two values,
    the difference too where one is empty.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 and 13.

    Examples
    --------
    >>> first, second = np.array([4.0, 6.0, 8.0]), np.array([1.0, 2.0, 3.0])
    >>> found = bootstrap_difference(first, second, replicates=999, level=0.95, seed=1)
    >>> found.value, found.low > 0
    (4.0, True)
    """
    if first.size == 0 or second.size == 0:
        return Estimate(None)
    value = float(np.sort(first).mean() - np.sort(second).mean())
    if min(first.size, second.size) < 2 or replicates < 1:
        return Estimate(value)
    if max(np.unique(first).size, np.unique(second).size) > MANY:
        error = np.sqrt(np.var(first, ddof=1) / first.size + np.var(second, ddof=1) / second.size)
        return Estimate(value, *normal_interval(value, float(error), level))
    random = np.random.default_rng(seed)
    difference = _resampled_means(first, replicates, random) - _resampled_means(second, replicates, random)
    low, high = np.quantile(difference, [(1 - level) / 2, (1 + level) / 2])
    return Estimate(value, float(low), float(high))


def _resampled_means(values: Floats, replicates: int, random: np.random.Generator) -> Floats:
    """Return the mean of each resample; equal values are drawn together, which changes no chance."""
    distinct, counts = np.unique(values, return_counts=True)
    n = values.size
    chunk = max(1, 2_000_000 // distinct.size)
    means = [
        random.multinomial(n, counts / n, size=min(chunk, replicates - start)) @ distinct / n
        for start in range(0, replicates, chunk)
    ]
    return np.concatenate(means)


def cliffs_delta(first: Floats, second: Floats, level: float = 0.95) -> Estimate:
    r"""Return how often a value of the first group exceeds one of the second, less how often it is exceeded.

    .. math:: \delta = P(X > Y) - P(X < Y) = \frac{2 U}{n m} - 1

    It is the rank-biserial correlation of Wilcoxon's test; U is Mann and Whitney's. Asymmetric interval
    from the consistent variance estimate.

    Returns
    -------
    Estimate
        In -1..1. The limits are None where a group has fewer than two values, the value too where one is
        empty. At -1 and 1 the estimated variance is 0, and so is the length of the interval: there the
        limit away from the edge depends on the size of the smaller group alone (Feng and Cliff 2004).

    References
    ----------
    Cliff (1993), Dominance statistics, doi 10.1037/0033-2909.114.3.494; Feng and Cliff (2004), Monte
    Carlo evaluation of ordinal d with improved confidence interval, doi 10.22237/jmasm/1099267560.

    Examples
    --------
    >>> delta = cliffs_delta(np.array([1.0, 3.0, 4.0, 9.0]), np.array([2.0, 3.0, 3.0, 5.0]))
    >>> delta.value
    0.125
    """
    n, m = first.size, second.size
    if n == 0 or m == 0:
        return Estimate(None)
    x, y = np.sort(first), np.sort(second)
    above = np.searchsorted(y, x, side="left")
    below = m - np.searchsorted(y, x, side="right")
    rows = (above - below) / m
    columns = (n - np.searchsorted(x, y, side="right") - np.searchsorted(x, y, side="left")) / n
    delta = float((above - below).sum() / (n * m))
    if min(n, m) < 2:
        return Estimate(delta)
    if abs(delta) == 1:
        return _at_the_edge(delta, min(n, m), level)
    ties_apart = float((above + below).sum())
    spread = (
        m**2 * float(((rows - delta) ** 2).sum())
        + n**2 * float(((columns - delta) ** 2).sum())
        - (ties_apart - n * m * delta**2)
    ) / (n * m * (n - 1) * (m - 1))
    spread = max(spread, (1 - delta**2) / (n * m - 1))
    z2 = float(ndtri((1 + level) / 2)) ** 2
    reach = np.sqrt(z2 * spread) * np.sqrt((1 - delta**2) ** 2 + z2 * spread)
    below_one = 1 - delta**2 + z2 * spread
    middle = delta - delta**3
    return Estimate(
        delta, float(max(-1.0, (middle - reach) / below_one)), float(min(1.0, (middle + reach) / below_one))
    )


def _at_the_edge(delta: float, smaller: int, level: float) -> Estimate:
    """Return the interval at -1 or 1, whose inner limit is (b - z^2) / (b + z^2), b the smaller group."""
    z2 = float(ndtri((1 + level) / 2)) ** 2
    inner = (smaller - z2) / (smaller + z2)
    return Estimate(delta, inner, 1.0) if delta > 0 else Estimate(delta, -1.0, -inner)
