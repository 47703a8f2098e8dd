"""The tables of a study file.

SQLAlchemy Core describes them once, so that the same schema can live in PostgreSQL. In SQLite every
table is STRICT: a value of the wrong type is refused and not stored as something else.

The codes of an alliance or firm (its values of the codebook's variables) are one JSON object in `codes`.
A codebook may have any variables, so they cannot be columns; one row a value would be five times the
rows, and they are always read together.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, Table, Text

APPLICATION_ID = 0x434E5354  # "CNST"
SCHEMA_VERSION = 3

metadata = MetaData()


def _table(name: str, *items: Column[Any] | Index, rowid: bool = False) -> Table:
    return Table(name, metadata, *items, sqlite_strict=True, sqlite_with_rowid=rowid)


def _key(name: str) -> Column[str]:
    return Column(name, Text, primary_key=True, nullable=False)


setting = _table("setting", _key("name"), Column("content", Text, nullable=False))
alliance = _table(
    "alliance",
    _key("id"),
    Column("name", Text),
    Column("announced", Text),
    Column("codes", Text, nullable=False),
)
firm = _table(
    "firm",
    _key("firm"),
    Column("aliases", Text),
    Column("parent", Text),
    Column("codes", Text, nullable=False),
)
partner = _table(
    "partner",
    _key("alliance"),
    _key("firm"),
    Column("position", Integer, nullable=False),
    Index("partner_firm", "firm"),
)
source = _table(
    "source",
    _key("alliance"),
    _key("url"),
    Column("publisher", Text),
    Column("published", Text),
    Column("position", Integer, nullable=False),
)
coding = _table(
    "coding",
    _key("alliance"),
    _key("variable"),
    _key("coder"),
    Column("value", Text),
    Column("sure", Integer),
)
adjudication = _table(
    "adjudication",
    _key("alliance"),
    _key("variable"),
    Column("value", Text),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
)
note = _table("note", _key("alliance"), _key("coder"), Column("text", Text, nullable=False))
acceptance = _table(
    "acceptance",
    _key("check_name"),  # `check` is a word of SQL
    _key("subject"),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
)
record = _table(
    "record",  # a bibliographic one
    _key("id"),
    Column("position", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("search", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("line", Integer, nullable=False),
    Column("fields", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Index("record_origin", "search", "origin"),
)
match = _table(
    "match",
    _key("first"),
    _key("second"),
    Column("verdict", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
)
choice = _table("choice", _key("record"), _key("field"), Column("taken_from", Text, nullable=False))
screening = _table(
    "screening",
    _key("record"),
    _key("stage"),
    _key("screener"),
    Column("verdict", Text, nullable=False),
    Column("reason", Text),
    Column("first", Text, nullable=False),
    Column("first_reason", Text),
)
resolution = _table(
    "resolution",
    _key("record"),
    _key("stage"),
    Column("verdict", Text, nullable=False),
    Column("reason", Text),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
)
record_note = _table("record_note", _key("record"), _key("screener"), Column("text", Text, nullable=False))
passage = _table(
    "passage",
    _key("record"),
    _key("id"),
    Column("code", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("page", Text),
    Column("note", Text),
)
decision = _table(
    "decision",
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("target", Integer),
    Column("program", Text, nullable=False),
    rowid=True,
)
change = _table(
    "change",
    Column("decision", Integer, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("entity", Text, nullable=False),
    Column("first_key", Text, nullable=False),
    Column("last_key", Text, nullable=False),
    Column("count", Integer, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Index("change_entity", "entity", "first_key", "last_key"),
)
migration = _table(
    "migration",
    Column("version", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("program", Text, nullable=False),
    rowid=True,
)
layout = _table("layout", _key("digest"), Column("content", Text, nullable=False))

ENTITIES: dict[str, Table] = {
    table.name: table
    for table in (
        *(setting, alliance, firm, partner, source, coding, adjudication, note, acceptance),
        *(record, match, choice, screening, resolution, record_note, passage),
    )
}
"""The tables whose rows are changed by decisions, by name; the others are history or can be made anew."""


def key_columns(table: Table) -> list[str]:
    """Return the names of a table's key, in order."""
    return [column.name for column in table.primary_key]
