"""The constellation for graph formats, as the report draws it: place, size, colour, shape, measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.drawing import Drawing
from constellary.report.placed import placed_constellation
from constellary.report.scene import scene

if TYPE_CHECKING:
    from constellary.study.frames import Frames
    from constellary.study.layouts import Layouts

MEASURES = (
    "alliances",
    "degree",
    "strength",
    "betweenness",
    "harmonic",
    "eigenvector",
    "core",
    "component",
    "community",
)


def drawing_of(frames: Frames, whole: Frames | None = None, layouts: Layouts | None = None) -> Drawing:
    """Return a selection's constellation in the look that the report gives it.

    Parameters
    ----------
    frames
        What is drawn.
    whole, layouts
        See `placed_constellation`.
    """
    sky = placed_constellation(frames, frames if whole is None else whole, layouts)
    design, book = frames.codebook.design, frames.codebook

    def labelled(name: str | None) -> pl.Expr:
        return pl.lit(None, dtype=pl.String) if name is None else pl.col(name).replace(book.labels(name))

    shown = sky.firms.select(
        "firm",
        "x",
        "y",
        pl.col("alliances").alias("size"),
        labelled(design.firm_type).alias("group"),
        labelled(design.firm_generation).alias("mark"),
        pl.col("alliances").alias("importance"),
        pl.col("firm").alias("text"),
        pl.lit("").alias("key"),
    )
    drawn = scene(
        shown,
        sky.edges.select("source", "target", "weight"),
        groups=list(book.labels(design.firm_type).values()) if design.firm_type else [],
        marks=list(book.labels(design.firm_generation).values()) if design.firm_generation else [],
    )
    looks = pl.DataFrame(
        # In a scene y grows down the page, in graph formats up.
        [
            (node.firm, node.firm, node.x, -node.y, node.radius, node.colour, node.shape)
            for node in drawn.nodes
        ],
        schema={
            "firm": pl.String,
            "label": pl.String,
            "x": pl.Float64,
            "y": pl.Float64,
            "size": pl.Float64,
            "color": pl.String,
            "shape": pl.String,
        },
        orient="row",
    )
    firm_variables = [variable.name for variable in book.of_level("firm")]
    firms = looks.join(sky.firms.select("firm", *firm_variables, *MEASURES), on="firm", how="left")
    edges = sky.edges.select("source", "target", "weight", pl.col("evidence").alias("alliances"))
    return Drawing(firms.sort("firm"), edges)
