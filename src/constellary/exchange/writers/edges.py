"""A CSV list of the ties between firms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.writers.graph import graph_of
from constellary.exchange.writers.tables import csv_bytes

if TYPE_CHECKING:
    from constellary.exchange.drawing import Drawing
    from constellary.study.frames import Frames


def files(frames: Frames, drawing: Drawing | None = None) -> dict[str, bytes]:
    """Return `.csv` with `source`, `target`, `weight`, `first_year`, `last_year`, `alliances`.

    `alliances` are ids joined by `;`. Cells that a spreadsheet would run as formulas get a leading
    apostrophe.
    """
    graph = graph_of(frames, drawing)
    names = dict(enumerate(graph.ids))
    table = graph.edges.with_columns(
        pl.col("source", "target").replace_strict(names, return_dtype=pl.String)
    ).with_columns(pl.all().cast(pl.String))
    table = table.rename({"alliances": graph.called})
    return {".csv": csv_bytes(table, neutral=True)}
