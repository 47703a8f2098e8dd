"""Records: one alliance or firm as it stands, with a revision that tells whether it still does."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.errors import EditConflict, UnknownName
from constellary.study.appending import last_change
from constellary.study.rows import KEY_OF, as_stored, one_row, rows_where
from constellary.study.stored import ENTITY_OF, decoded

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlalchemy as sa

    from constellary.study.codebook import Codebook
    from constellary.study.decisions import Decision, Row

Value = str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Source:
    """A page that supports an alliance: its address, whose page it is, and its date; None: not known."""

    url: str
    publisher: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """An alliance or firm as it stands.

    Attributes
    ----------
    table, key
        `alliances` and the id, or `firms` and the name.
    values
        Field -> value, in the codebook's order: a text, several texts for multiple choice and aliases, None for
        missing. Neither the key nor anything derived is among them.
    partners, sources
        Of an alliance, in order; empty for a firm.
    revision
        A short digest of all of it: equal as long as nothing of it is changed.
    """

    table: str
    key: str
    values: Mapping[str, Value]
    partners: tuple[str, ...]
    sources: tuple[Source, ...]
    revision: str


def read_record(connection: sa.Connection, codebook: Codebook, table: str, key: str) -> Record:
    """Return an alliance or firm as it stands.

    Raises
    ------
    UnknownName
        If there is no such table, alliance or firm.
    """
    if table not in KEY_OF:
        raise UnknownName("table to edit", table, list(KEY_OF))
    row = one_row(connection, table, key)
    partners: list[Row] = []
    sources: list[Row] = []
    if table == "alliances":
        partners = rows_where(connection, "partners", alliance=key)
        sources = rows_where(connection, "sources", alliance=key)
    fields = decoded(as_stored([row], table), table, codebook).row(0, named=True)
    values = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in fields.items()
        if name != KEY_OF[table]
    }
    return Record(
        table,
        key,
        values,
        tuple(firm for _, firm, _ in partners),
        tuple(Source(url, publisher, published) for _, url, publisher, published, _ in sources),
        _digest(row, partners, sources),
    )


def check_revision(
    connection: sa.Connection, codebook: Codebook, table: str, key: str, revision: str | None
) -> None:
    """Raise a conflict if an alliance or firm is not of the given revision any more; None: any will do.

    Raises
    ------
    EditConflict
        With the record as it stands, None where it is gone, and the decision that changed it last.
    """
    if revision is None:
        return
    try:
        record = read_record(connection, codebook, table, key)
    except UnknownName:
        record = None
    if record is not None and record.revision == revision:
        return
    last = _last_decision(connection, table, key)
    by = f" by {last.who} (decision {last.id}: {last.summary})" if last else ""
    what = "was taken out of the study" if record is None else "was changed"
    raise EditConflict(f"{key} {what} meanwhile{by}; nothing was written.", record=record, decision=last)


def _last_decision(connection: sa.Connection, table: str, key: str) -> Decision | None:
    """Return the latest decision about an alliance, its partners or its sources, or about a firm."""
    found = [last_change(connection, ENTITY_OF[table], [key])]
    if table == "alliances":
        found += [last_about(connection, name, key) for name in ("partner", "source")]
    return max((one for one in found if one is not None), key=lambda one: one.id, default=None)


def last_about(connection: sa.Connection, entity: str, alliance: str) -> Decision | None:
    """Return the latest decision about any partner or source of an alliance."""
    from constellary.study.appending import decision_of
    from constellary.study.decisions import unpacked

    query = (
        "SELECT decision, payload FROM change WHERE entity = ? AND first_key < ? AND last_key > ? "
        "ORDER BY decision DESC"
    )
    bounds = (entity, f"{alliance}\x20", f"{alliance}\x1f")
    for number, payload in connection.exec_driver_sql(query, bounds):
        if any(item.row[0] == alliance for item in unpacked(payload)):
            return decision_of(connection, number)
    return None


def _digest(row: Row, partners: list[Row], sources: list[Row]) -> str:
    whole = json.dumps([row, partners, sources], ensure_ascii=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]
