"""Highlighting: where in a text the protocol's words stand that speak for or against a record."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_WORD = 60
"""Letters that a `*` stands for, so that no text of one endless word takes endless time."""


class Part(NamedTuple):
    """A part of a text; `kind` is `for`, `against`, or empty where no word of the protocol stands."""

    text: str
    kind: Literal["for", "against", ""]


def marked(text: str, terms: Sequence[str], against: Sequence[str]) -> list[Part]:
    """Return a text in parts, in order; together they are the text.

    Parameters
    ----------
    text
        Any.
    terms, against
        Words or phrases; `*` stands for any letters, capitals do not matter, a space stands for any white space.
        A word that stands in both lists warns.

    Examples
    --------
    >>> marked("Alliances of children", ["alliance*"], ["child*"])
    [Part(text='Alliances', kind='for'), Part(text=' of ', kind=''), Part(text='children', kind='against')]
    """
    pattern = _pattern(tuple(terms), tuple(against))
    if pattern is None or not text:
        return [Part(text, "")]
    found: list[Part] = []
    end = 0
    for match in pattern.finditer(text):
        if match.start() > end:
            found.append(Part(text[end : match.start()], ""))
        found.append(Part(match[0], "against" if match.lastgroup == "against" else "for"))
        end = match.end()
    if end < len(text):
        found.append(Part(text[end:], ""))
    return found


def marked_lines(lines: Sequence[str], terms: Sequence[str], against: Sequence[str]) -> list[list[Part]]:
    """Return lines in parts; a phrase that goes on in the next line is marked in both.

    Examples
    --------
    >>> marked_lines(["A joint", "venture"], ["joint venture*"], [])[1]
    [Part(text='venture', kind='for')]
    """
    found: list[list[Part]] = [[]]
    for part in marked("\n".join(lines), terms, against):
        first, *more = part.text.split("\n")
        if first:
            found[-1].append(Part(first, part.kind))
        found += [[Part(text, part.kind)] if text else [] for text in more]
    return found


@lru_cache(maxsize=64)
def _pattern(terms: tuple[str, ...], against: tuple[str, ...]) -> re.Pattern[str] | None:
    groups = []
    for name, words in (("against", against), ("for", terms)):
        written = [_written(word) for word in sorted(words, key=len, reverse=True) if word.strip(" *")]
        if written:
            groups.append(f"(?P<{name}>{'|'.join(written)})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE) if groups else None


def _written(word: str) -> str:
    parts = [r"\s+".join(map(re.escape, part.split())) for part in re.split(r"\*+", word.strip())]
    return rf"\w{{0,{LONGEST_WORD}}}".join(parts)
