"""Blocking: which pairs of records are worth comparing, as comparing each with each would take too long."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from constellary.literature.comparing import Card

LARGEST = 60
"""Records under one key; a key that more share says nothing, and another one finds the pair."""


def keys(card: Card) -> Iterator[Hashable]:
    """Yield the keys under which a record is filed; two that share one are compared."""
    if card.doi is not None:
        yield "doi", card.doi
    if card.pmid is not None:
        yield "pmid", card.pmid
    if card.accession is not None:
        yield "accession", card.accession
    title = card.title
    if title.compact:
        yield "begins", title.compact[:24]
        yield "ends", title.compact[-20:]
        words = sorted(set(title.words), key=lambda word: (-len(word), word))[:5]
        yield "words", " ".join(sorted(words))
    if card.pages is not None:
        page = card.pages[1]
        if card.volume is not None:
            yield "place", card.volume, page
        for word in card.people.first:
            yield "author", word, page
    if card.year is not None:
        for word in card.people.first:
            yield "year", word, card.year, card.volume


def pairs(cards: Sequence[Card]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of numbers of records to compare, each once, the smaller number first."""
    files: dict[Hashable, list[int]] = {}
    for number, card in enumerate(cards):
        for key in keys(card):
            files.setdefault(key, []).append(number)
    seen: set[int] = set()
    count = len(cards)
    for members in files.values():
        if 1 < len(members) <= LARGEST:
            for place, one in enumerate(members):
                for other in members[place + 1 :]:
                    if one != other and (code := one * count + other) not in seen:
                        seen.add(code)
                        yield one, other
