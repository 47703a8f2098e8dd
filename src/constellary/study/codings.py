"""Codings: what each coder said of an alliance, their notes, and what was settled where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from constellary.errors import InputError, Problem, ProblemsFound, UnknownName
from constellary.study.decisions import RowChange
from constellary.study.editing import LONGEST, changed_row, checked_value
from constellary.study.names import tidy
from constellary.study.rows import one_row
from constellary.study.schema import adjudication, note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.study.codebook import Codebook, Variable
    from constellary.study.database import Database
    from constellary.study.decisions import Changes, Decision, Row
    from constellary.study.history import History

KIND = "coding"


@dataclass(frozen=True, slots=True)
class Adjudication:
    """What was settled for one variable of an alliance, by whom and why; value None: missing.

    The values of multiple choice are divided by `;`.
    """

    alliance: str
    variable: str
    value: str | None
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Note:
    """A coder's note on an alliance."""

    alliance: str
    coder: str
    text: str


class Codings:
    """The codings of a study, and what belongs to them. Every change is a decision of kind `coding`."""

    def __init__(self, database: Database, history: History, codebook: Codebook) -> None:
        self._database = database
        self._history = history
        self._codebook = codebook

    def put(
        self,
        alliance: str,
        coder: str,
        values: Mapping[str, str | Sequence[str] | None],
        sure: Mapping[str, bool] | None = None,
        *,
        who: str,
        why: str = "",
    ) -> Decision | None:
        """Keep a coder's values of an alliance, as one decision; None if nothing would change.

        Parameters
        ----------
        values
            Variable -> value or label; several for multiple choice, as a list or divided by `;`; None: coded as
            missing. Variables that are not here stay as they are.
        sure
            Variable -> whether the coder is sure; not said where absent.

        Raises
        ------
        UnknownName
            If there is no such alliance.
        ProblemsFound
            If a value does not fit the codebook; the `column` of a problem is the variable.
        """
        coder = _name(coder)
        kept, problems = self._fitting(values)
        if problems:
            raise ProblemsFound(problems, what=f"the codes of {alliance}")
        found: list[RowChange] = []
        with self._database.read() as connection:
            one_row(connection, "alliances", alliance)
            old = _codings(connection, alliance, coder)
        for variable, value in kept.items():
            said = (sure or {}).get(variable)
            row = (alliance, variable, coder, value, None if said is None else int(said))
            if old.get(variable) != row:
                found.append(RowChange(old.get(variable), row))
        if not found:
            return None
        return self._record(
            {"coding": found}, f"{_listed(found)} of {alliance} coded by {coder}", who=who, why=why
        )

    def given(self, alliance: str, coder: str) -> dict[str, tuple[str | None, bool | None]]:
        """Return what a coder gave for an alliance: variable -> value (None: as missing), and whether sure."""
        with self._database.read() as connection:
            rows = _codings(connection, alliance, tidy(coder)).values()
        return {row[1]: (row[3], None if row[4] is None else bool(row[4])) for row in rows}

    def clear(
        self, alliance: str, coder: str, variables: Sequence[str] | None = None, *, who: str, why: str = ""
    ) -> Decision | None:
        """Take a coder's codings of an alliance out, of some variables or all; None if there are none."""
        with self._database.read() as connection:
            old = _codings(connection, alliance, coder)
        found = [RowChange(row, None) for name, row in old.items() if variables is None or name in variables]
        if not found:
            return None
        return self._record(
            {"coding": found}, f"{_listed(found)} of {alliance} by {coder} cleared", who=who, why=why
        )

    def note(self, alliance: str, coder: str, text: str, *, who: str | None = None) -> Decision | None:
        """Keep a coder's note on an alliance; an empty text takes it out; None if nothing would change."""
        coder, text = _name(coder), tidy(text)
        if len(text) > LONGEST or "\x00" in text:
            raise InputError(f"A note has at most {LONGEST:,} letters, none of them a NUL.")
        with self._database.read() as connection:
            one_row(connection, "alliances", alliance)
            old = _row(connection, note, alliance=alliance, coder=coder)
        new = (alliance, coder, text) if text else None
        if old == new:
            return None
        return self._record(
            {"note": [RowChange(old, new)]}, f"note on {alliance} by {coder}", who=who or coder, why=""
        )

    def notes(self, coder: str | None = None, alliance: str | None = None) -> list[Note]:
        """Return the notes of one coder or of all, on one alliance or on all, by alliance and coder."""
        query = sa.select(note).order_by(note.c.alliance, note.c.coder)
        if coder is not None:
            query = query.where(note.c.coder == coder)
        if alliance is not None:
            query = query.where(note.c.alliance == alliance)
        with self._database.read() as connection:
            return [Note(*row) for row in connection.execute(query)]

    def adjudicate(
        self, alliance: str, variable: str, value: str | Sequence[str] | None, *, who: str, why: str
    ) -> Decision:
        """Settle one variable of an alliance: the adjudication and the alliance's own value, as one decision.

        Raises
        ------
        UnknownName
            If there is no such alliance or variable.
        InputError
            If no reason is given, the value does not fit, or this is settled so already.
        """
        why = tidy(why)
        if not why:
            raise InputError("An adjudication needs its reason.")
        kept, problems = self._fitting({variable: value})
        if problems:
            raise ProblemsFound(problems, what=f"the adjudication of {alliance}")
        found = kept[variable]
        several = self._variable(variable).kind == "multiple"
        own = found.split(";") if several and found is not None else found
        with self._database.read() as connection:
            before = one_row(connection, "alliances", alliance)
            old = _row(connection, adjudication, alliance=alliance, variable=variable)
        changes: Changes = {}
        change = changed_row(self._codebook, "alliances", before, {variable: own})
        if change is not None:
            changes["alliance"] = [change]
        row = (alliance, variable, found, _name(who), why)
        if row != old:
            changes["adjudication"] = [RowChange(old, row)]
        if not changes:
            raise InputError(f"{alliance}: '{variable}' is settled so already, for the same reason.")
        return self._record(changes, f"{variable} of {alliance} adjudicated", who=who, why=why)

    def take_over(
        self, values: Mapping[str, Mapping[str, str | None]], *, who: str, why: str = ""
    ) -> Decision:
        """Give many alliances the codes that their coders agree on, as one decision; see `taking_over`.

        Raises
        ------
        InputError
            If an alliance is not there, or nothing would change.
        EditConflict
            If one of them was changed meanwhile.
        """
        from constellary.study.stored import fetch
        from constellary.study.taking_over import take_over

        with self._database.read() as connection:
            changes = take_over(fetch(connection, "alliances"), self._codebook, values)
        if not changes:
            raise InputError("Nothing would change: the alliances have these codes already.")
        what = f"agreed codes of {len(changes):,} alliance{'s' if len(changes) > 1 else ''} taken over"
        return self._record({"alliance": changes}, what, who=who, why=why)

    def adjudications(self) -> list[Adjudication]:
        """Return what was settled, by alliance and variable."""
        query = sa.select(adjudication).order_by(adjudication.c.alliance, adjudication.c.variable)
        with self._database.read() as connection:
            return [Adjudication(*row) for row in connection.execute(query)]

    def _variable(self, name: str) -> Variable:
        known = {variable.name: variable for variable in self._codebook.of_level("alliance")}
        if name not in known:
            raise UnknownName("variable to code", name, list(known))
        return known[name]

    def _fitting(
        self, values: Mapping[str, str | Sequence[str] | None]
    ) -> tuple[dict[str, str | None], list[Problem]]:
        kept: dict[str, str | None] = {}
        problems = []
        for name, value in values.items():
            try:
                variable = self._variable(name)
                several = variable.kind == "multiple"
                fits = checked_value(variable, name, _given(value, several=several), many=several)
                kept[name] = ";".join(fits) if isinstance(fits, list) else None if fits is None else str(fits)
            except (InputError, UnknownName) as error:
                problems.append(Problem(str(error), column=name, kind="invalid-value"))
        return kept, problems

    def _record(self, changes: Changes, summary: str, *, who: str, why: str) -> Decision:
        return self._history.record(changes, kind=KIND, who=who, summary=summary, why=why)


def _given(value: str | Sequence[str] | None, *, several: bool) -> str | list[str] | None:
    if isinstance(value, str):
        return [part for part in value.split(";") if tidy(part)] if several else value
    return None if value is None else list(value)


def _name(text: str) -> str:
    name = tidy(text)
    if not name or len(name) > 200 or any(ord(letter) < 32 for letter in name):
        raise InputError("A coder has a name of 1 to 200 letters in one line.")
    return name


def _codings(connection: sa.Connection, alliance: str, coder: str) -> dict[str, Row]:
    query = (
        "SELECT alliance, variable, coder, value, sure FROM coding "
        "WHERE alliance = ? AND coder = ? ORDER BY variable"
    )
    return {row[1]: tuple(row) for row in connection.exec_driver_sql(query, (alliance, coder))}


def _row(connection: sa.Connection, table: sa.Table, **key: str) -> Row | None:
    found = connection.execute(
        sa.select(table).where(*(table.c[name] == value for name, value in key.items()))
    ).one_or_none()
    return None if found is None else tuple(found)


def _listed(found: Sequence[RowChange]) -> str:
    return ", ".join(item.row[1] for item in found)
