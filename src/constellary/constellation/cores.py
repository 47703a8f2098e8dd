"""Components, k-cores and triangles."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csgraph

from constellary.constellation.arrays import Integers, Sparse, pairs_within

__all__ = ["components", "core_numbers", "ranked_groups", "triangles"]


def ranked_groups(labels: Integers) -> Integers:
    """Return the labels renumbered from 1: the largest group first, ties by the smallest index.

    Examples
    --------
    >>> ranked_groups(np.array([7, 3, 3, 9])).tolist()
    [2, 1, 1, 3]
    """
    _, first, inverse, counts = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -counts))
    rank = np.empty(order.size, dtype=np.int64)
    rank[order] = np.arange(1, order.size + 1)
    return np.asarray(rank[inverse], dtype=np.int64)


def components(adjacency: Sparse) -> Integers:
    """Return the component of each vertex, from 1: by size (greatest first), then by smallest index.

    Examples
    --------
    >>> from constellary.constellation.arrays import from_pairs
    >>> components(from_pairs(np.array([1, 2]), np.array([2, 1]), (4, 4))).tolist()
    [2, 1, 1, 3]
    """
    labels = csgraph.connected_components(adjacency, directed=False)[1]
    return ranked_groups(labels.astype(np.int64))


def core_numbers(adjacency: Sparse) -> Integers:
    """Return for each vertex the greatest k such that it is in the k-core; ties count once.

    The k-core is the largest subnetwork in which everyone has at least k partners.

    References
    ----------
    Seidman (1983), Network structure and minimum degree, Social Networks 5(3):269-287,
    DOI 10.1016/0378-8733(83)90028-X.

    Examples
    --------
    >>> from scipy import sparse
    >>> triangle_with_tail = np.zeros((4, 4))
    >>> for a, b in [(0, 1), (0, 2), (1, 2), (2, 3)]:
    ...     triangle_with_tail[a, b] = triangle_with_tail[b, a] = 1
    >>> core_numbers(sparse.csr_array(triangle_with_tail)).tolist()
    [2, 2, 2, 1]
    """
    starts = adjacency.indptr.astype(np.int64)
    names = adjacency.indices.astype(np.int64)
    degree = np.diff(starts).astype(np.int64)
    core = np.zeros(degree.size, dtype=np.int64)
    alive = np.ones(degree.size, dtype=bool)
    k = 0
    remaining = np.arange(degree.size)
    while remaining.size:
        k = max(k, int(degree[remaining].min()))
        leaving = remaining[degree[remaining] <= k]
        while leaving.size:
            core[leaving] = k
            alive[leaving] = False
            near = names[_ranges(starts[leaving], starts[leaving + 1])]
            near = near[alive[near]]
            touched, lost = np.unique(near, return_counts=True)
            degree[touched] -= lost
            leaving = touched[degree[touched] <= k]
        remaining = remaining[alive[remaining]]
    return core


def _ranges(starts: Integers, stops: Integers) -> Integers:
    """Return start .. stop - 1 of every pair, one after the other."""
    lengths = stops - starts
    ends = np.cumsum(lengths)
    return np.asarray(np.arange(int(lengths.sum())) + np.repeat(starts - ends + lengths, lengths))


def triangles(adjacency: Sparse) -> Integers:
    """Return the number of triangles through each vertex; ties count once.

    Each tie is pointed at its end with more partners, so that nobody has many ties that point away; every
    triangle is then one pair of such ties of its lowest vertex that a third tie closes.

    Examples
    --------
    >>> from scipy import sparse
    >>> triangle_with_tail = np.zeros((4, 4))
    >>> for a, b in [(0, 1), (0, 2), (1, 2), (2, 3)]:
    ...     triangle_with_tail[a, b] = triangle_with_tail[b, a] = 1
    >>> triangles(sparse.csr_array(triangle_with_tail)).tolist()
    [1, 1, 1, 0]
    """
    size = adjacency.shape[0]
    degree = np.diff(adjacency.indptr)
    rank = np.empty(size, dtype=np.int64)
    rank[np.lexsort((np.arange(size), degree))] = np.arange(size)
    rows = np.repeat(np.arange(size), degree)
    columns = adjacency.indices.astype(np.int64)
    order = np.lexsort((columns, rows))
    rows, columns = rows[order], columns[order]
    ties = rows * size + columns
    upward = rank[rows] < rank[columns]
    pairs = pairs_within(rows[upward], columns[upward], size)
    wanted = pairs[:, 0] * size + pairs[:, 1]
    place = np.minimum(np.searchsorted(ties, wanted), max(ties.size - 1, 0))
    closed = pairs[ties[place] == wanted] if ties.size else pairs
    return np.bincount(closed.ravel(), minlength=size).astype(np.int64)
