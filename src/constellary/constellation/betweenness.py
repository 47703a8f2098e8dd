"""Betweenness and distances, exact or from a sample of firms, in one traversal.

The betweenness of a firm is the sum, over all pairs of other firms, of the share of the shortest paths
between the two that pass through it. Ties count as one step whatever their weight: more alliances
between two firms do not make them farther from each other.

References
----------
Freeman (1977), A set of measures of centrality based on betweenness, Sociometry 40(1):35-41,
DOI 10.2307/3033543. Brandes and Pich (2007), Centrality estimation in large networks, International
Journal of Bifurcation and Chaos 17(7):2303-2318, DOI 10.1142/S0218127407018403. Eppstein and Wang (2004),
Fast approximation of centrality, Journal of Graph Algorithms and Applications 8(1):39-45,
DOI 10.7155/jgaa.00081.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from constellary.constellation.closeness import distance_counts, harmonic_of
from constellary.constellation.reduction import Reduction, reduce_network
from constellary.constellation.sampling import simultaneous_interval
from constellary.constellation.traversal import Totals, Traversal

if TYPE_CHECKING:
    from constellary.constellation.arrays import Integers, Reals, Sparse

__all__ = ["Estimate", "Paths", "betweenness", "betweenness_sampled", "shortest_paths"]

EXACT_FIRMS = 30_000
SAMPLES = 2_048


@dataclass(frozen=True)
class Estimate:
    """A measure for each firm, with how far it can be from the exact value.

    Attributes
    ----------
    value
        The measure.
    error
        Standard error of each value, with the finite-population correction; 0 where it is exact.
    lower, upper
        Ends of intervals that hold for all firms at once with probability 1 - delta; the value itself
        where it is exact.
    """

    value: Reals
    error: Reals
    lower: Reals
    upper: Reals

    @property
    def bound(self) -> float:
        """The greatest distance of any firm's value from an end of its interval."""
        return float(np.maximum(self.upper - self.value, self.value - self.lower).max(initial=0.0))


@dataclass(frozen=True)
class Paths:
    """What the shortest paths of a network say.

    Attributes
    ----------
    betweenness
        Sum over unordered pairs of other firms, not normalised.
    harmonic
        Sum of 1 / distance over the other firms.
    distances
        Firms x steps: how many firms lie so many steps away (estimated in a sample; steps from 0).
    exact
        Whether every firm was a source.
    drawn
        Number of firms drawn at random as sources (0 if exact).
    delta
        Probability that some interval misses (0.0 if exact).
    """

    betweenness: Estimate
    harmonic: Estimate
    distances: Reals
    exact: bool
    drawn: int
    delta: float


@dataclass(frozen=True)
class _Draw:
    """Who is a source: the classes taken whole, and the firms drawn from the rest of large components."""

    whole: Integers
    firms: Integers
    drawn: Integers  # for each component
    pool: Integers  # for each component, firms that could be drawn
    delta: float


def betweenness(adjacency: Sparse) -> Reals:
    """Return the exact betweenness of each vertex, not normalised (unordered pairs).

    `adjacency` is symmetric without a diagonal; only its pattern counts. Equal to networkx
    `betweenness_centrality(normalized=False)` up to rounding.

    Examples
    --------
    >>> from constellary.constellation.arrays import from_pairs
    >>> path = from_pairs(np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1]), (3, 3))
    >>> betweenness(path).tolist()
    [0.0, 1.0, 0.0]
    """
    reduction = reduce_network(adjacency)
    totals = _exact(reduction, Traversal(reduction), distances=False)
    return _carried(reduction, totals.dependency) / 2 + reduction.base


def betweenness_sampled(
    adjacency: Sparse, *, samples: int = SAMPLES, seed: int, delta: float = 0.05
) -> Paths:
    """Return betweenness and distances from a sample of source firms; see `shortest_paths`.

    Examples
    --------
    >>> from constellary.constellation.arrays import from_pairs
    >>> path = from_pairs(np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1]), (3, 3))
    >>> betweenness_sampled(path, samples=1, seed=1).betweenness.value.tolist()
    [0.0, 1.0, 0.0]
    """
    return shortest_paths(adjacency, samples=samples, seed=seed, delta=delta)


