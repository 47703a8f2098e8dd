"""The five tables as CSV files for people: a folder that a spreadsheet opens safely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.exchange.writers.tables import csv_bytes, text_tables

if TYPE_CHECKING:
    from constellary.study.frames import Frames


def files(frames: Frames) -> dict[str, bytes]:
    """Return `alliances.csv`, `partners.csv`, `firms.csv`, `sources.csv` and `codings.csv`.

    Cells that a spreadsheet would run as formulas get a leading apostrophe, which the importer takes off
    again. Whoever wants the very text takes the data package.
    """
    return {f"{name}.csv": csv_bytes(table, neutral=True) for name, table in text_tables(frames).items()}
