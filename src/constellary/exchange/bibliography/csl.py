"""Records as items of CSL JSON, the common tongue of reference managers and citation styles, and back.

Source: the CSL JSON schema, https://github.com/citation-style-language/schema.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from constellary.exchange.bibliography import dates, vocabulary
from constellary.exchange.bibliography.values import csl_type
from constellary.literature.record import LISTS, NAMES, Name, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

Item = dict[str, Any]

TEXTS = {
    "title": "title",
    "venue": "container-title",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "publisher": "publisher",
    "place": "publisher-place",
    "edition": "edition",
    "doi": "DOI",
    "pmid": "PMID",
    "issn": "ISSN",
    "isbn": "ISBN",
    "url": "URL",
    "language": "language",
    "abstract": "abstract",
    "database": "source",
}
"""Field of a record -> variable of CSL that holds it as it is."""

PEOPLE = {"authors": "author", "editors": "editor"}
TYPES = frozenset(vocabulary.TYPES.values())
NEAREST = {
    "entry": "chapter",
    "entry-dictionary": "chapter",
    "entry-encyclopedia": "chapter",
    "speech": "paper-conference",
    "event": "paper-conference",
    "post": "webpage",
    "review-book": "article-journal",
    "classic": "book",
}
OURS = "constellary"
"""Under this name in `custom` stands what CSL has no place for."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def to_csl(record: Record) -> Item:
    """Return a record as an item of CSL JSON; `from_csl` gives the same record back.

    What CSL has no place for (cited references, counts, where it was read) stands under
    `custom.constellary`, which citation styles pass over.

    Examples
    --------
    >>> item = to_csl(Record(title="Alliances", authors=(Name("Vallejo", "Bertha"),), year=2020))
    >>> item["author"], item["issued"], item["type"]
    ([{'family': 'Vallejo', 'given': 'Bertha'}], {'date-parts': [[2020]]}, 'article-journal')
    """
    item: Item = {"id": record.id, "type": record.type}
    for field, variable in TEXTS.items():
        if (value := getattr(record, field)) is not None:
            item[variable] = value
    for field, variable in PEOPLE.items():
        if names := getattr(record, field):
            item[variable] = [_person(name) for name in names]
    if parts := _parts(record):
        item["issued"] = {"date-parts": [parts]}
    if record.keywords:
        item["keyword"] = "; ".join(record.keywords)
    if record.notes:
        item["note"] = "\n".join(record.notes)
    if rest := _inexpressible(record, item):
        item["custom"] = {OURS: rest}
    return item


def from_csl(item: Mapping[str, Any]) -> Record:
    """Return an item of CSL JSON as a record, with its `id`; what is of an unexpected kind is left out.

    Examples
    --------
    >>> from_csl({"type": "book", "author": [{"literal": "OECD"}], "issued": {"date-parts": [["2019", 3]]}})[1:3]
    ((Name(family='OECD', given=''),), 2019)
    """
    values = _standard(item)
    custom = item.get("custom")
    ours = custom.get(OURS) if isinstance(custom, dict) else None
    if isinstance(ours, dict):
        values |= {name: _ours(name, value) for name, value in ours.items() if name in Record._fields}
    return Record(**values)


def _person(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


def _parts(record: Record) -> list[int]:
    found = _DATE.fullmatch(record.date or "")
    if found and (record.year is None or int(found[1]) == record.year):
        return [int(part) for part in found.groups() if part]
    return [] if record.year is None else [record.year]


def _inexpressible(record: Record, item: Item) -> dict[str, Any]:
    """Return the fields that would not come back from the item alone."""
    back = Record(**_standard(item))
    rest: dict[str, Any] = {}
    for name, value, returned in zip(Record._fields, record, back, strict=True):
        if value != returned:
            rest[name] = [list(one) for one in getattr(record, name)] if name in NAMES else value
    return rest


def _ours(field: str, value: Any) -> Any:
    """Return a value of `custom.constellary` in the type of its field, or its default where it has another."""
    empty = Record._field_defaults[field]
    if field in NAMES:
        people = value if isinstance(value, list) else []
        return tuple(
            Name(str(one[0]), str(one[1])) for one in people if isinstance(one, list) and len(one) == 2
        )
    if field in LISTS:
        return tuple(str(one) for one in value) if isinstance(value, list) else ()
    if field in {"year", "times_cited", "line"}:
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**9
        return value if fits else empty
    return value if isinstance(value, str) else empty


def _standard(item: Mapping[str, Any]) -> dict[str, Any]:
    kind = str(item.get("type") or "document")
    values: dict[str, Any] = {
        "id": _text(item.get("id")) or "",
        "type": kind if kind in TYPES else NEAREST.get(kind) or csl_type(kind),
    }
    for field, variable in TEXTS.items():
        values[field] = _text(item.get(variable))
    for field, variable in PEOPLE.items():
        values[field] = named(item.get(variable))
    values["year"], values["date"] = issued(item.get("issued"))
    keyword = _text(item.get("keyword")) or ""
    divided = keyword.split(";") if ";" in keyword else keyword.split(",")
    values["keywords"] = tuple(dict.fromkeys(word.strip() for word in divided if word.strip()))
    note = _text(item.get("note"))
    values["notes"] = (note,) if note else ()
    return values


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = next((one for one in value if _text(one)), None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value) or None


def named(people: Any) -> tuple[Name, ...]:
    """Return the names of a list of people as CSL and Crossref write them."""
    found = [_name(one) for one in people] if isinstance(people, list) else []
    return tuple(name for name in found if name)


def _name(person: Any) -> Name | None:
    if not isinstance(person, dict):
        return Name(person) if isinstance(person, str) and person else None
    part = {key: _text(value) or "" for key, value in person.items()}
    family = " ".join(filter(None, (part.get("non-dropping-particle"), part.get("family"))))
    given = " ".join(filter(None, (part.get("given"), part.get("dropping-particle"))))
    if part.get("suffix"):
        given = f"{given}, {part['suffix']}" if given else part["suffix"]
    if not family:
        family, given = part.get("literal") or part.get("name") or given, ""
    return Name(family, given) if family else None


def issued(value: Any) -> tuple[int | None, str | None]:
    """Return year and date of a CSL date, in parts or as somebody wrote it; (None, None) where it tells none.

    Examples
    --------
    >>> issued({"date-parts": [[2020, 5]]}), issued({"date-parts": [["2020"]]}), issued({"raw": "May 2020"})
    ((2020, '2020-05'), (2020, '2020'), (2020, '2020-05'))
    """
    if not isinstance(value, dict):
        return None, None
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        numbers = [int(str(part)) for part in parts[0][:3] if re.fullmatch(r"\d{1,4}", str(part))]
        if numbers and 1 <= numbers[0] <= 9999:
            limits = zip(numbers[1:], (12, 31), strict=False)
            fitting = numbers if all(1 <= number <= most for number, most in limits) else numbers[:1]
            date = "-".join(f"{n:0{4 if i == 0 else 2}}" for i, n in enumerate(fitting))
            return fitting[0], date
    said = next((str(value[key]) for key in ("raw", "literal") if value.get(key)), "")
    return dates.year(said), dates.date(said)
