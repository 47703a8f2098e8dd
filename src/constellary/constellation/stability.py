"""How firm each firm's rank is, had other alliances of the same kind been recorded.

A bootstrap over alliances: as many alliances are drawn with replacement as there are, the constellation is
built from them, and each firm is ranked again. The spread of a firm's ranks over many such draws is the
interval of its rank.

Ranks are competition ranks: 1 is the greatest value, equal values share the best rank ("1 2 2 4"). A firm
that no drawn alliance names counts with 0. About 37% of the alliances are missing from a draw, so the
many firms with one alliance move far: their intervals are wide, and that is the point.

References
----------
Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13 (percentile intervals).
Costenbader and Valente (2003), The stability of centrality measures when networks are sampled, Social
Networks 25(4):283-307, DOI 10.1016/S0378-8733(03)00012-1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from constellary.constellation.arrays import from_pairs
from constellary.constellation.betweenness import betweenness

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from constellary.constellation.arrays import Integers, Reals, Sparse
    from constellary.constellation.projection import Projection

__all__ = ["RankStability", "competition_ranks", "rank_stability"]

SEED = 20_240_601
TOP = 10
COUNTED = ("alliances", "degree")
BETWEENNESS_ALLIANCES = 3_000
"""Above so many alliances betweenness is not bootstrapped: each replicate would take seconds."""
COUNTABLE = 1_000_000
"""Whole numbers below this are ranked by counting rather than sorting."""
CELLS = 8_000_000
"""Replicates x firms that are held in memory at once."""


@dataclass(frozen=True)
class RankStability:
    """Ranks by one measure.

    Attributes
    ----------
    rank
        Competition rank in the data, from 1.
    low, high
        2.5% and 97.5% percentile of the ranks over the replicates, widened where needed to hold `rank`:
        the interval of the rank.
    top
        Share of the replicates in which the firm is among the first ten (equal ranks included).
    """

    rank: Integers
    low: Integers
    high: Integers
    top: Reals


def competition_ranks(values: Reals) -> Integers:
    """Return the rank of each value in its row: 1 + the number of greater ones.

    Values that differ by less than a ten-billionth of the row's greatest count as equal.

    Examples
    --------
    >>> competition_ranks(np.array([[3.0, 8.0, 3.0, 1.0]])).tolist()
    [[2, 1, 2, 4]]
    """
    if (
        values.ndim == 2
        and values.size
        and (values == np.floor(values)).all()
        and values.min() >= 0
        and values.max() < COUNTABLE
    ):
        return np.stack([_ranks_of_counts(row.astype(np.int64)) for row in values])
    greatest = np.maximum(np.abs(values).max(axis=-1, keepdims=True, initial=0.0), 1e-300)
    near = np.round(values / greatest, 10)
    order = np.argsort(-near, axis=-1, kind="stable")
    sorted_values = np.take_along_axis(near, order, axis=-1)
    place = np.arange(near.shape[-1])
    # The first place among equal values is the rank of all of them.
    first = np.where(np.diff(sorted_values, axis=-1, prepend=np.inf) != 0, place, 0)
    ranks = np.empty(near.shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.maximum.accumulate(first, axis=-1) + 1, axis=-1)
    return ranks


def _ranks_of_counts(counts: Integers) -> Integers:
    """Return the same without sorting: how many counts are greater, by value."""
    up_to = np.cumsum(np.bincount(counts))
    return 1 + counts.size - up_to[counts]


def rank_stability(
    projection: Projection,
    observed: Mapping[str, Reals],
    *,
    replicates: int,
    seed: int = SEED,
) -> dict[str, RankStability]:
    """Return the stability of the ranks by each measure of `observed` that can be bootstrapped.

    Parameters
    ----------
    projection
        Firms and alliances.
    observed
        Values in the data: any of `alliances`, `degree`, `betweenness`. Betweenness is left out of the
        result when there are more than 3,000 alliances.
    replicates
        Number of draws.
    seed
        Of the draws.

    Examples
    --------
    >>> from constellary.constellation.projection import example, project
    >>> projection = project(example())  # of three alliances, PSA has 3, Fiat 2 and Iveco 1
    >>> observed = {"alliances": np.array([2.0, 1.0, 3.0])}
    >>> found = rank_stability(projection, observed, replicates=200)["alliances"]
    >>> projection.firms, found.rank.tolist()
    (('Fiat', 'Iveco', 'PSA'), [2, 3, 1])
    >>> found.low.tolist(), found.high.tolist()  # PSA, a partner everywhere, is first in every draw
    ([1, 1, 1], [3, 3, 1])
    """
    names = [name for name in COUNTED if name in observed]
    if "betweenness" in observed and len(projection.alliances) <= BETWEENNESS_ALLIANCES:
        names.append("betweenness")
    if not projection.size or replicates < 1:
        return {}
    ranks: dict[str, list[Integers]] = {name: [] for name in names}
    for values in _replicates(projection, names, replicates, np.random.default_rng(seed)):
        for name in names:
            ranks[name].append(competition_ranks(values[name]).astype(np.int32))
    return {name: _summary(competition_ranks(observed[name]), np.concatenate(ranks[name])) for name in names}


def _summary(rank: Integers, drawn: NDArray[np.int32]) -> RankStability:
    low, high = np.quantile(drawn, [0.025, 0.975], axis=0, method="inverted_cdf").astype(np.int64)
    # A draw holds fewer alliances, so the ranks of equal firms may all lie on one side of the rank in the
    # data; the interval is then widened to it.
    low, high = np.minimum(low, rank), np.maximum(high, rank)
    return RankStability(rank, low, high, (drawn <= TOP).mean(axis=0))


def _replicates(
    projection: Projection, names: list[str], replicates: int, random: np.random.Generator
) -> Iterator[dict[str, Reals]]:
    """Yield replicates x firms for each measure, some replicates at a time."""
    alliances, firms = len(projection.alliances), projection.size
    first, second, tie = _ties(projection)
    tie_of_pair = from_pairs(tie, projection.pairs[:, 2], (first.size, alliances))
    ends = from_pairs(np.concatenate([first, second]), np.tile(np.arange(first.size), 2), (firms, first.size))
    at_once = max(1, CELLS // max(firms, first.size, 1))
    for done in range(0, replicates, at_once):
        number = min(at_once, replicates - done)
        drawn = np.stack(
            [
                np.bincount(random.integers(0, alliances, alliances), minlength=alliances)
                for _ in range(number)
            ]
        ).astype(np.float64)
        present = (tie_of_pair @ (drawn.T > 0).astype(np.float64)) > 0
        values: dict[str, Reals] = {}
        if "alliances" in names:
            values["alliances"] = np.asarray(projection.incidence @ drawn.T).T
        if "degree" in names:
            values["degree"] = np.asarray(ends @ present.astype(np.float64)).T
        if "betweenness" in names:
            values["betweenness"] = _betweenness(first, second, present, firms)
        yield values


def _ties(projection: Projection) -> tuple[Integers, Integers, Integers]:
    """Return the two firms of each tie, and the tie of each pair of partners (pairs are sorted)."""
    pairs = projection.pairs
    fresh = np.ones(pairs.shape[0], dtype=bool)
    fresh[1:] = (pairs[1:, :2] != pairs[:-1, :2]).any(axis=1)
    return pairs[fresh, 0], pairs[fresh, 1], np.cumsum(fresh) - 1


def _betweenness(first: Integers, second: Integers, present: NDArray[np.bool_], firms: int) -> Reals:
    """Return the betweenness in every replicate: their networks side by side are one network."""
    replicate, tie = np.nonzero(present.T)
    one, two = replicate * firms + first[tie], replicate * firms + second[tie]
    size = present.shape[1] * firms
    network: Sparse = from_pairs(np.concatenate([one, two]), np.concatenate([two, one]), (size, size))
    return betweenness(network).reshape(present.shape[1], firms)
