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
from constellary.report.labels import Label, place_labels
from constellary.report.prose import plural

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl
    from numpy.typing import NDArray

Shape = Literal["circle", "square", "diamond", "triangle"]
MARKED: tuple[Shape, ...] = ("square", "diamond", "triangle")
"""Shapes of the marks' values, in order; a firm without a value is a circle."""

WIDTH = 482.0
HEIGHT = 430.0
MARGIN = 14.0
COMPRESSION = 0.78
"""Distances from the middle are drawn to this power: the crowd in the middle opens, the rim comes near."""
STRETCH = 1.3
"""Most that one direction is stretched over the other to fill the page."""
LARGEST = 9.0
"""Radius of the firm with the most alliances."""
SMALLEST = 1.3
STEPS = 60
"""Most rounds of pushing firms apart that would hide each other."""
CROWDED = 500
"""From so many ties on they are drawn faint; the fewer there are, the stronger is each."""
PUSHED = 4000
"""Above this many firms they stay where the layout put them."""


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
    width: float = WIDTH,
    height: float = HEIGHT,
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
    width, height
        Of the drawing without its legend, in points.
    """
    firms = firms.sort("firm")
    size = np.maximum(firms["size"].to_numpy().astype(float), 0)
    radii = np.maximum(LARGEST * np.sqrt(size / max(1.0, size.max(initial=1.0))), SMALLEST)
    centres = apart(
        fitted(firms.select("x", "y").to_numpy().astype(float), width, height), radii, width, height
    )
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
        width=width,
        height=height,
        nodes=nodes,
        edges=drawn_edges(edges, nodes),
        labels=names(firms, nodes, labelled, width, height),
        legend=legend(palette, shapes, size, unit, {node.colour for node in nodes}),
    )


def fitted(positions: NDArray[np.float64], width: float, height: float) -> NDArray[np.float64]:
    """Return positions in points within the margins, opened in the middle, y down the page."""
    if not len(positions):
        return positions.reshape(0, 2)
    away = (positions - np.median(positions, axis=0)) * np.array([1.0, -1.0])
    far = np.hypot(away[:, 0], away[:, 1])[:, None]
    opened = away * np.where(far > 0, far, 1.0) ** (COMPRESSION - 1)
    low, high = opened.min(axis=0), opened.max(axis=0)
    room = np.array([width, height]) - 2 * MARGIN
    scale = room / np.where(high > low, high - low, 1.0)
    scale = np.minimum(scale, scale.min() * STRETCH)
    centred: NDArray[np.float64] = (opened - (low + high) / 2) * scale + np.array([width, height]) / 2
    return centred


def apart(
    centres: NDArray[np.float64], radii: NDArray[np.float64], width: float, height: float
) -> NDArray[np.float64]:
    """Return centres pushed apart until no mark covers another, as far as there is room."""
    if len(centres) < 2 or len(centres) > PUSHED:
        return centres
    centres = centres.copy()
    need = radii[:, None] + radii[None, :] + 0.6
    low, high = radii[:, None] + 2, np.array([width, height]) - radii[:, None] - 2
    # Two firms on one spot need a direction: the golden angle spreads them the same way every time.
    turn = np.arange(len(centres)) * 2.399963
    centres += 1e-6 * np.column_stack([np.cos(turn), np.sin(turn)])
    weight = radii[None, :] / (radii[:, None] + radii[None, :])
    for _ in range(STEPS):
        between = centres[:, None, :] - centres[None, :, :]
        distance = np.hypot(between[..., 0], between[..., 1])
        np.fill_diagonal(distance, np.inf)
        lack = np.clip(need - distance, 0, None)
        if lack.max() < 0.05:
            break
        push = (lack * weight / distance)[..., None] * between
        centres = np.clip(centres + 0.7 * push.sum(axis=1), low, high)
    return centres


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


def names(
    firms: pl.DataFrame, nodes: Sequence[Node], labelled: int, width: float, height: float
) -> tuple[Label, ...]:
    """Return the labels of the most important firms."""
    importance = firms["importance"].fill_null(0).to_list()
    order = sorted(range(len(nodes)), key=lambda i: (-importance[i], nodes[i].firm))[:labelled]
    centres = np.array([(node.x, node.y) for node in nodes]).reshape(-1, 2)
    radii = np.array([node.radius for node in nodes])
    wanted = [
        (nodes[i].firm, i, round(6 + 1.8 * nodes[i].radius / LARGEST, 1), place < 10)
        for place, i in enumerate(order)
    ]
    return place_labels(wanted, centres, radii, width=width, height=height)


def legend(
    palette: Mapping[str, str],
    shapes: Mapping[str, Shape],
    size: NDArray[np.float64],
    unit: str,
    used: set[str],
) -> tuple[tuple[LegendItem, ...], ...]:
    """Return the entries: colours, shapes, sizes."""
    colours = [LegendItem(name, colour, "circle", 3.6) for name, colour in palette.items()]
    if theme.ABSENT in used:
        colours.append(LegendItem("not coded", theme.ABSENT, "circle", 3.6))
    marks = [LegendItem(name, theme.SOFT, shape, 3.6) for name, shape in shapes.items()]
    most = int(size.max(initial=1))
    steps = sorted({1, round_down(most / 4), most})
    sizes = [
        LegendItem(
            plural(step, unit.removesuffix("s"), unit) if step == steps[-1] else f"{step:,}",
            "none",
            "circle",
            round(max(SMALLEST, LARGEST * float(np.sqrt(step / most))), 2),
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
