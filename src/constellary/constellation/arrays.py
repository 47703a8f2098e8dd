"""The arrays and sparse matrices that the room works on, by name."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Integers = NDArray[np.int64]
Reals = NDArray[np.float64]
Sparse = sparse.csr_array[Any, tuple[int, int]]
"""A square, symmetric matrix without a diagonal, unless said otherwise (csr)."""


def from_pairs(rows: Integers, columns: Integers, shape: tuple[int, int]) -> Sparse:
    """Return the matrix that counts how often each (row, column) occurs.

    Examples
    --------
    >>> from_pairs(np.array([0, 0]), np.array([1, 1]), (2, 2)).toarray().tolist()
    [[0.0, 2.0], [0.0, 0.0]]
    """
    matrix = sparse.coo_array((np.ones(rows.size), (rows, columns)), shape=shape).tocsr()
    matrix.sum_duplicates()
    return matrix


def pattern_of(matrix: Sparse) -> Sparse:
    """Return the matrix with 1.0 at each stored place."""
    return sparse.csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)


def cut(matrix: Sparse, chosen: NDArray[Any]) -> Sparse:
    """Return the rows and columns of the chosen vertices (indices or a mask).

    Examples
    --------
    >>> matrix = from_pairs(np.array([0, 2]), np.array([1, 0]), (3, 3))
    >>> cut(matrix, np.array([0, 2])).toarray().tolist()
    [[0.0, 0.0], [1.0, 0.0]]
    """
    return matrix[chosen][:, chosen]


def row_sums(matrix: Sparse) -> Reals:
    """Return the sum of each row."""
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()


def column_sums(matrix: Sparse) -> Reals:
    """Return the sum of each column."""
    return np.asarray(matrix.sum(axis=0), dtype=np.float64).ravel()


def pairs_within(group: Integers, member: Integers, groups: int) -> Integers:
    """Return all pairs of members of each group, as rows (first, second, group).

    `group` is sorted, and `member` within each group; so first < second.

    Examples
    --------
    >>> pairs_within(np.array([0, 0, 1, 1, 1]), np.array([4, 7, 1, 2, 3]), 2).tolist()
    [[4, 7, 0], [1, 2, 1], [1, 3, 1], [2, 3, 1]]
    """
    sizes = np.bincount(group, minlength=groups)
    starts = np.cumsum(sizes) - sizes
    parts = [np.zeros((0, 3), dtype=np.int64)]
    for size in np.unique(sizes):
        if size < 2:
            continue
        chosen = np.flatnonzero(sizes == size)
        seats = member[starts[chosen][:, None] + np.arange(size)]
        left, right = np.triu_indices(int(size), 1)
        columns = (seats[:, left].ravel(), seats[:, right].ravel(), np.repeat(chosen, left.size))
        parts.append(np.stack(columns, axis=1))
    return np.concatenate(parts)
