"""Rows of sums below a table: they name no alliance and must not become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from constellary.exchange.readers.findings import Findings
    from constellary.exchange.readers.headers import Kind

_NUMBER = r"^[+-]?[0-9][0-9., %]*$"
_TOTAL = (
    r"(?i)^(grand |sub-?)?(totals?|totales|sums?|suma|somme|summe|soma|somma|insgesamt|gesamt|gesamtsumme|totale"
    r"|averages?|mittelwert|moyenne)[ :=]*[0-9., %]*$"
)
_NAMING = ("id", "alliance", "name", "announced")
"""Columns where such a word is no name; a firm may well be called Total."""


def leave_out_totals(frame: pl.DataFrame, kind: Kind, findings: Findings) -> pl.DataFrame:
    """Return the records without rows that only hold a word such as `Total` and numbers.

    Problems
    --------
    Each such row.
    """
    naming = [name for name in _NAMING if name in frame.columns] if kind != "firms" else []
    if not naming:
        return frame
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    first = pl.coalesce(naming)
    rest = [pl.col(name).fill_null("0").str.contains(f"{_TOTAL}|{_NUMBER}") for name in texts]
    total = first.str.contains(_TOTAL).fill_null(value=False) & pl.all_horizontal(rest)
    findings.rows(
        frame.filter(total).with_columns(first.alias("_first")),
        column="",
        kind="total-row",
        message=f"the row looks like a total below the table, not like one of its {kind}; delete it in the file",
        value="_first",
    )
    return frame.filter(~total)
