"""An Excel workbook with real types: a sheet a table, and the codebook."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from constellary.errors import InputError
from constellary.exchange.writers.tables import everything, text_tables
from constellary.exchange.writers.texts import xml_text
from constellary.study.codebook import Codebook, Variable

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import polars as pl

    from constellary.study.frames import Frames

MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
WIDEST, NARROWEST = 60, 8
FIRST_SAFE_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; days before are written as text."""
CREATED = datetime(2000, 1, 1)
DATES = ("announced", "published")
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Cell = str | int | date | None


def files(frames: Frames) -> dict[str, bytes]:
    """Return the workbook: sheets `alliances`, `partners`, `firms`, `sources`, `codings`, `Codebook`.

    A date that is exact to the day is a date, a year alone a number, a month text; positions and sizes
    are numbers; all else is text, so that nothing is ever run as a formula. Columns that are derived
    from others stand last under an italic header and are marked in `Codebook`; an import leaves them out.
    Characters that XML cannot hold are left out. `created` in the file's properties is 1 January 2000.

    Raises
    ------
    InputError
        If a table has more rows, or a cell more characters, than a sheet can hold.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        about = {"comments": f"Selection: {frames.selection}."} if frames.selection else {}
        book.set_properties({"title": frames.codebook.title, "created": CREATED, **about})
        writer = _Writer(book)
        for table, text in text_tables(frames).items():
            entered, derived = _columns(frames, table, text)
            writer.sheet(table, {**entered, **derived}, derived=set(derived))
        writer.sheet("Codebook", _codebook_columns(frames.codebook))
    return {".xlsx": target.getvalue()}


def sheet_bytes(title: str, name: str, columns: Mapping[str, Sequence[Cell]]) -> bytes:
    """Return a workbook of one sheet: texts as text, whole numbers as numbers.

    Parameters
    ----------
    title
        Of the workbook.
    name
        Of the sheet.
    columns
        Header -> cells; at least one, all of one length.

    Raises
    ------
    InputError
        If there are more rows, or a cell has more characters, than a sheet can hold.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": title, "created": CREATED})
        _Writer(book).sheet(name, columns)
    return target.getvalue()


def empty_book(codebook: Codebook, headers: Mapping[str, Sequence[str]]) -> bytes:
    """Return a workbook of empty tables to fill, with the codebook on a sheet of its own.

    Parameters
    ----------
    codebook
        Of the study.
    headers
        Name of a sheet -> its headers, at least one.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"title": codebook.title, "created": CREATED})
        writer = _Writer(book)
        for name, names in headers.items():
            writer.sheet(name, dict.fromkeys(names, ()))
        writer.sheet("Codebook", _codebook_columns(codebook))
    return target.getvalue()


def _columns(
    frames: Frames, table: str, text: pl.DataFrame
) -> tuple[dict[str, list[Cell]], dict[str, list[Cell]]]:
    """Return the cells of the entered columns, and of those that are derived from them."""
    frame: pl.DataFrame = getattr(frames, table)
    dates = {*DATES, *(variable.name for variable in frames.codebook.variables if variable.kind == "date")}
    entered = {name: _typed(name, text[name], dates=dates) for name in text.columns}
    return entered, {name: frame[name].to_list() for name in frame.columns if name not in entered}


def _typed(name: str, column: pl.Series, *, dates: set[str]) -> list[Cell]:
    if name == "position":
        return [None if value is None else int(value) for value in column]
    if name in dates:
        return [None if value is None else _date_cell(value) for value in column]
    return column.to_list()


def _date_cell(value: str) -> Cell:
    """Return an ISO date as exact as it is: a date, a year as a number, anything else as it stands."""
    if len(value) == 4 and value.isascii() and value.isdigit() and not value.startswith("0"):
        return int(value)
    try:
        day = date.fromisoformat(value) if len(value) == 10 else None
    except ValueError:
        return value
    return day if day is not None and day >= FIRST_SAFE_DAY else value


def _codebook_columns(codebook: Codebook) -> dict[str, list[Cell]]:
    header = ["variable", "level", "kind", "label", "question", "value", "category", "rule", "derived from"]
    result: dict[str, list[Cell]] = {name: [] for name in header}
    for item in everything(codebook):
        origin = None if isinstance(item, Variable) else item.of
        kind = item.kind if isinstance(item, Variable) else f"grouping by {item.method}"
        for category in item.categories or (None,):
            told = (category.value, category.label, category.rule or None) if category else (None, None, None)
            row: tuple[Cell, ...] = (
                item.name,
                item.level,
                kind,
                item.label,
                item.question or None,
                *told,
                origin,
            )
            for column, cell in zip(result.values(), row, strict=True):
                column.append(cell)
    return result


class _Writer:
    """Writes columns of typed cells as a sheet with a styled, frozen, filtered header."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        look = {"bold": True, "bottom": 1, "valign": "top"}
        self.header = book.add_format({**look, "bg_color": "#DCE6F1"})
        self.derived = book.add_format({**look, "italic": True, "bg_color": "#EDEDED"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.left = book.add_format({"num_format": "0", "align": "left"})

    def sheet(
        self, name: str, columns: Mapping[str, Sequence[Cell]], *, derived: Collection[str] = ()
    ) -> None:
        height = max(len(column) for column in columns.values())
        if height > MOST_ROWS:
            raise InputError(f"{name}: {height:,} rows; a sheet holds {MOST_ROWS:,}. Use csv or datapackage.")
        sheet = self.book.add_worksheet(name)
        for number, (title, column) in enumerate(columns.items()):
            sheet.write_string(0, number, title, self.derived if title in derived else self.header)
            mixed = any(isinstance(value, date) for value in column)
            widths = [len(title) + 4]
            for row, value in enumerate(column, 1):
                if value is not None:
                    self._cell(sheet, row, number, value, f"sheet '{name}', column '{title}'", mixed=mixed)
                    widths.append(10 if isinstance(value, date) else len(str(value)))
            sheet.set_column(number, number, min(max(*widths, NARROWEST), WIDEST))
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, height, len(columns) - 1)

    def _cell(
        self, sheet: Any, row: int, column: int, value: str | int | date, place: str, *, mixed: bool
    ) -> None:
        if isinstance(value, str):
            text = xml_text(value)
            if len(text.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
                raise InputError(
                    f"{place}, row {row + 1}: a cell of a sheet holds {MOST_CHARACTERS:,} characters, and "
                    f"this text has {len(text):,}. Use csv or datapackage."
                )
            sheet.write_string(row, column, text)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.day)
        else:
            sheet.write_number(row, column, value, self.left if mixed else None)
