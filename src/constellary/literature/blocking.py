"""Blocking: which pairs of records are worth comparing, as comparing each with each would take too long."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from constellary.literature.comparing import Card

LARGEST = 60
"""Records under one key that are all compared with each other; of more, each with its neighbours in order."""
NEIGHBOURS = 8


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
        for word in sorted(card.people.first):
            yield "author", word, page
    if card.year is not None:
        for word in sorted(card.people.first):
            yield "year", word, card.year, card.volume


def pairs(cards: Sequence[Card]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of numbers of records to compare, each once, the smaller number first.

    Records that share a key are compared. Where more than `LARGEST` do, they are put in the order of what they
    say, and each is compared with the next few: the sorted neighbourhood of Hernandez and Stolfo (1995),
    doi:10.1145/223784.223807. So the work grows with the number of records and not with its square.
    """
    files: dict[Hashable, list[int]] = {}
    for number, card in enumerate(cards):
        for key in keys(card):
            files.setdefault(key, []).append(number)
    seen: set[int] = set()
    count = len(cards)
    for members in files.values():
        for one, other in _within(members, cards):
            first, second = (one, other) if one < other else (other, one)
            code = first * count + second
            if first != second and code not in seen:
                seen.add(code)
                yield first, second


def _within(members: list[int], cards: Sequence[Card]) -> Iterator[tuple[int, int]]:
    if len(members) <= LARGEST:
        yield from combinations(members, 2)
        return
    ordered = sorted(members, key=lambda number: _content(cards[number]))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 : place + 1 + NEIGHBOURS]:
            yield one, other


def _content(card: Card) -> tuple[str, ...]:
    """Return what a record says in an order that brings like ones together, whatever their own order is."""
    names = sorted(card.people.all)
    return (card.title.compact, *map(str, (card.year, card.volume, card.pages, card.issue, card.doi, names)))
