"""Standing: which decisions count at this moment, and which could be brought back.

A study is what its standing decisions make of an empty one, applied in the order in which they came to
stand. An undo takes one out of that order, a redo puts it at the end.
"""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

import sqlalchemy as sa

from constellary.study.decisions import Decision
from constellary.study.schema import decision

if TYPE_CHECKING:
    from collections.abc import Iterable

NEVER_UNDONE = frozenset({"new", "undo", "redo"})
"""Kinds of decisions that are not taken back themselves."""


class Ledger:
    """All decisions of a study, read once; what came later is read when it is asked for.

    Decisions are only ever appended, so what has been read stays right.
    """

    def __init__(self) -> None:
        self._entries: dict[int, Decision] = {}
        self._standing: list[int] = []
        self._undone: list[int] = []
        self._last = 0
        self._lock = Lock()

    def read(self, connection: sa.Connection) -> Standing:
        """Return the decisions as they stand."""
        columns = decision.c
        query = (
            sa.select(
                columns.id,
                columns.at,
                columns.who,
                columns.kind,
                columns.summary,
                columns.why,
                columns.target,
            )
            .where(columns.id > sa.bindparam("last"))
            .order_by(columns.id)
        )
        with self._lock:
            for row in connection.execute(query, {"last": self._last}):
                self._add(Decision(*row))
            return Standing(dict(self._entries), list(self._standing), list(self._undone))

    def _add(self, entry: Decision) -> None:
        self._entries[entry.id] = entry
        self._last = entry.id
        if entry.target is not None and entry.kind == "undo":
            self._standing.remove(entry.target)
            self._undone.append(entry.target)
        elif entry.target is not None and entry.kind == "redo":
            if entry.target in self._undone:
                self._undone.remove(entry.target)
            else:
                self._undone.clear()  # passed over by a later decision; to bring it back is a new one
            self._standing.append(entry.target)
        elif entry.kind not in NEVER_UNDONE:
            self._standing.append(entry.id)
            self._undone.clear()


class Standing:
    """The decisions at one moment.

    Attributes
    ----------
    standing
        Numbers of those that stand, in the order in which they were applied.
    undone
        Numbers of those that a redo would bring back, the next one last.
    """

    def __init__(self, entries: dict[int, Decision], standing: list[int], undone: list[int]) -> None:
        self._entries = entries
        self.standing = standing
        self.undone = undone
        self._counted = set(standing)

    def get(self, number: int) -> Decision | None:
        """Return a decision by its number, marked if it is taken back."""
        entry = self._entries.get(number)
        return None if entry is None else self._marked(entry)

    def all(self) -> Iterable[Decision]:
        """Return all decisions, oldest first."""
        return [self._marked(entry) for entry in self._entries.values()]

    def newest_first(self) -> Iterable[Decision]:
        """Give all decisions, newest first."""
        return (self._marked(entry) for entry in reversed(self._entries.values()))

    @property
    def latest(self) -> int:
        """Number of the latest decision; 0 if there is none."""
        return next(reversed(self._entries), 0)

    def later(self, number: int) -> list[int]:
        """Return the standing decisions that were applied after one."""
        return self.standing[self.standing.index(number) + 1 :]

    def _marked(self, entry: Decision) -> Decision:
        undone = entry.kind not in NEVER_UNDONE and entry.id not in self._counted
        return replace(entry, undone=True) if undone else entry
