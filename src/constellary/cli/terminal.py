"""Text on a terminal: colour where it is wanted, lines that fit, and nothing that a file could inject.

Text that comes from files is shown without control characters: an escape sequence in a firm's name must
not move the cursor, change the title of the window or hide a line.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
import unicodedata
from typing import Literal, TextIO

Style = Literal["bold", "dim", "red"]

CODES: dict[Style, str] = {"bold": "1", "dim": "2", "red": "1;31"}
WITHOUT_TERMINAL = 100
"""Width of tables where there is no terminal to ask; the variable COLUMNS says otherwise."""

SPELLINGS = {
    **{name: name for name in ("df", "n", "p", "q", "r")},
    **{name: name.upper() for name in ("ac1", "ac2", "aic", "bic", "lr", "pabak", "se")},
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


def draw_note(text: str, *, width: int) -> list[str]:
    """Return a remark as indented lines."""
    inner = min(width, 100) - 2
    return [paint(f"  {line}", "dim") for line in fold(visible(text), inner)]
