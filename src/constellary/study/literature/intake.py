"""Intake: which of an export's records are new to a study, known to it, or changed since."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from constellary.errors import InputError
from constellary.study.decisions import RowChange
from constellary.study.literature.rows import (
    FIELDS_AT,
    LETTERS,
    contents_of,
    id_of,
    origin_of,
    same_publication,
    stored,
)
from constellary.study.schema import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from constellary.exchange.bibliography.export import Entry, Export
    from constellary.study.decisions import Decision, Row

MOST_RECORDS = 1_000_000


@dataclass(frozen=True, slots=True)
class FileIntake:
    """What became of the records of one file; `read` is the sum of the four that follow it.

    Attributes
    ----------
    file, format, search
        Its name, what it is, and the search that it belongs to.
    read
        Records read from it.
    new, known, changed
        Not in the study yet; there as they are; there, but the database says something else now, or its
        search was not named before.
    repeated
        The same record stands in these files before.
    lost
        Records that could not be read; the file's remarks name them.
    """

    file: str
    format: str
    search: str
    read: int
    new: int
    known: int
    changed: int
    repeated: int
    lost: int


@dataclass(frozen=True, slots=True)
class Intake:
    """What taking in exports came to: the decision (None where nothing changed), and each file's counts."""

    decision: Decision | None
    files: tuple[FileIntake, ...]

    @property
    def new(self) -> int:
        """Records that were new."""
        return sum(file.new for file in self.files)

    @property
    def changed(self) -> int:
        """Records of which the database says something else now."""
        return sum(file.changed for file in self.files)


def plan(
    exports: Sequence[tuple[Export, str]],
    present: Mapping[tuple[str, str], Row],
    *,
    earlier: Mapping[str, Sequence[str]],
) -> tuple[list[RowChange], list[FileIntake]]:
    """Return the rows that taking exports in would change, and what becomes of each file's records.

    Parameters
    ----------
    exports
        Each with the name of its search; empty: of none.
    present
        (search, origin) -> the row that is there; its raw is not read.
    earlier
        Search -> the searches that it repeats: a record which these found is known.
    """
    changes: list[RowChange] = []
    counts: list[FileIntake] = []
    used = {row[0] for row in present.values()}
    seen: dict[tuple[str, str], str] = {}
    position = len(used)
    for export, search in exports:
        told = dict.fromkeys(("new", "known", "changed", "repeated"), 0)
        for entry in export.entries:
            # What was taken in before its search was named belongs to it from now on.
            searches = (search, *earlier.get(search, ()), "")
            origin = _origin(entry, search, seen, present=present, searches=searches)
            if (search, origin) in seen:
                told["repeated"] += 1
                continue
            seen[search, origin] = _letters(entry.record.title)
            old = _found(present, searches, origin)
            change = _change(entry, search, origin, old, position=position, used=used)
            told["new" if old is None else "known" if change is None else "changed"] += 1
            if change is not None:
                position += old is None
                changes.append(change)
        lost = sum(remark.lost for remark in export.remarks)
        counts.append(
            FileIntake(export.file, export.format, search, read=len(export.entries), lost=lost, **told)
        )
    if len(used) > MOST_RECORDS:
        raise InputError(f"A study holds at most {MOST_RECORDS:,} records; divide the review.")
    return changes, counts


def present_rows(connection: sa.Connection) -> dict[tuple[str, str], Row]:
    """Return (search, origin) -> row of every record of the study, without what its file said tag by tag."""
    columns = [column for column in record.columns if column.name != "raw"]
    rows = connection.execute(sa.select(*columns, sa.literal("").label("raw")))
    return {(row.search, row.origin): tuple(row) for row in rows}


def whole_rows(connection: sa.Connection, changes: Iterable[RowChange]) -> list[RowChange]:
    """Return changes with the rows before them read whole."""
    query = sa.select(record).where(record.c.id == sa.bindparam("id"))
    return [
        item
        if item.before is None
        else RowChange(tuple(connection.execute(query, {"id": item.before[0]}).one()), item.after)
        for item in changes
    ]


def _origin(
    entry: Entry,
    search: str,
    seen: Mapping[tuple[str, str], str],
    *,
    present: Mapping[tuple[str, str], Row],
    searches: Iterable[str],
) -> str:
    """Return by what a record is known again; its contents, where an identifier is borne by two publications.

    Identifiers that a program made up, of author and year perhaps, are not always of one publication.
    """
    origin = origin_of(entry.record, entry.raw)
    own = f"{origin}|{contents_of(entry.raw)}"
    if _found(present, searches, own) is not None:
        return own
    title = seen.get((search, origin))
    return own if title is not None and title != _letters(entry.record.title) else origin


def _letters(title: str | None) -> str:
    return "".join(letter for letter in (title or "").casefold() if letter.isalnum())


def _found(present: Mapping[tuple[str, str], Row], searches: Iterable[str], origin: str) -> Row | None:
    for search in searches:
        if (found := present.get((search, origin))) is not None:
            return found
    return None


def _change(
    entry: Entry, search: str, origin: str, old: Row | None, *, position: int, used: set[str]
) -> RowChange | None:
    """Return the row that a record becomes; None if it is there as it is."""
    if old is not None:
        # It keeps its id, its place and its search, and with them all that was decided about it.
        again = entry.record._replace(id=old[0], search=old[3] or search)
        new = stored(again, entry.raw, position=old[1], origin=origin)
        same = old[3] == again.search and same_publication(old[FIELDS_AT], new[FIELDS_AT])
        return None if same else RowChange(old, new)
    fresh = entry.record._replace(search=search)
    letters = LETTERS
    while (name := id_of(fresh, search, origin, letters)) in used:
        letters += 2
    used.add(name)
    return RowChange(None, stored(fresh._replace(id=name), entry.raw, position=position, origin=origin))
