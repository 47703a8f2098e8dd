"""Many breadth-first searches at once: shortest paths, dependencies and distances on the reduced network.

Brandes' algorithm, level by level, for a batch of sources at a time: each step is a product of a sparse
matrix with a dense one that has a column a source. Only the rows that some source of the batch reaches at a
level take part in that level. A column may hold one source in each component, since searches in different
components do not meet; so a network of many small components (or of many bootstrap replicates side by
side) costs no more columns than its largest.

References
----------
Brandes (2001), A faster algorithm for betweenness centrality, Journal of Mathematical Sociology 25(2):
163-177, DOI 10.1080/0022250X.2001.9990249.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constellary.constellation.arrays import Integers, Reals, Sparse
    from constellary.constellation.reduction import Reduction

    Matrix = Any  # of doubles when exact, of singles when sampled
    Level = tuple[Integers, Matrix, Sparse]

__all__ = ["Totals", "Traversal"]

SMALL = 2_000_000
"""Sources times links below which threads cost more than they save."""


@dataclass
class Totals:
    """What the searches add up to, for each class.

    Attributes
    ----------
    dependency
        Sum over the source firms of their dependency on one member of the class (ordered pairs).
    squares
        Sum of the squares of the same; zero unless asked for.
    distances
        At place k, how many source firms of other classes lie k steps from a member of the class.
    """

    dependency: Reals
    squares: Reals
    distances: list[Reals] = field(default_factory=list)

    def add(self, other: Totals) -> None:
        """Add the totals of further searches."""
        self.dependency += other.dependency
        self.squares += other.squares
        for steps, counts in enumerate(other.distances):
            self.at(steps)[:] += counts

    def at(self, steps: int) -> Reals:
        """Return the counts of distance `steps`, zeros when nothing lies there yet."""
        while len(self.distances) <= steps:
            self.distances.append(np.zeros_like(self.dependency))
        return self.distances[steps]


class Traversal:
    """Breadth-first searches over one reduced network.

    Inside, the classes stand in an order that keeps neighbours near each other in memory; sources and
    totals are in the reduction's order.
    """

    def __init__(self, reduction: Reduction, *, single: bool = False) -> None:
        links = reduction.links
        self.size = links.shape[0]
        self.type: type[np.floating[Any]] = np.float32 if single else np.float64
        self.order = np.arange(self.size)
        if self.size > 2_000:
            self.order = csgraph.reverse_cuthill_mckee(links, symmetric_mode=True).astype(np.int64)
        links = links[self.order][:, self.order]
        self.members = reduction.members[self.order].astype(self.type)
        self.weight = reduction.weight[self.order].astype(self.type)
        self.component = reduction.component[self.order]
        self.components = int(self.component.max(initial=-1)) + 1
        # Row p, column x: a path that goes on from p to the class x can choose among x's members.
        self.steps: Any = sparse.csr_array(
            (self.members[links.indices], links.indices.astype(np.int32), links.indptr.astype(np.int32)),
            shape=links.shape,
        )

    def run(
        self,
        sources: Integers,
        profile: Reals,
        *,
        width: int = 16,
        dependencies: bool = True,
        squares: bool = False,
        distances: bool = True,
    ) -> Totals:
        """Return the totals of a search from each of `sources`.

        Parameters
        ----------
        sources
            Classes, each once, in the reduction's order.
        profile
            Searches x depths: how many source firms hang at each depth on the source class.
        width
            Number of columns of a batch.
        dependencies, squares, distances
            What to add up.
        """
        place = np.empty(self.size, dtype=np.int64)
        place[self.order] = np.arange(self.size)
        wanted = (dependencies, squares, distances)
        own = place[sources]
        batches = self._batches(own, width)

        def search(chosen: tuple[Integers, Integers]) -> Totals:
            return self._search(own[chosen[0]], chosen[1], profile[chosen[0]], wanted)

        inside = self._empty()
        if sources.size * self.steps.nnz < SMALL:
            for batch in batches:
                inside.add(search(batch))
        else:
            # Added in order, so that the sums do not depend on the number of threads.
            with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
                waiting: deque[Any] = deque()
                for batch in batches:
                    waiting.append(pool.submit(search, batch))
                    if len(waiting) > 8:
                        inside.add(waiting.popleft().result())
                while waiting:
                    inside.add(waiting.popleft().result())
        return Totals(
            inside.dependency[place], inside.squares[place], [counts[place] for counts in inside.distances]
        )

    def _empty(self) -> Totals:
        return Totals(np.zeros(self.size), np.zeros(self.size))

    def _batches(self, own: Integers, width: int) -> Iterator[tuple[Integers, Integers]]:
        """Yield (searches, their columns from 0): at most one search a component and column."""
        # Sources near each other reach the same rows together, so they share a batch.
        order = np.lexsort((own, self.component[own]))
        component = self.component[own[order]]
        counts = np.bincount(component, minlength=self.components)
        starts = np.cumsum(counts) - counts
        column = np.arange(order.size) - starts[component]
        again = np.argsort(column, kind="stable")
        order, column = order[again], column[again]
        bounds = np.searchsorted(column, np.arange(0, int(column.max(initial=-1)) + 1 + width, width))
        for start, stop in pairwise(bounds):
            if stop > start:
                yield order[start:stop], column[start:stop] - column[start]

    def _search(
        self, classes: Integers, columns: Integers, profile: Reals, wanted: tuple[bool, bool, bool]
    ) -> Totals:
        dependencies, squares, distances = wanted
        totals = self._empty()
        loads = self._loads(classes, columns, profile)
        levels = self._forward(classes, columns, loads if distances else [], totals)
        if dependencies:
            self._backward(levels, sum(loads[1:], loads[0]), totals, squares)
        return totals

    def _loads(self, classes: Integers, columns: Integers, profile: Reals) -> list[Matrix]:
        """Return, for each depth, components x columns: the source firms of the search that runs there."""
        width = int(columns.max()) + 1
        loads = []
        for depth in range(profile.shape[1]):
            load = np.zeros((self.components, width), dtype=self.type)
            load[self.component[classes], columns] = profile[:, depth]
            loads.append(load)
        return loads

    def _sum(self, values: Matrix, load: Matrix, rows: Integers) -> Matrix:
        """Return for each row the sum over its columns, each times the load of the row's component."""
        # einsum rather than a product: no thread of a linear algebra library wakes up for it.
        if self.components == 1:
            return np.asarray(np.einsum("ij,j->i", values, load[0]))
        return np.asarray(np.einsum("ij,ij->i", values, load[self.component[rows]]))

    def _forward(
        self, classes: Integers, columns: Integers, loads: list[Matrix], totals: Totals
    ) -> list[Level]:
        """Return, level by level, the rows reached, their numbers of paths, and the steps from them."""
        width = int(columns.max()) + 1
        rows = np.unique(classes)
        paths = np.zeros((rows.size, width), dtype=self.type)
        paths[np.searchsorted(rows, classes), columns] = 1
        free = np.ones((self.size, width), dtype=self.type)
        free[rows] -= paths
        reached = np.zeros(self.size, dtype=bool)
        levels: list[Level] = []
        while rows.size:
            steps = self.steps[rows]
            levels.append((rows, paths, steps))
            reached[:] = False
            reached[steps.indices] = True
            targets = np.flatnonzero(reached)
            renamed = np.cumsum(reached, dtype=np.int32) - 1
            spread: Any = sparse.csc_array(
                (steps.data, renamed[steps.indices], steps.indptr), shape=(targets.size, rows.size)
            )
            paths = spread @ paths
            still = free[targets]
            paths *= still
            some = np.flatnonzero(np.einsum("ij->i", paths) > 0)
            rows, paths, still = targets[some], paths[some], still[some]
            still *= paths == 0
            free[rows] = still
            if loads and rows.size:
                found = (paths > 0).astype(self.type)
                for depth, load in enumerate(loads):
                    totals.at(len(levels) + depth)[rows] += self._sum(found, load, rows)
        return levels

    def _backward(self, levels: list[Level], load: Matrix, totals: Totals, squares: bool) -> None:
        """Add up the dependencies, from the last level back to the first."""
        share = np.zeros((self.size, load.shape[1]), dtype=self.type)  # (targets + dependency) / paths
        for depth in range(len(levels) - 1, 0, -1):
            rows, paths, steps = levels[depth]
            found = (paths > 0).astype(self.type)
            own = np.maximum(paths, 1)
            np.divide(found, own, out=own)
            own *= self.weight[rows, None]
            if depth + 1 < len(levels):
                passed = steps @ share
                passed *= found
                share[levels[depth + 1][0]] = 0
                own += passed
                passed *= paths
                passed /= self.members[rows, None]
                totals.dependency[rows] += self._sum(passed, load, rows)
                if squares:
                    passed *= passed
                    totals.squares[rows] += self._sum(passed, load, rows)
            share[rows] = own
