"""A scene through a camera: what stands where on a picture of some size.

The screen uses the same formulas, so that a file shows what the screen shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log2
from typing import TYPE_CHECKING

import numpy as np

from constellary.report.sky.model import LEVELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from constellary.report.sky.model import LevelLabels, SkyScene
    from constellary.report.sky.picture import Picture

READABLE = 0.74
"""Text is not drawn smaller than this part of its size."""


@dataclass(frozen=True)
class Seen:
    """What a camera sees.

    Attributes
    ----------
    width, height
        Of the picture, in pixels.
    text
        Pixels of a unit for sizes and offsets of text.
    enlarged
        How much larger text is than the scene has it, so that it can be read on a small picture; labels
        that then collide are left out.
    mark
        Pixels of a unit for radii.
    pen
        Pixels of a unit for the width of ties.
    places
        Centres of the firms in pixels, (n, 2).
    radii
        Of the firms, in pixels.
    inside
        Which firms can be seen.
    labels
        Of the level of this zoom.
    """

    width: float
    height: float
    text: float
    enlarged: float
    mark: float
    pen: float
    places: NDArray[np.float64]
    radii: NDArray[np.float64]
    inside: NDArray[np.bool_]
    labels: LevelLabels


def seen(scene: SkyScene, picture: Picture) -> Seen:
    """Return what is seen of a scene on a picture."""
    frame, camera = scene.frame, picture.camera
    width, height = picture.width or frame.width, picture.height or frame.height
    unit = min(width / frame.width, height / frame.height)
    zoom = camera.z
    centre = np.array(camera.centre(frame))
    at = scene.firms.select("x", "y").to_numpy().reshape(-1, 2)
    places = (at - centre) * unit * zoom + np.array([width, height]) / 2
    mark = unit * zoom**0.5
    radii = scene.firms["radius"].to_numpy() * mark
    inside = (
        (places[:, 0] + radii > 0)
        & (places[:, 0] - radii < width)
        & (places[:, 1] + radii > 0)
        & (places[:, 1] - radii < height)
    )
    enlarged = max(1.0, READABLE / unit)
    return Seen(
        width=width,
        height=height,
        text=unit * enlarged,
        enlarged=enlarged,
        mark=mark,
        pen=unit * zoom**0.35,
        places=places,
        radii=radii,
        inside=inside,
        labels=scene.labels[level_of(zoom * min(1.0, unit / READABLE))],
    )


def level_of(zoom: float) -> int:
    """Return the level whose labels are shown at a zoom.

    Examples
    --------
    >>> level_of(0.5), level_of(1.9), level_of(4.0), level_of(60.0)
    (0, 0, 2, 5)
    """
    return min(max(floor(log2(zoom)), 0), LEVELS - 1)
