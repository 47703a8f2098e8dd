"""The constellation as numbered firms and ties: what every graph format is written from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from constellary.errors import UsageError
from constellary.exchange.drawing import ALLIANCES, Drawing, plain_drawing
from constellary.exchange.writers.tables import everything, joined
from constellary.exchange.writers.texts import distinct, one_line, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constellary.study.frames import Frames

Kind = Literal["string", "integer", "double", "boolean"]
Value = str | int | float | bool | None

TAKEN = frozenset(
    {"id", "label", "x", "y", "z", "xpos", "ypos", "size", "r", "g", "b", "color", "shape", "weight"}
)
"""Names that programs read as looks: an attribute of that name gets `_` behind it."""


@dataclass(frozen=True)
class Attribute:
    """What is known of each firm beside its looks: `values` in the order of the firms."""

    name: str
    title: str
    kind: Kind
    values: list[Value]


@dataclass(frozen=True)
class Looks:
    """How one firm is drawn; None where the drawing does not say. Colour as (red, green, blue), 0..255."""

    x: float | None
    y: float | None
    size: float | None
    color: tuple[int, int, int] | None
    shape: str | None

    @property
    def placed(self) -> bool:
        """Whether the firm has a place."""
        return self.x is not None and self.y is not None


@dataclass(frozen=True)
class Graph:
    """Firms and ties.

    Attributes
    ----------
    ids
        One for each firm, all different: its name on one line.
    labels, looks
        In the same order.
    attributes
        Number of alliances, the codebook's firm variables, parent, other names, the drawing's measures.
    edges
        `source`, `target` (positions in `ids`), `weight`, `first_year`, `last_year` (Int32, null where no
        alliance is dated), `alliances` (text, ids joined by `;`), in the drawing's order.
    called
        The name under which the last column is written, see `Drawing`.
    """

    ids: list[str]
    labels: list[str]
    looks: list[Looks]
    attributes: list[Attribute]
    edges: pl.DataFrame
    called: str = ALLIANCES

    def ties(self) -> Iterator[tuple[int, int, int | float, int | None, int | None, str]]:
        """Yield the rows of `edges`."""
        yield from self.edges.iter_rows()


def graph_of(frames: Frames, drawing: Drawing | None) -> Graph:
    """Return the graph of a drawing, or of the plain projection where there is none."""
    drawn = drawing or plain_drawing(frames)
    names = drawn.firms["firm"].to_list()
    labels = drawn.firms["label"].to_list() if "label" in drawn.firms.columns else names
    return Graph(
        ids=distinct(xml_text(one_line(name)) for name in names),
        labels=[one_line(label or name) for label, name in zip(labels, names, strict=True)],
        looks=_looks(drawn.firms),
        attributes=_attributes(frames, drawn),
        edges=_edges(frames, drawn),
        called=drawn.called,
    )


def _looks(firms: pl.DataFrame) -> list[Looks]:
    def column(name: str) -> list[Value]:
        return firms[name].to_list() if name in firms.columns else [None] * firms.height

    return [
        Looks(_finite(x), _finite(y), _finite(size), _rgb(color), None if shape is None else str(shape))
        for x, y, size, color, shape in zip(*map(column, ("x", "y", "size", "color", "shape")), strict=True)
    ]


def _finite(value: Value) -> float | None:
    return float(value) if value is not None and math.isfinite(float(value)) else None


def _rgb(color: Value) -> tuple[int, int, int] | None:
    if color is None:
        return None
    text = str(color).removeprefix("#")
    try:
        red, green, blue = bytes.fromhex(text)
    except ValueError as error:
        raise UsageError(f"A drawing's colours are like #1f77b4, not '{color}'.") from error
    return red, green, blue


def _attributes(frames: Frames, drawn: Drawing) -> list[Attribute]:
    counts = frames.partners.group_by("firm").agg(
        pl.col("alliance").n_unique().cast(pl.Int32).alias(drawn.called)
    )
    known = frames.firms.with_columns(
        joined(frames.firms, column, "firms", "; ")
        for column, kind in frames.firms.schema.items()
        if isinstance(kind, pl.List)
    )
    table = (
        drawn.firms.select("firm")
        .join(counts, on="firm", how="left", maintain_order="left")
        .with_columns(pl.col(drawn.called).fill_null(0))
        .join(known, on="firm", how="left", maintain_order="left")
    )
    titles = {drawn.called: drawn.called.capitalize(), "parent": "Parent", "aliases": "Other names"} | {
        item.name: item.label for item in everything(frames.codebook) if item.level == "firm"
    }
    asked = [name for name in titles if name not in (drawn.called, "parent", "aliases")]
    groups = ["parent"] if drawn.called == ALLIANCES else []  # nothing but a firm belongs to another
    chosen = [table[name] for name in (drawn.called, *asked, *groups, "aliases")]
    chosen += [drawn.firms[name] for name in drawn.measures if name not in titles]
    names = distinct(f"{series.name}_" if series.name in TAKEN else series.name for series in chosen)
    return [
        _attribute(name, titles.get(series.name, series.name), series)
        for name, series in zip(names, chosen, strict=True)
    ]


def _attribute(name: str, title: str, series: pl.Series) -> Attribute:
    values: list[Value] = series.to_list()
    if series.dtype == pl.Boolean:
        return Attribute(name, title, "boolean", values)
    if series.dtype.is_integer():
        return Attribute(name, title, "integer", values)
    if series.dtype.is_float():
        return Attribute(name, title, "double", [_finite(value) for value in values])
    return Attribute(name, title, "string", [None if value is None else str(value) for value in values])


def _edges(frames: Frames, drawn: Drawing) -> pl.DataFrame:
    position = {name: number for number, name in enumerate(drawn.firms["firm"])}
    edges = drawn.edges.with_row_index("tie")
    years = (
        edges.select("tie", pl.col("alliances").alias("id"))
        .explode("id")
        .join(frames.alliances.select("id", "year"), on="id", how="inner")
        .group_by("tie")
        .agg(pl.col("year").min().alias("first_year"), pl.col("year").max().alias("last_year"))
    )
    return edges.join(years, on="tie", how="left", maintain_order="left").select(
        pl.col("source", "target").replace_strict(position, return_dtype=pl.Int64),
        "weight",
        "first_year",
        "last_year",
        pl.col("alliances").list.join("; "),
    )
