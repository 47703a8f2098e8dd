"""Text on a terminal: colour where it is wanted, tables that fit, and nothing that a file could inject.

Text that comes from files is shown without control characters: an escape sequence in a firm's name must
not move the cursor, change the title of the window or hide a line.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

Align = Literal["left", "right"]
Style = Literal["bold", "dim", "red"]

CODES: dict[Style, str] = {"bold": "1", "dim": "2", "red": "1;31"}
GAP = 2
READABLE, UNBROKEN = 18, 34
"""A column of text is folded down to `READABLE`, or to its longest word of up to `UNBROKEN`, so that an
id can be copied; a table that is still too wide is split into panels."""
WITHOUT_TERMINAL = 100
"""Width of tables where there is no terminal to ask; the variable COLUMNS says otherwise."""

SPELLINGS = {
    **{name: name for name in ("df", "n", "p", "q", "r")},
    **{name: name.upper() for name in ("ac1", "ac2", "aic", "bic", "lr", "se")},
    "aicc": "AICc",
    "cramers": "Cramer's",
    "chi2": "chi-square",
    "v": "V",
}
"""Words of names that a heading does not merely write with a capital."""

_HIDDEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"


def visible(text: str) -> str:
    r"""Return text as one line without control and other invisible signs; white space becomes one space.

    Directional overrides go too: they can make a line read other than it is. Joiners stay, which some
    scripts need to be spelled.

    Examples
    --------
    >>> visible("Ford\x1b[2J\tMotor\nCompany\u202e")
    'Ford[2J Motor Company'
    """
    spaced = "".join(" " if sign.isspace() else sign for sign in text)
    kept = (sign for sign in spaced if sign in _JOINERS or unicodedata.category(sign) not in _HIDDEN)
    return " ".join("".join(kept).split())


def visible_lines(text: str) -> str:
    r"""Return text made of lines with each line's own invisible signs taken out; indents stay.

    Examples
    --------
    >>> visible_lines("2 problems\n  a\x1b[31m: bad")
    '2 problems\n  a[31m: bad'
    """
    lines = []
    for line in text.splitlines():
        inner = line.lstrip(" ")
        lines.append(" " * (len(line) - len(inner)) + visible(inner))
    return "\n".join(lines)


def in_words(name: str) -> str:
    """Return a column's or table's name as a heading.

    Examples
    --------
    >>> in_words("harmonic_closeness"), in_words("p"), in_words("aic"), in_words("OEM")
    ('Harmonic closeness', 'p', 'AIC', 'OEM')
    """
    words = [SPELLINGS.get(word, word) for word in visible(name).split("_")]
    text = " ".join(words)
    return text if words[0] in SPELLINGS.values() else text[:1].upper() + text[1:]


def width_of(text: str) -> int:
    r"""Return how many columns of a terminal a text takes: wide signs two, combining ones none.

    Examples
    --------
    >>> width_of("Škoda"), width_of("比亚迪"), width_of("e\u0301")
    (5, 6, 1)
    """
    if text.isascii():
        return len(text)
    total = 0
    for sign in text:
        if unicodedata.combining(sign) or sign in _JOINERS:
            continue
        total += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
    return total


def terminal_width(stream: TextIO | None = None) -> int:
    """Return the width to write for: the terminal's, that of COLUMNS, or a fixed one without either."""
    stream = stream or sys.stdout
    if not stream.isatty() and not os.environ.get("COLUMNS", "").isdigit():
        return WITHOUT_TERMINAL
    return max(40, shutil.get_terminal_size((WITHOUT_TERMINAL, 24)).columns)


def coloured(stream: TextIO | None = None) -> bool:
    """Return whether a stream is a terminal that shows colour, and nobody asked for none (NO_COLOR)."""
    stream = stream or sys.stdout
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, style: Style, *, stream: TextIO | None = None) -> str:
    """Return text in a style where the stream shows one, else as it is."""
    return f"\x1b[{CODES[style]}m{text}\x1b[0m" if text and coloured(stream) else text


def fold(text: str, width: int) -> list[str]:
    """Return a text as lines of at most `width` columns, broken at spaces where that can be done."""
    if width_of(text) <= width:
        return [text]
    if text.isascii():
        return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
    lines, line = [], ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width_of(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while width_of(line) > width:
            head = _head(line, width)
            lines.append(head)
            line = line[len(head) :]
    return [*lines, line]


def fold_lines(text: str, *, stream: TextIO) -> str:
    """Return lines folded for a terminal, continued under their own indent; elsewhere as they are."""
    if not stream.isatty():
        return text
    width = terminal_width(stream)
    lines = []
    for line in text.splitlines():
        inner = line.lstrip(" ")
        indent = " " * (len(line) - len(inner))
        first, *rest = fold(inner, width - len(indent) - 2)
        lines += [indent + first, *(f"{indent}  {more}" for more in rest)]
    return "\n".join(lines)


def _head(text: str, width: int) -> str:
    for end in range(1, len(text) + 1):
        if width_of(text[:end]) > width:
            return text[: max(1, end - 1)]
    return text


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


def draw_note(text: str, *, width: int) -> list[str]:
    """Return a remark as indented lines."""
    inner = min(width, 100) - 2
    return [paint(f"  {line}", "dim") for line in fold(visible(text), inner)]
