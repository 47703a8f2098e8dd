"""The only way to a study's database: opening, reading and writing with the promises kept.

A write is one `BEGIN IMMEDIATE` transaction in a write-ahead log with `synchronous=FULL`: what has been
acknowledged survives the end of the process or of the power.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy import event

from constellary.errors import StudyError
from constellary.study.schema import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SQLITE_MAGIC = b"SQLite format 3\x00"
WAIT_MILLISECONDS = 10_000
CACHE_KIBIBYTES = 128 * 1024
"""Room for the pages of a large import, so that each is written once; a small study takes little of it."""


class Database:
    """An open study database.

    Parameters
    ----------
    path
        The study file. It must exist unless `create`.
    read_only
        No write is possible; the file and its side files stay as they are.
    create
        Make a new file; the caller has seen to it that there is none.

    Raises
    ------
    StudyError
        If the file is absent, no study, locked, or of a newer version of Constellary.
    """

    def __init__(self, path: Path, *, read_only: bool = False, create: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._closed = False
        if not create:
            _check_file(path)
        mode = "ro" if read_only else "rwc" if create else "rw"
        self._engine = sa.create_engine(
            f"sqlite:///file:{_quoted(path)}?mode={mode}&uri=true",
            # A server's threads each take a connection for as long as they need one.
            poolclass=sa.pool.QueuePool,
            max_overflow=-1,
        )
        event.listen(self._engine, "connect", self._configure)
        event.listen(self._engine, "begin", _begin)
        if not create:
            self._check_identity()

    def _configure(self, connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        try:
            cursor.execute(f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}")
            cursor.execute("PRAGMA trusted_schema = OFF")
            cursor.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
            if not self.read_only:
                cursor.execute("PRAGMA journal_mode = WAL")
                cursor.execute("PRAGMA synchronous = FULL")
        finally:
            cursor.close()

    def _check_identity(self) -> None:
        with self.read() as connection:
            application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        version = self.version
        if application != APPLICATION_ID:
            raise StudyError(f"{self.path}: is an SQLite database, but not a Constellary study.")
        if version > SCHEMA_VERSION:
            raise StudyError(
                f"{self.path}: was written by a newer Constellary (schema {version}; this one knows "
                f"{SCHEMA_VERSION}). Update Constellary to open it."
            )

    @property
    def version(self) -> int:
        """The schema version that the file has."""
        with self.read() as connection:
            return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """Give a connection that sees one moment of the study."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """Give a connection whose changes are all kept at the end, or none if an error leaves the block."""
        if self.read_only:
            raise StudyError(f"{self.path}: is open for reading only.")
        with (
            self._told(),
            self._engine.connect().execution_options(immediate=True) as connection,
            connection.begin(),
        ):
            yield connection

    def copy_to(self, target: Path) -> None:
        """Write a whole, consistent copy of the study to a new file."""
        with self._told(), self._engine.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is None:
                raise StudyError(f"{self.path}: is closed.")
            raw.execute("VACUUM INTO ?", (str(target),))

    def close(self) -> None:
        """Fold the log into the file, so that one file is all there is, and let go of it."""
        if not self.read_only and not self._closed:
            self._engine.dispose()  # the log is folded by who alone has the file open
            # Where another process has it open, that one folds the log when it closes.
            with suppress(sa.exc.OperationalError), self._engine.connect() as connection:
                connection.exec_driver_sql("ROLLBACK")  # the pragma works outside of a transaction alone
                connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
        self._closed = True
        self._engine.dispose()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.OperationalError as error:
            reason = str(error.orig)
            advice = {
                "database is locked": "Another program is writing to it; try again when it has finished.",
                "attempt to write a readonly database": "The file or its folder may not be written.",
                "database or disk is full": "Free some space and try again; nothing was changed.",
                "unable to open database file": "Check that the folder exists and may be read and written.",
            }.get(reason, "")
            raise StudyError(f"{self.path}: {reason}. {advice}".strip()) from error
        except sa.exc.DatabaseError as error:
            if isinstance(error, sa.exc.IntegrityError | sa.exc.DataError):
                raise
            raise StudyError(
                f"{self.path}: the file is damaged ({error.orig}). Go back to a copy of it; "
                "`sqlite3 FILE .recover` may save what is left."
            ) from error


def _begin(connection: sa.Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.resolve()))


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise StudyError(f"{path}: is a folder, not a study file.")
    if not path.exists():
        raise StudyError(f"{path}: there is no such study. `constellary new {path}` makes one.")
    try:
        with path.open("rb") as file:
            head = file.read(len(SQLITE_MAGIC))
    except OSError as error:
        raise StudyError(f"{path}: cannot be read ({error.strerror}).") from error
    if head != SQLITE_MAGIC:
        raise StudyError(f"{path}: is not a study file. To read a table, use `constellary import`.")


def insert_rows(connection: sa.Connection, table: sa.Table, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert or replace rows given as tuples in the order of the table's columns."""
    if not rows:
        return
    names = [column.name for column in table.columns]
    keys = [column.name for column in table.primary_key]
    rest = [name for name in names if name not in keys]
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in rest)
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    conflict = f"DO UPDATE SET {sets}" if rest else "DO NOTHING"
    connection.exec_driver_sql(
        f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks}) ON CONFLICT ({", ".join(keys)}) {conflict}',
        list(rows),
    )


def delete_rows(connection: sa.Connection, table: sa.Table, keys: Sequence[tuple[Any, ...]]) -> None:
    """Delete the rows of the given keys, each a tuple in the order of the table's key."""
    if not keys:
        return
    condition = " AND ".join(f'"{column.name}" = ?' for column in table.primary_key)
    connection.exec_driver_sql(f'DELETE FROM "{table.name}" WHERE {condition}', list(keys))
