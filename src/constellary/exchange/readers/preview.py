"""What was understood of a table, for a person to look at: its columns, and its first rows as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.exchange.readers.findings import shorten
from constellary.exchange.readers.layouts import LAYOUT_WORDS
from constellary.exchange.readers.recognise import NO_HEADER, Column, Recognised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.exchange.readers.grid import Grid

FIRST_ROWS = 20
FIRST_COLUMNS = 100
"""How much of a table is shown as it stands; columns further to the right are named alone."""
NOT_UNDERSTOOD = "no field is called so"


@dataclass(frozen=True, slots=True)
class ColumnPreview:
    """A column as it was understood: `field` is None where it is ignored, and `how` says why."""

    header: str
    field: str | None
    how: str


@dataclass(frozen=True, slots=True)
class FirstRow:
    """A row as it stands: its number as the person sees it, and its cells, shortened, in the order of `columns`."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TablePreview:
    """A table as it was understood.

    Attributes
    ----------
    file, sheet
        Where it lies.
    form
        Format in words: `CSV`, `XLSX`, `JSON Lines`.
    encoding, delimiter
        How a text was read; empty for other formats.
    header_row
        Row of the header as the person sees it; None where the format has none.
    table
        `alliances`, `partners`, `firms`, `sources` or `codings`; empty where it is none that is understood.
    layout
        How partners stand in an alliance table, in words; empty for other tables.
    columns
        Every column, ignored ones included.
    rows
        Records below the header.
    first
        The first rows below the header that hold anything.
    """

    file: str
    sheet: str
    form: str
    encoding: str
    delimiter: str
    header_row: int | None
    table: str
    layout: str
    columns: tuple[ColumnPreview, ...]
    rows: int
    first: tuple[FirstRow, ...] = ()

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headers of the columns that are not read."""
        return tuple(column.header for column in self.columns if column.field is None)


def preview_of(grid: Grid, recognised: Recognised, layout: str, rows: int) -> TablePreview:
    """Return the preview of a table that was recognised; `layout` is a key of `LAYOUT_WORDS` or empty."""
    shown = [column for column in recognised.columns if not is_blank(grid, recognised, column)]
    return TablePreview(
        file=grid.file,
        sheet=grid.sheet,
        form=grid.form,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        header_row=recognised.header_index + 1 if grid.header is None else None,
        table=recognised.kind,
        layout=LAYOUT_WORDS.get(layout, ""),
        columns=tuple(ColumnPreview(column.header, column.field, column.how) for column in shown),
        rows=rows,
        first=first_rows(grid, recognised.header_index + 1, [column.index for column in shown]),
    )


def preview_of_unread(grid: Grid) -> TablePreview:
    """Return the preview of a table that is none of a study: its fullest row at the top is taken for the header."""
    top = grid.top()
    where, header = -1, list(grid.header or ())
    if grid.header is None:
        filled = [sum(bool(cell.strip()) for cell in row) for row in top]
        where = filled.index(max(filled)) if any(filled) else -1
        header = top[where] if where >= 0 else []
    named = [index for index, name in enumerate(header) if name.strip()]
    return TablePreview(
        file=grid.file,
        sheet=grid.sheet,
        form=grid.form,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        header_row=where + 1 if where >= 0 else None,
        table="",
        layout="",
        columns=tuple(ColumnPreview(header[index].strip(), None, NOT_UNDERSTOOD) for index in named),
        rows=max(0, grid.cells.height - where - 1),
        first=first_rows(grid, where + 1, named),
    )


def first_rows(grid: Grid, start: int, indices: Sequence[int]) -> tuple[FirstRow, ...]:
    """Return the first rows from an index on that hold anything, in the columns of the given indices."""
    names = [f"c{index}" for index in indices[:FIRST_COLUMNS]]
    if not names:
        return ()
    found: list[FirstRow] = []
    cells = grid.cells.select(names).slice(start, 10 * FIRST_ROWS)
    for offset, row in enumerate(cells.iter_rows(), start):
        if any(row) and len(found) < FIRST_ROWS:
            number = offset + 1 if grid.numbers is None else int(grid.numbers[offset])
            found.append(FirstRow(number, tuple(shorten(cell or "") for cell in row)))
    return tuple(found)


def is_blank(grid: Grid, recognised: Recognised, column: Column) -> bool:
    """Tell whether a column has neither a header nor a cell."""
    if column.field or column.how != NO_HEADER:
        return False
    cells = grid.cells[f"c{column.index}"].slice(recognised.header_index + 1)
    return not (cells.is_not_null() & (cells != "")).any()
