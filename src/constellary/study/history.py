"""History: every change of a study is a decision with who, when and why, and can be undone.

A decision holds what each row was before and after, in compressed parts of up to `PART` rows sorted by
key. Nothing is ever taken out of the history: an undo is a decision that swaps before and after, a redo
one that swaps them back. What undo would take back next is read off the list of decisions.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import sqlalchemy as sa

from constellary import __version__
from constellary.errors import InputError
from constellary.study.database import delete_rows, insert_rows
from constellary.study.schema import ENTITIES, change, decision, key_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from constellary.study.database import Database

PART = 5_000
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the history.

    Attributes
    ----------
    id
        Counts from 1.
    at
        Moment in UTC, ISO 8601 to the second.
    who, why
        As given; `why` may be empty.
    kind
        `new`, `import`, `edit`, `undo` or `redo`.
    summary
        What was done, in words.
    target
        For undo and redo: the decision that it takes back or brings back.
    undone
        Whether it is taken back at this moment.
    """

    id: int
    at: str
    who: str
    kind: str
    summary: str
    why: str
    target: int | None = None
    undone: bool = False


class RowChange(NamedTuple):
    """One row before and after, in the order of its table's columns; None: not there."""

    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        """The row as far as it is known: after, or before where it was deleted."""
        found = self.after if self.after is not None else self.before
        if found is None:
            raise ValueError("a change needs a row before or after")
        return found


Changes = dict[str, list[RowChange]]
"""Table name -> its changed rows."""


class History:
    """The decisions of a study."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def log(self) -> list[Decision]:
        """Return all decisions, oldest first."""
        with self._database.read() as connection:
            return _decisions(connection)

    def of_row(self, entity: str, key: Sequence[str]) -> list[tuple[Decision, RowChange]]:
        """Return what was decided about one row, oldest first."""
        text = _key_text(key)
        width = len(key_columns(ENTITIES[entity]))
        query = (
            sa.select(change.c.decision, change.c.payload)
            .where(change.c.entity == entity, change.c.first_key <= text, change.c.last_key >= text)
            .order_by(change.c.decision, change.c.part)
        )
        with self._database.read() as connection:
            known = {item.id: item for item in _decisions(connection)}
            return [
                (known[number], item)
                for number, payload in connection.execute(query)
                for item in _unpacked(payload)
                if tuple(item.row[:width]) == tuple(key)
            ]

    def record(self, changes: Changes, *, kind: str, who: str, summary: str, why: str = "") -> Decision:
        """Apply changes and append the decision that they are, in one transaction."""
        with self._database.write() as connection:
            return append(connection, changes, kind=kind, who=who, summary=summary, why=why)

    def undo(self, *, who: str, why: str = "") -> Decision:
        """Take back the latest decision that stands.

        Raises
        ------
        InputError
            If there is nothing to undo.
        """
        with self._database.write() as connection:
            standing, _ = _stacks(_decisions(connection))
            if not standing:
                raise InputError("There is nothing to undo.")
            target = standing[-1]
            swapped = {
                entity: [RowChange(item.after, item.before) for item in items]
                for entity, items in _changes_of(connection, target.id).items()
            }
            return append(
                connection,
                swapped,
                kind="undo",
                who=who,
                why=why,
                target=target.id,
                summary=f"undo of {target.id}: {target.summary}",
            )

    def redo(self, *, who: str, why: str = "") -> Decision:
        """Bring back the decision that was undone last.

        Raises
        ------
        InputError
            If there is nothing to redo, or something else was decided since the undo.
        """
        with self._database.write() as connection:
            _, undone = _stacks(_decisions(connection))
            if not undone:
                raise InputError("There is nothing to redo.")
            target = undone[-1]
            return append(
                connection,
                _changes_of(connection, target.id),
                kind="redo",
                who=who,
                why=why,
                target=target.id,
                summary=f"redo of {target.id}: {target.summary}",
            )


def append(
    connection: sa.Connection,
    changes: Changes,
    *,
    kind: str,
    who: str,
    summary: str,
    why: str = "",
    target: int | None = None,
) -> Decision:
    """Apply changes within a transaction and write down the decision that they are."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    number = connection.execute(
        sa.insert(decision).values(
            at=moment, who=who, kind=kind, summary=summary, why=why, target=target, program=__version__
        )
    ).inserted_primary_key
    if number is None:
        raise RuntimeError("the decision got no number")
    part = 0
    for entity, items in sorted(changes.items()):
        table = ENTITIES[entity]
        width = len(key_columns(table))
        # In the order of the key, rows are appended to the table's tree and not strewn over it.
        ordered = sorted(items, key=lambda item: item.row[:width])
        _apply(connection, table, width, ordered)
        for start in range(0, len(ordered), PART):
            piece = ordered[start : start + PART]
            connection.execute(
                sa.insert(change).values(
                    decision=number[0],
                    part=part,
                    entity=entity,
                    first_key=_key_text(piece[0].row[:width]),
                    last_key=_key_text(piece[-1].row[:width]),
                    count=len(piece),
                    payload=_packed(piece),
                )
            )
            part += 1
    return Decision(number[0], moment, who, kind, summary, why, target)


