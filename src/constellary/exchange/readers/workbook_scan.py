"""A look through a workbook's XML before the reader gets it.

The reader makes room for the whole rectangle that a sheet spans and copies each shared text to every cell
that names it, so a file of one kilobyte could ask for terabytes. It also gives an empty cell where a
formula ended in an error or was never worked out. Both are found here: the first is refused, the second
becomes a problem at its cell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from constellary.errors import InputError
from constellary.exchange.readers.grid import Fault
from constellary.exchange.readers.limits import (
    CELL_CHARACTERS,
    PROBLEMS_KEPT,
    WORKBOOK_CELLS,
    WORKBOOK_TEXT,
)

_REFERENCE = re.compile(r"^\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$")
_PLAIN_CELL = 64
"""Characters that a number, a date or an error takes at most."""


def shared_text_lengths(xml: bytes) -> list[int]:
    """Return the length of each shared text of an XLSX workbook."""
    lengths: list[int] = []
    inside = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal inside
        local = _local(name)
        if local == "si":
            lengths.append(0)
        inside = local == "t"

    def text(data: str) -> None:
        if inside and lengths:
            lengths[-1] += len(data)

    def end(_: str) -> None:
        nonlocal inside
        inside = False

    _parse(xml, start, end, text)
    return lengths


@dataclass
class XlsxScan:
    """One sheet of an XLSX workbook: its extent, the size of its texts, and its broken formulas."""

    shared: list[int]
    last_row: int = 0
    last_column: int = 0
    characters: int = 0
    faults: list[Fault] = field(default_factory=list)
    _row: int = 0
    _column: int = 0
    _type: str = ""
    _formula: bool = False
    _value: str = ""
    _part: str = ""

    def run(self, xml: bytes) -> XlsxScan:
        """Look through the sheet.

        Raises
        ------
        InputError
            If the sheet is above the limits, has a document type, or is damaged.
        """
        _parse(xml, self._start, self._end, self._text)
        return self

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "c":
            self._place(attributes.get("r", ""))
            self._type, self._formula, self._value = attributes.get("t", "n"), False, ""
        elif local == "row":
            number = attributes.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 9 else self._row + 1
            self._column = 0
        elif local == "f":
            self._formula = True
        if local in ("v", "t"):
            self._part = local

    def _place(self, reference: str) -> None:
        found = _REFERENCE.match(reference)
        if found:
            self._column, self._row = column_number(found[1]), int(found[2])
        else:
            self._column += 1

    def _text(self, data: str) -> None:
        if self._part == "t":
            self.characters += len(data)
            self._value = "text"
        elif self._part == "v":
            self._value += data[:CELL_CHARACTERS]

    def _end(self, name: str) -> None:
        local = _local(name)
        if local in ("v", "t"):
            self._part = ""
        if local != "c":
            return
        if self._value or self._formula:
            self.last_row, self.last_column = (
                max(self.last_row, self._row),
                max(self.last_column, self._column),
            )
            self.characters += self._length()
            check_extent(self.last_row, self.last_column, self.characters)
        if self._type == "e" and self._value:
            self._fault(f"the formula ended in the error {self._value[:20]}", self._value[:20])
        elif self._formula and not self._value and self._type != "str":
            self._fault(
                "the formula has no stored value; open the workbook, let it calculate and save it", ""
            )

    def _length(self) -> int:
        if self._type == "s" and self._value.isdecimal() and len(self._value) < 9:
            index = int(self._value)
            return self.shared[index] if index < len(self.shared) else 0
        return max(len(self._value), _PLAIN_CELL // 4)

    def _fault(self, message: str, value: str) -> None:
        if len(self.faults) < PROBLEMS_KEPT:
            self.faults.append(Fault(self._row, message, "formula", self._column - 1, value))


@dataclass
class OdsScan:
    """The sheets of an ODS workbook together: how far repeated rows and cells with content reach."""

    last_row: int = 0
    last_column: int = 0
    characters: int = 0
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    _sheet: str = ""
    _row: int = 0
    _column: int = 0
    _repeat_row: int = 1
    _repeat_cell: int = 1
    _row_text: int = 0
    _row_cells: int = 0
    _cell_text: int = 0
    _content: bool = False
    _error: bool = False
    _value: str = ""

    def run(self, xml: bytes) -> OdsScan:
        """Look through the content; see `XlsxScan.run`."""
        _parse(xml, self._start, self._end, self._text)
        return self

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        plain = {_local(key): value for key, value in attributes.items()}
        if local == "table":
            self._sheet, self._row = plain.get("name", ""), 0
        elif local == "table-row":
            self._repeat_row = _repeats(plain.get("number-rows-repeated", "1"))
            self._column, self._row_text, self._row_cells = 0, 0, 0
        elif local in ("table-cell", "covered-table-cell"):
            self._repeat_cell = _repeats(plain.get("number-columns-repeated", "1"))
            # `calcext:value-type` says error where `office:value-type` can only say string.
            self._error = "error" in (attributes.get("calcext:value-type"), plain.get("value-type"))
            self._content, self._cell_text, self._value = "value-type" in plain, 0, ""

    def _text(self, data: str) -> None:
        self._cell_text += len(data)
        if self._error and len(self._value) < CELL_CHARACTERS:
            self._value += data

    def _end(self, name: str) -> None:
        local = _local(name)
        if local in ("table-cell", "covered-table-cell"):
            if self._error and len(self.faults.setdefault(self._sheet, [])) < PROBLEMS_KEPT:
                said = self._value.strip()[:20]
                self.faults[self._sheet].append(
                    Fault(
                        self._row + 1, f"the formula ended in the error {said}", "formula", self._column, said
                    )
                )
            if self._content:
                self._row_cells = self._column + self._repeat_cell
                self._row_text += self._cell_text * self._repeat_cell
            self._column += self._repeat_cell
        elif local == "table-row":
            self._row += self._repeat_row
            if self._row_cells:
                self.last_row = max(self.last_row, self._row)
                self.last_column = max(self.last_column, self._row_cells)
            self.characters += self._row_text * self._repeat_row
            check_extent(self.last_row, self.last_column, self.characters)


def check_extent(rows: int, columns: int, characters: int) -> None:
    """Refuse a sheet that would not fit.

    Raises
    ------
    InputError
        If the rectangle of cells or the text in them is above the limits.
    """
    if rows * columns > WORKBOOK_CELLS:
        raise InputError(
            f"A sheet spans {rows * columns:,} cells, more than the {WORKBOOK_CELLS:,} allowed. "
            "Delete stray cells far to the right or below, or save the table as CSV."
        )
    if characters > WORKBOOK_TEXT:
        raise InputError(f"The texts of a sheet are longer than {WORKBOOK_TEXT:,} characters together.")


def column_number(letters: str) -> int:
    """Return the number of a column from its letters, from 1.

    Examples
    --------
    >>> column_number("A"), column_number("Z"), column_number("AA"), column_number("XFD")
    (1, 26, 27, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _repeats(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 1


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parse(xml: bytes, start: object, end: object, text: object) -> None:
    """Stream the XML through the handlers; a document type, and with it any entity, is refused."""
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise InputError("The workbook's XML declares a document type, as no spreadsheet program writes.")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start  # type: ignore[assignment]  # typeshed wants one exact function type
    parser.EndElementHandler = end  # type: ignore[assignment]  # likewise
    parser.CharacterDataHandler = text  # type: ignore[assignment]  # likewise
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as error:
        raise InputError(
            "The workbook's XML is damaged. Open it in a spreadsheet and save it again."
        ) from error
