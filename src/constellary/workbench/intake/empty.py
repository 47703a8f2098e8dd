"""Tables to fill: the headers that a study understands, made of its codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.writers.tables import columns, csv_bytes

if TYPE_CHECKING:
    from constellary.study.codebook import Codebook

TABLES = ("alliances", "firms")
"""What is worth a table of its own to fill; partners and sources stand in that of the alliances."""


def headers(codebook: Codebook) -> dict[str, list[str]]:
    """Return table -> headers, for whoever begins with nothing.

    Examples
    --------
    >>> from constellary.study.codebook import Codebook
    >>> headers(Codebook("example", "Example", ()))["alliances"]
    ['id', 'name', 'announced', 'partners', 'sources']
    """
    alliances = [*columns(codebook, "alliances"), "sources"]
    alliances.insert(alliances.index("announced") + 1, "partners")
    return {"alliances": alliances, "firms": columns(codebook, "firms")}


def as_csv(codebook: Codebook, table: str) -> bytes:
    """Return one empty table as CSV."""
    return csv_bytes(pl.DataFrame(schema=dict.fromkeys(headers(codebook)[table], pl.String)))


def as_xlsx(codebook: Codebook) -> bytes:
    """Return all empty tables as a workbook, with the codebook on a sheet of its own."""
    from constellary.exchange.writers.xlsx import empty_book

    return empty_book(codebook, headers(codebook))
