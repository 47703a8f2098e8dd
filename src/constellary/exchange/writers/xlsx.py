"""An Excel workbook with real types: a sheet a table, and the codebook."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from constellary.errors import InputError
from constellary.exchange.writers.tables import TABLES, columns, everything, text_tables
from constellary.exchange.writers.texts import xml_text
from constellary.study.codebook import Codebook, Variable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from constellary.study.frames import Frames

MOST_ROWS = 1_048_575
MOST_CHARACTERS = 32_767
WIDEST, NARROWEST = 60, 8
FIRST_SAFE_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; days before are written as text."""
CREATED = datetime(2000, 1, 1)
DATES = ("announced", "published")

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
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        about = {"comments": f"Selection: {frames.selection}."} if frames.selection else {}
        book.set_properties({"title": frames.codebook.title, "created": CREATED, **about})
        writer = _Writer(book)
        texts = text_tables(frames)
        for table in TABLES:
            entered = columns(frames.codebook, table)
            frame = texts[table]
            derived = _derived(getattr(frames, table), entered)
            dates = {*DATES, *(v.name for v in frames.codebook.variables if v.kind == "date")}
            cells = [_typed(name, frame[name], dates=dates) for name in entered] + [
                derived[name].to_list() for name in derived.columns
            ]
            writer.sheet(table, [*entered, *derived.columns], cells, entered=len(entered))
        header, rows = _codebook_rows(frames.codebook)
        writer.sheet(
            "Codebook", header, [list(column) for column in zip(*rows, strict=True)] or [[] for _ in header]
        )
    return {".xlsx": target.getvalue()}


def _derived(frame: pl.DataFrame, entered: Sequence[str]) -> pl.DataFrame:
    """Return the columns of a frame that were not entered, in their order."""
    return frame.select(name for name in frame.columns if name not in entered)


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


def _codebook_rows(codebook: Codebook) -> tuple[list[str], list[list[Cell]]]:
    header = ["variable", "level", "kind", "label", "question", "value", "category", "rule", "derived from"]
    rows: list[list[Cell]] = []
    for item in everything(codebook):
        origin = None if isinstance(item, Variable) else item.of
        kind = item.kind if isinstance(item, Variable) else f"grouping by {item.method}"
        start: list[Cell] = [item.name, item.level, kind, item.label, item.question or None]
        rows += [
            [*start, category.value, category.label, category.rule or None, origin]
            for category in item.categories
        ]
        if not item.categories:
            rows.append([*start, None, None, None, origin])
    return header, rows


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
        self, name: str, header: Sequence[str], cells: Sequence[Sequence[Cell]], *, entered: int | None = None
    ) -> None:
        height = len(cells[0]) if cells else 0
        if height > MOST_ROWS:
            raise InputError(f"{name}: {height:,} rows; a sheet holds {MOST_ROWS:,}. Use csv or datapackage.")
        sheet = self.book.add_worksheet(name)
        for number, (title, column) in enumerate(zip(header, cells, strict=True)):
            style = self.header if entered is None or number < entered else self.derived
            sheet.write_string(0, number, title, style)
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
        sheet.autofilter(0, 0, height, len(header) - 1)

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
