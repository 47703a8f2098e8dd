"""An Excel workbook: the same columns as CSV has, on one sheet; all but numbers is text, so nothing is run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.exchange.bibliography.cells import NUMBERS, cell_of
from constellary.exchange.bibliography.writers.csv_table import ORDER
from constellary.exchange.bibliography.writers.decided import columns
from constellary.exchange.writers.texts import distinct, xml_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.exchange.bibliography.writers.decided import Decided
    from constellary.exchange.writers.xlsx import Cell
    from constellary.literature.record import Record

SHEET = "records"


def write(records: Sequence[Record], decided: Decided | None = None) -> bytes:
    """Return the records as a workbook of one sheet.

    A text longer than a cell holds, as the cited references of a long article may be, is cut and says so.
    """
    from constellary.exchange.writers.xlsx import sheet_bytes

    told = columns(records, decided)
    table: dict[str, Sequence[Cell]] = {
        name: [_cell(name, getattr(record, name)) for record in records] for name in ORDER
    }
    for name, title in zip(told, distinct([*ORDER, *told])[len(ORDER) :], strict=True):
        table[title] = [_fitted((decided or {}).get(record.id, {}).get(name, "")) for record in records]
    return sheet_bytes("Records", SHEET, table)


def _cell(field: str, value: object) -> Cell:
    if field in NUMBERS:
        return value if isinstance(value, int) and (value or field != "line") else None
    return _fitted(cell_of(field, value))


def _fitted(text: str) -> str | None:
    """Return a text as long as a cell holds; Excel counts in units of UTF-16."""
    from constellary.exchange.writers.xlsx import MOST_CHARACTERS

    text = xml_text(text)
    length = len(text.encode("utf-16-le", "replace")) // 2
    if length <= MOST_CHARACTERS:
        return text or None
    mark = f" [... {length:,} characters; the CSV has all]"
    room = (MOST_CHARACTERS - len(mark)) * 2
    return text.encode("utf-16-le", "replace")[:room].decode("utf-16-le", "ignore") + mark
