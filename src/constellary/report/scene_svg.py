"""The scene as SVG: one drawing for page, PNG and PDF."""

from __future__ import annotations

from html import escape
from math import pi, sqrt
from typing import TYPE_CHECKING

from constellary.report import theme
from constellary.report.evidence import anchor
from constellary.report.labels import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.report.labels import Label
    from constellary.report.scene import Edge, LegendItem, Node, Scene, Shape

LEGEND_HEIGHT = 30.0
TYPE = 8.0


def scene_svg(scene: Scene, *, alt: str) -> str:
    """Return the scene as SVG; each firm is a link to its evidence and carries its description.

    Classes (`edge`, `node`, `label`) and `data-` indices let a page style and animate it.
    """
    height = scene.height + LEGEND_HEIGHT
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="scene" role="group" aria-label="{escape(alt)}"'
        f' width="{number(scene.width)}" height="{number(height)}"'
        f' viewBox="0 0 {number(scene.width)} {number(height)}" font-family="{theme.FONT}">'
    )
    parts = [
        head,
        f'<rect class="paper" width="{number(scene.width)}" height="{number(height)}" fill="{theme.PAPER}"/>',
        '<g class="sky"><g class="edges" fill="none" stroke-linecap="round">',
        *(edge_svg(edge, scene.nodes) for edge in scene.edges),
        '</g><g class="nodes">',
        *(node_svg(index, scene.nodes[index]) for index in drawing_order(scene.nodes)),
        '</g><g class="labels" aria-hidden="true">',
        *(label_svg(label) for label in scene.labels),
        "</g></g>",
        legend_svg(scene.legend, scene.height + LEGEND_HEIGHT / 2 + 2),
        "</svg>",
    ]
    return "".join(parts)


def drawing_order(nodes: Sequence[Node]) -> list[int]:
    """Return indices, large firms first, so that small ones stand on top."""
    return sorted(range(len(nodes)), key=lambda i: (-nodes[i].radius, i))


def edge_svg(edge: Edge, nodes: Sequence[Node]) -> str:
    """Return a tie as a slightly bent line."""
    a, b = nodes[edge.source], nodes[edge.target]
    bend = 0.08
    x = (a.x + b.x) / 2 + bend * (b.y - a.y)
    y = (a.y + b.y) / 2 - bend * (b.x - a.x)
    return (
        f'<path class="edge" data-edge="{edge.source} {edge.target}"'
        f' d="M{number(a.x)} {number(a.y)}Q{number(x)} {number(y)} {number(b.x)} {number(b.y)}"'
        f' stroke="{edge.colour}" stroke-width="{number(edge.width)}"'
        f' stroke-opacity="{number(edge.opacity)}"/>'
    )


def node_svg(index: int, node: Node) -> str:
    """Return a firm as a mark with a thin white rim, in a link if it has evidence."""
    look = f'fill="{node.colour}" stroke="{theme.PAPER}" stroke-width="{number(rim(node.radius))}"'
    mark = shape_svg(node.shape, node.x, node.y, node.radius, look)
    title = f"<title>{escape(node.text)}</title>"
    name = f'class="node" data-node="{index}" data-name="{escape(node.firm)}"'
    if not node.key:
        return f"<g {name}>{title}{mark}</g>"
    return f'<a {name} href="{escape(anchor(node.key))}">{title}{mark}</a>'


def rim(radius: float) -> float:
    """Return the width of the white rim of a mark."""
    return min(0.8, 0.25 + radius / 14)


def shape_svg(shape: Shape, x: float, y: float, radius: float, look: str) -> str:
    """Return a shape of the same area as a circle of that radius."""
    if shape == "circle":
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" {look}/>'
    if shape == "square":
        side = radius * sqrt(pi)
        return (
            f'<rect x="{number(x - side / 2)}" y="{number(y - side / 2)}" width="{number(side)}"'
            f' height="{number(side)}" rx="{number(side / 7)}" {look}/>'
        )
    if shape == "diamond":
        half = radius * sqrt(pi / 2)
        path = f"M{number(x)} {number(y - half)}l{number(half)} {number(half)}l{number(-half)} {number(half)}"
        return f'<path d="{path}l{number(-half)} {number(-half)}z" stroke-linejoin="round" {look}/>'
    side = 2 * radius * sqrt(pi / sqrt(3))
    top = side / sqrt(3)
    path = f"M{number(x)} {number(y - top)}l{number(side / 2)} {number(side * sqrt(3) / 2)}"
    return f'<path d="{path}h{number(-side)}z" stroke-linejoin="round" {look}/>'


def label_svg(label: Label) -> str:
    """Return a label over its own halo (two texts: not every converter knows paint-order)."""
    weight = ' font-weight="bold"' if label.bold else ""
    place = (
        f'x="{number(label.x)}" y="{number(label.y)}" font-size="{number(label.size)}"'
        f' text-anchor="{label.anchor}"{weight}'
    )
    text = escape(label.text)
    halo = f'stroke="{theme.PAPER}" stroke-width="2.2" stroke-linejoin="round" stroke-opacity="0.85"'
    return (
        f'<g class="label" data-name="{text}">'
        f'<text class="halo" {place} fill="{theme.PAPER}" {halo}>{text}</text>'
        f'<text {place} fill="{theme.INK}">{text}</text></g>'
    )


def legend_svg(legend: Sequence[Sequence[LegendItem]], y: float) -> str:
    """Return the legend as one line: colours, shapes, sizes."""
    parts = ['<g class="legend">']
    x = 12.0
    for group in legend:
        for item in group:
            look = f'fill="{item.colour}"'
            if item.colour == "none":
                look = f'fill="none" stroke="{theme.SOFT}" stroke-width="0.7"'
            parts.append(shape_svg(item.shape, x + item.radius, y, item.radius, look))
            x += 2 * item.radius + 4
            parts.append(
                f'<text x="{number(x)}" y="{number(y + 2.8)}" font-size="{number(TYPE)}"'
                f' fill="{theme.INK}">{escape(item.text)}</text>'
            )
            x += text_width(item.text, TYPE) + 10
        x += 12
    return "".join([*parts, "</g>"])


def number(value: float) -> str:
    """Return a number with at most two decimals, without needless zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
