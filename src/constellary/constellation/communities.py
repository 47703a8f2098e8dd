"""Communities by the Leiden algorithm, with how far the partition depends on chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from graspologic_native import leiden_csr

from constellary.constellation.arrays import Integers, Reals, Sparse, column_sums, from_pairs, row_sums
from constellary.constellation.cores import ranked_groups

__all__ = [
    "Partition",
    "adjusted_rand",
    "find_communities",
    "modularity",
    "normalised_mutual_information",
]

MANY_FIRMS = 50_000
"""Above so many firms each run makes one pass of the algorithm instead of two."""


@dataclass(frozen=True)
class Partition:
    """The firms in communities, and how firm the partition is.

    Attributes
    ----------
    community
        For each firm, its community, from 1: the largest first, ties by the smallest firm index. Isolates
        are communities of their own.
    modularity
        Newman's modularity with the weights of ties; None without a tie.
    runs
        Number of runs, each with its own seed.
    agreement
        Mean adjusted Rand index between the runs: 1 = always the same, 0 = no more alike than by chance.
        None with one run.
    information
        Mean normalised mutual information between the runs. None with one run.
    """

    community: Integers
    modularity: float | None
    runs: int
    agreement: float | None
    information: float | None

    @property
    def number(self) -> int:
        """How many communities there are."""
        return int(self.community.max(initial=0))


def find_communities(adjacency: Sparse, *, seed: int, runs: int = 10) -> Partition:
    """Return the run that agrees most with the others, and the agreement between runs.

    Leiden maximises modularity by a random search, so different seeds give different partitions. The one
    kept has the greatest mean adjusted Rand index with the others (ties: the greater modularity, then the
    earlier run).

    References
    ----------
    Traag, Waltman and van Eck (2019), From Louvain to Leiden: guaranteeing well-connected communities,
    Scientific Reports 9:5233, DOI 10.1038/s41598-019-41695-z.

    Examples
    --------
    Two triangles that one tie joins:

    >>> from constellary.constellation.arrays import from_pairs
    >>> one, other = np.array([0, 0, 1, 3, 3, 4, 2]), np.array([1, 2, 2, 4, 5, 5, 3])
    >>> network = from_pairs(np.append(one, other), np.append(other, one), (6, 6))
    >>> partition = find_communities(network, seed=1)
    >>> partition.community.tolist(), partition.agreement
    ([1, 1, 1, 2, 2, 2], 1.0)
    """
    size = adjacency.shape[0]
    if adjacency.nnz == 0:
        return Partition(np.arange(1, size + 1), None, 0, None, None)
    found = [_leiden(adjacency, seed + run) for run in range(runs)]
    rand, information = np.eye(runs), np.eye(runs)
    for first in range(runs):
        for second in range(first):
            table = _contingency(found[first], found[second])
            rand[first, second] = rand[second, first] = _rand(table)
            information[first, second] = information[second, first] = _information(table)
    quality = [modularity(adjacency, labels) or 0.0 for labels in found]
    near = rand.sum(axis=1).round(12)
    best = min(range(runs), key=lambda run: (-near[run], -quality[run], run))
    others = ~np.eye(runs, dtype=bool)
    several = runs > 1
    return Partition(
        community=found[best],
        modularity=quality[best],
        runs=runs,
        agreement=float(rand[others].mean()) if several else None,
        information=float(information[others].mean()) if several else None,
    )


def modularity(adjacency: Sparse, labels: Integers) -> float | None:
    """Return Newman's modularity of a partition of the weighted network; None without a tie.

    References
    ----------
    Newman (2004), Analysis of weighted networks, Physical Review E 70:056131,
    DOI 10.1103/PhysRevE.70.056131.

    Examples
    --------
    >>> from constellary.constellation.arrays import from_pairs
    >>> one, other = np.array([0, 0, 1, 3, 3, 4, 2]), np.array([1, 2, 2, 4, 5, 5, 3])
    >>> network = from_pairs(np.append(one, other), np.append(other, one), (6, 6))
    >>> round(modularity(network, np.array([0, 0, 0, 1, 1, 1])), 4)  # 6 ties of 7 within, 1/2 expected
    0.3571
    """
    total = float(adjacency.sum())
    if total == 0:
        return None
    rows = np.repeat(np.arange(labels.size), np.diff(adjacency.indptr))
    inside = float(adjacency.data[labels[rows] == labels[adjacency.indices]].sum())
    strength = np.bincount(labels, weights=row_sums(adjacency))
    return inside / total - float(((strength / total) ** 2).sum())


def adjusted_rand(first: Integers, second: Integers) -> float:
    """Return the adjusted Rand index of two partitions.

    References
    ----------
    Hubert and Arabie (1985), Comparing partitions, Journal of Classification 2:193-218,
    DOI 10.1007/BF01908075.

    Examples
    --------
    >>> round(adjusted_rand(np.array([0, 0, 1, 1]), np.array([0, 0, 1, 2])), 12)
    0.571428571429
    """
    return _rand(_contingency(first, second))


def normalised_mutual_information(first: Integers, second: Integers) -> float:
    """Return the mutual information of two partitions over the mean of their entropies.

    References
    ----------
    Danon, Diaz-Guilera, Duch and Arenas (2005), Comparing community structure identification, Journal of
    Statistical Mechanics P09008, DOI 10.1088/1742-5468/2005/09/P09008.

    Examples
    --------
    >>> normalised_mutual_information(np.array([0, 0, 1, 1]), np.array([5, 5, 3, 3]))
    1.0
    """
    return _information(_contingency(first, second))


def _leiden(adjacency: Sparse, seed: int) -> Integers:
    size = adjacency.shape[0]
    _, found = leiden_csr(
        adjacency.indptr.astype(np.int64),
        adjacency.indices.astype(np.int32),
        adjacency.data.astype(np.float64),
        size,
        seed=seed,
        iterations=2 if size <= MANY_FIRMS else 1,
    )
    labels = np.arange(size) + size  # whoever has no tie stays alone
    keys = np.fromiter(found.keys(), dtype=np.int64, count=len(found))
    labels[keys] = np.fromiter(found.values(), dtype=np.int64, count=len(found))
    return ranked_groups(labels)


def _contingency(first: Integers, second: Integers) -> Sparse:
    """Return how many firms lie in each pair of groups."""
    one, two = np.unique(first, return_inverse=True)[1], np.unique(second, return_inverse=True)[1]
    return from_pairs(one, two, (int(one.max(initial=-1)) + 1, int(two.max(initial=-1)) + 1))


def _rand(table: Sparse) -> float:
    def pairs(counts: Reals) -> float:
        return float((counts * (counts - 1) / 2).sum())

    rows, columns = row_sums(table), column_sums(table)
    every = pairs(np.array([rows.sum()]))
    if every == 0:
        return 1.0
    expected = pairs(rows) * pairs(columns) / every
    most = (pairs(rows) + pairs(columns)) / 2
    if most == expected:  # both put everyone together, or everyone alone
        return 1.0
    return (pairs(table.data) - expected) / (most - expected)


def _information(table: Sparse) -> float:
    total = table.sum()

    def entropy(counts: Reals) -> float:
        shares = counts[counts > 0] / total
        return float(-(shares * np.log(shares)).sum())

    rows, columns = row_sums(table), column_sums(table)
    both = entropy(rows) + entropy(columns)
    if both == 0:
        return 1.0
    return 2 * (both - entropy(table.data)) / both