def shortest_paths(
    adjacency: Sparse, *, samples: int | None = None, seed: int = 0, delta: float = 0.05
) -> Paths:
    """Return betweenness, harmonic closeness and distances, exact or sampled.

    In a sample, each component with more classes than `samples` (see `reduction`) takes as sources all
    classes that stand for many firms, and `samples` other firms drawn without replacement. Pairs of firms
    that folding settles, smaller components, and distances of one step stay exact.

    Parameters
    ----------
    adjacency
        Symmetric, without a diagonal; only its pattern counts.
    samples
        Number of firms to draw in each large component. None: exact up to 30,000 firms, else 2,048.
    seed
        Of the draw.
    delta
        Probability that any of the intervals of a measure misses the exact value.

    Examples
    --------
    >>> from constellary.constellation.arrays import from_pairs
    >>> path = from_pairs(np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1]), (3, 3))
    >>> found = shortest_paths(path)
    >>> found.betweenness.value.tolist(), found.harmonic.value.tolist()  # 1 / 1 + 1 / 2 at the ends
    ([0.0, 1.0, 0.0], [1.5, 2.0, 1.5])
    >>> found.distances.tolist(), found.exact  # at the first firm: itself, one at one step, one at two
    ([[1.0, 1.0, 1.0], [1.0, 2.0, 0.0], [1.0, 1.0, 1.0]], True)
    """
    if samples is None:
        samples = SAMPLES if adjacency.shape[0] > EXACT_FIRMS else 0
    reduction = reduce_network(adjacency)
    largest = int(np.bincount(reduction.component, minlength=1).max())
    if not samples or largest <= samples:
        return _exact_paths(reduction)
    return _sampled_paths(adjacency, reduction, samples, np.random.default_rng(seed), delta)


