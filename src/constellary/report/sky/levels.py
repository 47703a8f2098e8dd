"""Labels by zoom level: the nearer one looks, the more firms have room for their names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from constellary.report.frame import ROOMY
from constellary.report.labels import placed_labels
from constellary.report.sky.model import LEVELS, LevelLabels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from constellary.report.frame import Frame

FIRST = 60
"""Most labels of the first level; each further one may have twice as many, up to `LAST`."""
LAST = 1_500
STRONG = 10
SMALL, GREAT = 11.0, 15.0
"""Font sizes of the names of the smallest and the largest firm."""
ANCHORS = {"start": 0, "middle": 1, "end": 2}
MOST_HIDDEN = 150.0
"""What a label may hide, of few firms; of many, more in proportion. Never a mark larger than its own."""
CORNER = (1.0, 0.95, 1.26, 1.3)
"""How far a mark of each shape reaches to its sides, in radii."""


def levels(
    names: Sequence[str],
    centres: NDArray[np.float64],
    radii: NDArray[np.float64],
    importance: NDArray[np.float64],
    frame: Frame,
    *,
    shape: NDArray[np.int64],
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
    shape
        Of the firms' marks.
    """
    order = np.lexsort((np.arange(len(names)), -importance)).tolist()
    sizes = np.round(SMALL + (GREAT - SMALL) * radii / frame.largest, 1).tolist()
    reach = radii * np.array(CORNER)[shape]
    sized = [(names[firm], firm, sizes[firm], place < STRONG) for place, firm in enumerate(order)]
    return tuple(
        _level(level, sized[: min(FIRST * 2**level, LAST)], centres, reach, frame) for level in range(LEVELS)
    )


def _level(
    level: int,
    wanted: Sequence[tuple[str, int, float, bool]],
    centres: NDArray[np.float64],
    radii: NDArray[np.float64],
    frame: Frame,
) -> LevelLabels:
    zoom = 2.0**level
    # A level lasts until the zoom has doubled: the mark half-way is what its label goes round.
    marks = radii * (zoom * 2**0.5) ** 0.5
    found = placed_labels(
        wanted,
        centres * zoom,
        marks,
        width=frame.width * zoom,
        height=frame.height * zoom,
        most_hidden=MOST_HIDDEN * max(1.0, len(radii) / ROOMY),
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
