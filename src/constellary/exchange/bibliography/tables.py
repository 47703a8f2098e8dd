"""Tables of references with a header: rows and cells, and what each format makes of a row."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from constellary.errors import InputError
from constellary.exchange.bibliography.export import Entry, Export, Remark
from constellary.exchange.bibliography.limits import HEAD, LINE, check_records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from constellary.literature.record import Raw, Record

DELIMITERS = ",;\t|"
COLUMNS = 2_000
"""Columns of one table; no database writes a tenth of it."""

_UNNAMED = re.compile(r"[^a-z0-9]+")
_LIMIT = Lock()


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number as a spreadsheet counts, the header being row 1, and its cells as they stand."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """Names of columns, rows that fit under them, and what was noticed."""

    names: tuple[str, ...]
    rows: list[Row]
    remarks: list[Remark]


@lru_cache(maxsize=8)
def header(head: str) -> tuple[str, tuple[str, ...]]:
    r"""Return the delimiter of a table and the names of its columns; no names where it is none.

    Examples
    --------
    >>> header("Title;Year\nAlliances;2020\n")
    (';', ('Title', 'Year'))
    """
    told, head, _ = _told(head)
    found = [(len(names), names, sign) for sign in told or DELIMITERS if (names := _first(head, sign))]
    if not found:
        return ",", ()
    _, names, delimiter = max(found, key=lambda one: one[0])
    return delimiter, tuple(name.strip().strip("\ufeff") for name in names)


def plain(name: str) -> str:
    """Return the name of a column by its letters and digits alone.

    Examples
    --------
    >>> plain("Author(s) ID")
    'authorsid'
    """
    return _UNNAMED.sub("", name.lower())


@lru_cache(maxsize=8)
def columns(head: str) -> frozenset[str]:
    """Return the names of the columns, by letters and digits alone."""
    return frozenset(map(plain, header(head)[1]))


def read_table(text: str, file: str, *, most: int = 0) -> Table:
    """Return the table of a text.

    Parameters
    ----------
    text
        Of the whole file.
    file
        Its name, for messages.
    most
        How many cells more than the header has names a row may have, for the caller to see to; with still more
        it is lost, and said so.

    Raises
    ------
    InputError
        A quotation mark is never closed, the file ends in the middle of a row, or it has no rows.
    """
    delimiter, names = header(text[:HEAD])
    if len(names) > COLUMNS:
        raise InputError(f"{file} has {len(names):,} columns; a table of references has at most {COLUMNS:,}.")
    _, body, before = _told(text)
    rows, remarks = _rows(body, delimiter, file)
    check_records(len(rows), file)
    kept = []
    _whole(rows, len(names), body, file)
    for number, cells in enumerate(rows[1:], before + 2):
        if any(cells):
            row, remark = _fitted(Row(number, cells), names, most)
            remarks += [remark] if remark else []
            kept += [row] if row else []
    if not kept and not remarks:
        raise InputError(f"{file} has a header and no rows. Export the search again, with its records.")
    return Table(names, kept, remarks)


def exported(
    file: str,
    form: str,
    table: Table,
    make: Callable[[Mapping[str, str]], Record],
    *,
    database: str | None = None,
) -> Export:
    """Return the export of a table; `make` gets the filled cells of a row by the plain names of their columns."""
    keys = [plain(name) for name in table.names]
    entries = []
    for row in table.rows:
        values: dict[str, str] = {}
        raw: list[tuple[str, str]] = []
        for key, name, cell in zip(keys, table.names, row.cells, strict=False):
            if cell:
                values.setdefault(key, cell)
                raw.append((name, cell))
        record = make(values)._replace(file=file, line=row.number, format=form)
        entries.append(Entry(record, tuple(raw)))
    if database is None:
        named = {entry.record.database for entry in entries}
        database = named.pop() if len(named) == 1 else None
    return Export(
        file, form, database, tuple(entries), tuple(sorted(table.remarks, key=lambda one: one.line))
    )


def raw_of(names: Sequence[str], cells: Sequence[str]) -> Raw:
    """Return the filled cells of a row under their names."""
    return tuple((name, cell) for name, cell in zip(names, cells, strict=False) if cell)


def _told(text: str) -> tuple[str, str, int]:
    """Return the delimiter that a first line `sep=;` tells, the text behind what stands before the header, its rows.

    Dimensions writes a line before the header that tells of the search.
    """
    if found := re.match(r"sep=([,;\t|])\r?\n", text, re.IGNORECASE):
        return found[1], text[found.end() :], 1
    if found := re.match(r'"?About the data:[^\r\n]*\r?\n', text):
        return "", text[found.end() :], 1
    return "", text, 0


def _first(head: str, delimiter: str) -> list[str]:
    """Return the cells of the first row, if there are at least two, all of them short."""
    if delimiter not in head:
        return []
    try:
        names = next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), [])
    except csv.Error:
        return []
    while names and not names[-1].strip():
        names.pop()
    short = all(len(name) <= 100 and "\n" not in name for name in names)
    return names if len(names) > 1 and short else []


def _rows(text: str, delimiter: str, file: str) -> tuple[list[list[str]], list[Remark]]:
    """Return the rows; where text follows a closing quotation mark, it is taken along and said."""
    with _LIMIT:  # the csv module has one limit for all of its readers
        usual = csv.field_size_limit(LINE)
        try:
            rows: list[list[str]] = []
            try:
                rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
            except csv.Error as error:
                place = len(rows) + 1
                if "unexpected end" in str(error):
                    raise InputError(
                        f"{file}, row {place:,}: a quotation mark opens a cell and is never closed; the file is cut "
                        "off or damaged. Export the search again."
                    ) from None
                if "larger" in str(error):
                    raise InputError(
                        f"{file}, row {place:,}: a cell has more than {LINE:,} characters."
                    ) from None
            else:
                return rows, []
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
            said = (
                f"row {place:,}: text follows the quotation mark that closes a cell; read as part of the cell"
            )
            return rows, [Remark(place, said)]
        except csv.Error as error:
            raise InputError(f"{file} is no table that can be read: {error}.") from None
        finally:
            csv.field_size_limit(usual)


def _whole(rows: list[list[str]], width: int, text: str, file: str) -> None:
    """Refuse a table whose last row ends early, without an end of line, while the others are whole."""
    if len(rows) < 2 or text.endswith(("\n", "\r")) or len(rows[-1]) >= width or width < 2:
        return
    usual = Counter(len(row) for row in rows[:-1] if row).most_common(1)[0][0]
    if len(rows[-1]) < usual:
        raise InputError(
            f"{file} ends in the middle of row {len(rows):,}, which has {len(rows[-1])} of {usual} cells: the file is "
            "cut off. Export the search again."
        )


def _fitted(row: Row, names: Sequence[str], most: int) -> tuple[Row | None, Remark | None]:
    count, width = len(row.cells), len(names)
    if width < count <= width + most:
        return row, None
    cells = row.cells
    while len(cells) > width and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > width:
        said = f"row {row.number:,} has {count} cells under {width} names, so which is which is not known; not read"
        return None, Remark(row.number, said, lost=True)
    if count < width:
        said = f"row {row.number:,} has {count} cells under {width} names; the last {width - count} are taken as empty"
        return Row(row.number, cells), Remark(row.number, said)
    return Row(row.number, cells), None
