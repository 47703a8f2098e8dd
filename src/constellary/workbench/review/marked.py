"""Marked: a text in parts, where words that speak for or against a work are told apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Part(NamedTuple):
    """A part of a text; `kind` is `for`, `against`, or empty where no word of the protocol stands."""

    text: str
    kind: str


def marked(text: str, terms: Sequence[str], against: Sequence[str]) -> list[Part]:
    """Return a text in parts, in order; together they are the text.

    Examples
    --------
    >>> marked("Alliances of children", ["alliance*"], ["child*"])
    [Part(text='Alliances', kind='for'), Part(text=' of ', kind=''), Part(text='children', kind='against')]
    """
    pattern = _pattern(tuple(terms), tuple(against))
    if pattern is None:
        return [Part(text, "")]
    found: list[Part] = []
    end = 0
    for match in pattern.finditer(text):
        if match.start() > end:
            found.append(Part(text[end : match.start()], ""))
        found.append(Part(match[0], match.lastgroup or ""))
        end = match.end()
    return [*found, Part(text[end:], "")] if end < len(text) or not found else found


@lru_cache(maxsize=64)
def _pattern(terms: tuple[str, ...], against: tuple[str, ...]) -> re.Pattern[str] | None:
    groups = [
        f"(?P<{name}>{'|'.join(written)})"
        # What speaks against is looked for first: a word that stands in both lists warns.
        for name, words in (("against", against), ("for", terms))
        if (written := [_written(word) for word in sorted(words, key=len, reverse=True) if word.strip(" *")])
    ]
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})", re.IGNORECASE) if groups else None


def _written(word: str) -> str:
    parts = [r"\s+".join(map(re.escape, part.split())) for part in word.strip().split("*")]
    return r"\w*".join(parts) + ("" if word.rstrip().endswith("*") else r"(?!\w)")
