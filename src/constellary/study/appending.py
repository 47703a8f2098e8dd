"""Appending: a decision is applied to the rows that it rests on, and written down, in one transaction.

Before a row is changed it is compared with what the decision takes it to be, so that of two people who edit
the same row one is told and nothing is overwritten in silence. An import is worked out anew where something
was decided meanwhile, and needs no such look at each of its rows.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from constellary import __version__
from constellary.errors import EditConflict
from constellary.study.database import delete_rows, insert_rows
from constellary.study.decisions import Decision, key_text, packed, unpacked
from constellary.study.schema import ENTITIES, change, decision, key_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.study.decisions import Changes, Row, RowChange

PART = 5_000
ONE_BY_ONE = 2_000
"""Up to so many rows are looked up by key; beyond, reading their whole table is faster."""


def append(
    connection: sa.Connection,
    changes: Changes,
    *,
    kind: str,
    who: str,
    summary: str,
    why: str = "",
    target: int | None = None,
    compared: bool = True,
) -> Decision:
    """Apply changes within a transaction and write down the decision that they are.

    Parameters
    ----------
    compared
        Whether each row is first compared with what it is taken to be; an import has seen to that.

    Raises
    ------
    EditConflict
        If a row is not what the change takes it to be.
    """
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    ordered = {name: _ordered(name, items) for name, items in sorted(changes.items())}
    if compared:
        for entity, items in ordered.items():
            _compare(connection, entity, items)
    number = connection.execute(
        sa.insert(decision).values(
            at=moment, who=who, kind=kind, summary=summary, why=why, target=target, program=__version__
        )
    ).inserted_primary_key
    if number is None:
        raise RuntimeError("the decision got no number")
    part = 0
    for entity, items in ordered.items():
        table = ENTITIES[entity]
        width = len(key_columns(table))
        _apply(connection, table, width, items)
        for start in range(0, len(items), PART):
            piece = items[start : start + PART]
            connection.execute(
                sa.insert(change).values(
                    decision=number[0],
                    part=part,
                    entity=entity,
                    first_key=key_text(piece[0].row[:width]),
                    last_key=key_text(piece[-1].row[:width]),
                    count=len(piece),
                    payload=packed(piece),
                )
            )
            part += 1
    return Decision(number[0], moment, who, kind, summary, why, target)


def _ordered(entity: str, items: Sequence[RowChange]) -> list[RowChange]:
    # In the order of the key, rows are appended to the table's tree and not strewn over it.
    width = len(key_columns(ENTITIES[entity]))
    return sorted(items, key=lambda item: item.row[:width])


def _apply(connection: sa.Connection, table: sa.Table, width: int, items: list[RowChange]) -> None:
    delete_rows(
        connection,
        table,
        [item.before[:width] for item in items if item.after is None and item.before is not None],
    )
    insert_rows(connection, table, [item.after for item in items if item.after is not None])


def _compare(connection: sa.Connection, entity: str, items: list[RowChange]) -> None:
    """Raise the conflict of the first row that is not what its change takes it to be."""
    table = ENTITIES[entity]
    keys = key_columns(table)
    present = _present(connection, table, keys, items)
    for item in items:
        key = item.row[: len(keys)]
        if present.get(key) != item.before:
            last = last_change(connection, entity, key)
            by = f" by {last.who} (decision {last.id}: {last.summary})" if last else ""
            raise EditConflict(
                f"{' / '.join(key)}: was changed meanwhile{by}; nothing was written. Look at it as it stands and "
                "decide anew.",
                decision=last,
            )


def _present(
    connection: sa.Connection, table: sa.Table, keys: list[str], items: list[RowChange]
) -> dict[Row, Row]:
    """Return the rows as they stand, by key."""
    width = len(keys)
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    query = f'SELECT {names} FROM "{table.name}"'
    if len(items) > ONE_BY_ONE:
        return {tuple(row[:width]): tuple(row) for row in connection.exec_driver_sql(query)}
    condition = " AND ".join(f'"{key}" = ?' for key in keys)
    query += f" WHERE {condition}"
    found = (connection.exec_driver_sql(query, item.row[:width]).one_or_none() for item in items)
    return {tuple(row[:width]): tuple(row) for row in found if row is not None}


def last_change(connection: sa.Connection, entity: str, key: Sequence[str]) -> Decision | None:
    """Return the decision that changed a row last; None if it never was."""
    text = key_text(key)
    width = len(key_columns(ENTITIES[entity]))
    query = (
        sa.select(change.c.decision, change.c.payload)
        .where(change.c.entity == entity, change.c.first_key <= text, change.c.last_key >= text)
        .order_by(change.c.decision.desc(), change.c.part)
    )
    for number, payload in connection.execute(query):
        if any(tuple(item.row[:width]) == tuple(key) for item in unpacked(payload)):
            return decision_of(connection, number)
    return None


def decision_of(connection: sa.Connection, number: int) -> Decision | None:
    """Return one decision by its number, whether it stands or not."""
    columns = decision.c
    row = connection.execute(
        sa.select(
            columns.id, columns.at, columns.who, columns.kind, columns.summary, columns.why, columns.target
        ).where(columns.id == number)
    ).one_or_none()
    return None if row is None else Decision(*row)


def changes_of(connection: sa.Connection, number: int) -> Changes:
    """Return what a decision changed, table by table."""
    query = (
        sa.select(change.c.entity, change.c.payload)
        .where(change.c.decision == number)
        .order_by(change.c.part)
    )
    found: Changes = {}
    for entity, payload in connection.execute(query):
        found.setdefault(entity, []).extend(unpacked(payload))
    return found