def _apply(connection: sa.Connection, table: sa.Table, width: int, items: list[RowChange]) -> None:
    delete_rows(
        connection,
        table,
        [item.before[:width] for item in items if item.after is None and item.before is not None],
    )
    insert_rows(connection, table, [item.after for item in items if item.after is not None])


def _decisions(connection: sa.Connection) -> list[Decision]:
    columns = decision.c
    query = sa.select(
        columns.id, columns.at, columns.who, columns.kind, columns.summary, columns.why, columns.target
    ).order_by(columns.id)
    entries = [Decision(*row) for row in connection.execute(query)]
    _, undone = _stacks(entries)
    taken_back = {entry.id for entry in undone} | _dropped(entries)
    return [
        Decision(
            entry.id,
            entry.at,
            entry.who,
            entry.kind,
            entry.summary,
            entry.why,
            entry.target,
            entry.id in taken_back,
        )
        for entry in entries
    ]


def _stacks(entries: Sequence[Decision]) -> tuple[list[Decision], list[Decision]]:
    """Return the decisions that stand and those that can be brought back, each with the latest last."""
    standing: list[Decision] = []
    undone: list[Decision] = []
    for entry in entries:
        if entry.kind == "undo":
            undone.append(standing.pop())
        elif entry.kind == "redo":
            standing.append(undone.pop())
        elif entry.kind != "new":
            standing.append(entry)
            undone.clear()
    return standing, undone


def _dropped(entries: Sequence[Decision]) -> set[int]:
    """Return the decisions that were undone and then passed over by a new one."""
    standing, undone = _stacks(entries)
    kept = {entry.id for entry in (*standing, *undone)}
    return {entry.id for entry in entries if entry.kind in ("import", "edit") and entry.id not in kept}


def _changes_of(connection: sa.Connection, number: int) -> Changes:
    query = (
        sa.select(change.c.entity, change.c.payload)
        .where(change.c.decision == number)
        .order_by(change.c.part)
    )
    found: Changes = {}
    for entity, payload in connection.execute(query):
        found.setdefault(entity, []).extend(_unpacked(payload))
    return found


def _key_text(key: Sequence[str]) -> str:
    # A separator below every printable character keeps the order of texts the order of tuples.
    return "\x1f".join(key)


def _packed(items: Sequence[RowChange]) -> bytes:
    return zlib.compress(json.dumps(items, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def _unpacked(payload: bytes) -> Iterator[RowChange]:
    for before, after in json.loads(zlib.decompress(payload)):
        yield RowChange(
            tuple(before) if before is not None else None, tuple(after) if after is not None else None
        )
