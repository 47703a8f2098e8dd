"""GEXF 1.3, the format of Gephi: the constellation with places, sizes and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.exchange.writers.graph import Graph, Looks, graph_of
from constellary.exchange.writers.markup import Markup

if TYPE_CHECKING:
    from constellary.exchange.drawing import Drawing
    from constellary.study.frames import Frames

SHAPES = {"circle": "disc", "square": "square", "diamond": "diamond", "triangle": "triangle"}


def files(frames: Frames, drawing: Drawing | None = None) -> dict[str, bytes]:
    """Return `.gexf`: an undirected, static graph.

    Firms carry their variables, measures and looks (`viz:position`, `viz:size`, `viz:color`,
    `viz:shape`); ties their weight, the years of the first and last alliance and the alliances' ids.
    Gephi takes size as the radius in the units of the positions, as `Drawing` does.

    References
    ----------
    GEXF 1.3, https://gexf.net
    """
    graph = graph_of(frames, drawing)
    page = Markup()
    spaces = {"xmlns": "http://gexf.net/1.3", "xmlns:viz": "http://gexf.net/1.3/viz", "version": "1.3"}
    with page.element("gexf", spaces):
        with page.element("meta"):
            page.leaf("creator", text="Constellary")
            selection = f". Selection: {frames.selection}." if frames.selection else ""
            page.leaf("description", text=f"{frames.codebook.title}{selection}")
        with page.element("graph", {"defaultedgetype": "undirected", "mode": "static"}):
            _declare(page, graph)
            _nodes(page, graph)
            _ties(page, graph)
    return {".gexf": page.content()}


def _declare(page: Markup, graph: Graph) -> None:
    with page.element("attributes", {"class": "node"}):
        for attribute in graph.attributes:
            page.leaf("attribute", {"id": attribute.name, "title": attribute.title, "type": attribute.kind})
    with page.element("attributes", {"class": "edge"}):
        for name, title, kind in (
            ("first_year", "First year", "integer"),
            ("last_year", "Last year", "integer"),
            (graph.called, graph.called.capitalize(), "string"),
        ):
            page.leaf("attribute", {"id": name, "title": title, "type": kind})


def _nodes(page: Markup, graph: Graph) -> None:
    with page.element("nodes"):
        for number, (key, label) in enumerate(zip(graph.ids, graph.labels, strict=True)):
            with page.element("node", {"id": key, "label": label}):
                with page.element("attvalues"):
                    for attribute in graph.attributes:
                        value = attribute.values[number]
                        if value is not None:
                            page.leaf("attvalue", {"for": attribute.name, "value": value})
                _look(page, graph.looks[number])


def _look(page: Markup, looks: Looks) -> None:
    if looks.size is not None:
        page.leaf("viz:size", {"value": looks.size})
    if looks.x is not None and looks.y is not None:
        page.leaf("viz:position", {"x": looks.x, "y": looks.y, "z": 0.0})
    if looks.color is not None:
        page.leaf("viz:color", dict(zip("rgb", looks.color, strict=True)))
    if looks.shape is not None:
        page.leaf("viz:shape", {"value": SHAPES.get(looks.shape, "disc")})


def _ties(page: Markup, graph: Graph) -> None:
    with page.element("edges"):
        for number, (source, target, weight, first, last, alliances) in enumerate(graph.ties()):
            ends = {"source": graph.ids[source], "target": graph.ids[target]}
            with (
                page.element("edge", {"id": number, **ends, "weight": float(weight)}),
                page.element("attvalues"),
            ):
                for name, value in (("first_year", first), ("last_year", last), (graph.called, alliances)):
                    if value is not None:
                        page.leaf("attvalue", {"for": name, "value": value})