def _width(classes: int) -> int:
    return int(np.clip(200_000 // max(classes, 1), 16, 128))


def _profile(reduction: Reduction, firms: Integers) -> Reals:
    """Return classes x depths: how many of `firms` hang on each class at each depth."""
    depths = int(reduction.depth.max(initial=0)) + 1
    firms = firms[reduction.owner[firms] >= 0]
    place = reduction.owner[firms] * depths + reduction.depth[firms]
    counts = np.bincount(place, minlength=reduction.classes * depths)
    return counts.reshape(reduction.classes, depths).astype(np.float64)


def _exact(reduction: Reduction, traversal: Traversal, *, distances: bool) -> Totals:
    profile = _profile(reduction, np.arange(reduction.size))
    everyone = np.arange(reduction.classes)
    return traversal.run(everyone, profile, width=_width(reduction.classes), distances=distances)


def _carried(reduction: Reduction, of_class: Reals) -> Reals:
    """Return for each member of a class the class's value; 0 for folded firms, which nothing passes."""
    values = np.zeros(reduction.size)
    members = np.flatnonzero((reduction.parent < 0) & (reduction.owner >= 0))
    values[members] = of_class[reduction.owner[members]]
    return values


def _exact_paths(reduction: Reduction) -> Paths:
    totals = _exact(reduction, Traversal(reduction), distances=True)
    counts = distance_counts(reduction, totals.distances)
    between = _carried(reduction, totals.dependency) / 2 + reduction.base
    return Paths(_sure(between), _sure(harmonic_of(counts)), counts, exact=True, drawn=0, delta=0.0)


def _sure(values: Reals) -> Estimate:
    return Estimate(values, np.zeros_like(values), values, values)


def _draw(reduction: Reduction, samples: int, random: np.random.Generator, delta: float) -> _Draw:
    sizes = np.bincount(reduction.component)
    firms = np.bincount(reduction.component, weights=reduction.weight)
    large = sizes > samples
    of_large = large[reduction.component]
    heavy = reduction.weight * samples >= firms[reduction.component]
    whole = np.flatnonzero(~of_large | heavy)
    free = np.zeros(reduction.classes, dtype=bool)
    free[of_large & ~heavy] = True
    drawn, pool = np.zeros(sizes.size, dtype=np.int64), np.zeros(sizes.size, dtype=np.int64)
    chosen = []
    hanging = np.flatnonzero(reduction.owner >= 0)
    hanging = hanging[free[reduction.owner[hanging]]]
    for component in np.flatnonzero(large):
        candidates = hanging[reduction.component[reduction.owner[hanging]] == component]
        pool[component] = candidates.size
        drawn[component] = min(samples, candidates.size)
        chosen.append(random.choice(candidates, size=int(drawn[component]), replace=False))
    return _Draw(whole, np.sort(np.concatenate(chosen)), drawn, pool, delta)


def _sampled_paths(
    adjacency: Sparse,
    reduction: Reduction,
    samples: int,
    random: np.random.Generator,
    delta: float,
) -> Paths:
    draw = _draw(reduction, samples, random, delta)
    traversal = Traversal(reduction, single=True)
    width = 2 * _width(reduction.classes)
    everyone = _profile(reduction, np.arange(reduction.size))
    sure = traversal.run(draw.whole, everyone[draw.whole], width=width)
    profile = _profile(reduction, draw.firms)
    sources = np.flatnonzero(profile.any(axis=1))
    part = traversal.run(sources, profile[sources], width=width, squares=True)
    scale = draw.pool / np.maximum(draw.drawn, 1)
    scaled = scale[reduction.component]
    steps = max(len(sure.distances), len(part.distances))
    counts = distance_counts(reduction, [sure.at(k) + scaled * part.at(k) for k in range(steps)])
    between = _between(reduction, draw, sure, part)
    partners = np.diff(adjacency.indptr).astype(np.float64)
    harmonic = _harmonic(partners, reduction, draw, part, counts)
    drawn = int(draw.drawn.sum())
    return Paths(between, harmonic, counts, exact=False, drawn=drawn, delta=delta)


def _between(reduction: Reduction, draw: _Draw, sure: Totals, part: Totals) -> Estimate:
    firms = np.bincount(reduction.component, weights=reduction.weight)
    of_class = np.zeros((4, reduction.classes))
    for component in np.flatnonzero(draw.drawn):
        own = np.flatnonzero(reduction.component == component)
        # A source's dependency on a firm is at most the number of targets: all firms but these two.
        ends = _interval(
            part.dependency[own],
            part.squares[own],
            span=firms[component] - 2,
            drawn=int(draw.drawn[component]),
            pool=int(draw.pool[component]),
            delta=draw.delta,
            means=int((draw.drawn[reduction.component] > 0).sum()),
        )
        of_class[:, own] = ends
    value, error, lower, upper = (_carried(reduction, row) / 2 for row in of_class)
    known = reduction.base + _carried(reduction, sure.dependency) / 2
    return Estimate(known + value, error, known + lower, known + upper)


def _harmonic(partners: Reals, reduction: Reduction, draw: _Draw, part: Totals, counts: Reals) -> Estimate:
    """One step is known exactly (the partners); beyond it, 1 / distance is at most one half."""
    known = counts.copy()
    known[:, 1] = 0
    value = partners + harmonic_of(known)
    places, inverse, first, second = _sums(reduction, part)
    error, below, above = np.zeros((3, reduction.size))
    sampled = draw.drawn[places[:, 2]] > 0
    for component in np.flatnonzero(draw.drawn):
        own = np.flatnonzero(places[:, 2] == component)
        ends = _interval(
            first[own],
            second[own],
            span=0.5,
            drawn=int(draw.drawn[component]),
            pool=int(draw.pool[component]),
            delta=draw.delta,
            means=int(sampled.sum()),
        )
        spread = np.zeros((3, places.shape[0]))
        spread[:, own] = ends[1], ends[0] - ends[2], ends[3] - ends[0]
        hanging = np.flatnonzero(reduction.owner >= 0)
        error[hanging] += spread[0][inverse]
        below[hanging] += spread[1][inverse]
        above[hanging] += spread[2][inverse]
    return Estimate(value, error, value - below, value + above)


def _sums(reduction: Reduction, part: Totals) -> tuple[Integers, Integers, Reals, Reals]:
    """Return the distinct (class, depth, component) at which firms hang, and sums of 1 / distance there."""
    hanging = np.flatnonzero(reduction.owner >= 0)
    owner, depth = reduction.owner[hanging], reduction.depth[hanging]
    places, inverse = np.unique(
        np.stack([owner, depth, reduction.component[owner]], axis=1), axis=0, return_inverse=True
    )
    first, second = np.zeros(places.shape[0]), np.zeros(places.shape[0])
    for steps, counts in enumerate(part.distances):
        distance = steps + places[:, 1]
        closeness = np.where(distance >= 2, 1 / np.maximum(distance, 1), 0.0)
        first += closeness * counts[places[:, 0]]
        second += closeness**2 * counts[places[:, 0]]
    return places, inverse.ravel(), first, second


def _interval(
    first: Reals, second: Reals, *, span: float, drawn: int, pool: int, delta: float, means: int
) -> tuple[Reals, Reals, Reals, Reals]:
    """Return estimate, standard error, lower and upper end of population sums, from sums over a sample."""
    mean = np.minimum(first / drawn / span, 1.0)
    variance = np.maximum(second / drawn / span**2 - mean**2, 0.0)
    lower, upper = simultaneous_interval(
        mean, variance, drawn=drawn, population=pool, delta=delta, means=means
    )
    error = np.sqrt(variance / max(drawn - 1, 1) * (1 - drawn / pool))
    factor = span * pool
    return mean * factor, error * factor, lower * factor, upper * factor
