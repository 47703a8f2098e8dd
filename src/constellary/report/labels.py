"""Where labels go: beside their marks, apart from each other, without hiding marks where possible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
BASELINE = 0.35
"""How far the baseline lies under the middle of a line, in font sizes."""
GAPS = (1.6, 5.0, 10.0, 16.0)
"""Distances of a label from its mark that are tried, nearest first."""
CELL = 64.0

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


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
    return tuple(label for _, label in placed_labels(wanted, centres, radii, width=width, height=height))


def placed_labels(
    wanted: Sequence[tuple[str, int, float, bool]],
    centres: NDArray[np.float64],
    radii: NDArray[np.float64],
    *,
    width: float,
    height: float,
    most_hidden: float = TOO_MUCH,
    sparing: bool = False,
    spread: tuple[float, ...] = (1.0,),
) -> list[tuple[int, Label]]:
    """Return the labels that found a place, each with the index of its mark; see `place_labels`.

    Parameters
    ----------
    most_hidden
        What a label may hide at most, see `hidden`.
    sparing
        Whether no label may touch a mark larger than its own.
    spread
        Boxes keep apart also where the marks stand so many times as far from the origin: when one zooms
        in, marks part and labels keep their size.
    """
    if not wanted:
        return []
    near = _nearby(wanted, centres, radii)
    room = Room(width, height, spread)
    found: list[tuple[int, Label]] = []
    for (text, index, size, bold), around in zip(wanted, near, strict=True):
        at = (float(centres[index, 0]), float(centres[index, 1]))
        radius = float(radii[index])
        near_x, near_y = centres[around].T.copy()
        sizes = radii[around]
        best: tuple[float, Label] | None = None
        for penalty, label in candidates(text, *at, radius, size, bold=bold):
            if best is not None and penalty > best[0] - 1e-9:
                break  # what hides nothing at all would not be better
            if not room.has(label.box, at):
                continue
            touched = touching(label.box, near_x, near_y, sizes).tolist()
            if sparing and touched and max(touched) > radius:
                continue
            cost = penalty + sum(2.0 + mark * mark for mark in touched)
            if best is None or cost < best[0] - 1e-9:
                best = (cost, label)
        if best is not None and best[0] < most_hidden:
            found.append((index, best[1]))
            room.take(best[1].box, at)
    return found


def candidates(
    text: str, x: float, y: float, radius: float, size: float, *, bold: bool
) -> Iterator[tuple[float, Label]]:
    """Yield the places around a mark with a penalty for each, nearest and most legible first."""
    wide, high = text_width(text, size, bold=bold), LINE * size
    for step, gap in enumerate(GAPS):
        away = radius + gap
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
            label = Label(text, x + dx, middle + BASELINE * size, size, anchor, bold, box)
            yield 1.2 * turn + 9 * step, label


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes (left, top, right, bottom) share any area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class Room:
    """The room that labels leave, by the squares of a grid, so that few boxes have to be looked at."""

    def __init__(self, width: float, height: float, spread: tuple[float, ...]) -> None:
        self._width, self._height = width, height
        self._spread = spread
        self._cells: dict[tuple[int, int, int], list[Box]] = {}

    def has(self, box: Box, at: tuple[float, float]) -> bool:
        """Return whether there is room for the box of a mark, in the drawing and apart from all others."""
        left, top, right, bottom = box
        if left < 1 or top < 1 or right > self._width - 1 or bottom > self._height - 1:
            return False
        return not any(
            overlap(moved, other)
            for layer, moved in enumerate(self._moved(box, at))
            for cell in _squares(moved)
            for other in self._cells.get((layer, *cell), ())
        )

    def take(self, box: Box, at: tuple[float, float]) -> None:
        """Fill the room of a box."""
        for layer, moved in enumerate(self._moved(box, at)):
            for cell in _squares(moved):
                self._cells.setdefault((layer, *cell), []).append(moved)

    def _moved(self, box: Box, at: tuple[float, float]) -> Iterator[Box]:
        for times in self._spread:
            x, y = at[0] * (times - 1), at[1] * (times - 1)
            yield box[0] + x, box[1] + y, box[2] + x, box[3] + y


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    for x in range(int(box[0] // CELL), int(box[2] // CELL) + 1):
        for y in range(int(box[1] // CELL), int(box[3] // CELL) + 1):
            yield x, y


def touching(
    box: Box, x: NDArray[np.float64], y: NDArray[np.float64], radii: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the radii of the marks that a box touches."""
    left, top, right, bottom = box
    dx = np.maximum(np.abs(x - (left + right) / 2) - (right - left) / 2, 0)
    dy = np.maximum(np.abs(y - (top + bottom) / 2) - (bottom - top) / 2, 0)
    touched: NDArray[np.float64] = radii[dx * dx + dy * dy < radii * radii]
    return touched


def _nearby(
    wanted: Sequence[tuple[str, int, float, bool]], centres: NDArray[np.float64], radii: NDArray[np.float64]
) -> list[list[int]]:
    """Return the other marks that any place of each label could touch, in order."""
    own = np.array([index for _, index, _, _ in wanted])
    wide = np.array([text_width(text, size, bold=bold) + LINE * size for text, _, size, bold in wanted])
    reach = 1.5 * (radii[own] + GAPS[-1]) + wide + float(radii.max(initial=0.0))
    found = KDTree(centres).query_ball_point(centres[own], reach, return_sorted=True)
    for near, index in zip(found, own.tolist(), strict=True):
        near.remove(index)
    return list(found)
