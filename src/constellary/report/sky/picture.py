"""How a scene is made a picture: from where it is seen, how large, on which paper."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from constellary.report.sky.options import given_of, number, one_of, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constellary.report.frame import Frame

CLOSEST = 64.0
WIDEST = 0.2
FAR = 100_000.0
LEAST, MOST = 200, 4000
"""Bounds of a picture's width and height in pixels."""
PICTURE = ("x", "y", "z", "w", "h", "theme")
"""Options of a picture, by their names in an address."""
SHADES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Camera:
    """Where one looks: the centre in units of the scene (None: its middle) and how near (1: all of it fits)."""

    x: float | None = None
    y: float | None = None
    z: float = 1.0

    def centre(self, frame: Frame) -> tuple[float, float]:
        """Return the point in the middle of the picture."""
        return (
            frame.width / 2 if self.x is None else self.x,
            frame.height / 2 if self.y is None else self.y,
        )


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: camera, width and height in pixels (None: as the frame has them), `light` or `dark`."""

    camera: Camera = field(default_factory=Camera)
    width: int | None = None
    height: int | None = None
    shade: str = "light"


def read_picture(pairs: Iterable[tuple[str, str]]) -> Picture:
    """Return the picture that an address asks for: `x`, `y`, `z`, `w`, `h`, `theme`.

    Raises
    ------
    UsageError
        If one of them cannot be understood, or is out of all bounds.

    Examples
    --------
    >>> read_picture([("z", "2"), ("theme", "dark")])
    Picture(camera=Camera(x=None, y=None, z=2.0), width=None, height=None, shade='dark')
    """
    given = given_of(pairs, set(PICTURE))
    return Picture(
        Camera(
            number(given, "x", None, -FAR, FAR),
            number(given, "y", None, -FAR, FAR),
            number(given, "z", 1.0, WIDEST, CLOSEST) or 1.0,
        ),
        whole_number(given, "w", 0, LEAST, MOST) if "w" in given else None,
        whole_number(given, "h", 0, LEAST, MOST) if "h" in given else None,
        one_of("theme", given, "theme", "light", SHADES),
    )
