"""Reading: the parts of a review out of the tables of a study."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from constellary.literature.protocol import PLAIN
from constellary.literature.review import (
    Choice,
    Match,
    Passage,
    RecordNote,
    Resolution,
    Review,
    Screening,
)
from constellary.literature.taxonomy import EMPTY
from constellary.study.literature.rows import record_of
from constellary.study.schema import (
    change,
    choice,
    match,
    passage,
    record,
    record_note,
    resolution,
    screening,
    setting,
)

PROTOCOL, TAXONOMY = "protocol", "taxonomy"
"""Names under which the two texts are kept."""
PARTS = ("setting", "record", "match", "choice", "screening", "resolution", "record_note", "passage")
"""The tables of which a review is made."""


def touched(connection: sa.Connection, since: int) -> set[str]:
    """Return the tables that decisions after one have changed."""
    query = sa.select(change.c.entity).where(change.c.decision > since).distinct()
    return set(connection.execute(query).scalars())


def read(connection: sa.Connection, name: str) -> Any:
    """Return one part of a review as it stands, in the order of its keys; records in that of their intake."""
    if name == "setting":
        query = sa.select(setting.c.name, setting.c.content).where(setting.c.name.in_((PROTOCOL, TAXONOMY)))
        return _texts({row.name: row.content for row in connection.execute(query)})
    if name == "record":
        columns = record.c
        query = sa.select(
            columns.id, columns.search, columns.format, columns.file, columns.line, columns.fields
        ).order_by(columns.position, columns.id)
        return tuple(record_of(row) for row in connection.execute(query))
    made: tuple[sa.Table, Any] = {
        "match": (match, Match),
        "choice": (choice, Choice),
        "screening": (screening, Screening),
        "resolution": (resolution, Resolution),
        "record_note": (record_note, RecordNote),
        "passage": (passage, _passage),
    }[name]
    table, make = made
    keys = list(table.primary_key)
    return tuple(make(*row) for row in connection.execute(sa.select(table).order_by(*keys)))


def _passage(record_id: str, passage_id: str, *rest: Any) -> Passage:
    return Passage(passage_id, record_id, *rest)


def _texts(texts: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"planned": PROTOCOL in texts, "protocol": PLAIN, "taxonomy": EMPTY}
    if PROTOCOL in texts:
        from constellary.literature.protocol_file import parse_protocol

        found["protocol"] = parse_protocol(texts[PROTOCOL], origin="the study's protocol")
    if TAXONOMY in texts:
        from constellary.literature.taxonomy_file import parse_taxonomy

        found["taxonomy"] = parse_taxonomy(texts[TAXONOMY], origin="the study's taxonomy")
    return found


def assembled(parts: dict[str, Any]) -> Review:
    """Return the review that the parts make."""
    return Review(
        **parts["setting"],
        records=parts["record"],
        matches=parts["match"],
        choices=parts["choice"],
        screenings=parts["screening"],
        resolutions=parts["resolution"],
        notes=parts["record_note"],
        passages=parts["passage"],
    )
