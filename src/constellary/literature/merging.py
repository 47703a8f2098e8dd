"""Merging: one record from several of the same work, field by field, with where each field was taken from."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any, NamedTuple

from constellary.literature.comparing import authors, venue_names
from constellary.literature.normalising import fold, number_of, pages_of, people_of, venue_words
from constellary.literature.notices import title_of
from constellary.literature.record import FIELDS, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from constellary.literature.record import Name

PLACE = ("year", "date", "volume", "issue", "pages")
"""Fields that make sense together alone: one record's volume with another's pages would lead nowhere."""
UNITED = ("keywords", "notes")
"""Lists to which every record adds what the others lack."""


class Variant(NamedTuple):
    """One of the things that records of a work say in a field, and the ids of those that say it."""

    value: Any
    records: tuple[str, ...]


def merged(
    records: Sequence[Record], chosen: Mapping[str, str] | None = None
) -> tuple[Record, Mapping[str, str]]:
    """Return one record of several of the same work, and field -> id of the record that it was taken from.

    Parameters
    ----------
    records
        In the order in which they were taken in; the first gives the id, and where it was read.
    chosen
        Field -> id of the record whose value stands, as somebody chose it.

    Notes
    -----
    Where nobody chose: the title in mixed case, without a database's remarks, and in full; the longest list
    of authors, with given names in full; year, volume, issue and pages from the record that tells most of
    them; the venue in full; the longest abstract; the longest list of cited references, as databases print
    them too differently to unite; keywords and notes of all; the highest count of citations; of other fields
    the first that says something. A field without value is in no record.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> loud, quiet = Record(title="ALLIANCES", id="a"), Record(title="Alliances", doi="10.1/xyz", id="b")
    >>> record, sources = merged([loud, quiet])
    >>> record.id, record.title, sources
    ('a', 'Alliances', {'title': 'b', 'doi': 'b', 'type': 'a'})
    """
    first = records[0]
    if len(records) == 1:
        return first, {name: first.id for name in FIELDS if getattr(first, name) not in (None, ())}
    chosen = chosen or {}
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    place = _by_place(records)
    for name in FIELDS:
        for record in _in_order(name, records, place, chosen.get(name)):
            value = getattr(record, name)
            if value not in (None, ()):
                values[name], sources[name] = value, record.id
                break
        if name in UNITED and name in values and name not in chosen:
            values[name] = _united(getattr(record, name) for record in records)
    nothing = {name: Record._field_defaults[name] for name in FIELDS}
    return first._replace(**(nothing | values)), sources


def conflicts(records: Sequence[Record]) -> dict[str, tuple[Variant, ...]]:
    """Return the fields in which records of a work contradict each other, and who says what.

    Spelling, case, abbreviations and what one record leaves out are no contradiction.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> conflicts([Record(year=2023, pages="1-9", id="a"), Record(year=2024, pages="1--9", id="b")])
    {'year': (Variant(value=2023, records=('a',)), Variant(value=2024, records=('b',)))}
    """
    found = {}
    for name, same in _AGREE.items():
        said: list[list[Record]] = []
        for record in records:
            value = getattr(record, name)
            if value in (None, ()):
                continue
            for group in said:
                if same(getattr(group[0], name), value):
                    group.append(record)
                    break
            else:
                said.append([record])
        if len(said) > 1:
            found[name] = tuple(
                Variant(getattr(group[0], name), tuple(record.id for record in group)) for group in said
            )
    return found


def agree(field: str, first: Any, second: Any) -> bool:
    """Return whether two values of a field say the same; in other fields than those compared, to the letter.

    Examples
    --------
    >>> agree("pages", "221-8", "221--228"), agree("volume", "12", "13")
    (True, False)
    """
    same = _AGREE.get(field)
    return bool(first == second) if same is None else same(first, second)


def _same_authors(first: Sequence[Name], second: Sequence[Name]) -> bool:
    return len(first) == len(second) and authors(people_of(first), people_of(second)) == "same"


def _same_venues(first: str, second: str) -> bool:
    return venue_names(venue_words(first), venue_words(second)) == "same"


def _same_pages(first: str, second: str) -> bool:
    return first == second or None is not pages_of(first) == pages_of(second)


_AGREE: dict[str, Callable[[Any, Any], bool]] = {
    "title": lambda first, second: title_of(first).compact == title_of(second).compact,
    "authors": _same_authors,
    "year": operator.eq,
    "venue": _same_venues,
    "volume": lambda first, second: number_of(first) == number_of(second),
    "issue": lambda first, second: number_of(first) == number_of(second),
    "pages": _same_pages,
    "doi": operator.eq,
    "pmid": operator.eq,
    "language": operator.eq,
    "type": operator.eq,
}
"""Fields that can contradict each other, and what makes two values of them one."""


def _by_place(records: Sequence[Record]) -> list[Record]:
    """Return the records whose year, volume, issue and pages fit together, the one that tells most in front."""
    best = max(
        records,
        key=lambda record: (
            sum(getattr(record, name) is not None for name in ("volume", "issue", "pages")),
            record.doi is not None,
        ),
    )
    fitting = [record for record in records if record is not best and not _contradicts(record, best)]
    return [best, *fitting]


def _contradicts(record: Record, other: Record) -> bool:
    pairs = [(name, getattr(record, name), getattr(other, name)) for name in PLACE if name != "date"]
    return any(None not in (one, two) and not agree(name, one, two) for name, one, two in pairs)


def _in_order(
    name: str, records: Sequence[Record], place: Sequence[Record], chosen: str | None
) -> Sequence[Record]:
    """Return the records in the order in which a field is looked for in them."""
    if name in PLACE:
        order = list(place) if name != "pages" else sorted(place, key=lambda one: _single(one.pages))
    elif rank := _RANKS.get(name):
        order = sorted(records, key=rank)
    else:
        order = list(records)
    if chosen is None:
        return order
    return sorted(records, key=lambda one: one.id != chosen)


def _single(pages: str | None) -> bool:
    """Return whether pages are a first page alone; a range tells more."""
    found = pages_of(pages)
    return found is None or found[1] == found[2]


def _shouted(text: str) -> bool:
    return text.isupper() and len(text) > 3


def _title_rank(record: Record) -> tuple[bool, bool, int]:
    text = record.title or ""
    return _shouted(text), "[" in text or "<" in text, -len(title_of(text).target)


def _authors_rank(record: Record) -> tuple[int, bool, int]:
    full = sum(1 for name in record.authors if any(len(word.strip(".")) > 1 for word in _given(name)))
    return -len(record.authors), _shouted("".join(name.family for name in record.authors)), -full


def _given(name: Name) -> list[str]:
    return name.given.replace(".", ". ").replace("-", " ").split()


def _venue_rank(record: Record) -> tuple[bool, bool]:
    text = record.venue or ""
    return _shouted(text), "." in text or all(len(word) <= 5 for word in text.split())


_RANKS: dict[str, Callable[[Record], Any]] = {
    "title": _title_rank,
    "authors": _authors_rank,
    "venue": _venue_rank,
    "abstract": lambda record: -len(record.abstract or ""),
    "cited": lambda record: -len(record.cited),
    "times_cited": lambda record: -(record.times_cited or 0),
    "type": lambda record: record.type == "document",
}
"""Field -> what is smallest for the record that it is taken from; equal ones in the order of the records."""


def _united(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for values in lists:
        for value in values:
            found.setdefault(fold(value) or value, value)
    return tuple(found.values())
