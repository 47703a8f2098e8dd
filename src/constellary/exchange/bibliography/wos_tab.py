"""Web of Science, tab-delimited: the same tags as in plain text, a column each."""

from __future__ import annotations

from constellary.errors import InputError
from constellary.exchange.bibliography import wos_text
from constellary.exchange.bibliography.export import Entry, Export, Remark
from constellary.exchange.bibliography.limits import check_lines, check_records
from constellary.exchange.bibliography.tables import COLUMNS, raw_of
from constellary.exchange.bibliography.tagged import Chunk

NAME = "Web of Science tab-delimited"

LISTS = frozenset(("AU", "AF", "BA", "BF", "BE", "ED", "CA", "GP", "CR"))
"""Tags whose items stand on a line each in plain text, and behind semicolons here."""


def looks_like(head: str) -> bool:
    """Tell whether a file begins with a row of the tags of Web of Science, divided by tabs."""
    names = head.lstrip("\ufeff").split("\n", 1)[0].strip("\r\n").split("\t")
    return names[0] == "PT" and {"AU", "TI", "SO"} <= set(names)


def read(text: str, file: str) -> Export:
    """Return the records of a tab-delimited export; a record is as plain text gives it.

    Raises
    ------
    InputError
        It has no row under the header, or ends in the middle of one.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    check_lines("\n".join(lines), file)
    names = [name.strip() for name in lines[0].lstrip("\ufeff").split("\t")]
    width = len(names) - (not names[-1])
    if width > COLUMNS:
        raise InputError(f"{file} has {width:,} columns; Web of Science writes about 70.")
    check_records(len(lines), file)
    entries, remarks = [], []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) < width and number == len(lines):
            raise InputError(
                f"{file} ends in the middle of line {number:,}, which has {len(cells)} of {width} cells: the file "
                "is cut off. Export it again from Web of Science as 'Tab delimited file'."
            )
        if len(cells) < width or any(cells[width:]):
            said = f"line {number:,} has {len(cells)} cells under {width} names; which is which is not known"
            remarks.append(Remark(number, f"{said}; not read", lost=True))
            continue
        entries.append(_entry(raw_of(names[:width], cells), file, number))
    if not entries and not remarks:
        raise InputError(f"{file} has a header and no records. Export it again from Web of Science.")
    return Export(file, NAME, wos_text.DATABASE, tuple(entries), tuple(remarks))


def _entry(raw: tuple[tuple[str, str], ...], file: str, line: int) -> Entry:
    fields = tuple([(tag, text.replace("; ", "\n")) if tag in LISTS else (tag, text) for tag, text in raw])
    record = wos_text.record_of(Chunk(line, fields, closed=True), file)
    return Entry(record._replace(format=NAME), raw)
