"""From a grid that was recognised to a frame of fields, one row a record, texts made fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import Problem
from constellary.exchange.readers.cells import clean
from constellary.exchange.readers.doubts import doubt_formulas
from constellary.exchange.readers.findings import ROW, TABLE, Findings, Origin, counted, shorten
from constellary.exchange.readers.grid import DELIMITERS
from constellary.exchange.readers.headers import numbered
from constellary.exchange.readers.recognise import NO_HEADER
from constellary.exchange.readers.totals import leave_out_totals

if TYPE_CHECKING:
    from constellary.exchange.readers.grid import Grid
    from constellary.exchange.readers.recognise import Recognised
    from constellary.study.codebook import Codebook

_NAMING = frozenset({"id", "alliance", "name"})
_NAMES = frozenset({"id", "alliance", "name", "firm", "partners", "aliases", "parent"})
_LISTS = frozenset({"partners", "sources", "aliases"})


def extract(grid: Grid, table: Recognised, codebook: Codebook, findings: Findings) -> pl.DataFrame:
    """Return the records below the header: a String column for each field, `_table` and `_row`.

    Rows without any text are left out. Problems of the format (a row with too many cells, a formula that
    failed) go to the findings, whose next origin this table becomes.
    """
    headers = {field: column.header for field, column in table.fields.items()}
    findings.origins.append(Origin(grid.file, grid.sheet, headers))
    index = len(findings.origins) - 1
    first = table.header_index + 1
    for fault in table.faults:
        header = table.columns[fault.index].header
        findings.add(
            Problem(fault.message, grid.file, grid.sheet, column=shorten(header, 40), kind=fault.kind)
        )
    body = _body(grid, index, first)
    filled = pl.any_horizontal(
        pl.col(name).is_not_null() & (pl.col(name) != "") for name in grid.cells.columns
    )
    body = body.filter(filled)
    body = _check_widths(body, grid, table, findings)
    _report_faults(grid, table, findings)
    lines = _fields_with_lines(codebook)
    frame = body.select(TABLE, ROW, *(pl.col(f"c{c.index}").alias(f) for f, c in table.fields.items()))
    if grid.widths is not None:
        doubt_formulas(frame, [name for name in frame.columns if name in _NAMES or numbered(name)], findings)
    cleaned = {
        field: clean(frame, field, findings, guarded=grid.guarded, lines=field in lines)
        for field in table.fields
    }
    frame = frame.with_columns(series.alias(field) for field, series in cleaned.items())
    known = frame.filter(pl.any_horizontal(pl.col(field).is_not_null() for field in table.fields))
    if known.height < frame.height:
        place = f"{grid.file}, sheet '{grid.sheet}'" if grid.sheet else grid.file
        said = counted(frame.height - known.height, "row holds", "rows hold")
        findings.note(f"{place}: {said} nothing in the columns that are read.")
    return leave_out_totals(known, table.kind, findings)


def _body(grid: Grid, index: int, first: int) -> pl.DataFrame:
    numbers = (
        pl.int_range(1, grid.cells.height + 1, dtype=pl.UInt32, eager=True)
        if grid.numbers is None
        else grid.numbers.cast(pl.UInt32)
    )
    extra = [numbers.alias(ROW)]
    if grid.widths is not None:
        extra.append(grid.widths.alias("_width"))
    return grid.cells.with_columns(extra).slice(first).with_columns(pl.lit(index, pl.UInt16).alias(TABLE))


def _check_widths(body: pl.DataFrame, grid: Grid, table: Recognised, findings: Findings) -> pl.DataFrame:
    """Report the rows of a text that have more or fewer cells than the header, and leave them out.

    An alliance's id stays, so that rows of other tables that name it are not reported as well.
    """
    if grid.widths is None:
        return body
    named = [column.index for column in table.columns if column.how != NO_HEADER]
    expected = max(named, default=0) + 1
    beyond = grid.cells.columns[expected:]
    long = pl.col("_width") > grid.cells.width
    for name in beyond:
        long = long | (pl.col(name).is_not_null() & (pl.col(name) != ""))
    short = (pl.col("_width") < expected) & (pl.col("_width") > 0)
    for wrong, hint in (
        (long, f"a cell that holds a {DELIMITERS.get(grid.delimiter, '')} has to stand in quotation marks"),
        (short, "a row cannot end early, and a cell with a line break has to stand in quotation marks"),
    ):
        findings.rows(
            body.filter(wrong),
            column="",
            kind="cells",
            message=lambda row, hint=hint: (  # type: ignore[misc]  # mypy infers no default of a lambda
                f"the row has {row['_width']} cells where the header has {expected}; {hint}"
            ),
        )
    if table.kind != "alliances" or "firm" in table.fields:
        return body.filter(~(long | short))
    names = {f"c{column.index}" for field, column in table.fields.items() if field in _NAMING}
    return body.with_columns(
        pl.when(~(long | short)).then(pl.col(name)).alias(name)
        for name in grid.cells.columns
        if name not in names
    )


def _report_faults(grid: Grid, table: Recognised, findings: Findings) -> None:
    """Report what the format's reader found, below the header and in columns that are read."""
    header = {column.index: column for column in table.columns}
    top = table.header_index + 1 if grid.header is None else 0
    for fault in grid.faults:
        column = header.get(fault.column) if fault.column is not None else None
        unread = fault.column is not None and (column is None or column.field is None)
        if unread or fault.row <= top:
            continue
        findings.add(
            Problem(
                fault.message,
                grid.file,
                grid.sheet,
                fault.row,
                column.header if column else "",
                shorten(fault.value),
                fault.kind,
            )
        )


def _fields_with_lines(codebook: Codebook) -> frozenset[str]:
    """Return the fields in which a line break means something: lists and open text of several lines."""
    kinds = {variable.name for variable in codebook.variables if variable.kind in ("multiple", "text")}
    return _LISTS | kinds


def partner_fields(frame: pl.DataFrame) -> list[str]:
    """Return the columns `partner_1`, `partner_2` ... of a frame in order.

    Examples
    --------
    >>> partner_fields(pl.DataFrame({"partner_10": [""], "id": [""], "partner_2": [""]}))
    ['partner_2', 'partner_10']
    """
    return sorted((name for name in frame.columns if numbered(name)), key=lambda name: numbered(name) or 0)
