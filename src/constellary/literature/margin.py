"""A linear support vector machine with squared hinge loss, solved exactly and without chance.

What is minimised is convex and made of pieces of parabolas, so a few systems of linear equations lead to its
lowest point: one for each set of works that lie within the margin. In screening nearly all of them do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Reals = NDArray[np.float64]

ROUNDS, STEPS = 50, 500
EXACT = 1e-8
MOST_DIRECT = 300
"""Up to so many works of the weightier kind their equations are solved at once, which saves most of the steps."""


def fitted(features: Any, sides: Reals, costs: Reals, alone: Reals | None = None) -> tuple[Reals, float]:
    r"""Return the weights of the terms and the offset that minimise the loss.

    .. math:: \tfrac12 \lVert w \rVert^2 + \tfrac12 b^2 + \sum_i c_i \max(0, 1 - y_i (w x_i + b))^2

    Parameters
    ----------
    features
        Works x terms (csr).
    sides
        1 or -1 for each work.
    costs
        What an error on each work costs, above 0.
    alone
        For each work the sum of the squared weights of terms that are left out of `features` since no other work
        has them: they matter to the solution, but not to any other work's score. None: nothing is left out.

    References
    ----------
    Keerthi and DeCoste (2005), A modified finite Newton method for fast solution of large scale linear SVMs,
    Journal of Machine Learning Research 6, 341-361. The loss is that of LIBLINEAR (Fan et al. 2008,
    Journal of Machine Learning Research 9, 1871-1874).

    Examples
    --------
    >>> from scipy.sparse import csr_array
    >>> weights, offset = fitted(csr_array([[1.0], [0.0]]), np.array([1.0, -1.0]), np.array([5.0, 5.0]))
    >>> round(float(weights[0]), 4), round(offset, 4)
    (1.6031, -0.7634)
    """
    columns = features.T
    own = np.zeros(sides.size) if alone is None else alone

    def gram(dual: Reals) -> Reals:
        product: Reals = features @ (columns @ dual) + own * dual + dual.sum()
        return product

    solve = _solver(features, own, gram, costs)
    dual = np.zeros(sides.size)
    reached = np.zeros(sides.size)
    for _ in range(ROUNDS):
        within = sides * reached < 1
        aim = solve(sides, within)
        towards = gram(aim)
        if np.array_equal(sides * towards < 1, within):
            dual = aim
            break
        share = _lowest((dual, reached), (aim, towards), sides, costs)
        dual, reached = dual + share * (aim - dual), reached + share * (towards - reached)
    return columns @ dual, float(dual.sum())


def _solver(
    features: Any, alone: Reals, gram: Callable[[Reals], Reals], costs: Reals
) -> Callable[[Reals, NDArray[np.bool_]], Reals]:
    """Return what finds the dual values of a set of works: (K + 1 + diag(1 / 2c)) a = y, zero beyond the set."""
    roots = np.sqrt(2 * costs)
    heavy = np.flatnonzero(costs > costs.mean())
    block = None
    if heavy.size <= MOST_DIRECT:
        own = features[heavy]
        block = (own @ own.T).toarray() + np.diag(alone[heavy]) + 1.0

    def solve(sides: Reals, within: NDArray[np.bool_]) -> Reals:
        scale = np.where(within, roots, 0.0)
        eased: Callable[[Reals], Reals] = lambda values: values  # noqa: E731 - the plain case of what follows
        if block is not None and heavy.size:
            inverse = np.linalg.inv(np.eye(heavy.size) + block * np.outer(scale[heavy], scale[heavy]))

            def eased(values: Reals) -> Reals:
                found = values.copy()
                found[heavy] = inverse @ values[heavy]
                return found

        return scale * _conjugate(lambda values: values + scale * gram(scale * values), scale * sides, eased)

    return solve


def _conjugate(matrix: Callable[[Reals], Reals], right: Reals, eased: Callable[[Reals], Reals]) -> Reals:
    """Return the solution of a positive definite system, by conjugate gradients."""
    found = np.zeros_like(right)
    rest = right.copy()
    near = eased(rest)
    way = near
    size = float(rest @ near)
    small = EXACT**2 * float(right @ right)
    for _ in range(STEPS):
        if float(rest @ rest) <= small:
            break
        image = matrix(way)
        step = size / float(way @ image)
        found = found + step * way
        rest = rest - step * image
        near = eased(rest)
        last, size = size, float(rest @ near)
        way = near + (size / last) * way
    return found


def _lowest(here: tuple[Reals, Reals], there: tuple[Reals, Reals], sides: Reals, costs: Reals) -> float:
    """Return how far to go from one solution (dual values, what they reach) towards another, by halving.

    The loss is lowest there.
    """
    (dual, reached), (aim, towards) = here, there
    change, moved = aim - dual, towards - reached
    begin, growth = float(dual @ moved), float(change @ moved)

    def slope(share: float) -> float:
        gap = np.maximum(0.0, 1.0 - sides * (reached + share * moved))
        return begin + share * growth - 2.0 * float((costs * gap) @ (sides * moved))

    low, high = 0.0, 1.0
    while slope(high) < 0 and high < 1024:
        low, high = high, 2 * high
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return (low + high) / 2
