"""A constellation as it is drawn: what graph formats need beside the names and the ties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import UsageError

if TYPE_CHECKING:
    from constellary.study.frames import Frames

LOOKS = ("firm", "label", "x", "y", "size", "color", "shape")
"""Columns of `Drawing.firms` that say how a firm looks; every other column is a measure."""


ALLIANCES = "alliances"


@dataclass(frozen=True)
class Drawing:
    """The firms and their ties with place, size and colour.

    Attributes
    ----------
    firms
        One row a firm: `firm`, and any of `label` (printed name; the firm's name where missing), `x`,
        `y` (floats, `y` grows upwards), `size` (radius of the mark in the units of `x` and `y`), `color`
        (`#rrggbb`), `shape` (`circle`, `square`, `diamond`, `triangle`). Further columns are measures
        and become attributes of the firm under their own names.
    edges
        One row a pair of firms: `source`, `target`, `weight` (number of alliances, or another weight),
        `alliances` (List(String), their ids).
    called
        What graph formats call that which ties are made of: another word where the firms are none, as in a
        network of keywords, which works tie.

    Raises
    ------
    UsageError
        If a needed column is missing, a firm is there twice, or an edge names a firm that is not there.
    """

    firms: pl.DataFrame
    edges: pl.DataFrame
    called: str = ALLIANCES

    def __post_init__(self) -> None:
        for name, frame, needed in (
            ("firms", self.firms, ("firm",)),
            ("edges", self.edges, ("source", "target", "weight", "alliances")),
        ):
            missing = [column for column in needed if column not in frame.columns]
            if missing:
                raise UsageError(f"A drawing's {name} need the column '{missing[0]}'.")
        known = self.firms["firm"]
        if known.n_unique() < known.len():
            raise UsageError("A drawing's firms must each be there once.")
        for end in ("source", "target"):
            strange = self.edges.filter(~pl.col(end).is_in(known.implode()))[end]
            if strange.len():
                raise UsageError(f"A drawing's edge names the firm '{strange[0]}', which is not there.")

    @property
    def measures(self) -> tuple[str, ...]:
        """The columns of `firms` that are neither name nor looks, in order."""
        return tuple(column for column in self.firms.columns if column not in LOOKS)


def plain_drawing(frames: Frames) -> Drawing:
    """Return the signing firms and their ties without places, sizes or colours."""
    return Drawing(frames.signing.select("firm"), plain_edges(frames))


def plain_edges(frames: Frames) -> pl.DataFrame:
    """Return the pairs of firms that share at least one alliance.

    Returns
    -------
    polars.DataFrame
        `source`, `target` (the earlier name in alphabetical order is the source), `weight` (UInt32,
        number of alliances that the two share), `alliances` (List(String), sorted ids); sorted by
        `source`, `target`.
    """
    members = frames.partners.select("alliance", "firm").unique()
    return (
        members.rename({"firm": "source"})
        .join(members.rename({"firm": "target"}), on="alliance")
        .filter(pl.col("source") < pl.col("target"))
        .group_by("source", "target")
        .agg(pl.len().cast(pl.UInt32).alias("weight"), pl.col("alliance").sort().alias("alliances"))
        .sort("source", "target")
    )
