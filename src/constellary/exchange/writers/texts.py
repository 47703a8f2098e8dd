"""Text made fit for formats that take less than all of Unicode."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_WITHOUT_ACCENT = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE"}
    | {"œ": "oe", "Œ": "OE", "ı": "i", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D"}
    | {"–": "-", "—": "-", "’": "'", "‘": "'", "“": "'", "”": "'", "×": "x"}
)


def xml_text(text: str) -> str:
    r"""Return the text without the characters that XML 1.0 cannot hold (most control characters).

    Examples
    --------
    >>> xml_text("Ford\x00 & \x0bGM")
    'Ford & GM'
    """
    return _NOT_XML.sub("", text)


def one_line(text: str) -> str:
    r"""Return the text with every run of white space and control characters as one space.

    Examples
    --------
    >>> one_line(" a\tb\n\x07c ")
    'a b c'
    """
    return _SPACES.sub(" ", text).strip()


def ascii_text(text: str) -> str:
    """Return the text in ASCII: accents taken off, other letters as `?`.

    Examples
    --------
    >>> ascii_text("Škoda, Citroën – 比亚迪")
    'Skoda, Citroen - ???'
    """
    plain = unicodedata.normalize("NFKD", text.translate(_WITHOUT_ACCENT))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return bare.encode("ascii", "replace").decode("ascii")


def cut(text: str, most: int, *, mark: str = "") -> str:
    """Return at most `most` bytes of the text in UTF-8, whole characters only, `mark` where it was cut.

    Examples
    --------
    >>> cut("Škoda", 5), cut("Škoda", 5, mark="~"), cut("Škoda", 6)
    ('Škod', 'Ško~', 'Škoda')
    """
    coded = text.encode("utf-8", "replace")
    if len(coded) <= most:
        return text
    return coded[: most - len(mark.encode())].decode("utf-8", "ignore") + mark


def distinct(names: Iterable[str]) -> list[str]:
    """Return the names with ` (2)`, ` (3)` ... behind those that were there before, in order.

    Examples
    --------
    >>> distinct(["a", "b", "a", "a (2)"])
    ['a', 'b', 'a (2)', 'a (2) (2)']
    """
    taken: set[str] = set()
    result = []
    for name in names:
        free, number = name, 1
        while free in taken:
            number += 1
            free = f"{name} ({number})"
        taken.add(free)
        result.append(free)
    return result
