"""A small bar chart as numbers: where each bar stands, for a template that draws it as SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT, FOOT, HEAD = 560, 132, 20, 16
WIDEST = 56
LABELS_APART = 44
"""Least space from one year's label to the next."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its corner and size, its middle, what it stands for, and whether its label is written."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    count: int
    labelled: bool


def bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """Return the bars of counts from left to right; the highest reaches the top.

    Examples
    --------
    >>> [(bar.label, bar.height) for bar in bars([("2020", 0), ("2021", 2), ("2022", 1)])]
    [('2020', 0.0), ('2021', 96.0), ('2022', 48.0)]
    """
    if not counts:
        return []
    step = WIDTH / len(counts)
    width = min(WIDEST, step * 0.68)
    most = max((count for _, count in counts), default=0) or 1
    each = max(1, -(-LABELS_APART // int(step)) if step >= 1 else LABELS_APART)
    found = []
    for place, (label, count) in enumerate(counts):
        middle = step * (place + 0.5)
        height = round((HEIGHT - FOOT - HEAD) * count / most, 1)
        found.append(
            Bar(
                round(middle - width / 2, 1),
                round(HEIGHT - FOOT - height, 1),
                round(width, 1),
                height,
                round(middle, 1),
                label,
                count,
                # From the last year backwards, so that the latest is always named.
                (len(counts) - 1 - place) % each == 0,
            )
        )
    return found
