"""Agreement beyond chance: Cohen, Scott, Fleiss, Conger, Brennan-Prediger and Gwet.

All are (observed - expected) / (1 - expected) agreement. Observed agreement is the mean over the units that
two or more coders coded of the closeness of their pairs; the coefficients differ in what they expect by
chance. With two categories that are far from equally common, kappa is low even if coders hardly differ;
Gwet's AC1 is not. Undefined (one category only, no unit coded twice) is None.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
import numpy.typing as npt

from constellary.errors import UsageError
from constellary.statistics.estimate import UNDEFINED, Estimate, with_error
from constellary.statistics.intervals import Floats, wilson
from constellary.statistics.ratings import NOT_CODED, Patterns, closeness_of

Weights = Literal["identity", "linear", "quadratic"]
Chance = Callable[[Patterns, Floats, Floats], Floats]


def percent_agreement(ratings: npt.ArrayLike | Patterns, *, level: float = 0.95) -> Estimate:
    """Return the share of units on which all of their coders agree, with Wilson's interval.

    Only units that two or more coders coded count.

    Examples
    --------
    >>> round(percent_agreement([[0, 0], [1, 0], [1, 1], [0, -1]]).value, 4)
    0.6667
    """
    patterns = _patterns(ratings)
    n = patterns.paired_units
    if n == 0:
        return UNDEFINED
    unanimous = (patterns.counts.max(axis=1) == patterns.coders) & (patterns.coders >= 2)
    agreed = int(patterns.weights @ unanimous)
    low, high = wilson(agreed, n, level) or (None, None)
    return Estimate(agreed / n, None, low, high)


def holsti(ratings: npt.ArrayLike | Patterns) -> float | None:
    """Return Holsti's coefficient: twice the agreements over the decisions of both coders.

    A unit that only one of them coded counts against them. With more than two coders the mean over all
    pairs; a pair without any decision is left out.

    References
    ----------
    Holsti (1969), Content Analysis for the Social Sciences and Humanities, p. 140.

    Examples
    --------
    >>> holsti([[0, 0], [1, 0], [1, 1], [0, -1]])  # 2 x 2 / (4 + 3)
    0.5714285714285714
    """
    patterns = _patterns(ratings)
    coders = patterns.ratings.shape[1]
    values = []
    for first in range(coders):
        for second in range(first + 1, coders):
            a, b = patterns.ratings[:, first], patterns.ratings[:, second]
            decisions = patterns.weights @ ((a != NOT_CODED).astype(float) + (b != NOT_CODED))
            if decisions:
                values.append(2 * float(patterns.weights @ ((a == b) & (a != NOT_CODED))) / float(decisions))
    return float(np.mean(values)) if values else None


def cohen_kappa(
    ratings: npt.ArrayLike | Patterns, *, weights: Weights = "identity", level: float = 0.95
) -> Estimate:
    """Return Cohen's kappa of two coders, with the large-sample standard error.

    Parameters
    ----------
    ratings
        Units x 2: category numbers, -1 where not coded. Units that one of them did not code are left out.
    weights
        `identity`, or for ordered categories `linear` or `quadratic`.
    level
        Of the normal interval.

    References
    ----------
    Cohen (1960), doi:10.1177/001316446002000104; Fleiss, Cohen and Everitt (1969), doi:10.1037/h0028106.
    Equal to R's `vcd::Kappa`.

    Examples
    --------
    >>> ratings = np.repeat([[0, 0], [0, 1], [1, 0], [1, 1]], [20, 5, 10, 15], axis=0)
    >>> round(cohen_kappa(ratings).value, 4)
    0.4
    """
    patterns = _patterns(ratings)
    if patterns.ratings.shape[1] != 2:
        raise UsageError(f"Cohen's kappa is of two coders; there are {patterns.ratings.shape[1]}.")
    both = patterns.paired > 0
    n = patterns.paired_units
    if n == 0:
        return UNDEFINED
    near = closeness_of(patterns.categories, weights)
    table = np.zeros((patterns.categories, patterns.categories))
    np.add.at(table, tuple(patterns.ratings[both].T), patterns.weights[both] / n)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    observed, expected = float((near * table).sum()), float(rows @ near @ columns)
    if expected >= 1 - 1e-12:
        return UNDEFINED
    kappa = (observed - expected) / (1 - expected)
    middle = (near @ columns)[:, None] + (rows @ near)[None, :]
    square = float((table * (near - middle * (1 - kappa)) ** 2).sum())
    variance = (square - (kappa - expected * (1 - kappa)) ** 2) / (n * (1 - expected) ** 2)
    return with_error(kappa, float(np.sqrt(max(0.0, variance))), level)


def fleiss_kappa(
    ratings: npt.ArrayLike | Patterns, *, weights: Weights = "identity", level: float = 0.95
) -> Estimate:
    """Return Fleiss' kappa of any number of coders; with two coders it is Scott's pi.

    Chance: two coders draw from the same distribution, the categories as all coders together used them.

    References
    ----------
    Scott (1955), doi:10.1086/266577; Fleiss (1971), doi:10.1037/h0031619; standard error with missing
    codings: Gwet (2008), doi:10.1348/000711006X126600, and Handbook of Inter-Rater Reliability (2014).

    Examples
    --------
    >>> round(fleiss_kappa(np.repeat([[0, 0], [0, 1], [1, 0], [1, 1]], [20, 5, 10, 15], axis=0)).value, 4)
    0.3939
    """
    patterns = _patterns(ratings)
    near = closeness_of(patterns.categories, weights)

    def own(shares: Floats, pooled: Floats) -> Floats:
        return np.asarray(shares @ ((near + near.T) / 2) @ pooled)

    return _linearised(patterns, near, _fleiss_chance, own, level)


def scott_pi(ratings: npt.ArrayLike | Patterns, *, level: float = 0.95) -> Estimate:
    """Return Scott's pi of two coders: see `fleiss_kappa`, which it equals.

    Examples
    --------
    >>> ratings = np.repeat([[0, 0], [0, 1], [1, 0], [1, 1]], [20, 5, 10, 15], axis=0)
    >>> round(scott_pi(ratings).value, 4)  # chance .55² + .45² = .505: (.7 - .505) / (1 - .505)
    0.3939
    """
    patterns = _patterns(ratings)
    if patterns.ratings.shape[1] != 2:
        raise UsageError(f"Scott's pi is of two coders; there are {patterns.ratings.shape[1]}.")
    return fleiss_kappa(patterns, level=level)


def gwet_ac(
    ratings: npt.ArrayLike | Patterns,
    *,
    weights: Weights = "identity",
    categories: int | None = None,
    level: float = 0.95,
) -> Estimate:
    """Return Gwet's AC1 (AC2 with weights), which skewed categories do not pull down.

    Chance: coders guess only on hard units. `categories` is the number that could be chosen; by default
    those seen.

    References
    ----------
    Gwet (2008), doi:10.1348/000711006X126600.

    Examples
    --------
    >>> round(gwet_ac(np.repeat([[0, 0], [0, 1], [1, 0], [1, 1]], [20, 5, 10, 15], axis=0)).value, 4)
    0.4059
    """
    patterns = _patterns(ratings, categories)
    q = patterns.categories
    if q < 2:
        return UNDEFINED
    near = closeness_of(q, weights)
    factor = float(near.sum()) / (q * (q - 1))

    def own(shares: Floats, pooled: Floats) -> Floats:
        return np.asarray(factor * (shares @ (1 - pooled)))

    return _linearised(patterns, near, _gwet_chance, own, level)


def brennan_prediger(
    ratings: npt.ArrayLike | Patterns,
    *,
    weights: Weights = "identity",
    categories: int | None = None,
    level: float = 0.95,
) -> Estimate:
    """Return the coefficient of Brennan and Prediger, in which chance is 1 over the categories.

    References
    ----------
    Brennan and Prediger (1981), doi:10.1177/001316448104100307.

    Examples
    --------
    >>> round(brennan_prediger([[0, 0], [1, 0], [1, 1], [0, 0]]).value, 4)
    0.5
    """
    patterns = _patterns(ratings, categories)
    if patterns.categories < 2:
        return UNDEFINED
    near = closeness_of(patterns.categories, weights)
    even = float(near.mean())

    def own(shares: Floats, pooled: Floats) -> Floats:
        del pooled
        return np.full(shares.shape[0], even)

    return _linearised(patterns, near, _even_chance, own, level)


def conger_kappa(
    ratings: npt.ArrayLike | Patterns, *, weights: Weights = "identity", level: float = 0.95
) -> Estimate:
    """Return Conger's kappa: Cohen's for any number of coders, each with an own distribution.

    References
    ----------
    Conger (1980), doi:10.1037/0033-2909.88.2.322; standard error: Gwet (2014).

    Examples
    --------
    >>> round(conger_kappa(np.repeat([[0, 0], [0, 1], [1, 0], [1, 1]], [20, 5, 10, 15], axis=0)).value, 4)
    0.4
    """
    patterns = _patterns(ratings)
    near = closeness_of(patterns.categories, weights)
    coders = patterns.ratings.shape[1]
    if coders < 2:
        return UNDEFINED
    n, by = patterns.units, _coder_shares(patterns, patterns.weights[None, :])[0]
    coded = (patterns.ratings != NOT_CODED).astype(np.float64)
    share_coded = (patterns.weights @ coded) / max(1, n)
    scale = np.divide(1, share_coded, out=np.zeros(coders), where=share_coded > 0)

    def own(shares: Floats, pooled: Floats) -> Floats:
        del shares, pooled
        others = (by.sum(axis=0)[None, :] - by) @ ((near + near.T) / 2)
        moved = by[None] + scale[None, :, None] * (patterns.choices - coded[:, :, None] * by[None])
        return np.asarray(np.einsum("pgk,gk->p", moved, others) / (coders * (coders - 1)))

    return _linearised(patterns, near, _conger_chance, own, level)


def chance_corrected(
    patterns: Patterns, weights: Floats, chance: Chance, near: Floats | None = None
) -> Floats:
    """Return a coefficient for many weightings of the patterns at once: replicates; NaN where undefined."""
    closeness = np.eye(patterns.categories) if near is None else near
    units = weights @ patterns.paired
    observed = np.divide(
        weights @ (patterns.agreement(closeness) * patterns.paired),
        units,
        out=np.full(units.shape, np.nan),
        where=units > 0,
    )
    expected = chance(patterns, weights, closeness)
    beyond = 1 - expected
    undefined = np.full_like(observed, np.nan)
    return np.asarray(np.divide(observed - expected, beyond, out=undefined, where=beyond > 1e-12))


def _fleiss_chance(patterns: Patterns, weights: Floats, near: Floats) -> Floats:
    pooled = _pooled(patterns, weights)
    return np.asarray(np.einsum("bk,kl,bl->b", pooled, near, pooled))


def _gwet_chance(patterns: Patterns, weights: Floats, near: Floats) -> Floats:
    pooled, q = _pooled(patterns, weights), patterns.categories
    return np.asarray(near.sum() / (q * (q - 1)) * (pooled * (1 - pooled)).sum(axis=1))


def _even_chance(patterns: Patterns, weights: Floats, near: Floats) -> Floats:
    del patterns
    return np.full(weights.shape[0], near.mean())


def _conger_chance(patterns: Patterns, weights: Floats, near: Floats) -> Floats:
    by = _coder_shares(patterns, weights)
    coders = by.shape[1]
    total = by.sum(axis=1)
    everyone = np.einsum("bk,kl,bl->b", total, near, total)
    themselves = np.einsum("bgk,kl,bgl->b", by, near, by)
    return np.asarray((everyone - themselves) / (coders * (coders - 1)))


CHANCES: dict[str, Chance] = {
    "fleiss": _fleiss_chance,
    "ac1": _gwet_chance,
    "brennan_prediger": _even_chance,
    "conger": _conger_chance,
}


def _pooled(patterns: Patterns, weights: Floats) -> Floats:
    """Return replicates x categories: the mean over units of the share of their coders."""
    units = weights.sum(axis=1, keepdims=True)
    shares = patterns.counts / patterns.coders[:, None]
    return np.asarray((weights @ shares) / np.where(units > 0, units, np.nan))


def _coder_shares(patterns: Patterns, weights: Floats) -> Floats:
    """Return replicates x coders x categories: how each coder used the categories."""
    used = np.einsum("bp,pgk->bgk", weights, patterns.choices)
    coded = used.sum(axis=2, keepdims=True)
    return np.asarray(np.divide(used, coded, out=np.zeros_like(used), where=coded > 0))


def _linearised(
    patterns: Patterns, near: Floats, chance: Chance, own: Callable[[Floats, Floats], Floats], level: float
) -> Estimate:
    """Return the coefficient with the standard error of its linear approximation over units.

    `own` gives each pattern's own part in the chance agreement, of its shares and the pooled ones.
    """
    weights = patterns.weights[None, :]
    n, paired = patterns.units, patterns.paired_units
    if paired == 0:
        return UNDEFINED
    value = float(chance_corrected(patterns, weights, chance, near)[0])
    if np.isnan(value):
        return UNDEFINED
    if n < 2:
        return Estimate(value)
    expected = float(chance(patterns, weights, near)[0])
    pooled = _pooled(patterns, weights)[0]
    part = own(patterns.counts / patterns.coders[:, None], pooled)
    units = n / paired * patterns.paired * (patterns.agreement(near) - expected) / (1 - expected)
    units = units - 2 * (1 - value) * (part - expected) / (1 - expected)
    variance = float(patterns.weights @ (units - value) ** 2) / (n * (n - 1))
    return with_error(value, float(np.sqrt(variance)), level, n - 1)


def _patterns(ratings: npt.ArrayLike | Patterns, categories: int | None = None) -> Patterns:
    if isinstance(ratings, Patterns):
        if categories is None or categories == ratings.categories:
            return ratings
        return Patterns(ratings.ratings, ratings.weights, categories)
    return Patterns.of(ratings, categories)
