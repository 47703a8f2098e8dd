"""Screenings: verdicts on records, notes and resolutions. Every change is a decision of kind `screening`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from constellary.errors import InputError, UnknownName
from constellary.study.decisions import RowChange
from constellary.study.names import tidy
from constellary.study.schema import record, record_note, resolution, screening

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constellary.literature.protocol import Stage
    from constellary.literature.review import Verdict
    from constellary.study.database import Database
    from constellary.study.decisions import Decision, Row
    from constellary.study.history import History
    from constellary.study.literature.literature import Literature

KIND = "screening"
VERDICTS: tuple[Verdict, ...] = ("include", "exclude", "maybe")
LONGEST = 10_000
DONE = {"include": "included", "exclude": "excluded"}


class Screenings:
    """What changes verdicts, notes and resolutions."""

    def __init__(self, database: Database, history: History, literature: Literature) -> None:
        self._database = database
        self._history = history
        self._literature = literature

    def decide(
        self,
        record_id: str,
        stage: str,
        screener: str,
        verdict: str,
        reason: str | None = None,
        *,
        who: str | None = None,
        why: str = "",
    ) -> Decision | None:
        """Keep a screener's verdict on a record at a stage; None if it is so already.

        A change of mind keeps the first verdict beside the new one, for the agreement of independent verdicts.

        Parameters
        ----------
        verdict
            `include`, `exclude` or `maybe`.
        reason
            Name of a reason of the stage; for `exclude` alone.

        Raises
        ------
        UnknownName
            If there is no such record, stage, verdict or reason.
        InputError
            If the stage asks for a reason and none is given.
        """
        screener = _name(screener)
        found = self._literature.review().protocol.stage(stage)
        reason = _checked(found, verdict, reason)
        with self._database.read() as connection:
            _known(connection, record_id)
            old = _row(connection, screening, record=record_id, stage=stage, screener=screener)
        first, first_reason = (verdict, reason) if old is None else old[5:7]
        new = (record_id, stage, screener, verdict, reason, first, first_reason)
        if old == new:
            return None
        # What it was stays out of the summary, which stands where others who are still to decide see it.
        said = f"{record_id} screened at '{found.label}' by {screener}"
        return self._record({"screening": [RowChange(old, new)]}, said, who=who or screener, why=why)

    def decide_all(
        self,
        items: Iterable[tuple[str, str, str | None]],
        stage: str,
        screener: str,
        *,
        who: str | None = None,
        why: str = "",
        origin: str = "a file",
    ) -> Decision | None:
        """Keep a screener's verdicts on several records at a stage as one decision; None if all are so already.

        Parameters
        ----------
        items
            Record, verdict and reason of each; see `decide` for what is raised.
        origin
            Where they come from, for the log.
        """
        screener = _name(screener)
        found = self._literature.review().protocol.stage(stage)
        changes = []
        with self._database.read() as connection:
            for record_id, verdict, given in items:
                reason = _checked(found, verdict, given)
                _known(connection, record_id)
                old = _row(connection, screening, record=record_id, stage=stage, screener=screener)
                first, first_reason = (verdict, reason) if old is None else old[5:7]
                new = (record_id, stage, screener, verdict, reason, first, first_reason)
                if old != new:
                    changes.append(RowChange(old, new))
        if not changes:
            return None
        said = f"{len(changes):,} records screened at '{found.label}' by {screener}, from {origin}"
        return self._record({"screening": changes}, said, who=who or screener, why=why)

    def clear(self, record_id: str, stage: str, screener: str, *, who: str | None = None) -> Decision | None:
        """Take a screener's verdict out; None if there is none."""
        with self._database.read() as connection:
            old = _row(connection, screening, record=record_id, stage=stage, screener=screener)
        if old is None:
            return None
        said = f"verdict of {screener} on {record_id} cleared"
        return self._record({"screening": [RowChange(old, None)]}, said, who=who or screener, why="")

    def note(self, record_id: str, screener: str, text: str, *, who: str | None = None) -> Decision | None:
        """Keep a screener's note on a record; an empty text takes it out; None if it is so already."""
        screener, text = _name(screener), tidy(text)
        if len(text) > LONGEST or "\x00" in text:
            raise InputError(f"A note has at most {LONGEST:,} letters, none of them a NUL.")
        with self._database.read() as connection:
            _known(connection, record_id)
            old = _row(connection, record_note, record=record_id, screener=screener)
        new = (record_id, screener, text) if text else None
        if old == new:
            return None
        said = f"note on {record_id} by {screener}"
        return self._record({"record_note": [RowChange(old, new)]}, said, who=who or screener, why="")

    def resolve(
        self, record_id: str, stage: str, verdict: str, reason: str | None = None, *, who: str, why: str
    ) -> Decision:
        """Resolve a conflict: say what a record comes to at a stage, and why.

        Raises
        ------
        InputError
            If no reason in words is given, or this is resolved so already.
        """
        why = tidy(why)
        if not why or len(why) > LONGEST:
            raise InputError(
                f"Say why the record is resolved so; a resolution needs its reason (at most {LONGEST:,} letters)."
            )
        if verdict == "maybe":
            raise InputError("A resolution includes or excludes; 'maybe' would resolve nothing.")
        found = self._literature.review().protocol.stage(stage)
        reason = _checked(found, verdict, reason)
        with self._database.read() as connection:
            _known(connection, record_id)
            old = _row(connection, resolution, record=record_id, stage=stage)
        new = (record_id, stage, verdict, reason, _name(who), why)
        if old == new:
            raise InputError("This is resolved so already, for the same reason.")
        said = f"{record_id} resolved at '{found.label}': {DONE[verdict]}"
        return self._record({"resolution": [RowChange(old, new)]}, said, who=who, why=why)

    def withdraw(self, record_id: str, stage: str, *, who: str, why: str = "") -> Decision:
        """Take a resolution back.

        Raises
        ------
        InputError
            If there is none.
        """
        with self._database.read() as connection:
            old = _row(connection, resolution, record=record_id, stage=stage)
        if old is None:
            raise InputError("There is no such resolution; it may have been withdrawn meanwhile.")
        said = f"resolution of {record_id} withdrawn"
        return self._record({"resolution": [RowChange(old, None)]}, said, who=who, why=why)

    def _record(self, changes: dict[str, list[RowChange]], summary: str, *, who: str, why: str) -> Decision:
        return self._history.record(changes, kind=KIND, who=who, summary=summary, why=why)


def _checked(stage: Stage, verdict: str, reason: str | None) -> str | None:
    if verdict not in VERDICTS:
        raise UnknownName("verdict", verdict, VERDICTS)
    if verdict != "exclude":
        return None
    names = [one.name for one in stage.reasons]
    if reason and reason not in names:
        raise UnknownName(f"reason of '{stage.label}'", reason, names)
    if not reason and stage.reason_needed and names:
        raise InputError(f"An exclusion at '{stage.label}' needs its reason: {', '.join(names)}.")
    return reason or None


def _name(text: str) -> str:
    name = tidy(text)
    if not name or len(name) > 200 or any(ord(letter) < 32 for letter in name):
        raise InputError("A screener has a name of 1 to 200 letters in one line.")
    return name


def _known(connection: sa.Connection, record_id: str) -> None:
    if connection.execute(sa.select(record.c.id).where(record.c.id == record_id)).one_or_none() is None:
        raise UnknownName("record", record_id, connection.execute(sa.select(record.c.id)).scalars().all())


def _row(connection: sa.Connection, table: sa.Table, **key: str) -> Row | None:
    found = connection.execute(
        sa.select(table).where(*(table.c[name] == value for name, value in key.items()))
    ).one_or_none()
    return None if found is None else tuple(found)
