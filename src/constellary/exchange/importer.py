"""Files in: whatever holds alliances, partners, firms, sources or codings becomes a batch for a study.

Every file is read to the end and every problem is told at once, with its place. Nothing is written here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.errors import InputError, Problem, ProblemsFound, UsageError
from constellary.exchange.readers.extract import extract
from constellary.exchange.readers.findings import Findings, shorten
from constellary.exchange.readers.headers import (
    IGNORE,
    Kind,
    Vocabulary,
    beside_names,
    normalise,
    vocabulary,
)
from constellary.exchange.readers.opening import Opened, open_path
from constellary.exchange.readers.preview import (
    ColumnPreview,
    FirstRow,
    TablePreview,
    is_blank,
    preview_of,
    preview_of_unread,
)
from constellary.exchange.readers.recognise import DERIVED_WORDS, Recognised, recognise
from constellary.exchange.readers.settle import Known, settle
from constellary.exchange.readers.unread import leave_unread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from constellary.exchange.readers.grid import Grid
    from constellary.study.batch import Batch
    from constellary.study.codebook import Codebook


@dataclass(frozen=True)
class Reading:
    """What was understood of somebody's files: the batch, how it came about, and what there is to say."""

    batch: Batch
    preview: tuple[TablePreview, ...]
    notes: tuple[str, ...]


