"""Who is shown: the firms of a view, out of those of a selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csgraph

from constellary.constellation.arrays import row_sums
from constellary.constellation.cores import components

if TYPE_CHECKING:
    from constellary.constellation.arrays import Integers, Sparse
    from constellary.constellation.projection import Projection
    from constellary.report.sky.view import View


def shown(projection: Projection, view: View) -> Integers:
    """Return the indices of the firms that a view shows, in order: near the ego, of the part, large enough.

    Distances and components are those of the selection as a whole; the ego itself is shown whatever it has.
    """
    keep = np.ones(projection.size, dtype=bool)
    if view.part == "main" and projection.size:
        keep &= components(projection.adjacency) == 1
    if view.least > 1:
        keep &= row_sums(projection.incidence) >= view.least
    if view.ego:
        if view.ego not in projection.firms:
            return np.zeros(0, dtype=np.int64)
        ego = projection.firms.index(view.ego)
        keep &= steps_from(projection.adjacency, ego, view.distance) >= 0
        keep[ego] = True
    return np.flatnonzero(keep)


def steps_from(adjacency: Sparse, start: int, most: int) -> Integers:
    """Return how many steps each vertex is from one of them; -1: more than `most`.

    Examples
    --------
    >>> from constellary.constellation.arrays import from_pairs
    >>> path = from_pairs(np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1]), (3, 3))
    >>> steps_from(path, 0, 1).tolist()
    [0, 1, -1]
    """
    far = csgraph.dijkstra(adjacency, directed=False, indices=[start], unweighted=True, limit=most)
    return np.where(np.isfinite(far[0]), far[0], -1).astype(np.int64)
