"""The tables as a workbook and as CSV: real numbers, unrounded, and no cell that is a formula."""

from __future__ import annotations

import csv
from datetime import datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from constellary.report.document import Column
from constellary.report.inline import text_of
from constellary.report.safe_zip import rezipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from constellary.report.document import Cell, Document, Table

MADE = datetime(2024, 1, 1)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
PAIRS = ("interval", "share_interval")


def render_workbook(document: Document) -> bytes:
    """Return an XLSX with a sheet of contents and one sheet a table, the same bytes every time."""
    written = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    numbers = document.numbers()
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"title": document.title, "created": MADE})
        looks = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}),
            "title": book.add_format({"bold": True, "font_size": 12}),
            "note": book.add_format({"font_color": "#5b636b", "italic": True}),
            "text": book.add_format({}),
            "link": book.add_format({"font_color": "#1b5f91", "underline": 1}),
        }
        contents = book.add_worksheet("Contents")
        sheets = sheet_names(document)
        write_contents(contents, document, sheets, looks)
        for table in document.tables:
            write_table(book, book.add_worksheet(sheets[table.key]), table, numbers, looks)
    return rezipped(written.getvalue())


def sheet_names(document: Document) -> dict[str, str]:
    """Return a sheet name for each table: its number, and as much of its key as fits in 31 letters."""
    return {
        table.key: f"{number} {table.key.replace('-', ' ').replace('_', ' ')}"[:31].strip()
        for number, table in enumerate(document.tables, 1)
    }


def write_contents(
    sheet: Any, document: Document, sheets: Mapping[str, str], looks: Mapping[str, Any]
) -> None:
    """Write the list of tables, each with a link to its sheet."""
    numbers = document.numbers()
    sheet.write_string(0, 0, document.title, looks["title"])
    for place, (label, value) in enumerate(document.meta, 1):
        sheet.write_string(place, 0, label, looks["note"])
        sheet.write_string(place, 1, value, looks["text"])
    row = len(document.meta) + 2
    for place, table in enumerate(document.tables, row):
        link = f"internal:'{sheets[table.key]}'!A1"
        sheet.write_url(place, 0, link, looks["link"], numbers[f"table:{table.key}"])
        sheet.write_string(place, 1, text_of(table.caption, numbers), looks["text"])
        sheet.write_string(place, 2, f"tables/{table.key}.csv", looks["note"])
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 80)
    sheet.set_column(2, 2, 34)


def write_table(
    book: Any, sheet: Any, table: Table, numbers: Mapping[str, str], looks: Mapping[str, Any]
) -> None:
    """Write caption, heads, rows and notes."""
    columns = flat_columns(table)
    formats = [book.add_format({"num_format": pattern(column)}) for column in columns]
    caption = f"{numbers[f'table:{table.key}']}. {text_of(table.caption, numbers)}"
    sheet.write_string(0, 0, caption, looks["title"])
    for place, column in enumerate(columns):
        sheet.write_string(2, place, column.label, looks["head"])
    longest = [len(column.label) for column in columns]
    for line, row in enumerate(flat_rows(table), 3):
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, place, value, looks["text"])
                longest[place] = max(longest[place], len(value))
            elif value is not None:
                sheet.write_number(line, place, value, formats[place])
    for place, note in enumerate(table.notes, 4 + len(table.rows)):
        sheet.write_string(place, 0, text_of(note, numbers), looks["note"])
    for place, letters in enumerate(longest):
        sheet.set_column(place, place, min(48, max(9, letters + 2)))
    sheet.freeze_panes(3, 1)


def pattern(column: Column) -> str:
    """Return the number format of a column."""
    if column.kind in {"share", "share_interval"}:
        return "0." + "0" * column.digits + "%" if column.digits else "0%"
    if column.kind == "int":
        return "#,##0"
    if column.kind == "p":
        return "0.0000"
    if column.kind == "text":
        return "General"
    return "#,##0." + "0" * column.digits if column.digits else "#,##0"


def flat_columns(table: Table) -> list[Column]:
    """Return columns with their group before their label, and an interval as two columns."""
    found = []
    for column in table.columns:
        label = f"{column.group}: {column.label}" if column.group else column.label
        if column.kind in PAIRS:
            kind: Any = "share" if column.kind == "share_interval" else "number"
            found += [Column(f"{label}, {end}", kind, column.digits) for end in ("low", "high")]
        else:
            found.append(Column(label, column.kind, column.digits))
    return found


def flat_rows(table: Table) -> Iterator[list[str | int | float | None]]:
    """Return the rows of `flat_columns`, unrounded."""
    for row in table.rows:
        values: list[str | int | float | None] = []
        for value, column in zip(row, table.columns, strict=True):
            values += (
                pair(value) if column.kind in PAIRS else [value if not isinstance(value, tuple) else None]
            )
        yield values


def pair(value: Cell) -> list[str | int | float | None]:
    """Return an interval as two values; missing as two missing ones."""
    return [*value] if isinstance(value, tuple) else [None, None]


def table_csv(table: Table) -> str:
    """Return a table as CSV: comma, a line feed at each end, shares as 0..1, missing as nothing.

    A text that a spreadsheet would read as a formula gets an apostrophe before it.
    """
    written = StringIO()
    out = csv.writer(written, lineterminator="\n")
    out.writerow([harmless(column.label) for column in flat_columns(table)])
    out.writerows([harmless(value) for value in row] for row in flat_rows(table))
    return written.getvalue()


def harmless(value: str | float | None) -> str:
    """Return a value as a CSV field that starts no formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless(-0.5), harmless(None)
    ("'=1+1", '-0.5', '')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return "'" + value if value.startswith(FORMULA) else value
    return repr(value)
