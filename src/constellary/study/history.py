"""History: every change of a study is a decision with who, when and why, and can be undone.

A decision holds what each row was before and after, in compressed parts sorted by key. Nothing is ever
taken out of the history: an undo is a decision that swaps before and after, a redo one that swaps them
back. What undo would take back next is read off the list of decisions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from constellary.errors import EditConflict, InputError
from constellary.study.appending import append, changes_of
from constellary.study.decisions import Changes, Decision, RowChange, key_text, unpacked
from constellary.study.later import touched_later
from constellary.study.schema import ENTITIES, change, decision, key_columns
from constellary.study.standing import NEVER_UNDONE, Ledger

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from constellary.study.codebook import Codebook
    from constellary.study.database import Database
    from constellary.study.decision_detail import DecisionDetail
    from constellary.study.standing import Standing

__all__ = ["Changes", "Decision", "History", "RowChange", "append"]


class History:
    """The decisions of a study."""

    def __init__(self, database: Database, codebook: Codebook) -> None:
        self._database = database
        self._codebook = codebook
        self._ledger = Ledger()

    def log(self) -> list[Decision]:
        """Return all decisions, oldest first."""
        return list(self._now().all())

    def latest(self) -> int:
        """Return the number of the latest decision, whether it stands or not; 0 if there is none."""
        with self._database.read() as connection:
            return connection.execute(sa.select(sa.func.max(decision.c.id))).scalar_one() or 0

    def page(
        self, *, before: int | None = None, who: str | None = None, kind: str | None = None, limit: int = 50
    ) -> list[Decision]:
        """Return decisions, newest first.

        Parameters
        ----------
        before
            Only those with a smaller number; None: from the latest on.
        who, kind
            Only those of one person, of one kind; None: of any.
        limit
            How many at most.
        """
        found = []
        for entry in self._now().newest_first():
            if before is not None and entry.id >= before:
                continue
            if who in (None, entry.who) and kind in (None, entry.kind):
                found.append(entry)
                if len(found) == limit:
                    break
        return found

    def get(self, number: int) -> Decision | None:
        """Return one decision by its number; None if there is none."""
        return self._now().get(number)

    def people(self) -> list[str]:
        """Return who has decided anything, sorted."""
        return sorted({entry.who for entry in self._now().all()})

    def next_undo(self) -> Decision | None:
        """Return the decision that an undo would take back: the latest that stands; None if there is none."""
        now = self._now()
        return now.get(now.standing[-1]) if now.standing else None

    def next_redo(self) -> Decision | None:
        """Return the decision that a redo would bring back; None if there is none."""
        now = self._now()
        return now.get(now.undone[-1]) if now.undone else None

    def detail(self, number: int) -> DecisionDetail:
        """Return what a decision changed, row by row and field by field; see `decision_detail.detail_of`.

        Raises
        ------
        InputError
            If there is no such decision.
        """
        from constellary.study.decision_detail import detail_of

        with self._database.read() as connection:
            entry = _known(self._ledger.read(connection), number)
            return detail_of(connection, self._codebook, entry)

    def about(self, table: str, key: str) -> list[DecisionDetail]:
        """Return what was decided about an alliance or firm, newest first; see `row_history.about`."""
        from constellary.study.row_history import about

        with self._database.read() as connection:
            return about(connection, self._codebook, self._ledger.read(connection), table, key)

    def of_codes(self, alliance: str) -> list[DecisionDetail]:
        """Return what was decided about the codes of an alliance by each coder and their settling, newest first.

        Only for who may see them: coders are to be blind to each other.
        """
        from constellary.study.row_history import OF_CODING, about

        with self._database.read() as connection:
            now = self._ledger.read(connection)
            return about(connection, self._codebook, now, "alliances", alliance, entities=OF_CODING)

    def of_row(self, entity: str, key: Sequence[str]) -> list[tuple[Decision, RowChange]]:
        """Return what was decided about one row, oldest first."""
        text = key_text(key)
        width = len(key_columns(ENTITIES[entity]))
        query = (
            sa.select(change.c.decision, change.c.payload)
            .where(change.c.entity == entity, change.c.first_key <= text, change.c.last_key >= text)
            .order_by(change.c.decision, change.c.part)
        )
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            now = self._ledger.read(connection)
            return [
                (_known(now, number), item)
                for number, payload in rows
                for item in unpacked(payload)
                if tuple(item.row[:width]) == tuple(key)
            ]

    def record(
        self,
        changes: Changes,
        *,
        kind: str,
        who: str,
        summary: str,
        why: str = "",
        check: Callable[[sa.Connection], None] | None = None,
    ) -> Decision:
        """Apply changes and append the decision that they are, in one transaction.

        `check` is called first, within the transaction; what it raises keeps everything as it is.

        Raises
        ------
        EditConflict
            If a row is not what the changes take it to be.
        """
        with self._database.write() as connection:
            if check is not None:
                check(connection)
            return append(connection, changes, kind=kind, who=who, summary=summary, why=why)

    def undo(
        self, *, who: str, why: str = "", decision: int | None = None, expect: int | None = None
    ) -> Decision:
        """Take a decision back.

        Parameters
        ----------
        decision
            The one to take back alone; None: the latest that stands.
        expect
            The one that is taken for the latest that stands.

        Raises
        ------
        InputError
            If there is nothing to undo, or the decision does not stand.
        EditConflict
            If the latest is not the expected one, or a later decision changed the same rows.
        """
        with self._database.write() as connection:
            now = self._ledger.read(connection)
            if decision is None:
                if not now.standing:
                    raise InputError("There is nothing to undo.")
                target = _known(now, now.standing[-1])
                _expected(now, target, expect, "undone")
            else:
                target = _known(now, decision)
                _may_be_undone(connection, now, target)
            swapped = {
                entity: [RowChange(item.after, item.before) for item in items]
                for entity, items in changes_of(connection, target.id).items()
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

    def redo(
        self, *, who: str, why: str = "", decision: int | None = None, expect: int | None = None
    ) -> Decision:
        """Bring a decision back that was undone.

        Parameters
        ----------
        decision
            The one to bring back; None: the one that was undone last.
        expect
            The one that is taken for the one that was undone last.

        Raises
        ------
        InputError
            If there is nothing to redo, something else was decided since the undo, or the decision stands.
        EditConflict
            If the next is not the expected one, or its rows are not as they were before it.
        """
        with self._database.write() as connection:
            now = self._ledger.read(connection)
            if decision is None:
                if not now.undone:
                    raise InputError("There is nothing to redo.")
                target = _known(now, now.undone[-1])
                _expected(now, target, expect, "brought back")
            else:
                target = _known(now, decision)
                if not target.undone:
                    raise InputError(f"Decision {target.id} ({target.summary}) is not taken back.")
            return append(
                connection,
                changes_of(connection, target.id),
                kind="redo",
                who=who,
                why=why,
                target=target.id,
                summary=f"redo of {target.id}: {target.summary}",
            )

    def _now(self) -> Standing:
        with self._database.read() as connection:
            return self._ledger.read(connection)


def _known(now: Standing, number: int) -> Decision:
    found = now.get(number)
    if found is None:
        raise InputError(f"There is no decision {number}; the latest is {now.latest}.")
    return found


def _expected(now: Standing, target: Decision, expect: int | None, done: str) -> None:
    if expect is not None and target.id != expect:
        between = now.get(now.latest)
        raise EditConflict(
            f"Decision {expect} is not the next to be {done} any more: meanwhile {target.id} is "
            f"({target.summary}, by {target.who}).",
            decision=between,
        )


def _may_be_undone(connection: sa.Connection, now: Standing, target: Decision) -> None:
    if target.kind in NEVER_UNDONE:
        raise InputError(f"Decision {target.id} is a '{target.kind}' and cannot be taken back itself.")
    if target.undone:
        raise InputError(f"Decision {target.id} ({target.summary}) is taken back already.")
    found = touched_later(connection, target.id, set(now.later(target.id)))
    if found is None:
        return
    number, entity, key = found
    other = _known(now, number)
    raise EditConflict(
        f"Decision {target.id} cannot be taken back alone: decision {other.id} ({other.summary}, by {other.who}) "
        f"came later and changed the same {entity}, {' / '.join(key)}. Take that back first.",
        decision=other,
    )
