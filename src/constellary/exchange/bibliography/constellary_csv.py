"""The CSV that `writers.csv_table` writes: every field comes back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.exchange.bibliography.cells import unguarded, value_of
from constellary.exchange.bibliography.export import Entry, Export
from constellary.exchange.bibliography.tables import header, read_table
from constellary.literature.record import FIELDS, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "Constellary CSV"


def looks_like(head: str) -> bool:
    """Tell whether a file is a table with a column for each field of a record, under its own name."""
    return set(FIELDS) <= set(header(head)[1])


def read(text: str, file: str) -> Export:
    """Return the records of a CSV of ours; columns that are no fields, as decisions, are kept raw."""
    table = read_table(text, file)
    entries = []
    for row in table.rows:
        cells = [unguarded(cell) for cell in row.cells]
        record = _record(table.names, cells)._replace(file=file, line=row.number, format=NAME)
        raw = tuple((name, cell) for name, cell in zip(table.names, cells, strict=False) if cell)
        entries.append(Entry(record, raw))
    found = {entry.record.database for entry in entries}
    return Export(file, NAME, found.pop() if len(found) == 1 else None, tuple(entries), tuple(table.remarks))


def _record(names: Sequence[str], cells: Sequence[str]) -> Record:
    told = dict(zip(reversed(names), reversed([*cells, *[""] * (len(names) - len(cells))]), strict=True))
    return Record(**{field: value_of(field, told[field]) for field in FIELDS})
