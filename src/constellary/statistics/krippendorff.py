"""Krippendorff's alpha: agreement of any number of coders, any scale, any missing codings.

Alpha is 1 - observed / expected disagreement. The expected part is summed over values and how often each was
used, never over pairs of codings, so that its cost does not grow with the square of the codings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from constellary.errors import UsageError
from constellary.statistics.estimate import UNDEFINED, Estimate, with_error
from constellary.statistics.ratings import Patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.statistics.intervals import Floats

Scale = Literal["nominal", "ordinal", "interval", "ratio"]
SCALES: tuple[Scale, ...] = ("nominal", "ordinal", "interval", "ratio")


def krippendorff_alpha(
    ratings: npt.ArrayLike | Patterns,
    *,
    scale: Scale = "nominal",
    values: Sequence[float] | None = None,
    distance: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Estimate:
    """Return Krippendorff's alpha with the standard error of its linear approximation over units.

    Parameters
    ----------
    ratings
        Units x coders: category numbers from 0, -1 where not coded. Units that fewer than two coded are
        left out, since nothing can be compared.
    scale
        `nominal`; `ordinal` (categories in their order); `interval` or `ratio` (by `values`).
    values
        The value of each category number; by default the number itself.
    distance
        Instead of a scale: categories x categories, squared distances, 0 on the diagonal.
    level
        Of the t interval over units. The distribution of alpha is skewed: prefer a bootstrap near 1.

    Returns
    -------
    Estimate
        None where only one category was used or no unit was coded twice: there is no disagreement to
        expect, and alpha is undefined, not 1.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability,
    https://repository.upenn.edu/asc_papers/43 (its examples A, B and C are tests here); Hayes and
    Krippendorff (2007), doi:10.1080/19312450709336664.

    Examples
    --------
    >>> ben, gerry = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    >>> round(krippendorff_alpha(np.array([ben, gerry]).T).value, 3)
    0.095
    """
    patterns = paired(ratings if isinstance(ratings, Patterns) else Patterns.of(ratings))
    weights = patterns.weights[None, :]
    value = float(alphas(patterns, weights, scale=scale, values=values, distance=distance)[0])
    if np.isnan(value):
        return UNDEFINED
    n = patterns.units
    if n < 2:
        return Estimate(value)
    apart = _distances(patterns, weights, scale, values, distance)[0]
    used = patterns.weights @ patterns.counts
    codings, expected = float(used.sum()), float(used @ apart @ used)
    own = _observed(patterns, apart)
    observed = float(patterns.weights @ own)
    # The slopes of 1 - (codings - 1) observed / expected in the sums that a unit adds to.
    influence = (
        -(codings - 1) / expected * own
        + 2 * (codings - 1) * observed / expected**2 * (patterns.counts @ apart @ used)
        - observed / expected * patterns.coders
    )
    centre = float(patterns.weights @ influence) / n
    variance = n / (n - 1) * float(patterns.weights @ (influence - centre) ** 2)
    return with_error(value, float(np.sqrt(variance)), level, n - 1)


def alphas(
    patterns: Patterns,
    weights: Floats,
    *,
    scale: Scale = "nominal",
    values: Sequence[float] | None = None,
    distance: npt.ArrayLike | None = None,
) -> Floats:
    """Return alpha for many weightings of the patterns at once: replicates; NaN where undefined.

    `patterns` hold units that two or more coded: see `paired`.
    """
    used = weights @ patterns.counts
    codings = used.sum(axis=1)
    apart = _distances(patterns, weights, scale, values, distance)
    if apart.shape[0] == 1:
        observed = weights @ _observed(patterns, apart[0])
        expected = ((used @ apart[0]) * used).sum(axis=1)
    else:
        observed = np.array([w @ _observed(patterns, d) for w, d in zip(weights, apart, strict=True)])
        expected = np.einsum("bk,bkl,bl->b", used, apart, used)
    ratio = np.divide(
        (codings - 1) * observed, expected, out=np.full(codings.shape, np.nan), where=expected > 0
    )
    return np.asarray(1 - ratio)


def paired(patterns: Patterns) -> Patterns:
    """Return the patterns that two or more coders coded."""
    both = patterns.paired > 0
    return Patterns(patterns.ratings[both], patterns.weights[both], patterns.categories)


def masi_distance(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the distance of two sets of codes: 0 where equal, 1 where disjoint.

    1 - J x M: J is the size of the intersection over that of the union; M is 1 where the sets are equal,
    2/3 where one holds the other, 1/3 where they overlap, 0 where they are disjoint. Two empty sets are
    equal.

    References
    ----------
    Passonneau (2006), Measuring Agreement on Set-valued Items (MASI), LREC, pp. 831-836.

    Examples
    --------
    >>> round(masi_distance(frozenset("ab"), frozenset("abcd")), 4)
    0.6667
    """
    if first == second:
        return 0.0
    common = len(first & second)
    if common == 0:
        return 1.0
    nested = first <= second or second <= first
    return 1 - common / len(first | second) * (2 / 3 if nested else 1 / 3)


def _observed(patterns: Patterns, apart: Floats) -> Floats:
    """Return for each pattern the disagreement of its ordered pairs over its coders less one."""
    pairs = ((patterns.counts @ apart) * patterns.counts).sum(axis=1)
    return np.asarray(pairs / np.maximum(1, patterns.coders - 1))


def _distances(
    patterns: Patterns,
    weights: Floats,
    scale: Scale,
    values: Sequence[float] | None,
    distance: npt.ArrayLike | None,
) -> Floats:
    """Return squared distances: 1 x categories x categories, or one for each weighting where ordinal."""
    q = patterns.categories
    if distance is not None:
        given = np.asarray(distance, dtype=np.float64)
        if given.shape != (q, q):
            raise UsageError(f"Distances are {q} x {q}, one for each two categories; got {given.shape}.")
        return given[None]
    if scale not in SCALES:
        raise UsageError(f"A scale is one of {', '.join(SCALES)}; got '{scale}'.")
    if scale == "nominal":
        return 1 - np.eye(q)[None]
    if scale == "ordinal":
        used = weights @ patterns.counts
        middle = np.cumsum(used, axis=1) - used / 2
        return np.asarray((middle[:, :, None] - middle[:, None, :]) ** 2)
    points = np.arange(q, dtype=np.float64) if values is None else np.asarray(values, dtype=np.float64)
    if points.shape != (q,):
        raise UsageError(f"An {scale} scale needs a value for each of {q} categories; got {points.size}.")
    apart = (points[:, None] - points[None, :]) ** 2
    if scale == "ratio":
        both = (points[:, None] + points[None, :]) ** 2
        apart = np.divide(apart, both, out=np.zeros_like(apart), where=both > 0)
    return np.asarray(apart[None])
