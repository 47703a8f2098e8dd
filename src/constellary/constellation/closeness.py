"""Harmonic closeness, from how many firms lie at each distance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.constellation.arrays import Integers, Reals
    from constellary.constellation.reduction import Reduction

__all__ = ["distance_counts", "harmonic_of"]


def distance_counts(reduction: Reduction, counts: Sequence[Reals]) -> Reals:
    """Return how many firms lie k steps from each firm: firms x distances, k = 0 being the firm itself.

    `counts` are those of the reduced network (class by class, the firms of other classes), exact or
    estimated. From there they are carried down to the folded firms: whoever lies k steps from a firm lies
    k + 1 steps from what is folded onto it, except for its own branch.
    """
    below = _below(reduction)
    depth = int(reduction.depth.max(initial=0)) + 1
    width = max(len(counts), 1) + 2 * depth + 2
    group, siblings = np.unique(reduction.siblings, return_inverse=True)
    together = _add_rows(below, siblings, group.size)  # of a firm and the firms merged with it
    full = np.zeros((reduction.size, width))
    held = np.flatnonzero(reduction.parent < 0)
    full[held] = _own(below, together, siblings, held, width)
    for steps, column in enumerate(counts):
        linked = held[reduction.owner[held] >= 0]
        full[linked, steps] += column[reduction.owner[linked]]
    for firms in reversed(reduction.rounds):
        beyond = full[reduction.parent[firms]]
        branch = together[siblings[firms]]
        beyond[:, 1 : branch.shape[1] + 1] -= branch
        full[firms] = _own(below, together, siblings, firms, width)
        full[firms, 1:] += beyond[:, :-1]
    some = np.flatnonzero(full.any(axis=0))
    return full[:, : int(some.max(initial=0)) + 1]


def harmonic_of(counts: Reals) -> Reals:
    """Return the sum of 1 / distance over the other firms, from `distance_counts`.

    Examples
    --------
    >>> harmonic_of(np.array([[1.0, 1.0, 1.0], [1.0, 2.0, 0.0]])).tolist()  # itself, at one step, at two
    [1.5, 2.0]
    """
    steps = np.arange(counts.shape[1], dtype=np.float64)
    steps[0] = np.inf
    return np.asarray((counts / steps).sum(axis=1))


def _below(reduction: Reduction) -> Reals:
    """Return for each firm how many firms lie k steps down in what is folded onto it, itself at 0."""
    below = np.zeros((reduction.size, int(_height(reduction)) + 2))
    below[:, 0] = 1
    for firms in reduction.rounds:
        parents, place = np.unique(reduction.parent[firms], return_inverse=True)
        below[parents, 1:] += _add_rows(below[firms, :-1], place, parents.size)
    return below


def _height(reduction: Reduction) -> int:
    height = np.zeros(reduction.size, dtype=np.int64)
    for firms in reduction.rounds:
        np.maximum.at(height, reduction.parent[firms], height[firms] + 1)
    return int(height.max(initial=0))


def _add_rows(values: Reals, group: Integers, groups: int) -> Reals:
    matrix = sparse.csr_array(
        (np.ones(group.size), (group, np.arange(group.size))), shape=(groups, group.size)
    )
    return np.asarray(matrix @ values)


def _own(below: Reals, together: Reals, siblings: Integers, firms: Integers, width: int) -> Reals:
    """Return the counts within a firm's own branch and those of the firms merged with it."""
    counts = np.zeros((firms.size, width))
    size = below.shape[1]
    counts[:, :size] += below[firms]
    counts[:, 1 : size + 1] += together[siblings[firms]] - below[firms]
    return counts
