"""What the citation processor marks as italic and bold, as runs of text.

The processor's own formatters write HTML and do not escape what stands in titles. This one encloses what it
marks in signs of the private use area, which `clean` has taken out of all that comes from outside.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, Self

ITALIC, BOLD, END = "\ue000", "\ue001", "\ue002"
_MARKS = re.compile(f"([{ITALIC}{BOLD}{END}])")


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one style."""

    text: str
    style: Literal["plain", "emphasis", "strong"] = "plain"


def preformat(text: str) -> str:
    """Return text as it is: it is escaped where it is written."""
    return str(text)


class Italic(str):
    """Text that the style sets in italics."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Enclose the text in the signs of its style."""
        return super().__new__(cls, f"{ITALIC}{text}{END}")


class Bold(str):
    """Text that the style sets in bold."""

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Enclose the text in the signs of its style."""
        return super().__new__(cls, f"{BOLD}{text}{END}")


Oblique = Italic
Light = Underline = Superscript = Subscript = SmallCaps = str
"""What the report's markup does not have stays plain."""


def runs(text: str) -> tuple[Run, ...]:
    """Return text with its marks as runs; where marks are nested, the outer one holds.

    Examples
    --------
    >>> runs("In " + Italic("The " + Bold("book")) + ".")
    ... # doctest: +NORMALIZE_WHITESPACE
    (Run(text='In ', style='plain'), Run(text='The book', style='emphasis'), Run(text='.', style='plain'))
    """
    found: list[Run] = []
    open_marks: list[str] = []
    for part in _MARKS.split(text):
        if part == END:
            if open_marks:
                open_marks.pop()
        elif part in (ITALIC, BOLD):
            open_marks.append(part)
        elif part:
            style: Literal["plain", "emphasis", "strong"] = "plain"
            if open_marks:
                style = "emphasis" if open_marks[0] == ITALIC else "strong"
            before = found.pop().text if found and found[-1].style == style else ""
            found.append(Run(before + part, style))
    return tuple(found)
