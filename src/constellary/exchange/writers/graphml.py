"""GraphML: the constellation for Gephi, yEd, Cytoscape, igraph and networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.exchange.writers.graph import Attribute, Graph, Value, graph_of
from constellary.exchange.writers.markup import Markup

if TYPE_CHECKING:
    from constellary.exchange.drawing import Drawing
    from constellary.study.frames import Frames

KINDS = {"string": "string", "integer": "int", "double": "double", "boolean": "boolean"}


def files(frames: Frames, drawing: Drawing | None = None) -> dict[str, bytes]:
    """Return `.graphml`: an undirected graph.

    GraphML has no looks of its own; Gephi reads the keys `label`, `x`, `y`, `size`, `r`, `g`, `b` of a
    node as such, and `weight` of an edge. `shape` is an attribute like the others.

    References
    ----------
    The GraphML file format, http://graphml.graphdrawing.org
    """
    graph = graph_of(frames, drawing)
    keys = [*_looks(graph), *graph.attributes]
    page = Markup()
    with page.element("graphml", {"xmlns": "http://graphml.graphdrawing.org/xmlns"}):
        for key in keys:
            page.leaf("key", _key(key.name, "node", key.kind))
        for name, kind in (
            ("weight", "double"),
            ("first_year", "integer"),
            ("last_year", "integer"),
            (graph.called, "string"),
        ):
            page.leaf("key", _key(name, "edge", kind))
        with page.element("graph", {"id": "constellation", "edgedefault": "undirected"}):
            for number, node in enumerate(graph.ids):
                with page.element("node", {"id": node}):
                    for key in keys:
                        _datum(page, "node", key.name, key.values[number])
            _ties(page, graph)
    return {".graphml": page.content()}


def _key(name: str, owner: str, kind: str) -> dict[str, str]:
    return {"id": f"{owner}-{name}", "for": owner, "attr.name": name, "attr.type": KINDS[kind]}


def _looks(graph: Graph) -> list[Attribute]:
    """Return the looks as attributes; those that no firm has are left out."""

    def colour(part: int) -> list[Value]:
        return [looks.color[part] if looks.color else None for looks in graph.looks]

    def place(name: str) -> list[Value]:
        return [getattr(looks, name) for looks in graph.looks]

    labels: list[Value] = list(graph.labels)
    every = [
        Attribute("label", "Label", "string", labels),
        *(Attribute(name, name, "double", place(name)) for name in ("x", "y", "size")),
        *(Attribute(name, name, "integer", colour(part)) for part, name in enumerate("rgb")),
        Attribute("shape", "Shape", "string", place("shape")),
    ]
    return [attribute for attribute in every if any(value is not None for value in attribute.values)]


def _datum(page: Markup, owner: str, name: str, value: Value) -> None:
    if value is not None:
        page.leaf("data", {"key": f"{owner}-{name}"}, value)


def _ties(page: Markup, graph: Graph) -> None:
    for number, (source, target, weight, first, last, alliances) in enumerate(graph.ties()):
        ends = {"source": graph.ids[source], "target": graph.ids[target]}
        with page.element("edge", {"id": f"e{number}", **ends}):
            _datum(page, "edge", "weight", float(weight))
            _datum(page, "edge", "first_year", first)
            _datum(page, "edge", "last_year", last)
            _datum(page, "edge", graph.called, alliances)
