"""The constellation as one scene: what is drawn where, before any format draws it.

The same scene is written as SVG for page and print and can be drawn by a canvas, so that an export
looks as the screen does, legend included. Everything in it is a number, a text or a tuple of such, in
points with y down the page; `dataclasses.asdict` makes it JSON.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from constellary.report import theme
from constellary.report.frame import PAGE, apart, fitted
from constellary.report.labels import Label, place_labels
from constellary.report.prose import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from constellary.report.frame import Frame

Shape = Literal["circle", "square", "diamond", "triangle"]
MARKED: tuple[Shape, ...] = ("square", "diamond", "triangle")
"""Shapes of the marks' values, in order; a firm without a value is a circle."""

CROWDED = 500
"""From so many ties on they are drawn faint; the fewer there are, the stronger is each."""


@dataclass(frozen=True, slots=True)
class Node:
    """A firm: where, how large, how it looks, what stands behind it."""

    firm: str
    x: float
    y: float
    radius: float
    colour: str
    shape: Shape
    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie between the nodes at two indices, with its pen."""

    source: int
    target: int
    weight: float
    width: float
    opacity: float
    colour: str


@dataclass(frozen=True, slots=True)
class LegendItem:
    """One entry of the legend: a shape of a colour and a radius, and what it stands for."""

    text: str
    colour: str
    shape: Shape
    radius: float


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing of the constellation; the legend stands below `height`, rows of entries."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    labels: tuple[Label, ...]
    legend: tuple[tuple[LegendItem, ...], ...]


def scene(
    firms: pl.DataFrame,
    edges: pl.DataFrame,
    *,
    groups: Sequence[str],
    marks: Sequence[str] = (),
    colours: Mapping[str, str] | None = None,
    unit: str = "alliances",
    labelled: int = 35,
    frame: Frame = PAGE,
) -> Scene:
    """Return the scene of a constellation.

    Parameters
    ----------
    firms
        `firm`, `x`, `y` (layout, any unit, y up), `size` (area of the mark, such as alliances),
        `group` (label that colours it; null: missing), `mark` (label that shapes it; null: a circle),
        `importance` (who is labelled first), `text` (description), `key` (evidence; empty or null: none).
    edges
        `source`, `target` (firms), `weight` (alliances together).
    groups, marks
        Labels in the codebook's order; colours and shapes go by position.
    colours
        Colour of each group; by position where absent.
    unit
        What `size` counts, for the legend.
    labelled
        How many firms to label at most.
    frame
        Size and radii, in points.
    """
    firms = firms.sort("firm")
    size = np.maximum(firms["size"].to_numpy().astype(float), 0)
    most = max(1.0, float(size.max(initial=1.0)))
    radii = frame.radii(size, most)
    centres = apart(fitted(firms.select("x", "y").to_numpy().astype(float), frame), radii, frame)
    palette = {name: (colours or {}).get(name, theme.colour(place)) for place, name in enumerate(groups)}
    shapes = {name: MARKED[place % len(MARKED)] for place, name in enumerate(marks)}
    nodes = tuple(
        Node(
            firm=row["firm"],
            x=round(float(centre[0]), 2),
            y=round(float(centre[1]), 2),
            radius=round(float(radius), 2),
            colour=palette.get(row["group"], theme.ABSENT),
            shape=shapes.get(row["mark"], "circle"),
            text=row["text"] or row["firm"],
            key=row["key"] or "",
        )
        for row, centre, radius in zip(firms.iter_rows(named=True), centres, radii, strict=True)
    )
    return Scene(
        width=frame.width,
        height=frame.height,
        nodes=nodes,
        edges=drawn_edges(edges, nodes),
        labels=names(firms, nodes, labelled, frame),
        legend=legend(
            palette, shapes, most=most, unit=unit, used={node.colour for node in nodes}, frame=frame
        ),
    )


def drawn_edges(edges: pl.DataFrame, nodes: Sequence[Node]) -> tuple[Edge, ...]:
    """Return edges with their pens, longest first: wide for weight, faint for length and for number."""
    room = max(0.0, 1 - edges.height / CROWDED)
    place = {node.firm: index for index, node in enumerate(nodes)}
    found = []
    for source, target, weight in edges.select("source", "target", "weight").iter_rows():
        one, other = sorted((place[source], place[target]))
        a, b = nodes[one], nodes[other]
        length = float(np.hypot(a.x - b.x, a.y - b.y))
        opacity = round(0.14 + 0.4 * float(np.exp(-length / 70)), 1 if length > 200 else 2)
        opacity += (0.7 - opacity) * room
        pen = 0.35 + 0.35 * room + 0.45 * float(np.log2(max(1.0, weight)))
        colour = a.colour if a.colour == b.colour else theme.LINE
        edge = Edge(one, other, float(weight), round(min(pen, 2.6), 2), round(opacity * 20) / 20, colour)
        found.append((-length, one, other, edge))
    return tuple(entry[-1] for entry in sorted(found, key=lambda entry: entry[:3]))


def names(firms: pl.DataFrame, nodes: Sequence[Node], labelled: int, frame: Frame) -> tuple[Label, ...]:
    """Return the labels of the most important firms."""
    importance = firms["importance"].fill_null(0).to_list()
    order = sorted(range(len(nodes)), key=lambda i: (-importance[i], nodes[i].firm))[:labelled]
    centres = np.array([(node.x, node.y) for node in nodes]).reshape(-1, 2)
    radii = np.array([node.radius for node in nodes])
    wanted = [
        (nodes[i].firm, i, round(6 + 1.8 * nodes[i].radius / frame.largest, 1), place < 10)
        for place, i in enumerate(order)
    ]
    return place_labels(wanted, centres, radii, width=frame.width, height=frame.height)


def legend(
    palette: Mapping[str, str],
    shapes: Mapping[str, Shape],
    *,
    most: float,
    unit: str,
    used: set[str],
    frame: Frame,
) -> tuple[tuple[LegendItem, ...], ...]:
    """Return the entries: colours, shapes, sizes."""
    colours = [LegendItem(name, colour, "circle", 3.6) for name, colour in palette.items()]
    if theme.ABSENT in used:
        colours.append(LegendItem("not coded", theme.ABSENT, "circle", 3.6))
    marks = [LegendItem(name, theme.SOFT, shape, 3.6) for name, shape in shapes.items()]
    steps = sorted({1, round_down(most / 4), int(most)})
    sizes = [
        LegendItem(
            plural(step, unit.removesuffix("s"), unit) if step == steps[-1] else f"{step:,}",
            "none",
            "circle",
            round(float(frame.radii(np.array([float(step)]), int(most))[0]), 2),
        )
        for step in steps
    ]
    return tuple(tuple(part) for part in (colours, marks, sizes) if part)


def round_down(value: float) -> int:
    """Return a value rounded down to 1, 2 or 5 times a power of ten; at least 1.

    Examples
    --------
    >>> round_down(15.5), round_down(0.3)
    (10, 1)
    """
    if value < 1:
        return 1
    power = 10 ** int(np.floor(np.log10(value)))
    return int(max(step for step in (1, 2, 5) if step * power <= value) * power)
