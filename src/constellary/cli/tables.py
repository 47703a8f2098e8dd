"""Tables on a terminal: aligned columns between rules, folded or split into panels where they are too wide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from constellary.cli.terminal import fold, paint, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

Align = Literal["left", "right"]

GAP = 2
READABLE, UNBROKEN = 18, 34
"""A column of text is folded down to `READABLE`, or to its longest word of up to `UNBROKEN`, so that an
id can be copied; a table that is still too wide is split into panels."""


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column of a table as text: heading, alignment, and one text for each row."""

    head: str
    cells: tuple[str, ...]
    align: Align = "left"

    @property
    def width(self) -> int:
        """Columns of the terminal that it takes unfolded."""
        return max(width_of(text) for text in (self.head, *self.cells))

    def head_rows(self, count: int) -> TextColumn:
        """Return the column with its first rows only."""
        return TextColumn(self.head, self.cells[:count], self.align)


def draw_table(columns: Sequence[TextColumn], *, width: int) -> list[str]:
    """Return the lines of a table: a heading between rules, columns two spaces apart.

    Columns of text are folded where the table is too wide. What is still too wide is split into panels
    that repeat the first columns.
    """
    lines: list[str] = []
    for panel in _panels(columns, width):
        if lines:
            lines.append("")
        lines += _panel(panel, _widths(panel, width))
    return lines


def _panels(columns: Sequence[TextColumn], width: int) -> list[list[TextColumn]]:
    if _total([_least(column) for column in columns]) <= width:
        return [list(columns)]
    names = _naming(columns, width)
    panels = [names.copy()]
    for column in columns[len(names) :]:
        wanted = _total([_least(item) for item in (*panels[-1], column)])
        if len(panels[-1]) > len(names) and wanted > width:
            panels.append(names.copy())
        panels[-1].append(column)
    return panels


def _naming(columns: Sequence[TextColumn], width: int) -> list[TextColumn]:
    """Return the columns that say what a row is: the texts at the left, as far as they are narrow."""
    names = [columns[0]]
    for column in columns[1:]:
        if column.align == "right" or _total([_least(item) for item in (*names, column)]) > width // 2:
            break
        names.append(column)
    return names


def _least(column: TextColumn) -> int:
    if column.align == "right":
        return _longest_word(column)
    words = (width_of(word) for cell in column.cells for word in cell.split(" "))
    return min(column.width, max(READABLE, min(UNBROKEN, max(words, default=0))))


def _longest_word(column: TextColumn) -> int:
    """Return the width of a column of numbers whose heading may be broken at its spaces."""
    words = [width_of(word) for word in column.head.split(" ")]
    return max([*words, *(width_of(cell) for cell in column.cells)])


def _widths(columns: Sequence[TextColumn], width: int) -> list[int]:
    """Return the width of each column: full if they fit, else headings broken, then text folded."""
    widths = [column.width for column in columns]
    if _total(widths) <= width:
        return widths
    widths = [_longest_word(column) if column.align == "right" else column.width for column in columns]
    texts = [number for number, column in enumerate(columns) if column.align == "left"]
    least = [_least(column) for column in columns]
    while _total(widths) > width:
        spare = [number for number in texts if widths[number] > least[number]]
        # Two words too long to stand side by side: the longer is broken.
        spare = spare or [number for number in texts if widths[number] > READABLE]
        if not spare:
            break
        widths[max(spare, key=lambda number: widths[number])] -= 1
    return widths


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + GAP * (len(widths) - 1)


def _panel(columns: Sequence[TextColumn], widths: Sequence[int]) -> list[str]:
    heads = [fold(column.head, size) for column, size in zip(columns, widths, strict=True)]
    depth = max(map(len, heads))
    heads = [[""] * (depth - len(head)) + head for head in heads]
    rule = "─" * _total(widths)
    lines = [paint(line, "bold") for line in _beside(columns, heads, widths)]
    lines.append(paint(rule, "dim"))
    for row in range(len(columns[0].cells)):
        cells = [fold(column.cells[row], size) for column, size in zip(columns, widths, strict=True)]
        lines += _beside(columns, cells, widths)
    lines.append(paint(rule, "dim"))
    return lines


def _beside(columns: Sequence[TextColumn], cells: Sequence[list[str]], widths: Sequence[int]) -> list[str]:
    lines = []
    for number in range(max(map(len, cells))):
        parts = []
        for column, cell, size in zip(columns, cells, widths, strict=True):
            text = cell[number] if number < len(cell) else ""
            space = " " * (size - width_of(text))
            parts.append(space + text if column.align == "right" else text + space)
        lines.append((" " * GAP).join(parts).rstrip())
    return lines


def fitting(columns: Sequence[TextColumn], width: int) -> list[TextColumn]:
    """Return the columns without those at the right that make a table too wide for one panel."""
    kept = list(columns)
    while len(kept) > 1 and len(_panels(kept, width)) > 1:
        kept.pop()
    return kept
