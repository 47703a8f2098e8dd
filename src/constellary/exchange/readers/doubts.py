"""What is read as it stands, though it looks like something else: told, so that nobody finds it in a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.readers.findings import ROW, TABLE, Findings, counted, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = 5
_LISTED = r"[;\n]"
_LEGAL_FORM = (
    r"(?i),\s*(?:inc|incorporated|ltd|limited|llc|llp|lp|plc|co|corp|corporation|company|"
    r"gmbh|ag|kg|se|nv|n\.v|bv|b\.v|sa|s\.a|s\.a\.u|sl|s\.l|sas|spa|s\.p\.a|srl|s\.r\.l|ab|oy|kk|k\.k)\b\.?"
)
_NO_DIVISION = r"(?i)\b(?:a/s|s/a|c/o|p/f|k/s|i/s)(?:$|\W)"
_COMMA_OR_BAR = r"[,|]"
_SEVERAL = r"(?i)[,|/]|\S\s+(?:and|und|y|et|e)\s+\S"
"""Signs and words between firms; where a name has one of its own, nothing is lost by a note."""


def doubt_separators(frame: pl.DataFrame, findings: Findings) -> None:
    """Tell of cells of `partners` without `;` that look like several firms.

    Where no cell has a `;` and most have a comma or a bar, the separator is wrong: a problem. Commas before
    a legal form, as in *Ford, Inc.*, do not count.
    """
    cells = frame.select(TABLE, ROW, "partners").drop_nulls("partners")
    bare = pl.col("partners").str.replace_all(_LEGAL_FORM, "").str.replace_all(_NO_DIVISION, " ")
    single = cells.filter(~pl.col("partners").str.contains(_LISTED))
    divided = single.filter(bare.str.contains(_COMMA_OR_BAR))
    if single.height == cells.height and divided.height * 2 > cells.height:
        findings.rows(
            divided.head(1),
            column="partners",
            kind="separator",
            message=(
                f"no cell of the column has a ';', and {divided.height:,} of {cells.height:,} look like several "
                "firms: separate the partners by ';' (where a cell is one firm, put a ';' after it)"
            ),
            value="partners",
        )
        return
    _note(
        single.filter(bare.str.contains(_SEVERAL)),
        "partners",
        findings,
        "no ; in partners; this looks like several firms and was read as one",
    )


def doubt_formulas(frame: pl.DataFrame, fields: Sequence[str], findings: Findings) -> None:
    """Tell of names in a text table that begin with `=`, as the formulas of a spreadsheet do."""
    for name in fields:
        _note(
            frame.filter(pl.col(name).str.contains(r"^\s*=")),
            name,
            findings,
            "this begins with = like a formula and was read as a name",
        )


def _note(cells: pl.DataFrame, field: str, findings: Findings, what: str) -> None:
    """Note the first cells of a column by row, and how many there are more."""
    if cells.is_empty():
        return
    origin = findings.origins[cells[TABLE][0]]
    place = f"{origin.file}, sheet '{origin.sheet}'" if origin.sheet else origin.file
    shown = [
        f"row {row}: '{shorten(text)}'" for row, text in cells.select(ROW, field).head(_SHOWN).iter_rows()
    ]
    more = f" and {counted(cells.height - _SHOWN, 'more cell')}" if cells.height > _SHOWN else ""
    findings.note(f"{place}, column '{origin.header(field)}', {', '.join(shown)}{more}: {what}.")
