"""SPSS files: one for the alliances, one for the firms, with labels and missing values."""

from __future__ import annotations

import tempfile
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyreadstat

from constellary.exchange.writers.coded import MOST_TAGS, Column, alliance_columns, firm_columns
from constellary.exchange.writers.texts import ascii_text, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.study.frames import Frames

MOST_BYTES, LABEL_BYTES, VALUE_LABEL_BYTES, FILE_LABEL_BYTES, NOTE_BYTES = 32_767, 256, 120, 64, 80
MOST_WIDTH = 40

STAMP = slice(92, 109)
"""Where the file header keeps creation date (9 bytes) and time (8 bytes)."""
FIXED_STAMP = b"01 Jan 0000:00:00"


def files(frames: Frames) -> dict[str, bytes]:
    """Return `-alliances.sav` and `-firms.sav`.

    Categories are codes 1, 2, 3 ... with value labels, in the codebook's order; missing is a code of its
    own (9, 99 ...), labelled and declared user-missing, so that frequency tables count it. A multiple
    choice is a text and a column of 0 and 1 for each category, or for each of its 60 commonest tags.
    Dates are kept as given and, where the day is known, as a date. Text is cut at 32,767 bytes, labels at
    256, value labels at 120. The header's time of creation is 1 January 2000.
    """
    title, note = frames.codebook.title, _note(frames)
    return {
        "-alliances.sav": _file(alliance_columns(frames), title, note),
        "-firms.sav": _file(firm_columns(frames), title, note),
    }


def _file(columns: Sequence[Column], title: str, note: list[str]) -> bytes:
    data = pl.DataFrame([_filled(column) for column in columns])
    coded = [column for column in columns if column.missing is not None]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.sav"
        pyreadstat.write_sav(
            data,
            path,
            file_label=cut(title, FILE_LABEL_BYTES),
            column_labels={column.name: cut(column.label, LABEL_BYTES) for column in columns},
            note=note,
            row_compress=True,
            variable_value_labels={column.name: _labels(column) for column in coded},
            missing_ranges={column.name: [column.missing] for column in coded if column.missing is not None},
            variable_measure={column.name: column.measure for column in columns},
            variable_format={column.name: _format(column) for column in columns if _format(column)},
            variable_display_width={column.name: _width(column) for column in columns},
        )
        content = bytearray(path.read_bytes())
    content[STAMP] = FIXED_STAMP
    return bytes(content)


def _filled(column: Column) -> pl.Series:
    """Return the values as the file holds them: the missing code for null, long text cut."""
    values = column.values.alias(column.name)
    if column.missing is not None:
        return values.fill_null(column.missing)
    if values.dtype == pl.String:
        return values.map_elements(lambda text: cut(text, MOST_BYTES), return_dtype=pl.String)
    return values


def _labels(column: Column) -> dict[int | float, str]:
    labels: dict[int | float, str] = {
        code: cut(label, VALUE_LABEL_BYTES) for code, label in column.labels.items()
    }
    return labels | ({column.missing: "Missing"} if column.missing is not None else {})


def _format(column: Column) -> str:
    if column.values.dtype == pl.Int32:
        return f"F{len(str(column.missing)) if column.missing else 8}.0"
    return ""


def _width(column: Column) -> int:
    """Return how many characters wide a program shows the column, 8 to 40."""
    if column.values.dtype != pl.String:
        return 10 if column.values.dtype == pl.Date else 8
    return max((min(max(len(text), 8), MOST_WIDTH) for text in column.values.drop_nulls()), default=8)


def _note(frames: Frames) -> list[str]:
    sentences = [f"{frames.codebook.title}."]
    if frames.selection:
        sentences.append(f"Selection: {frames.selection}.")
    sentences += [
        f"{variable.label}: columns of 0 and 1 for at most {MOST_TAGS} tags, the commonest."
        for variable in frames.codebook.variables
        if variable.kind == "multiple" and not variable.categories
    ]
    return [line for text in sentences for line in textwrap.wrap(ascii_text(text), NOTE_BYTES)]
