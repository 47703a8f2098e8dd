"""The forces of ForceAtlas2: ties pull, firms push each other away, gravity keeps all together.

The compiled library is used where it is installed; without it a plain numpy version of the same forces
serves networks of up to some thousand firms.

References
----------
Jacomy, Venturini, Heymann and Bastian (2014), ForceAtlas2, a continuous graph layout algorithm for handy
network visualization designed for the Gephi software, PLoS ONE 9(6):e98679,
DOI 10.1371/journal.pone.0098679.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

try:
    import crategraph_forceatlas2 as compiled
except ImportError:  # pragma: no cover - the package is a dependency, but no platform's loss stops a study
    compiled = None

if TYPE_CHECKING:
    from collections.abc import Callable

    from constellary.constellation.arrays import Integers, Reals

__all__ = ["arrange", "arrange_slowly"]

SCALING = 10.0
GRAVITY = 0.05
BARNES_HUT = 2_000
CROWD = 5_000
"""Above so many firms far ones are taken together more boldly: three times as fast, and no eye sees a difference."""


def arrange(
    start: Reals,
    ties: Integers,
    weights: Reals,
    iterations: int,
    progress: Callable[[int, int], None] | None = None,
) -> Reals:
    """Return positions after so many steps from `start`; `ties` are pairs of indices.

    `progress` is told after each step how many are done, of how many; what it raises ends the work.
    """
    size = start.shape[0]
    if size < 2 or not iterations:
        return start.copy()
    if compiled is None:
        return arrange_slowly(start, ties, weights, iterations, progress)
    found = compiled.layout(
        size,
        ties,
        init=start,
        weights=weights,
        iterations=iterations,
        threads=1,  # with more, the order of additions and so the last digits may change
        progress=progress,
        barnesHutOptimize=size > BARNES_HUT,
        barnesHutTheta=0.5 if size <= CROWD else 1.2,
        scalingRatio=SCALING,
        strongGravityMode=True,
        gravity=GRAVITY,
        slowDown=1 + float(np.log(size)),
        edgeWeightInfluence=1,
    )
    return np.asarray(found, dtype=np.float64)


def arrange_slowly(
    start: Reals,
    ties: Integers,
    weights: Reals,
    iterations: int,
    progress: Callable[[int, int], None] | None = None,
) -> Reals:
    """Return the same without the compiled library; time and memory grow with the square of the firms."""
    size = start.shape[0]
    place = start.copy()
    mass = np.bincount(ties.ravel(), minlength=size).astype(np.float64) + 1.0
    slow = 1 + float(np.log(size))
    before = np.zeros_like(place)
    speed = np.ones(size)
    for step in range(iterations):
        force = _push(place, mass) - SCALING * GRAVITY * mass[:, None] * place
        along = (place[ties[:, 1]] - place[ties[:, 0]]) * weights[:, None]
        np.add.at(force, ties[:, 0], along)
        np.subtract.at(force, ties[:, 1], along)
        # Who swings to and fro is slowed down; who keeps its direction may go faster.
        swing = mass * np.hypot(*(before - force).T)
        traction = np.hypot(*(before + force).T) / 2
        now = speed * np.log1p(traction) / (1 + np.sqrt(swing))
        speed = np.minimum(1, np.sqrt(now * np.hypot(*force.T) ** 2 / (1 + np.sqrt(swing))))
        place += force * (now / slow)[:, None]
        before = force
        if progress is not None:
            progress(step + 1, iterations)
    return place


def _push(place: Reals, mass: Reals) -> Reals:
    away = place[:, None, :] - place[None, :, :]
    square = (away**2).sum(axis=2)
    np.fill_diagonal(square, 1.0)
    strength = SCALING * mass[:, None] * mass[None, :] / np.maximum(square, 1e-9)
    np.fill_diagonal(strength, 0.0)
    return np.asarray((away * strength[:, :, None]).sum(axis=1))
