"""Ratings: what several coders said of the same units, reduced to what agreement coefficients need.

Every coefficient is a function of sums over units, so units that were coded alike are counted once
(a pattern with a weight). A bootstrap then only draws weights, and a thousand replicates of thousands of
units are a few products of matrices.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from constellary.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constellary.statistics.intervals import Floats

Ratings = npt.NDArray[np.int64]
NOT_CODED = -1
CHUNK = 2_000_000  # weights drawn at a time: 16 MB


@dataclass(frozen=True)
class Patterns:
    """The distinct rows of a units x coders table, with how often each occurs.

    Attributes
    ----------
    ratings
        Patterns x coders: category numbers from 0, `NOT_CODED` where the coder did not code the unit.
        Sorted, so that nothing depends on the order of the units.
    weights
        Units of each pattern.
    categories
        Number of categories.
    """

    ratings: Ratings
    weights: Floats
    categories: int

    @classmethod
    def of(cls, ratings: npt.ArrayLike, categories: int | None = None) -> Patterns:
        """Return the patterns of a units x coders table; units that nobody coded are left out.

        Raises
        ------
        UsageError
            If the table has not two dimensions, or holds a number below -1 or beyond the categories.
        """
        table = np.asarray(ratings, dtype=np.int64)
        if table.ndim != 2:
            raise UsageError("Ratings are a table of units x coders.")
        most = int(table.max(initial=NOT_CODED)) + 1
        count = most if categories is None else categories
        if table.min(initial=NOT_CODED) < NOT_CODED or most > count:
            raise UsageError(f"Ratings are category numbers 0..{count - 1}, or {NOT_CODED} where not coded.")
        coded = table[(table != NOT_CODED).any(axis=1)]
        distinct, weights = _distinct(coded, count + 1)
        return cls(distinct, weights.astype(np.float64), count)

    @cached_property
    def counts(self) -> Floats:
        """Patterns x categories: how many coders chose each."""
        counts = np.zeros((self.weights.size, self.categories))
        for column in self.ratings.T:
            coded = np.flatnonzero(column != NOT_CODED)
            counts[coded, column[coded]] += 1
        return counts

    @cached_property
    def choices(self) -> Floats:
        """Patterns x coders x categories: 1 where the coder chose the category."""
        return np.asarray(self.ratings[:, :, None] == np.arange(self.categories), dtype=np.float64)

    @cached_property
    def coders(self) -> Floats:
        """Patterns: how many coders coded a unit."""
        return np.asarray((self.ratings != NOT_CODED).sum(axis=1), dtype=np.float64)

    @cached_property
    def paired(self) -> Floats:
        """Patterns: 1 where two or more coders coded a unit, so that they can agree."""
        return (self.coders >= 2).astype(np.float64)

    @property
    def units(self) -> int:
        """Units that anybody coded."""
        return int(self.weights.sum())

    @property
    def paired_units(self) -> int:
        """Units that two or more coded."""
        return int(self.weights @ self.paired)

    def agreement(self, closeness: npt.ArrayLike) -> Floats:
        """Return for each pattern the mean closeness of its pairs of coders; 0 where there is no pair.

        `closeness` is categories x categories in 0..1, 1 on the diagonal.
        """
        near = np.asarray(closeness, dtype=np.float64)
        pairs = (self.counts * (self.counts @ near.T - 1)).sum(axis=1)
        possible = self.coders * (self.coders - 1)
        return np.asarray(np.divide(pairs, possible, out=np.zeros_like(pairs), where=possible > 0))

    def resampled(self, replicates: int, seed: int) -> Iterator[Floats]:
        """Yield weights of bootstrap samples of the units, some replicates x patterns at a time."""
        generator = np.random.default_rng(seed)
        n, left = self.units, replicates
        while left > 0 and n > 0:
            size = min(left, max(1, CHUNK // self.weights.size))
            yield generator.multinomial(n, self.weights / n, size=size).astype(np.float64)
            left -= size


def _distinct(rows: Ratings, base: int) -> tuple[Ratings, Ratings]:
    """Return the distinct rows, sorted, with their counts; rows as one number where it fits in 63 bits."""
    coders = rows.shape[1]
    if base**coders >= 2**63:
        return np.unique(rows, axis=0, return_counts=True)
    places = base ** np.arange(coders - 1, -1, -1, dtype=np.int64)
    numbers, counts = np.unique((rows + 1) @ places, return_counts=True)
    return numbers[:, None] // places % base - 1, counts


def closeness_of(categories: int, scale: str) -> Floats:
    """Return how close categories count in weighted coefficients: categories x categories, in 0..1.

    Parameters
    ----------
    categories
        Number of categories, in their order.
    scale
        `identity` (equal or not), `linear` or `quadratic` (by the distance in the order).

    Examples
    --------
    >>> closeness_of(3, "linear").tolist()
    [[1.0, 0.5, 0.0], [0.5, 1.0, 0.5], [0.0, 0.5, 1.0]]
    """
    if scale not in {"identity", "linear", "quadratic"}:
        raise UsageError(f"Weights are 'identity', 'linear' or 'quadratic'; got '{scale}'.")
    if scale == "identity" or categories < 2:
        return np.eye(categories)
    places = np.arange(categories)
    apart = np.abs(places[:, None] - places[None, :]) / (categories - 1)
    return np.asarray(1 - (apart if scale == "linear" else apart**2), dtype=np.float64)