class ImportRefused(ProblemsFound):
    """The problems of files that were read, with the tables as far as they were understood.

    Attributes
    ----------
    preview
        One a table that was understood.
    unread
        One a table that should be one of a study and is not understood.
    notes
        What there is to say beside the problems.
    """

    preview: tuple[TablePreview, ...] = ()
    unread: tuple[TablePreview, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Table:
    grid: Grid
    recognised: Recognised
    frame: pl.DataFrame
    index: int


def read_files(
    paths: Sequence[Path],
    codebook: Codebook,
    *,
    mapping: Mapping[str, str] | None = None,
    known_alliances: Collection[str] = (),
    known_firms: Mapping[str, str] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Reading:
    """Return what files hold, as tables in a study's own columns.

    Parameters
    ----------
    paths
        CSV, TSV, XLSX, ODS, JSON, JSON Lines or data packages (folder, descriptor or ZIP); what a file is
        is told from its content.
    codebook
        The study's codebook: its variables are the columns that are read beside the fixed ones.
    mapping
        Header -> field, against what would be understood; `-` ignores a column.
    known_alliances
        Ids of the study, which partners, sources and codings may name.
    known_firms
        Name or alias -> canonical name of the study's firms, as `Study.known_firms` gives it.
    progress
        Called with a line for each step.

    Returns
    -------
    Reading
        The batch; one preview a table, in the order read; notes in whole sentences.

    Raises
    ------
    ImportRefused
        If anything is wrong: a `ProblemsFound` with every problem's file, sheet, row, column and value.
    UsageError
        If there are no files, or `mapping` names a field or a header that there is not.

    Examples
    --------
    >>> from constellary.data import automotive_codebook, automotive_files
    >>> from constellary.study.codebook_file import read_codebook
    >>> reading = read_files(automotive_files(), read_codebook(automotive_codebook()))
    >>> reading.batch.counts()
    {'alliances': 787, 'partners': 1917, 'firms': 547, 'sources': 3493, 'codings': 9444}
    """
    if not paths:
        raise UsageError("Name at least one file to read.")
    say = progress or (lambda _: None)
    words = vocabulary(codebook, mapping)
    findings = Findings()
    tables: list[_Table] = []
    unread: list[Grid] = []
    headers: dict[str, list[str]] = {}
    for path in paths:
        say(f"opening {path}")
        tables += _read_path(path, words, codebook, findings, headers, unread=unread)
    strange = tuple(preview_of_unread(grid) for grid in unread)
    _check_mapping(words, headers, [column.header for table in strange for column in table.columns])
    kinds: list[tuple[Kind, pl.DataFrame]] = [
        (table.recognised.kind, table.frame) for table in tables if table.frame.height
    ]
    batch, layouts = settle(kinds, codebook, Known(known_alliances, known_firms or {}), findings, say)
    preview = tuple(
        preview_of(table.grid, table.recognised, layouts.get(table.index, ""), table.frame.height)
        for table in tables
    )
    for table in tables:
        _note_ignored(table, findings)
    if findings.counts:
        raise _refusal(findings, paths, preview, strange)
    if not kinds:
        place = ", ".join(str(path) for path in paths)
        empty = Problem("there are no rows below the header", place, kind="empty")
        findings.add(empty)
        raise _refusal(findings, paths, preview, strange)
    return Reading(batch, preview, tuple(findings.notes))


def _read_path(
    path: Path,
    words: Vocabulary,
    codebook: Codebook,
    findings: Findings,
    headers: dict[str, list[str]],
    *,
    unread: list[Grid],
) -> list[_Table]:
    """Return the tables of one path; what is no table of a study is noted, or a problem where all is none."""
    opened = open_path(path, words)
    findings.add_all(opened.problems)
    tables: list[_Table] = []
    strange: list[tuple[Grid, str]] = []
    for grid in opened.grids:
        try:
            recognised = recognise(grid, words)
        except InputError as error:
            strange.append((grid, str(error)))
            continue
        for note in grid.notes:
            findings.note(note)
        place = f"{grid.file}, sheet '{grid.sheet}'" if grid.sheet else grid.file
        headers.setdefault(place, []).extend(column.header for column in recognised.columns)
        frame = extract(grid, recognised, codebook, findings)
        frame, recognised = leave_unread(frame, recognised, words.firm_variables)
        tables.append(_Table(grid, recognised, frame, len(findings.origins) - 1))
    unread += _report_strange(strange, opened, tables, findings)
    return tables


def _report_strange(
    strange: Sequence[tuple[Grid, str]], opened: Opened, tables: Sequence[_Table], findings: Findings
) -> list[Grid]:
    """Note what is no table of a study, or tell it as a problem; return the grids that are problems."""
    wrong: list[Grid] = []
    for grid, message in strange:
        if opened.together and tables and normalise(grid.name) in beside_names():
            continue
        if opened.together and tables:
            place = f"sheet '{grid.sheet}'" if grid.sheet else f"'{grid.name}'"
            findings.note(f"{grid.file}: {place} is not read; no row of it is a header that is understood.")
        else:
            wrong.append(grid)
            findings.add(Problem(message, grid.file, grid.sheet, kind="header"))
            findings.add_all(
                Problem(fault.message, grid.file, grid.sheet, fault.row, kind=fault.kind, value=fault.value)
                for fault in grid.faults
            )
    return wrong


def _check_mapping(words: Vocabulary, headers: Mapping[str, Sequence[str]], strange: Sequence[str]) -> None:
    """Refuse a mapping of a header that no table has (unless no table was understood at all).

    `strange` are the headers of the tables that are not understood.
    """
    present = {normalise(header) for row in (*headers.values(), strange) for header in row}
    absent = [words.mapped_headers[plain] for plain in words.mapping if plain not in present]
    if not absent or not headers:
        return
    there = [
        f"{place} has {', '.join(repr(shorten(header, 40)) for header in row[:20])}"
        + (f" and {len(row) - 20} more" if len(row) > 20 else "")
        for place, row in list(headers.items())[:5]
    ]
    raise UsageError(
        f"No table has the header {', '.join(repr(header) for header in absent)}, which is mapped to "
        f"{', '.join(repr(words.mapping[normalise(header)]) for header in absent)}. {'; '.join(there)}."
    )


def _note_ignored(table: _Table, findings: Findings) -> None:
    """Say which columns are not read, but for those of which a problem tells."""
    grid, recognised = table.grid, table.recognised
    told = {fault.index for fault in recognised.faults}
    ignored = [
        column
        for column in recognised.columns
        if column.field is None
        and column.how != DERIVED_WORDS
        and column.index not in told
        and not is_blank(grid, recognised, column)
    ]
    if ignored:
        place = f"{grid.file}, sheet '{grid.sheet}'" if grid.sheet else grid.file
        said = ", ".join(f"'{column.header[:40]}' ({column.how})" for column in ignored[:12])
        more = f" and {len(ignored) - 12} more" if len(ignored) > 12 else ""
        findings.note(f"{place}: columns that are not read: {said}{more}.")


def _refusal(
    findings: Findings,
    paths: Sequence[Path],
    preview: tuple[TablePreview, ...],
    unread: tuple[TablePreview, ...],
) -> ImportRefused:
    names = [str(path) for path in paths]
    what = names[0] if len(names) == 1 else f"{len(names)} files"
    files = list(dict.fromkeys([*names, *(origin.file for origin in findings.origins)]))
    refused = ImportRefused(findings.kept(files), what=what, counts=findings.counts)
    refused.preview, refused.unread = preview, unread
    refused.notes = tuple(findings.notes)
    return refused


__all__ = [
    "IGNORE",
    "ColumnPreview",
    "FirstRow",
    "ImportRefused",
    "Reading",
    "TablePreview",
    "read_files",
]
