"""A listing as a file: exactly the rows and columns that the page shows, all pages of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.writers.tables import csv_bytes, neutralise
from constellary.exchange.writers.texts import distinct

if TYPE_CHECKING:
    from constellary.workbench.listings.ask import Ask
    from constellary.workbench.listings.listing import Listing

SEPARATOR = "; "


def as_csv(listing: Listing, order: pl.Series, ask: Ask) -> bytes:
    """Return the table as CSV; cells that a spreadsheet would run as formulas are made harmless."""
    table = _columns(listing, order, ask).select(pl.all().cast(pl.String))
    # Heads come from a codebook that somebody wrote: they are cells like the others.
    heads = pl.DataFrame({"head": table.columns}).select(neutralise(pl.col("head")))["head"]
    table.columns = distinct(heads)
    return csv_bytes(table, neutral=True)


def as_xlsx(listing: Listing, order: pl.Series, ask: Ask, *, title: str) -> bytes:
    """Return the table as a workbook of one sheet: numbers as numbers, all else as text that runs nothing."""
    from constellary.exchange.writers.xlsx import sheet_bytes

    table = _columns(listing, order, ask)
    return sheet_bytes(title, listing.what, {name: table[name].to_list() for name in table.columns})


def _columns(listing: Listing, order: pl.Series, ask: Ask) -> pl.DataFrame:
    columns = listing.shown(ask)
    rows = listing.rows[order]
    labels = distinct(column.label for column in columns)
    return rows.select(
        (
            pl.col(column.name).list.join(SEPARATOR)
            if rows.schema[column.name] == pl.List(pl.String)
            else pl.col(column.name)
        ).alias(label)
        for column, label in zip(columns, labels, strict=True)
    )
