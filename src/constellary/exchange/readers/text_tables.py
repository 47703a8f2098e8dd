"""Tables in text: CSV, TSV and their relatives.

The delimiter is the one under which the text has a header that is understood; then Polars reads it. Polars
takes rows of any length, so the cells of every row are counted apart: a row that is too long or too short
is a problem, not a guess. Quotation marks that no rule covers go through the csv module, which says where
the trouble is.
"""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from constellary.errors import InputError
from constellary.exchange.readers.grid import DELIMITERS, Fault, Grid, column_names
from constellary.exchange.readers.limits import CELL_CHARACTERS, COLUMNS, HEAD_ROWS, ROWS

if TYPE_CHECKING:
    from constellary.exchange.readers.sniff import Text

Judge = Callable[[Sequence[Sequence[str]]], tuple[float, int]]
"""How well the best row of some rows reads as a header, and which row that is."""

_SAMPLE = 200_000


def read_text_table(file: str, source: Text, judge: Judge, *, name: str = "", guarded: bool = True) -> Grid:
    """Return the grid of a delimited text.

    Parameters
    ----------
    file
        Name for messages.
    source
        The decoded text.
    judge
        Tells how well rows read as a header; it decides the delimiter.
    name
        What the table is called.
    guarded
        Whether an apostrophe before `=`, `+`, `-` or `@` is a guard against spreadsheets and taken off.

    Raises
    ------
    InputError
        If the text has no rows, too many rows or columns, or a quotation that never ends.
    """
    text = source.text.lstrip("\ufeff")
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    delimiter = _delimiter(text, judge)
    data = text.encode("utf-8", "replace")
    records = _records(data, delimiter)
    faults: tuple[Fault, ...] = ()
    if records is None:
        data, faults = _requoted(text, delimiter)
        records = _records(data, delimiter)
        if records is None:  # pragma: no cover - what the csv module writes is regular
            raise InputError("The quotation marks of the file cannot be understood.")
    _, widths = records
    if len(widths) > ROWS:
        raise InputError(f"The table has {len(widths):,} rows, more than the {ROWS:,} allowed. Divide it.")
    width = int(widths[:HEAD_ROWS].max(initial=1))
    if width > COLUMNS:
        raise InputError(f"The table has {width:,} columns, more than the {COLUMNS:,} allowed.")
    return Grid(
        file=file,
        form="TSV" if delimiter == "\t" else "CSV",
        cells=_cells(data, delimiter, width),
        name=name,
        encoding=source.encoding,
        delimiter=delimiter,
        widths=pl.Series("widths", _without_empty_ends(data, delimiter, records, width), dtype=pl.UInt32),
        faults=faults,
        notes=(_guess(file, source),) if source.guessed else (),
        guarded=guarded,
    )


def _guess(file: str, source: Text) -> str:
    return f"{file} does not say its encoding; it was read as {source.encoding}. Look at a name with accents."


def _delimiter(text: str, judge: Judge) -> str:
    """Return the delimiter under which the text has the best header; ties go to the steadiest rows."""
    first = text[:20].split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and first[4:5] in DELIMITERS and first[5:] == "":
        return first[4]
    sample = text[:_SAMPLE]
    scores = {}
    for rank, delimiter in enumerate(DELIMITERS):
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
        try:
            rows = list(itertools.islice(reader, HEAD_ROWS))
        except csv.Error:
            rows = []
        widths = [len(row) for row in rows if row]
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        steady = widths.count(usual) / len(widths) if widths and usual > 1 else 0.0
        scores[delimiter] = (judge(rows)[0], steady, -rank)
    return max(scores, key=lambda delimiter: scores[delimiter])


Bounds = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]


