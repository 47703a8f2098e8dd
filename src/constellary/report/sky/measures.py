"""Measures of the firms of a selection, each computed when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from constellary.constellation.arrays import row_sums
from constellary.constellation.betweenness import shortest_paths
from constellary.constellation.communities import find_communities
from constellary.constellation.constellation import FEW_RUNS, MANY_FIRMS, RUNS, SEED
from constellary.constellation.cores import core_numbers
from constellary.constellation.projection import project
from constellary.constellation.spectral import eigenvector_centrality

if TYPE_CHECKING:
    from constellary.constellation.arrays import Integers, Reals
    from constellary.constellation.betweenness import Paths
    from constellary.constellation.projection import Projection
    from constellary.study.frames import Frames

QUICK = frozenset({"alliances", "degree", "strength"})
"""Measures that are counts: they need no time."""
FEW = 3_000
"""Up to so many firms communities need no time either."""


class Measures:
    """The measures of a selection's constellation, the same as those of `constellation`.

    Parameters
    ----------
    frames
        The selection.
    projection
        Its firms and ties, if they are there already.
    """

    def __init__(self, frames: Frames, projection: Projection | None = None) -> None:
        self.projection: Projection = projection or project(frames)
        self._found: dict[str, Reals] = {}

    def get(self, name: str) -> Reals:
        """Return a measure by its name (see `view.MEASURES`) for each firm; NaN where it is undefined."""
        if name not in self._found:
            self._found[name] = getattr(self, f"_{name}")()
        return self._found[name]

    def _alliances(self) -> Reals:
        return row_sums(self.projection.incidence)

    def _degree(self) -> Reals:
        return np.diff(self.projection.adjacency.indptr).astype(np.float64)

    def _strength(self) -> Reals:
        return row_sums(self.projection.adjacency)

    def _core(self) -> Reals:
        return core_numbers(self.projection.adjacency).astype(np.float64)

    def _eigenvector(self) -> Reals:
        vector, _ = eigenvector_centrality(self.projection.adjacency)
        return self._undefined() if vector is None else vector

    def _betweenness(self) -> Reals:
        pairs = (self.projection.size - 1) * (self.projection.size - 2) / 2
        return self._paths.betweenness.value / pairs if pairs > 0 else self._undefined()

    def _harmonic(self) -> Reals:
        others = self.projection.size - 1
        return self._paths.harmonic.value / others if others > 0 else self._undefined()

    def _undefined(self) -> Reals:
        return np.full(self.projection.size, np.nan)

    @cached_property
    def communities(self) -> Integers:
        """The community of each firm, from 1."""
        size = self.projection.size
        if not size:
            return np.zeros(0, dtype=np.int64)
        runs = FEW_RUNS if size > MANY_FIRMS else RUNS
        return find_communities(self.projection.adjacency, seed=SEED, runs=runs).community

    @cached_property
    def _paths(self) -> Paths:
        return shortest_paths(self.projection.adjacency, seed=SEED)
