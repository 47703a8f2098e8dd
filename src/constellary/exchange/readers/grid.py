"""A grid: the cells of one table as text, before anybody knows what they mean.

Readers of all formats return grids, so that everything after them is written once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from constellary.exchange.readers.limits import HEAD_ROWS

if TYPE_CHECKING:
    import polars as pl

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""What may stand between the cells of a text, and its name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell or row that the reader of the format could not take."""

    row: int
    message: str
    kind: str
    column: int | None = None
    value: str = ""


@dataclass(frozen=True)
class Grid:
    """A rectangle of texts.

    Attributes
    ----------
    file, sheet
        Where it lies; `sheet` is empty where the format has none.
    form
        The format in words: `CSV`, `XLSX`, `JSON Lines`.
    cells
        String columns `c0`, `c1` ...; null and the empty text are both an empty cell.
    numbers
        The number of each row as the person sees it; None: 1, 2, 3 ..., header and lines above included.
    name
        What the person calls the table: the file's stem, the sheet or the resource.
    header
        The header, where the format itself says it (JSON); otherwise None and one of the rows.
    encoding, delimiter
        How a text was read; empty for others.
    widths
        Number of cells of each row as written; None where rows cannot differ.
    faults
        What the reader could not take.
    notes
        What the reader has to say.
    guarded
        Whether apostrophes before `=`, `+`, `-` and `@` are guards, to be taken off.
    """

    file: str
    form: str
    cells: pl.DataFrame
    name: str = ""
    sheet: str = ""
    header: tuple[str, ...] | None = None
    encoding: str = ""
    delimiter: str = ""
    numbers: pl.Series | None = None
    widths: pl.Series | None = None
    faults: tuple[Fault, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
    guarded: bool = False

    def top(self) -> list[list[str]]:
        """Return the rows among which the header is looked for."""
        return [[cell or "" for cell in row] for row in self.cells.head(HEAD_ROWS).iter_rows()]


def column_names(width: int) -> list[str]:
    """Return `c0`, `c1` ... for a grid of that width."""
    return [f"c{index}" for index in range(width)]
