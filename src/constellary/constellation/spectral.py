"""Eigenvector centrality on the weighted ties."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csgraph
from scipy.sparse.linalg import eigsh

from constellary.constellation.arrays import Integers, Reals, Sparse, cut, row_sums

__all__ = ["eigenvector_centrality"]

DENSE = 100
"""Up to this many firms a component is solved by a dense method."""

SAME = 1e-9
"""Relative difference below which two leading eigenvalues count as equal."""


def eigenvector_centrality(adjacency: Sparse) -> tuple[Reals | None, Integers]:
    """Return the leading eigenvector of the weighted matrix, and the vertices where it is not zero.

    The vector has length 1 and no negative entry. In a network of several components it belongs to the one
    with the greatest eigenvalue (the dominating component); everywhere else it is exactly 0. Where two
    components share the greatest eigenvalue, or nobody is tied, the vector is not determined: None.

    References
    ----------
    Bonacich (1972), Factoring and weighting approaches to status scores and clique identification,
    Journal of Mathematical Sociology 2(1):113-120, DOI 10.1080/0022250X.1972.9989806.

    Examples
    --------
    >>> from constellary.constellation.arrays import from_pairs
    >>> star = from_pairs(np.array([0, 0, 1, 2]), np.array([1, 2, 0, 0]), (4, 4))  # and one firm alone
    >>> centrality, where = eigenvector_centrality(star)
    >>> centrality.round(4).tolist(), where.tolist()  # the centre has sqrt(2) times as much as its partners
    ([0.7071, 0.5, 0.5, 0.0], [0, 1, 2])
    """
    nobody = np.zeros(0, dtype=np.int64)
    if adjacency.nnz == 0:
        return None, nobody
    labels = csgraph.connected_components(adjacency, directed=False)[1]
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.cumsum(np.bincount(labels))[:-1])
    strength = row_sums(adjacency)
    # No eigenvalue is above the greatest row sum, so most small components need not be solved.
    ceiling = np.zeros(len(groups))
    np.maximum.at(ceiling, labels, strength)
    best, vector, winner, tied = 0.0, None, nobody, False
    for group in sorted(range(len(groups)), key=lambda number: (-groups[number].size, number)):
        if ceiling[group] < best * (1 - SAME):
            continue
        members = np.sort(groups[group])
        value, candidate = _leading(cut(adjacency, members))
        if value > best * (1 + SAME):
            best, vector, winner, tied = value, candidate, members, False
        elif value >= best * (1 - SAME):
            tied = True
    if vector is None or tied:
        return None, nobody
    centrality = np.zeros(labels.size)
    centrality[winner] = vector
    return centrality, winner


def _leading(matrix: Sparse) -> tuple[float, Reals]:
    """Return the greatest eigenvalue of a connected component and its positive vector of length 1."""
    size = matrix.shape[0]
    if size == 1:
        return 0.0, np.ones(1)
    if size <= DENSE:
        values, vectors = np.linalg.eigh(matrix.toarray())
        value, vector = values[-1], vectors[:, -1]
    else:
        values, vectors = eigsh(matrix, k=1, which="LA", v0=np.ones(size), tol=0, ncv=min(size - 1, 40))
        value, vector = values[0], vectors[:, 0]
    vector = np.abs(vector)
    return float(value), vector / np.linalg.norm(vector)
