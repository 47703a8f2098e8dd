"""What a decision changed: row by row and field by field, in the codebook's words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from constellary.study.decisions import unpacked
from constellary.study.schema import ENTITIES, change, key_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from constellary.study.codebook import Codebook
    from constellary.study.decisions import Decision, Row, RowChange

MOST_ROWS = 200
LONGEST = 500
LABELS = {
    "name": "Name",
    "announced": "Announced",
    "aliases": "Other names",
    "parent": "Parent",
    "position": "Position",
    "publisher": "Publisher",
    "published": "Published",
    "value": "Value",
    "sure": "Sure",
    "text": "Note",
    "who": "Who",
    "why": "Why",
    "content": "Content",
    "verdict": "Verdict",
    "reason": "Reason",
    "first": "First verdict",
    "first_reason": "First reason",
    "taken_from": "Taken from",
    "code": "Code",
    "coder": "Coder",
    "quote": "Quote",
    "page": "Page",
    "note": "Note",
    "search": "Search",
    "file": "File",
    "line": "Line",
    "format": "Format",
    "origin": "Origin",
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after, as texts; None: missing, or not there."""

    name: str
    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RowDetail:
    """A changed row.

    Attributes
    ----------
    entity, key
        Its table (`alliance`, `partner`, `source` ...) and its key.
    happened
        `added`, `changed` or `removed`.
    fields
        Those that differ, in the codebook's order.
    """

    entity: str
    key: tuple[str, ...]
    happened: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class DecisionDetail:
    """A decision with the first rows that it changed, table by table, and how many there are in all."""

    decision: Decision
    rows: tuple[RowDetail, ...]
    total: int


def detail_of(connection: sa.Connection, codebook: Codebook, entry: Decision) -> DecisionDetail:
    """Return what a decision changed; at most 200 rows are shown, and 500 letters of a value."""
    number = entry.id
    total = connection.execute(
        sa.select(sa.func.coalesce(sa.func.sum(change.c.count), 0)).where(change.c.decision == number)
    ).scalar_one()
    query = (
        sa.select(change.c.entity, change.c.payload)
        .where(change.c.decision == number)
        .order_by(change.c.part)
    )
    found: list[RowDetail] = []
    for entity, payload in connection.execute(query):
        for item in unpacked(payload):
            if len(found) == MOST_ROWS:
                return DecisionDetail(entry, tuple(found), total)
            found.append(row_detail(codebook, entity, item))
    return DecisionDetail(entry, tuple(found), total)


def row_detail(codebook: Codebook, entity: str, item: RowChange) -> RowDetail:
    """Return one changed row of a table, field by field."""
    width = len(key_columns(ENTITIES[entity]))
    happened = "added" if item.before is None else "removed" if item.after is None else "changed"
    before, after = (dict(_fields(codebook, entity, row)) for row in (item.before, item.after))
    fields = tuple(
        FieldChange(name, _label(codebook, name), before.get(name), after.get(name))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    )
    return RowDetail(entity, item.row[:width], happened, fields)


def _fields(codebook: Codebook, entity: str, row: Row | None) -> Iterator[tuple[str, str | None]]:
    """Give the fields of a stored row but for its key, as texts."""
    if row is None:
        return
    table = ENTITIES[entity]
    keys = key_columns(table)
    given = dict(zip((column.name for column in table.columns), row, strict=True))
    for name, value in given.items():
        if name in keys:
            continue
        if name in WHOLE:
            yield from WHOLE[name](codebook, value)
        elif name == "value":
            yield name, _text(codebook, str(given["variable"]), value)
        elif name == "sure":
            yield name, None if value is None else "yes" if value else "no"
        else:
            yield name, _text(codebook, name, value)


def _codes(codebook: Codebook, text: str) -> Iterator[tuple[str, str | None]]:
    codes = json.loads(text)
    order = [variable.name for variable in codebook.variables if variable.name in codes]
    for code in dict.fromkeys((*order, *codes)):
        yield code, _text(codebook, code, codes[code])


def _aliases(codebook: Codebook, text: str | None) -> Iterator[tuple[str, str | None]]:
    yield "aliases", _text(codebook, "aliases", json.loads(text) if text else None)


def _said(codebook: Codebook, text: str) -> Iterator[tuple[str, str | None]]:
    for field, said in json.loads(text).items():
        yield field, _text(codebook, field, _joined(said))


WHOLE: dict[str, Callable[[Codebook, Any], Iterator[tuple[str, str | None]]]] = {
    "codes": _codes,
    "aliases": _aliases,
    "fields": _said,
    "raw": lambda _codebook, _text: iter(()),  # the file's own tags; what they say stands in the fields
}
"""Columns that hold more than one field, and how they are told."""


def _joined(said: object) -> object:
    """Return names as they are printed, and any other value as it is."""
    if isinstance(said, list):
        return [", ".join(part for part in one if part) if isinstance(one, list) else one for one in said]
    return said


def _text(codebook: Codebook, name: str, value: object) -> str | None:
    if value is None:
        return None
    labels = next(
        (
            {one.value: one.label for one in item.categories}
            for item in codebook.variables
            if item.name == name
        ),
        {},
    )
    parts = value if isinstance(value, list) else [value]
    text = "; ".join(labels.get(str(part), str(part)) for part in parts)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _label(codebook: Codebook, name: str) -> str:
    known = {variable.name: variable.label for variable in codebook.variables}
    return known.get(name, LABELS.get(name, name))