def _records(data: bytes, delimiter: str) -> Bounds | None:
    """Return where each record ends and how many cells it has; None where quotation is irregular.

    It is regular when each quotation mark opens or closes a whole cell, or is doubled within one, and no
    carriage return stands alone.
    """
    raw = np.frombuffer(data, dtype=np.uint8)
    separator, quote, newline = ord(delimiter), ord('"'), ord("\n")
    marks = np.flatnonzero((raw == separator) | (raw == newline) | (raw == quote))
    signs = raw[marks]
    quotes = signs == quote
    if quotes.any():
        inside = np.bitwise_xor.accumulate(quotes.astype(np.uint8)).astype(bool)
        if inside[-1] or not _whole_cells(raw, marks[quotes], separator):
            return None
        keep = ~inside & ~quotes
        marks, signs = marks[keep], signs[keep]
    if _stray_returns(raw):
        return None
    ends = marks[signs == newline]
    if len(raw) and (not len(ends) or ends[-1] != len(raw) - 1):
        ends = np.append(ends, len(raw))
    separators = np.searchsorted(marks[signs == separator], ends)
    return ends.astype(np.int64), (np.diff(separators, prepend=0) + 1).astype(np.int64)


def _whole_cells(raw: npt.NDArray[np.uint8], quotes: npt.NDArray[np.int64], separator: int) -> bool:
    """Tell whether every opening mark starts a cell and every closing one ends it (doubled ones aside)."""
    opening, closing = quotes[::2], quotes[1::2]
    starts = np.isin(raw[opening - 1], (separator, ord("\n"), ord('"'))) | (opening == 0)
    last = len(raw) - 1
    stops = np.isin(raw[np.minimum(closing + 1, last)], (separator, ord("\n"), ord("\r"), ord('"')))
    stops |= closing == last
    return bool(starts.all() and stops.all())


def _stray_returns(raw: npt.NDArray[np.uint8]) -> bool:
    returns = np.flatnonzero(raw == ord("\r"))
    if not len(returns):
        return False
    following = raw[np.minimum(returns + 1, len(raw) - 1)]
    return bool((following != ord("\n")).any())


def _requoted(text: str, delimiter: str) -> tuple[bytes, tuple[Fault, ...]]:
    """Return the same table with regular quotation, by the csv module, and the row where it gave up."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=delimiter, lineterminator="\n")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    faults: tuple[Fault, ...] = ()
    number = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            faults = (_quotation_fault(number + 1, str(error)),)
            break
        if row is None:
            break
        number += 1
        writer.writerow(cell.replace("\r", "\n") for cell in row)
    return target.getvalue().encode("utf-8", "replace"), faults


def _quotation_fault(row: int, said: str) -> Fault:
    if "field larger" in said:
        return Fault(row, f"a cell is longer than the {CELL_CHARACTERS:,} characters allowed", "too-long")
    if "unexpected end" in said:
        return Fault(row, "a quotation mark opens a cell and is never closed", "quotation")
    return Fault(
        row,
        "text follows the quotation mark that closes a cell; inside a quoted cell a mark is doubled. "
        "The rows from here on were not read",
        "quotation",
    )


def _cells(data: bytes, delimiter: str, width: int) -> pl.DataFrame:
    # A first row of the full width goes ahead, since Polars takes the number of columns from the first row.
    first = delimiter.join("x" * width).encode() + b"\n"
    frame = pl.read_csv(
        first + data,
        has_header=False,
        separator=delimiter,
        schema=dict.fromkeys(column_names(width), pl.String),
        truncate_ragged_lines=True,
        encoding="utf8",
    )
    return frame.slice(1)


def _without_empty_ends(data: bytes, delimiter: str, records: Bounds, width: int) -> npt.NDArray[np.int64]:
    """Return the widths, where records longer than the table but empty there count as wide as the table."""
    ends, widths = records
    widths = widths.copy()
    starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
    empty = f'{delimiter} \r\n"'.encode()
    for index in np.flatnonzero(widths > width):
        record = data[starts[index] : ends[index]]
        excess = int(widths[index]) - width
        tail = record.rsplit(delimiter.encode(), excess)[1:]
        if not any(cell.strip(empty) for cell in tail):
            widths[index] = width
    return widths
