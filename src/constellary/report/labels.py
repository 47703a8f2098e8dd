"""Where labels go: beside their marks, apart from each other, without hiding marks where possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NARROW: Final = {
    **dict.fromkeys("ijl'", 0.222),
    **dict.fromkeys("If t/.,:;!|\\", 0.278),
    **dict.fromkeys("r()-[]{}`", 0.333),
    **dict.fromkeys("cksvxyzJ", 0.5),
    **dict.fromkeys("FTZL", 0.611),
    **dict.fromkeys("ABEKPSVXY&", 0.667),
    **dict.fromkeys("CDHNRUw", 0.722),
    **dict.fromkeys("GOQ", 0.778),
    **dict.fromkeys("mM", 0.833),
    "W": 0.944,
    "@": 1.015,
}
"""Widths of letters in font sizes, as in the metrics that Liberation Sans shares; others are .556."""
LETTER = 0.556
WIDE = 1.0
BOLD = 1.07
TOO_MUCH = 60.0
"""A label that would hide this much is left out; a firm of the largest size costs 83."""
LINE = 1.1
"""Height of a line of text in font sizes."""


@dataclass(frozen=True, slots=True)
class Label:
    """A placed text: its anchor point on the baseline, its font size, and its box.

    `anchor` is the SVG word for the point's place in the text: start, middle or end.
    """

    text: str
    x: float
    y: float
    size: float
    anchor: str
    bold: bool
    box: tuple[float, float, float, float]


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in points, to some per cent.

    Examples
    --------
    >>> round(text_width("Toyota", 10), 1)
    30.6
    """
    wide = sum(WIDE if ord(char) > 0x2E80 else NARROW.get(char, LETTER) for char in text)
    return wide * size * (BOLD if bold else 1)


def place_labels(
    wanted: Sequence[tuple[str, int, float, bool]],
    centres: NDArray[np.float64],
    radii: NDArray[np.float64],
    *,
    width: float,
    height: float,
) -> tuple[Label, ...]:
    """Place labels one after the other; one that finds no free place is left out.

    Parameters
    ----------
    wanted
        (text, index of its mark, font size, bold), most important first.
    centres, radii
        All marks, (n, 2) and (n,), in points.
    width, height
        The drawing's size, which labels stay in.

    Returns
    -------
    tuple of Label
        In the order of `wanted`. No two boxes overlap.
    """
    placed: list[Label] = []
    for text, index, size, bold in wanted:
        best: tuple[float, Label] | None = None
        for penalty, label in candidates(text, centres[index], radii[index], size, bold=bold):
            left, top, right, bottom = label.box
            if left < 1 or top < 1 or right > width - 1 or bottom > height - 1:
                continue
            if any(overlap(label.box, other.box) for other in placed):
                continue
            cost = penalty + hidden(label.box, centres, radii, but=index)
            if best is None or cost < best[0] - 1e-9:
                best = (cost, label)
        if best is not None and best[0] < TOO_MUCH:
            placed.append(best[1])
    return tuple(placed)


def candidates(
    text: str, centre: NDArray[np.float64], radius: float, size: float, *, bold: bool
) -> list[tuple[float, Label]]:
    """Return the places around a mark with a penalty for each, nearest and most legible first."""
    wide, high = text_width(text, size, bold=bold), LINE * size
    x, y = float(centre[0]), float(centre[1])
    found = []
    for step, gap in enumerate((1.6, 5.0, 10.0, 16.0)):
        away = float(radius) + gap
        slant = away * 0.72
        for turn, (dx, dy, anchor) in enumerate(
            (
                (away, 0.0, "start"),
                (-away, 0.0, "end"),
                (0.0, -away - high / 2 + 1, "middle"),
                (0.0, away + high / 2 - 1, "middle"),
                (slant, -slant - high / 4, "start"),
                (slant, slant + high / 4, "start"),
                (-slant, -slant - high / 4, "end"),
                (-slant, slant + high / 4, "end"),
            )
        ):
            left = x + dx - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
            middle = y + dy
            box = (left - 1, middle - high / 2, left + wide + 1, middle + high / 2)
            label = Label(text, x + dx, middle + 0.35 * size, size, anchor, bold, box)
            found.append((1.2 * turn + 9 * step, label))
    return found


def overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes (left, top, right, bottom) share any area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def hidden(
    box: tuple[float, float, float, float],
    centres: NDArray[np.float64],
    radii: NDArray[np.float64],
    *,
    but: int,
) -> float:
    """Return what a box hides: for each mark that it touches, more for larger ones."""
    left, top, right, bottom = box
    dx = np.maximum(np.maximum(left - centres[:, 0], centres[:, 0] - right), 0)
    dy = np.maximum(np.maximum(top - centres[:, 1], centres[:, 1] - bottom), 0)
    touched = np.hypot(dx, dy) < radii
    touched[but] = False
    return float(np.sum(2.0 + radii[touched] ** 2))
