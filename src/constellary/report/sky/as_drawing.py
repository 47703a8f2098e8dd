"""The scene for graph formats: the firms that are shown with place, radius, colour, shape and measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.drawing import Drawing
from constellary.report.sky.as_svg import THEMES
from constellary.report.sky.looks import SHAPES
from constellary.report.sky.palette import PAIRS

if TYPE_CHECKING:
    from constellary.report.sky.model import SkyScene


def sky_drawing(scene: SkyScene, shade: str = "light") -> Drawing:
    """Return the drawing of a scene: `y` grows upwards, `size` is a radius in the same unit.

    The measure that sizes the marks is an attribute of its name; so is the community where it is known.
    """
    shown, turn = scene.firms, THEMES[shade].turn
    colours = [pair[turn] for pair in PAIRS]
    firms = shown.select(
        "firm",
        pl.col("firm").alias("label"),
        "x",
        (scene.frame.height - pl.col("y")).round(1).alias("y"),
        pl.col("radius").alias("size"),
        pl.col("colour").replace_strict(range(len(colours)), colours, return_dtype=pl.String).alias("color"),
        pl.col("shape").replace_strict(range(len(SHAPES)), SHAPES, return_dtype=pl.String),
        "degree",
        *([pl.col("value").alias(scene.view.size)] if scene.view.size not in {"alliances", "degree"} else []),
        *(["community"] if shown["community"].null_count() < shown.height else []),
    )
    return Drawing(firms, tie_evidence(scene))


def tie_evidence(scene: SkyScene) -> pl.DataFrame:
    """Return the ties by the names of their firms, `source` < `target`, with the ids of their alliances."""
    names = scene.firms["firm"]
    members = scene.alliances.select("id", "partners").explode("partners").drop_nulls()
    pairs = members.join(members, on="id", suffix="_other").filter(
        pl.col("partners") < pl.col("partners_other")
    )
    found = (
        pairs.group_by(source="partners", target="partners_other")
        .agg(pl.len().cast(pl.UInt32).alias("weight"), pl.col("id").sort().alias("alliances"))
        .sort("source", "target")
    )
    return found.with_columns(names.gather(found[end]).alias(end) for end in ("source", "target"))
