"""Comparing: what speaks for two records being of one work, what against, and what follows from it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from constellary.literature.normalising import (
    Pages,
    People,
    fold,
    number_of,
    pages_of,
    people_of,
    plain,
    venue_words,
)
from constellary.literature.notices import Title, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.record import Record

Agreement = Literal["same", "near", "differs", "unknown"]

PREPRINTS = frozenset(("article",))
GATHERINGS = frozenset(("paper-conference",))
JOURNALS = frozenset(("article-journal",))
_PREPRINT_VENUE = re.compile(
    r"\b(?:arxiv|biorxiv|medrxiv|ssrn|chemrxiv|psyarxiv|socarxiv|preprints?|research square|osf|techrxiv)\b"
)
_PREPRINT_DOI = (
    "10.48550/",
    "10.1101/",
    "10.2139/ssrn",
    "10.21203/rs",
    "10.20944/preprints",
    "10.31234/",
    "10.31235/",
)
_MEETING = re.compile(
    r"\b(?:conference|proceedings?|proc|symposium|workshop|congress|meeting|colloquium|annual session)\b"
)


@dataclass(frozen=True, slots=True)
class Card:
    """A record in the form in which it is compared."""

    title: Title
    people: People
    year: int | None
    venue: tuple[str, ...]
    volume: str | None
    issue: str | None
    pages: Pages | None
    doi: str | None
    pmid: str | None
    issn: str | None
    accession: str | None
    kind: str
    abstract: str | None


class Finding(NamedTuple):
    """What follows for two records: `strength` orders findings of `same`, the surest first."""

    verdict: Literal["same", "ask", "apart"]
    why: str
    strength: int = 9


def card_of(record: Record) -> Card:
    """Return a record in the form in which it is compared."""
    volume = number_of(record.volume)
    year = record.year
    if volume is not None and year is not None and volume == str(year):
        volume = None  # a journal without volumes: the database repeats the year
    pages = pages_of(record.pages)
    if pages is not None and volume is None and pages[1] == 1 and pages[0] == "":
        pages = None  # in press every article begins at page 1
    doi = record.doi.strip().lower() if record.doi else None
    return Card(
        title_of(record.title),
        people_of(record.authors),
        year,
        venue_words(record.venue),
        volume,
        number_of(record.issue),
        pages,
        doi if doi and len(doi) > 8 and not doi.endswith((".", "/")) else None,
        record.pmid,
        record.issn.replace("-", "").upper() if record.issn else None,
        record.accession,
        _kind(record, doi),
        record.abstract,
    )


def _kind(record: Record, doi: str | None) -> str:
    venue = (record.venue or "").casefold()
    served = not venue and (doi or "").startswith(_PREPRINT_DOI)  # elsewhere, that of an earlier version
    if record.type in PREPRINTS or _PREPRINT_VENUE.search(venue) or served:
        return "preprint"
    if record.type in GATHERINGS or (record.type not in JOURNALS and _MEETING.search(venue)):
        return "conference"
    return {"article-journal": "journal", "chapter": "chapter", "book": "book", "thesis": "thesis"}.get(
        record.type, "other"
    )


def titles(first: Title, second: Title) -> Agreement:
    """Return how far two titles agree; `near` where one begins the other or they differ by spelling alone."""
    if not first.target or not second.target:
        return "unknown"
    if first.compact == second.compact:
        return "same"
    if first.digits != second.digits and not cut(first, second):
        return "differs"
    if cut(first, second):
        return "near"
    from rapidfuzz import fuzz

    if fuzz.ratio(first.compact, second.compact, score_cutoff=88) == 0:
        return "differs"
    return "near" if _spelling(first.words, second.words) else "differs"


def cut(first: Title, second: Title) -> bool:
    """Return whether one title is the beginning or the end of the other, and long enough to be told by it."""
    short, long = sorted((first.compact, second.compact), key=len)
    return len(short) >= 30 and (long.startswith(short) or long.endswith(short))


def abstracts(first: str | None, second: str | None) -> Agreement:
    """Return whether two abstracts begin alike."""
    if not first or not second:
        return "unknown"
    from rapidfuzz import fuzz

    one, other = (fold(plain(text[:500]))[:300] for text in (first, second))
    return "same" if min(len(one), len(other)) >= 60 and fuzz.ratio(one, other) >= 90 else "differs"


def _spelling(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Return whether the words that only one title has are spelled like those that only the other has."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    left, right = Counter(first), Counter(second)
    only, others = list((left - right).elements()), list((right - left).elements())
    if opposed(only, others):
        return False
    one, other = "".join(only), "".join(others)
    if not one or not other:
        return len(one) + len(other) <= 4
    return fuzz.ratio(one, other) >= 70 or OSA.distance(one, other, score_cutoff=1) <= 1


_OPPOSITES = (
    ("inter", "intra"),
    ("hyper", "hypo"),
    ("pre", "post"),
    ("in", "de"),
    ("in", "out"),
    ("in", "ex"),
    ("micro", "macro"),
    ("mono", "poly"),
    ("uni", "multi"),
    ("over", "under"),
    ("up", "down"),
    ("fe", ""),
    ("un", ""),
    ("in", ""),
    ("im", ""),
    ("non", ""),
    ("dis", ""),
    ("anti", ""),
    ("a", ""),
)
"""Beginnings of words that are spelled alike and mean another thing: interindustry and intraindustry."""


def opposed(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether two words mean opposite things and differ by their beginnings alone.

    Examples
    --------
    >>> opposed(["interindustry"], ["intraindustry"]), opposed(["colour"], ["color"])
    (True, False)
    """
    return any(
        one.startswith(head) and other.startswith(opposite) and one[len(head) :] == other[len(opposite) :]
        for a in first
        for b in second
        for one, other in ((a, b), (b, a))
        if min(len(a), len(b)) >= 4
        for head, opposite in _OPPOSITES
    )


