"""How far the mean of a sample without replacement can be from the mean of its population.

Two inequalities for values in [0, 1], each with half of the error probability; the narrower interval holds:

- Chernoff-Hoeffding in its relative-entropy form. Hoeffding (1963), Probability inequalities for sums of
  bounded random variables, JASA 58(301):13-30, DOI 10.1080/01621459.1963.10500830: theorem 1, which
  section 6 carries over to sampling without replacement. Tight for means near 0.
- The empirical Bernstein-Serfling inequality, which uses the sample's variance and the share sampled.
  Bardenet and Maillard (2015), Concentration inequalities for sampling without replacement, Bernoulli
  21(3):1361-1385, DOI 10.3150/14-BEJ605: theorem 4.3.

A bound for many means at once is the union bound: the error probability is shared out among them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import rel_entr

if TYPE_CHECKING:
    from constellary.constellation.arrays import Reals

__all__ = ["simultaneous_interval"]

HALVINGS = 60


def simultaneous_interval(
    mean: Reals, variance: Reals, *, drawn: int, population: int, delta: float, means: int
) -> tuple[Reals, Reals]:
    """Return lower and upper ends that hold for all `means` population means at once.

    Parameters
    ----------
    mean, variance
        Sample mean of each quantity, and its variance with divisor `drawn`; the values lie in [0, 1].
    drawn, population
        How many units were drawn without replacement, and out of how many.
    delta
        Probability that any of the intervals misses.
    means
        Number of quantities among which `delta` is shared.

    Examples
    --------
    >>> lower, upper = simultaneous_interval(
    ...     np.array([0.1]), np.array([0.01]), drawn=400, population=10_000, delta=0.05, means=1
    ... )
    >>> [round(float(end[0]), 3) for end in (lower, upper)]
    [0.061, 0.15]
    """
    if drawn >= population:
        return mean.copy(), mean.copy()
    entropy = np.log(4 * means / delta) / drawn
    lower = _entropy_end(mean, entropy, upper=False)
    upper = _entropy_end(mean, entropy, upper=True)
    width = _bernstein_serfling(variance, drawn, population, delta / 2 / means)
    return np.maximum(lower, mean - width), np.minimum(upper, mean + width)


def _entropy_end(mean: Reals, entropy: float, *, upper: bool) -> Reals:
    """Return the value on that side of the mean whose relative entropy from it is `entropy`."""
    near = mean.copy()
    far = np.ones_like(mean) if upper else np.zeros_like(mean)
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        inside = rel_entr(mean, middle) + rel_entr(1 - mean, 1 - middle) <= entropy
        near = np.where(inside, middle, near)
        far = np.where(inside, far, middle)
    return far  # on the safe side


def _bernstein_serfling(variance: Reals, drawn: int, population: int, delta: float) -> Reals:
    """Return the half-width for one mean, both sides."""
    left = (
        1 - (drawn - 1) / population
        if drawn <= population / 2
        else (1 - drawn / population) * (1 + 1 / drawn)
    )
    log = np.log(10 / delta)  # five events a side
    return np.asarray(np.sqrt(variance * 2 * left * log / drawn) + (7 / 3 + 3 / np.sqrt(2)) * log / drawn)
