"""Migrations: how a study file of an older version becomes one of this version.

Each is recorded in the file. Before the first, a whole copy of the file is kept beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from constellary import __version__
from constellary.study.schema import APPLICATION_ID, metadata, migration

FIRST_TABLES = (
    "setting",
    "alliance",
    "firm",
    "partner",
    "source",
    "coding",
    "decision",
    "change",
    "migration",
    "layout",
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from constellary.study.database import Database


@dataclass(frozen=True, slots=True)
class Migration:
    """One step to schema `version`."""

    version: int
    name: str
    run: Callable[[sa.Connection], None]


def _first(connection: sa.Connection) -> None:
    metadata.create_all(connection, tables=[metadata.tables[name] for name in FIRST_TABLES])
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def _judgements(connection: sa.Connection) -> None:
    names = ("adjudication", "note", "acceptance")
    metadata.create_all(connection, tables=[metadata.tables[name] for name in names])


def _literature(connection: sa.Connection) -> None:
    names = ("record", "match", "choice", "screening", "resolution", "record_note", "passage")
    metadata.create_all(connection, tables=[metadata.tables[name] for name in names])


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "first schema", _first),
    Migration(2, "adjudications, notes of coders, accepted findings", _judgements),
    Migration(3, "literature: records, matches, screening, passages", _literature),
)


def migrate(database: Database, migrations: Sequence[Migration] = MIGRATIONS) -> Path | None:
    """Bring a study to the version of the last migration; return the copy kept of the older file, if any.

    All the steps are one transaction: the file is of the old version or of the new one.
    """
    have = database.version
    steps = [step for step in migrations if step.version > have]
    if not steps:
        return None
    kept = None
    if have:
        kept = database.path.with_name(f"{database.path.name}.v{have}.bak")
        number = 1
        while kept.exists():
            number += 1
            kept = database.path.with_name(f"{database.path.name}.v{have}-{number}.bak")
        database.copy_to(kept)
    with database.write() as connection:
        # Another process may have done it between the look and the lock.
        if int(connection.exec_driver_sql("PRAGMA user_version").scalar_one()) != have:
            return kept
        for step in steps:
            step.run(connection)
            connection.execute(
                sa.insert(migration).values(
                    version=step.version,
                    name=step.name,
                    at=datetime.now(UTC).isoformat(timespec="seconds"),
                    program=__version__,
                )
            )
        connection.exec_driver_sql(f"PRAGMA user_version = {steps[-1].version}")
    return kept
