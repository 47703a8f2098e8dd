"""The tail of a count distribution: the discrete power law and where it begins.

Counts such as alliances per firm are skewed, and skewed data are often called a power law when nothing
but a straight-looking line on log-log paper was seen. Here the power law is fitted by maximum likelihood
above the threshold that brings it nearest to the data, its plausibility is judged by simulation, and
`tail_models` sets it against a lognormal and an exponential. All of it works on the distinct values, so
that a quarter of a million firms take no longer than a few hundred.

References
----------
Clauset, Shalizi and Newman (2009), Power-law distributions in empirical data, SIAM Review 51(4),
661-703, doi 10.1137/070710111.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import zeta

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

STEEPEST = 30.0
"""Greatest exponent that is looked for: nothing steeper is a heavy tail, and zeta would underflow."""
CANDIDATES = 500
"""At most so many thresholds are tried; more distinct values than that are thinned evenly."""


@dataclass(frozen=True, slots=True)
class PowerLaw:
    r"""A discrete power law, :math:`P(k) = k^{-\alpha} / \zeta(\alpha, k_{min})` for whole k >= xmin.

    Attributes
    ----------
    xmin
        Where the tail begins.
    alpha, standard_error
        The exponent and its asymptotic standard error (from the curvature of the log-likelihood).
    distance
        Kolmogorov-Smirnov distance between data and fit: the greatest difference of the two cumulative
        shares at any whole number >= xmin, in 0..1.
    tail
        Number of observations >= xmin.
    log_likelihood
        Of the tail.
    """

    xmin: int
    alpha: float
    standard_error: float
    distance: float
    tail: int
    log_likelihood: float

    def survival(self, values: Floats) -> Floats:
        """Return P(K >= value | K >= xmin) for values >= xmin."""
        ratio: Floats = zeta(self.alpha, values) / zeta(self.alpha, float(self.xmin))
        return ratio


def fit_power_law(
    values: Integers, counts: Integers, *, xmin: int | None = None, least_tail: int = 10
) -> PowerLaw | None:
    """Return the power law of the tail of a sample of whole numbers >= 1.

    Parameters
    ----------
    values, counts
        The distinct values, rising, and how often each occurs.
    xmin
        Where the tail begins. None: the value at which the Kolmogorov-Smirnov distance is smallest
        (the smallest such value in a tie).
    least_tail
        A tail with fewer observations is not tried as a threshold.

    Returns
    -------
    PowerLaw or None
        None if no tail has two distinct values and `least_tail` observations.

    References
    ----------
    Clauset, Shalizi and Newman (2009), doi 10.1137/070710111, equations 3.5, 3.6 and 3.9. Word
    frequencies in Moby Dick (their table 6.1): xmin 7, alpha 1.95, 2,958 words in the tail.

    Examples
    --------
    >>> fit = fit_power_law(np.array([1, 2, 3, 4, 8, 20]), np.array([60, 14, 6, 3, 2, 1]))
    >>> fit.xmin, round(fit.alpha, 2), fit.tail
    (1, 2.41, 86)
    """
    tails = np.cumsum(counts[::-1])[::-1].astype(np.float64)
    x = values.astype(np.float64)
    if xmin is None:
        tried = np.flatnonzero((tails >= least_tail) & (np.arange(x.size) < x.size - 1))
        if tried.size > CANDIDATES:
            tried = tried[np.unique(np.linspace(0, tried.size - 1, CANDIDATES).astype(np.int64))]
    else:
        first = int(np.searchsorted(values, xmin))
        tried = np.array([first]) if first < x.size and tails[first] >= least_tail else np.array([], int)
    if tried.size == 0:
        return None
    starts = x[tried] if xmin is None else np.array([float(xmin)])
    sums = np.cumsum((np.log(x) * counts)[::-1])[::-1]
    alphas = _exponents(sums[tried] / tails[tried], starts)
    distances = np.array(
        [
            _distance(x[at:], tails[at:], alpha, start)
            for at, alpha, start in zip(tried, alphas, starts, strict=True)
        ]
    )
    best = int(np.argmin(distances))
    alpha, start, size = float(alphas[best]), float(starts[best]), tails[tried[best]]
    curvature = float(_derivatives(np.array([alpha]), np.array([start]))[1][0])
    return PowerLaw(
        xmin=int(start),
        alpha=alpha,
        standard_error=float(1 / np.sqrt(size * curvature)),
        distance=float(distances[best]),
        tail=int(size),
        log_likelihood=float(-size * np.log(zeta(alpha, start)) - alpha * sums[tried[best]]),
    )


def _derivatives(alpha: Floats, start: Floats) -> tuple[Floats, Floats]:
    """Return the first and second derivative of log zeta(alpha, start) by alpha, by a five-point stencil."""
    step = 1e-3 * (alpha - 1)
    far_below, below, here, above, far_above = (
        np.log(zeta(alpha + shift * step, start)) for shift in (-2, -1, 0, 1, 2)
    )
    first = (far_below - 8 * below + 8 * above - far_above) / (12 * step)
    second = (-far_below + 16 * below - 30 * here + 16 * above - far_above) / (12 * step**2)
    return first, second


def _exponents(mean_log: Floats, start: Floats) -> Floats:
    """Return the maximum-likelihood exponent for each mean logarithm and threshold, by Newton's method."""
    alpha = np.clip(1 + 1 / np.maximum(mean_log - np.log(start - 0.5), 1e-3), 1.01, STEEPEST)
    for _ in range(50):
        first, second = _derivatives(alpha, start)
        # The score is concave: a step from the right can overshoot below 1, where zeta is infinite.
        moved = np.clip(alpha - (mean_log + first) / second, 1 + (alpha - 1) / 4, STEEPEST)
        if np.all(np.abs(moved - alpha) < 1e-11):
            return moved
        alpha = moved
    return alpha


