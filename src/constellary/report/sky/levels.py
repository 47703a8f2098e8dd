"""Labels by zoom level: the nearer one looks, the more firms have room for their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from constellary.report.labels import placed_labels
from constellary.report.sky.model import LEVELS, LevelLabels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from constellary.report.frame import Frame

FIRST = 60
"""Most labels of the first level; each further one may have twice as many."""
STRONG = 10
SMALL, GREAT = 11.0, 15.0
"""Font sizes of the names of the smallest and the largest firm."""
ANCHORS = {"start": 0, "middle": 1, "end": 2}
LARGEST_HIDDEN = 60.0
"""What a label may hide: some small marks."""


def levels(
    names: Sequence[str],
    centres: NDArray[np.float64],
    radii: NDArray[np.float64],
    importance: NDArray[np.float64],
    frame: Frame,
) -> tuple[LevelLabels, ...]:
    """Return the labels of each zoom level.

    On the screen a place grows with the zoom, a mark with its root, and a label not at all; so each level
    is placed where the marks of its zoom stand. No two boxes of a level overlap, and none touches the mark
    of a larger firm.

    Parameters
    ----------
    names, centres, radii
        Of the firms.
    importance
        Who is labelled first; the order of the firms where it is equal.
    frame
        Of the drawing.
    """
    order = np.lexsort((np.arange(len(names)), -importance)).tolist()
    sizes = np.round(SMALL + (GREAT - SMALL) * radii / frame.largest, 1).tolist()
    return tuple(_level(level, order, names, centres, radii, sizes, frame) for level in range(LEVELS))


def _level(
    level: int,
    order: list[int],
    names: Sequence[str],
    centres: NDArray[np.float64],
    radii: NDArray[np.float64],
    sizes: list[float],
    frame: Frame,
) -> LevelLabels:
    zoom = 2.0**level
    # A level lasts until the zoom has doubled: the mark half-way is what its label goes round.
    marks = radii * (zoom * 2**0.5) ** 0.5
    wanted = [
        (names[firm], firm, sizes[firm], place < STRONG)
        for place, firm in enumerate(order[: FIRST * 2**level])
    ]
    found = placed_labels(
        wanted,
        centres * zoom,
        marks,
        width=frame.width * zoom,
        height=frame.height * zoom,
        most_hidden=LARGEST_HIDDEN,
        sparing=True,
        spread=(1.0, 2.0),
    )
    if not found:
        return LevelLabels()
    columns = [
        (
            firm,
            round(label.x - float(centres[firm, 0]) * zoom, 1),
            round(label.y - float(centres[firm, 1]) * zoom, 1),
            ANCHORS[label.anchor],
            label.size,
            int(label.bold),
        )
        for firm, label in found
    ]
    return LevelLabels(*zip(*columns, strict=True))
