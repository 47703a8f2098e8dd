"""A smaller network with the same shortest paths: folding and merging.

Most firms of an alliance network sign once. Two exact steps, repeated until nothing changes, take them out
of the traversal:

- **Fold.** A class with one neighbour hangs on it like a leaf: whatever passes between the leaf and the
  rest passes that neighbour. The leaf is taken away, its firms are counted as sources and targets at the
  neighbour, and the neighbour's betweenness for the folded pairs is written down at once.
- **Merge.** Firms with the same closed neighbourhood (the same partners, and partners of each other)
  become one class with a multiplicity: they lie at distance 1, never between each other and a third firm,
  and share the same dependencies.

The idea of folding and merging before Brandes' algorithm: Sariyuce, Kaya, Saule and Catalyurek (2017),
Graph manipulations for fast centrality computation, ACM TKDD 11(3):26, DOI 10.1145/3022668.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from constellary.constellation.arrays import Integers, Reals, Sparse, cut, pattern_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Reduction", "reduce_network"]


@dataclass(frozen=True)
class Reduction:
    """The reduced network, and how the firms hang on it.

    Attributes
    ----------
    size
        Number of firms.
    links
        Classes x classes, 1 where two classes are neighbours; only classes with a neighbour.
    members
        For each class, how many firms it holds itself.
    weight
        For each class, how many firms it stands for (its members and all that is folded into them).
    component
        For each class, the number of its component in the reduced network, from 0.
    owner
        For each firm, the class that stands for it; -1 for a firm of a network that folded entirely.
    depth
        For each firm, its distance to the member of the class on which it hangs (0: it is a member).
    base
        For each firm, its betweenness (unordered pairs) between firms that are folded onto it and others.
    parent
        For each firm, the firm on which it is folded; -1 for members.
    rounds
        Folded firms, one array for each round of folding, in order.
    siblings
        For each firm, a number that it shares with the firms merged with it (its own index if none).
    """

    size: int
    links: Sparse
    members: Integers
    weight: Integers
    component: Integers
    owner: Integers
    depth: Integers
    base: Reals
    parent: Integers
    rounds: tuple[Integers, ...]
    siblings: Integers

    @property
    def classes(self) -> int:
        """The number of classes that are left to traverse."""
        return int(self.members.size)


class _Shrinking:
    """The state of the reduction: a graph of classes that gets smaller."""

    def __init__(self, links: Sparse) -> None:
        size = links.shape[0]
        self.links = links
        self.members = np.ones(size, dtype=np.int64)
        self.weight = np.ones(size, dtype=np.int64)
        self.first = np.arange(size)  # the smallest member of each class
        self.holder = np.arange(size)  # firm -> class, while it is a member
        self.parent = np.full(size, -1)
        self.siblings = np.arange(size)
        self.hanging = np.zeros(size)  # firms folded onto each firm, and the sum of the branches' squares
        self.squares = np.zeros(size)
        self.rounds: list[Integers] = []

    def fold(self) -> bool:
        """Fold every class with one neighbour that is a single firm, again and again."""
        size = self.members.size
        degree = np.diff(self.links.indptr).astype(np.int64)
        names = self.links.indices.astype(np.int64)
        sums = np.concatenate([[0], np.cumsum(names)])
        neighbour = sums[self.links.indptr[1:]] - sums[self.links.indptr[:-1]]  # the one of a leaf
        alive = np.ones(size, dtype=bool)
        candidates = np.flatnonzero(degree == 1)
        changed = False
        while candidates.size:
            target = neighbour[candidates]
            fits = (degree[candidates] == 1) & (self.members[target] == 1)
            # Two leaves that face each other: the later one is folded unless only it may be the target.
            facing = (degree[target] == 1) & (self.members[candidates] == 1) & (candidates < target)
            leaves = candidates[fits & ~facing]
            if not leaves.size:
                break
            changed = True
            onto = neighbour[leaves]
            self._hang(leaves, onto)
            alive[leaves] = False
            degree[leaves] = 0
            np.subtract.at(degree, onto, 1)
            np.subtract.at(neighbour, onto, leaves)
            onto = np.unique(onto)
            candidates = onto[degree[onto] == 1]
        if changed:
            self._keep(alive, np.cumsum(alive) - 1)
        return changed

    def _hang(self, leaves: Integers, onto: Integers) -> None:
        np.add.at(self.hanging, self.first[onto], self.weight[leaves])
        np.add.at(self.squares, self.first[onto], self.weight[leaves].astype(np.float64) ** 2)
        np.add.at(self.weight, onto, self.weight[leaves])
        place = np.full(self.members.size, -1)
        place[leaves] = self.first[onto]
        held = np.flatnonzero(self.holder >= 0)
        firms = held[place[self.holder[held]] >= 0]
        classes = self.holder[firms]
        self.parent[firms] = place[classes]
        self.siblings[firms] = self.first[classes]
        self.holder[firms] = -1
        self.rounds.append(firms)

    def merge(self) -> bool:
        """Merge the classes with equal closed neighbourhoods."""
        size = self.members.size
        if not size:
            return False
        random = np.random.default_rng(7).integers(0, 2**64, size=(size, 2), dtype=np.uint64, endpoint=False)
        ones = sparse.csr_array(
            (np.ones(self.links.nnz, dtype=np.uint64), self.links.indices, self.links.indptr),
            shape=self.links.shape,
        )
        marks = ones @ random + random  # two sums modulo 2^64: equal neighbourhoods, equal marks
        order = np.lexsort((np.arange(size), marks[:, 1], marks[:, 0]))
        fresh = np.ones(size, dtype=bool)
        fresh[1:] = (marks[order][1:] != marks[order][:-1]).any(axis=1)
        if fresh.all():
            return False
        leader = np.empty(size, dtype=np.int64)
        leader[order] = order[fresh][np.cumsum(fresh) - 1]  # the class with the smallest index
        np.add.at(self.members, leader[leader != np.arange(size)], self.members[leader != np.arange(size)])
        np.add.at(self.weight, leader[leader != np.arange(size)], self.weight[leader != np.arange(size)])
        alive = leader == np.arange(size)
        self._keep(alive, (np.cumsum(alive) - 1)[leader])
        return True

    def _keep(self, alive: NDArray[np.bool_], renumbered: Integers) -> None:
        held = self.holder >= 0
        self.holder[held] = renumbered[self.holder[held]]
        self.links = cut(self.links, alive)
        self.members, self.weight, self.first = self.members[alive], self.weight[alive], self.first[alive]


def reduce_network(adjacency: Sparse) -> Reduction:
    """Return the reduced network of a symmetric matrix without a diagonal (its values do not matter).

    Examples
    --------
    >>> from constellary.constellation.arrays import from_pairs
    >>> path = from_pairs(np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1]), (3, 3))
    >>> reduction = reduce_network(path)
    >>> reduction.base.tolist(), reduction.classes
    ([0.0, 1.0, 0.0], 0)
    """
    links = pattern_of(adjacency)
    size = links.shape[0]
    state = _Shrinking(links)
    state.fold()
    while state.merge() and state.fold():
        pass
    owner, depth = _places(state)
    count, component = csgraph.connected_components(links, directed=False)
    of_component = np.bincount(component, minlength=count)[component]
    hanging = state.hanging
    base = (hanging**2 - state.squares) / 2 + hanging * (of_component - 1 - hanging)
    linked = np.diff(state.links.indptr) > 0
    number = np.where(linked, np.cumsum(linked) - 1, -1)
    siblings = state.siblings.copy()
    held = np.flatnonzero(state.holder >= 0)
    siblings[held] = state.first[state.holder[held]]
    reduced = cut(state.links, linked)
    return Reduction(
        size=size,
        links=reduced,
        members=state.members[linked],
        weight=state.weight[linked],
        component=csgraph.connected_components(reduced, directed=False)[1].astype(np.int64),
        owner=np.where(owner >= 0, number[owner], -1),
        depth=depth,
        base=base,
        parent=state.parent,
        rounds=tuple(state.rounds),
        siblings=siblings,
    )


def _places(state: _Shrinking) -> tuple[Integers, Integers]:
    """Return for each firm the class on which it hangs at last, and how deep."""
    owner = state.holder.copy()
    depth = np.zeros(owner.size, dtype=np.int64)
    for firms in reversed(state.rounds):
        owner[firms] = owner[state.parent[firms]]
        depth[firms] = depth[state.parent[firms]] + 1
    return owner, depth