def authors(first: People, second: People) -> Agreement:
    """Return how far the authors agree; `near` where about half of the shorter list is in the longer."""
    if not first.families or not second.families:
        return "unknown"
    share = max(
        sum(word in other.all for word in one.families) / len(one.families)
        for one, other in ((first, second), (second, first))
        if len(one.families) <= len(other.families)
    )
    if share >= 0.75:
        return "same"
    if share >= 0.4 or first.first & second.all or second.first & first.all:
        return "near"
    return "near" if any(_one_name(a, b) for a in first.first for b in second.first) else "differs"


def _one_name(first: str, second: str) -> bool:
    """Return whether one name begins the other: a letter was lost, or `Sanchez-Gomez` was cut."""
    return min(len(first), len(second)) >= 5 and (first.startswith(second) or second.startswith(first))


def venues(first: Card, second: Card) -> Agreement:
    """Return how far the venues agree, by ISSN or by name."""
    if first.issn is not None and first.issn == second.issn:
        return "same"
    return venue_names(first.venue, second.venue)


def venue_names(first: tuple[str, ...], second: tuple[str, ...]) -> Agreement:
    """Return how far the words of two venues agree; `near` where one name is part of the other."""
    if not first or not second:
        return "unknown"
    short, long = (first, second) if len(first) <= len(second) else (second, first)
    if short == long or _abbreviates(short, long) or _acronym(short, long) or _acronym(long, short):
        return "same"
    if _abbreviates(short, long[: len(short)]) or set(short) <= set(long):
        return "near"
    return "differs"


def _acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    core = [word for word in short if word not in _OCCASION and not word.isdigit()]
    if len(core) != 1 or len(core[0]) < 3:
        return False
    return _initials(core[0], long) or _initials(core[0], _without(long))


_OCCASION = frozenset(("proceedings", "proc", "annual", "international", "conference"))


def _without(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in ("proceedings", "proc", "annual"))


def _initials(acronym: str, words: tuple[str, ...]) -> bool:
    """Return whether an acronym is made of the beginnings of words, each used: AMCIS, JAMA, PNAS."""
    if not words:
        return not acronym
    head, rest = words[0], words[1:]
    return any(
        acronym[:length] == head[:length] and _initials(acronym[length:], rest)
        for length in range(1, min(3, len(acronym), len(head)) + 1)
    )


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return len(short) == len(long) and all(
        x[0] == y[0] and (x.startswith(y) or y.startswith(x) or x[-1] == y[-1] or x[:3] == y[:3])
        for x, y in zip(short, long, strict=True)
    )


def values(first: str | None, second: str | None) -> Agreement:
    """Return whether two values are one; unknown where one is missing."""
    if first is None or second is None:
        return "unknown"
    return "same" if first == second else "differs"


def pagings(first: Pages | None, second: Pages | None) -> Agreement:
    """Return how far pages agree; `near` where they overlap, or where one is a remnant of the other."""
    if first is None or second is None:
        return "unknown"
    if first[1] == second[1]:
        return "same"
    if first[2] == second[2] or (first[1] <= second[2] and second[1] <= first[2] and first[0] == second[0]):
        return "near"
    for one, other in ((first, second), (second, first)):
        if one[1] < other[1] and one[2] < 100 and str(other[2]).endswith(str(one[2])):
            return "near"  # `Pt 1):314-20` lost its beginning
    return "differs"


def within(first: Pages, second: Pages) -> bool:
    """Return whether one range lies inside the other and shares neither its first nor its last page."""
    one, other = sorted((first[1:], second[1:]), key=lambda span: span[1] - span[0])
    return other[0] < one[0] and one[1] < other[1]
