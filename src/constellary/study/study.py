"""A study: a small connection with named parts.

`Study` opens the file and hands out its parts; what is done with them lives in their own modules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Self

import sqlalchemy as sa

from constellary.errors import EditConflict, InputError, StudyError
from constellary.study.acceptances import Acceptances
from constellary.study.changing import Changing
from constellary.study.codebook_file import parse_codebook
from constellary.study.codebook_writer import write_codebook
from constellary.study.database import Database
from constellary.study.history import History, RowChange, append
from constellary.study.layouts import Layouts
from constellary.study.migrations import migrate
from constellary.study.schema import SCHEMA_VERSION, decision, setting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    import polars as pl

    from constellary.study.batch import Batch
    from constellary.study.codebook import Codebook
    from constellary.study.codings import Codings
    from constellary.study.decisions import Changes
    from constellary.study.frames import Frames
    from constellary.study.history import Decision
    from constellary.study.literature.literature import Literature
    from constellary.study.present import Present
    from constellary.study.taking import TableCount


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import came to: the decision (None when nothing changed) and the rows by table."""

    decision: Decision | None
    counts: Mapping[str, TableCount]


class Study(Changing):
    """An open study. How it is changed by hand stands in `changing.Changing`.

    Attributes
    ----------
    path
        Its file.
    codebook
        Its variables, groupings and design.
    history
        Its decisions: log, undo, redo.
    acceptances
        The findings of the checks that were accepted.
    layouts
        The positions of firms that were computed for it.
    """

    def __init__(self, database: Database) -> None:
        self.path = database.path
        self._database = database
        self.codebook = self._codebook()
        self.history = History(database, self.codebook)
        self.acceptances = Acceptances(database, self.history)
        self.layouts = Layouts(database)

    @cached_property
    def codings(self) -> Codings:
        """What coders said of its alliances, their notes, and what was settled."""
        from constellary.study.codings import Codings

        return Codings(self._database, self.history, self.codebook)

    @cached_property
    def literature(self) -> Literature:
        """The literature: protocol, records, screening, coded passages and taxonomy."""
        from constellary.study.literature.literature import Literature

        return Literature(self._database, self.history)

    @cached_property
    def _present(self) -> Present:
        from constellary.study.present import Present

        return Present(self._database, self.codebook)

    def frames(
        self, *, since: str | None = None, until: str | None = None, where: str | None = None
    ) -> Frames:
        """Return the study's tables, or those of a selection of its alliances.

        Parameters
        ----------
        since, until
            First and last moment of announcement, both included: `2021`, `2021-05` or `2021-05-20`.
        where
            A condition such as `place = China and motivation in (knowledge, services)`.

        Raises
        ------
        UsageError
            If a date or the condition cannot be understood.
        """
        from constellary.study.derive import build_frames
        from constellary.study.selection import select

        frames = build_frames(self.codebook, **self._present.tables())
        return select(frames, since=since, until=until, where=where)

    def take(
        self, batch: Batch, *, who: str, why: str = "", summary: str = "import", expect: int | None = None
    ) -> Outcome:
        """Take a batch in, as one decision; nothing is written if nothing would change.

        What the import changes is worked out before the file is locked; where somebody decided something
        meanwhile, it is worked out again behind the lock, unless a decision is expected to be the latest.

        Raises
        ------
        EditConflict
            If the latest decision is not the expected one; nothing is written.
        """
        from constellary.study.taking import plan

        with self._database.read() as connection:
            seen = _latest(connection)
            _check_latest(seen, expect)
            stored = _tables(connection)
        changes, counts = plan(batch, stored, self.codebook)
        if not changes:
            return Outcome(None, counts)
        with self._database.write() as connection:
            latest = _latest(connection)
            _check_latest(latest, expect)
            if latest != seen:
                changes, counts = plan(batch, _tables(connection), self.codebook)
                if not changes:
                    return Outcome(None, counts)
            taken = append(
                connection, changes, kind="import", who=who, summary=summary, why=why, compared=False
            )
        return Outcome(taken, counts)

    def preview(self, batch: Batch) -> Mapping[str, TableCount]:
        """Return what taking a batch in would add, change and remove, by table; nothing is written."""
        return self.planned(batch)[1]

    def planned(self, batch: Batch) -> tuple[Changes, Mapping[str, TableCount]]:
        """Return the changes that taking a batch in would make, row by row, and their counts by table."""
        from constellary.study.taking import plan

        return plan(batch, self._stored(), self.codebook)

    def setting(self, name: str) -> str | None:
        """Return a text that the study keeps under a name, such as `published`; None if there is none."""
        with self._database.read() as connection:
            return connection.execute(
                sa.select(setting.c.content).where(setting.c.name == name)
            ).scalar_one_or_none()

    def set(self, name: str, content: str, *, who: str, summary: str, why: str = "") -> Decision:
        """Keep a text under a name, as one decision."""
        old = self.setting(name)
        change = RowChange(None if old is None else (name, old), (name, content))
        return self.history.record({"setting": [change]}, kind="edit", who=who, summary=summary, why=why)

    def known_alliances(self) -> list[str]:
        """Return the ids of all alliances, sorted."""
        from constellary.study.stored import fetch

        with self._database.read() as connection:
            return fetch(connection, "alliances")["id"].to_list()

    def known_firms(self) -> dict[str, str]:
        """Return folded name or alias -> firm; an alias that two firms have is left out.

        Firms whose names are alike but for case and spaces stand under their names as written.
        """
        from constellary.study.names import firm_names, folded
        from constellary.study.stored import decoded, fetch

        with self._database.read() as connection:
            firms = decoded(fetch(connection, "firms"), "firms", self.codebook)
        names = firm_names(firms)
        return names | {name: name for name in firms["firm"] if names.get(folded(name)) != name}

    def close(self) -> None:
        """Let go of the file, folded into one."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Study({str(self.path)!r})"

    def _codebook(self) -> Codebook:
        text = self.setting("codebook")
        if text is None:
            raise StudyError(f"{self.path}: holds no codebook; the file was not written to its end.")
        return parse_codebook(text, origin=f"{self.path.name}, codebook")

    def _stored(self) -> dict[str, pl.DataFrame]:
        with self._database.read() as connection:
            return _tables(connection)


def _tables(connection: sa.Connection) -> dict[str, pl.DataFrame]:
    from constellary.study.stored import fetch
    from constellary.study.taking import TABLES

    return {name: fetch(connection, name) for name in TABLES}


def _latest(connection: sa.Connection) -> int | None:
    number: int | None = connection.execute(sa.select(sa.func.max(decision.c.id))).scalar_one()
    return number


def _check_latest(latest: int | None, expect: int | None) -> None:
    if expect is not None and latest != expect:
        raise EditConflict(
            f"Decision {latest} came in between; look at what would change now. Nothing was written."
        )


def create_study(path: Path, codebook: Codebook, *, who: str = "constellary") -> Study:
    """Make a new study file with a codebook and nothing else.

    Raises
    ------
    InputError
        If there is something at `path`, or its folder does not exist.
    """
    if path.exists():
        raise InputError(f"{path}: is already there. Choose another name, or remove it first.")
    if not path.parent.is_dir():
        raise InputError(f"{path.parent}: there is no such folder.")
    database = Database(path, create=True)
    try:
        migrate(database)
        with database.write() as connection:
            append(
                connection,
                {"setting": [RowChange(None, ("codebook", write_codebook(codebook)))]},
                kind="new",
                who=who,
                summary=f"new study with the codebook '{codebook.name}'",
            )
        return Study(database)
    except BaseException:
        database.close()
        for suffix in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        raise


def open_study(path: Path, *, read_only: bool = False) -> Study:
    """Open a study; one of an older version is brought up to date, with a copy kept beside it.

    Raises
    ------
    StudyError
        If the file is no study, is damaged, is locked or is of a newer version.
    """
    database = Database(path, read_only=read_only)
    try:
        _bring_up_to_date(database)
        return Study(database)
    except BaseException:
        database.close()
        raise


def _bring_up_to_date(database: Database) -> None:
    if database.version == SCHEMA_VERSION:
        return
    if database.read_only:
        raise StudyError(f"{database.path}: is of an older version; open it once for writing to update it.")
    migrate(database)
