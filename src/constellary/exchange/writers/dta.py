"""Stata files: one for the alliances, one for the firms, with labels."""

from __future__ import annotations

import struct
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyreadstat

from constellary.exchange.writers.coded import Column, alliance_columns, firm_columns
from constellary.exchange.writers.texts import cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.study.frames import Frames

VERSION = 15
MOST_BYTES, LABEL_CHARACTERS = 2_045, 80

FIXED_STAMP = b"01 Jan 2000 00:00"


def files(frames: Frames) -> dict[str, bytes]:
    """Return `-alliances.dta` and `-firms.dta`, for Stata 14 and later (UTF-8).

    Categories are codes 1, 2, 3 ... with value labels, in the codebook's order; missing is `.`. A multiple
    choice and dates are kept as in SPSS (`constellary.exchange.writers.sav`). Text is cut at 2,045 bytes
    (the end shows `…`), labels at 80 characters. The header's time of creation is 1 January 2000.
    """
    title = frames.codebook.title
    return {
        "-alliances.dta": _file(alliance_columns(frames), title),
        "-firms.dta": _file(firm_columns(frames), title),
    }


def _file(columns: Sequence[Column], title: str) -> bytes:
    data = pl.DataFrame([_shortened(column) for column in columns])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data.dta"
        pyreadstat.write_dta(
            data,
            path,
            file_label=title[:LABEL_CHARACTERS],
            column_labels={column.name: column.label[:LABEL_CHARACTERS] for column in columns},
            version=VERSION,
            variable_value_labels={column.name: _labels(column) for column in columns if column.labels},
        )
        return _fixed(path.read_bytes())


def _labels(column: Column) -> dict[int | float, str]:
    return {int(code): label for code, label in column.labels.items()}


def _shortened(column: Column) -> pl.Series:
    values = column.values.alias(column.name)
    if values.dtype == pl.String:
        return values.map_elements(lambda text: cut(text, MOST_BYTES, mark="…"), return_dtype=pl.String)
    return values


def _fixed(content: bytes) -> bytes:
    """Return the file with its time of creation fixed.

    The header of format 118 is tagged: after `<label>` come the label's length (2 bytes) and the label,
    then `<timestamp>`, the length 17 (1 byte) and 17 characters.
    """
    label = content.index(b"<label>") + len(b"<label>")
    (length,) = struct.unpack_from("<H", content, label)
    stamp = label + 2 + length + len(b"</label><timestamp>") + 1
    return content[:stamp] + FIXED_STAMP + content[stamp + len(FIXED_STAMP) :]
