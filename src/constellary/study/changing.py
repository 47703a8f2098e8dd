"""Changing a study by hand: each call works an edit out of the few rows that it needs and keeps it as one decision.

What an edit comes to is worked out in the modules of editing; here stand the calls, and what happens when
somebody else was faster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.errors import EditConflict, UnknownName

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import sqlalchemy as sa

    from constellary.study.codebook import Codebook
    from constellary.study.database import Database
    from constellary.study.decisions import Decision
    from constellary.study.editing import Planned
    from constellary.study.history import History
    from constellary.study.record import Record


class Changing:
    """The calls by which a study is changed by hand.

    All take `who` decides and `why`. Those that change what is there take `revision` too: that of the record
    which the edit rests on. All raise `UnknownName` if there is no such alliance or firm, `ProblemsFound` with
    all problems at once if something does not fit the codebook, `InputError` if nothing would change, and
    `EditConflict` if the rows, or the record of that revision, were changed meanwhile; then nothing is written.
    """

    codebook: Codebook
    history: History
    _database: Database

    def record(self, table: str, key: str) -> Record:
        """Return an alliance or firm as it stands; see `record.Record`.

        Raises
        ------
        UnknownName
            If there is none.
        """
        from constellary.study.record import read_record

        with self._database.read() as connection:
            return read_record(connection, self.codebook, table, key)

    def edit(
        self,
        table: str,
        key: str,
        values: Mapping[str, object],
        *,
        who: str,
        why: str = "",
        revision: str | None = None,
    ) -> Decision:
        """Change fields of one alliance or firm, as one decision; see `editing.edit`."""
        from constellary.study.editing import edit

        return self._keep(
            lambda connection: edit(connection, self.codebook, table, key, values),
            (table, key, revision),
            who=who,
            why=why,
        )

    def edit_alliance(
        self,
        key: str,
        *,
        values: Mapping[str, object] | None = None,
        partners: Sequence[str] | None = None,
        sources: Sequence[Mapping[str, str | None]] | None = None,
        new_firms: bool = False,
        who: str,
        why: str = "",
        revision: str | None = None,
    ) -> Decision:
        """Change fields, partners and sources of an alliance, as one decision; see `editing_alliance`."""
        from constellary.study.editing_alliance import AllianceEdit, edit_alliance

        wanted = AllianceEdit(values or {}, partners, sources, new_firms)
        return self._keep(
            lambda connection: edit_alliance(connection, self.codebook, key, wanted),
            ("alliances", key, revision),
            who=who,
            why=why,
        )

    def add_alliance(
        self,
        values: Mapping[str, object],
        partners: Sequence[str],
        sources: Sequence[Mapping[str, str | None]] = (),
        *,
        id: str | None = None,  # noqa: A002 - what the field is called
        new_firms: bool = False,
        who: str,
        why: str = "",
    ) -> str:
        """Add an alliance, as one decision; return its id, a fresh one in the study's pattern if None is given."""
        from constellary.study.editing_alliance import AllianceEdit, add_alliance

        wanted = AllianceEdit(values, partners, sources, new_firms)
        while True:
            with self._database.read() as connection:
                key, planned = add_alliance(connection, self.codebook, id, wanted)
            try:
                self.history.record(planned.changes, kind="edit", who=who, summary=planned.summary, why=why)
            except EditConflict:
                if id is not None:
                    raise
                continue  # somebody else took the number; the next one is free
            return key

    def add_firm(
        self, name: str, values: Mapping[str, object] | None = None, *, who: str, why: str = ""
    ) -> Decision:
        """Add a firm, as one decision; see `editing_firm.add_firm`."""
        from constellary.study.editing_firm import add_firm

        return self._keep(
            lambda connection: add_firm(connection, self.codebook, name, values or {}), None, who=who, why=why
        )

    def edit_firm(
        self,
        name: str,
        values: Mapping[str, object],
        *,
        who: str,
        why: str = "",
        revision: str | None = None,
    ) -> Decision:
        """Change fields of a firm, as one decision; see `editing_firm.edit_firm`."""
        from constellary.study.editing_firm import edit_firm

        return self._keep(
            lambda connection: edit_firm(connection, self.codebook, name, values),
            ("firms", name, revision),
            who=who,
            why=why,
        )

    def rename_firm(
        self, old: str, new: str, *, who: str, why: str = "", revision: str | None = None
    ) -> Decision:
        """Give a firm another name, as one decision; see `editing_firm.rename_firm`."""
        from constellary.study.editing_firm import rename_firm

        return self._keep(
            lambda connection: rename_firm(connection, self.codebook, old, new),
            ("firms", old, revision),
            who=who,
            why=why,
        )

    def merge(
        self, source: str, target: str, *, who: str, why: str = "", revision: str | None = None
    ) -> Decision:
        """Make one firm of two, as one decision; `revision` is the source's; see `merging.merge`."""
        from constellary.study.merging import merge

        return self._keep(
            lambda connection: merge(connection, self.codebook, source, target),
            ("firms", source, revision),
            who=who,
            why=why,
        )

    def remove(self, alliance: str, *, who: str, why: str = "", revision: str | None = None) -> Decision:
        """Take an alliance out with all that hangs on it, as one decision; see `merging.remove`."""
        from constellary.study.merging import remove

        return self._keep(
            lambda connection: remove(connection, alliance),
            ("alliances", alliance, revision),
            who=who,
            why=why,
        )

    def _keep(
        self,
        plan: Callable[[sa.Connection], Planned],
        rests_on: tuple[str, str, str | None] | None,
        *,
        who: str,
        why: str,
    ) -> Decision:
        """Work an edit out, check the revision that it rests on in the same transaction, and keep it."""
        from constellary.study.record import check_revision

        def check(connection: sa.Connection) -> None:
            if rests_on is not None:
                check_revision(connection, self.codebook, *rests_on)

        with self._database.read() as connection:
            check(connection)  # before the plan: what is gone is a conflict then, not an unknown name
            planned = plan(connection)
        try:
            return self.history.record(
                planned.changes, kind="edit", who=who, summary=planned.summary, why=why, check=check
            )
        except EditConflict as error:
            if error.record is None and rests_on is not None:
                try:
                    error.record = self.record(*rests_on[:2])
                except UnknownName:
                    error.record = None
            raise