def _distance(x: Floats, tails: Floats, alpha: float, start: float) -> float:
    """Return the greatest difference between the two survival functions at whole numbers >= start.

    The data's is constant between its values and the fit's falls, so both ends of each stretch suffice.
    """
    whole = zeta(alpha, start)
    share = tails / tails[0]
    at_value = zeta(alpha, x) / whole
    after_value = zeta(alpha, x + 1) / whole
    return float(max(np.abs(at_value - share).max(), np.abs(after_value - np.append(share[1:], 0.0)).max()))


def goodness_of_fit(
    values: Integers, counts: Integers, fit: PowerLaw, *, replicates: int, seed: int
) -> float | None:
    """Return the share of simulated samples that lie farther from their own power law than the data do.

    Each sample takes its values below xmin from the data and its tail from the fitted power law, and
    is fitted anew, threshold included. Small values (Clauset and others take <= .1) speak against the
    power law; a large one does not prove it.

    Returns
    -------
    float or None
        (farther + 1) / (fitted + 1), above 0 and at most 1. None if no sample was drawn or fitted.

    References
    ----------
    Clauset, Shalizi and Newman (2009), doi 10.1137/070710111, section 4.1.

    Examples
    --------
    >>> values, counts = np.array([1, 2, 3, 4, 8, 20]), np.array([60, 14, 6, 3, 2, 1])
    >>> fit = fit_power_law(values, counts)
    >>> goodness_of_fit(values, counts, fit, replicates=19, seed=1) > 0.1  # of the steps 1/20, 2/20, ...
    True
    """
    random = np.random.default_rng(seed)
    body = values < fit.xmin
    total, table = int(counts.sum()), _inverse(fit, int(values[-1]))
    farther = fitted = 0
    for _ in range(replicates):
        tail = int(random.binomial(total, fit.tail / total))
        drawn = np.unique_counts(_sample(fit, table, random.random(tail)))
        sample_values, sample_counts = drawn.values, drawn.counts
        if body.any():
            below = random.multinomial(total - tail, counts[body] / counts[body].sum())
            sample_values = np.concatenate([values[body][below > 0], sample_values])
            sample_counts = np.concatenate([below[below > 0], sample_counts])
        again = fit_power_law(sample_values, sample_counts)
        if again is not None:
            fitted += 1
            farther += again.distance >= fit.distance
    return (farther + 1) / (fitted + 1) if fitted else None


def _inverse(fit: PowerLaw, greatest: int) -> Floats:
    """Return P(K > k) for k = xmin, xmin + 1, ...: long enough that few draws lie beyond."""
    reach = np.arange(fit.xmin + 1, max(20_000, 4 * greatest) + 1, dtype=np.float64)
    return fit.survival(reach)


def _sample(fit: PowerLaw, table: Floats, uniform: Floats) -> Integers:
    """Return one draw from the power law for each uniform number, by inversion."""
    place = np.searchsorted(-table, -uniform, side="left")
    draws = (fit.xmin + place).astype(np.float64)
    beyond = place >= table.size
    if beyond.any():
        # So far out the discrete and the continuous law agree; the cap keeps whole numbers exact.
        last = float(fit.xmin + table.size)
        ratio = np.maximum(uniform[beyond], 1e-300) / table[-1]
        draws[beyond] = np.minimum(np.floor(last * ratio ** (-1 / (fit.alpha - 1))), 1e15)
    return draws.astype(np.int64)
