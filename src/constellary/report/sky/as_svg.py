"""The scene as SVG and PNG, through a camera, with its legend and a line of words."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from constellary import __version__
from constellary.exchange.writers.texts import one_line, xml_text
from constellary.report import theme
from constellary.report.labels import Box, overlap, text_width
from constellary.report.scene_svg import number, shape_svg
from constellary.report.sky.looks import SHAPES
from constellary.report.sky.palette import NIGHT, PAIRS
from constellary.report.sky.picture import Picture
from constellary.report.sky.seen import Seen, seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constellary.report.scene import Shape
    from constellary.report.sky.model import SkyScene

SHARPNESS = 2.0
"""Dots of a PNG for each pixel of the picture."""
STRIP = 26.0
"""Height of a line of the legend."""
TYPE = 11.0
EDGE = 14.0
"""Left and right of the legend."""
APART, GROUP = 12.0, 18.0
"""Between two entries, and more between two groups of them."""
HULL = 7.0
"""How far an outline stands off its firms, in units of radii."""
HULL_OPACITY = 0.14
WORD = ("start", "middle", "end")


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of a page that belong to no firm, and which of each pair of the palette it takes."""

    paper: str
    ink: str
    soft: str
    line: str
    turn: int

    def colour(self, index: int) -> str:
        """Return a colour by its index; below 0: neutral."""
        return self.line if index < 0 else PAIRS[index][self.turn]


THEMES = {
    "light": Inks(theme.PAPER, theme.INK, theme.SOFT, theme.LINE, 0),
    "dark": Inks(NIGHT, theme.DARK[theme.INK], theme.DARK[theme.SOFT], theme.DARK[theme.LINE], 1),
}


def sky_svg(scene: SkyScene, picture: Picture | None = None, *, title: str = "") -> str:
    """Return a scene as SVG; the legend and the words stand below the picture.

    Parameters
    ----------
    scene
        What is drawn.
    picture
        How it is seen; None: all of it, on light paper.
    title
        Of the study, for the line of words.
    """
    picture = picture or Picture()
    inks = THEMES[picture.shade]
    view = seen(scene, picture)
    legend, lines = legend_svg(scene, view, inks)
    line = " · ".join(part for part in (scene.words, title, f"Constellary {__version__}") if part)
    below = view.height + STRIP * lines + 8
    total = below + STRIP
    size = f'width="{number(view.width)}" height="{number(total)}"'
    window = f'width="{number(view.width)}" height="{number(view.height)}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{clean(scene.words)}" {size}'
        f' viewBox="0 0 {number(view.width)} {number(total)}" font-family="{theme.FONT}">'
    )
    parts = [
        head,
        f'<defs><clipPath id="window"><rect {window}/></clipPath></defs>',
        f'<rect {size} fill="{inks.paper}"/><g clip-path="url(#window)">',
        '<g class="hulls" stroke-linejoin="round">',
        *hulls_svg(scene, view, inks),
        '</g><g class="ties" fill="none">',
        *ties_svg(scene, view, inks),
        '</g><g class="firms">',
        *firms_svg(scene, view, inks),
        '</g><g class="labels">',
        *labels_svg(scene, view, inks),
        "</g></g>",
        legend,
        text_svg(line, 14, below + 11, inks.soft),
        "</svg>\n",
    ]
    return "".join(parts)


def text_svg(text: str, x: float, y: float, ink: str) -> str:
    """Return a text of the legend."""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(TYPE)}" fill="{ink}">{clean(text)}</text>'
    )


def sky_png(svg: str, sharpness: float = SHARPNESS) -> bytes:
    """Return a picture of an SVG of `sky_svg`."""
    import vl_convert

    picture: bytes = vl_convert.svg_to_png(svg, scale=sharpness, ppi=72)
    return picture


def clean(text: str) -> str:
    r"""Return a text of any kind as SVG can hold it, on one line.

    Examples
    --------
    >>> clean('A "b"\x00\n<script>')
    'A &quot;b&quot; &lt;script&gt;'
    """
    return escape(xml_text(one_line(text)))


def ties_svg(scene: SkyScene, view: Seen, inks: Inks) -> Iterator[str]:
    """Yield a path for all the ties of one pen that can be seen, in the order of the scene."""
    low, high = np.zeros(2), np.array([view.width, view.height])
    source, target = (view.places[scene.ties[end].to_numpy()].reshape(-1, 2) for end in ("source", "target"))
    crossing = ((np.maximum(source, target) > low) & (np.minimum(source, target) < high)).all(axis=1)
    pen: tuple[float, float, int] | None = None
    drawn: list[str] = []
    rows = scene.ties.select("width", "opacity", "colour").filter(crossing).iter_rows()
    ends = zip(source[crossing].tolist(), target[crossing].tolist(), strict=True)
    for row, ((x, y), (u, v)) in zip(rows, ends, strict=True):
        if row != pen and pen is not None:
            yield _path(drawn, pen, view, inks)
            drawn = []
        pen = row
        drawn.append(f"M{x:.1f} {y:.1f}L{u:.1f} {v:.1f}")
    if pen is not None:
        yield _path(drawn, pen, view, inks)


def _path(drawn: list[str], pen: tuple[float, float, int], view: Seen, inks: Inks) -> str:
    width, opacity, colour = pen
    return (
        f'<path d="{"".join(drawn)}" stroke="{inks.colour(colour)}" stroke-opacity="{opacity:g}"'
        f' stroke-width="{number(width * view.pen)}"/>'
    )


def firms_svg(scene: SkyScene, view: Seen, inks: Inks) -> Iterator[str]:
    """Yield the firms that can be seen, large ones first, so that small ones stand on top."""
    order = np.lexsort((np.arange(view.radii.size), -view.radii))
    names, texts = scene.firms["firm"].to_list(), scene.firms["text"].to_list()
    colour, shape = scene.firms["colour"].to_list(), scene.firms["shape"].to_list()
    for index in order[view.inside[order]].tolist():
        (x, y), radius = view.places[index].tolist(), float(view.radii[index])
        rim = min(1.2, 0.3 + radius / 14)
        look = f'fill="{inks.colour(colour[index])}" stroke="{inks.paper}" stroke-width="{number(rim)}"'
        title = f"{names[index]}: {texts[index]}"
        yield f"<g><title>{clean(title)}</title>{shape_svg(SHAPES[shape[index]], x, y, radius, look)}</g>"


def labels_svg(scene: SkyScene, view: Seen, inks: Inks) -> Iterator[str]:
    """Yield the labels of the firms that can be seen, each over its own halo."""
    names, labels = scene.firms["firm"].to_list(), view.labels
    taken: list[Box] = []
    rows = zip(labels.firm, labels.dx, labels.dy, labels.anchor, labels.size, labels.strong, strict=True)
    for firm, dx, dy, anchor, size, strong in rows:
        if not view.inside[firm]:
            continue
        x, y = view.places[firm] + np.array([dx, dy]) * view.text
        high = size * view.text
        if view.enlarged > 1:
            wide = text_width(names[firm], high, bold=bool(strong))
            left = x - wide * anchor / 2
            box = (left - 2, y - high, left + wide + 2, y + high * 0.3)
            if any(overlap(box, other) for other in taken):
                continue
            taken.append(box)
        weight = ' font-weight="bold"' if strong else ""
        at = (
            f'x="{number(x)}" y="{number(y)}" font-size="{number(high)}" text-anchor="{WORD[anchor]}"{weight}'
        )
        text = clean(names[firm])
        halo = f'stroke="{inks.paper}" stroke-width="3" stroke-linejoin="round" stroke-opacity="0.85"'
        yield f'<text {at} fill="{inks.paper}" {halo}>{text}</text><text {at} fill="{inks.ink}">{text}</text>'


def hulls_svg(scene: SkyScene, view: Seen, inks: Inks) -> Iterator[str]:
    """Yield the outlines, rounded by a wide pen of their own colour."""
    pad = 2 * HULL * view.mark
    names = scene.alliances["name"].to_list()
    for hull in scene.hulls:
        corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in view.places[list(hull.outline)].tolist())
        colour = inks.colour(hull.colour)
        look = f'fill="{colour}" stroke="{colour}" stroke-width="{number(pad)}" opacity="{HULL_OPACITY}"'
        yield f'<polygon points="{corners}" {look}><title>{clean(names[hull.alliance] or "")}</title></polygon>'


def legend_svg(scene: SkyScene, view: Seen, inks: Inks) -> tuple[str, int]:
    """Return the legend beneath the picture, in as many lines as it takes, and how many these are."""
    drawn: list[str] = []
    x, line = EDGE, 0
    for entry in legend_entries(scene, view, inks):
        heading = entry.shape is None
        wide = (0 if heading else 2 * entry.radius + 5) + text_width(entry.text, TYPE)
        x += GROUP if heading and x > EDGE else 0
        if x + wide > view.width - EDGE and x > EDGE:
            x, line = EDGE, line + 1
        y = view.height + STRIP * line + STRIP / 2 + 6
        if entry.shape is not None:
            drawn.append(shape_svg(entry.shape, x + entry.radius, y, entry.radius, entry.look))
        start = x if heading else x + 2 * entry.radius + 5
        drawn.append(text_svg(entry.text, start, y + 4, inks.soft if heading else inks.ink))
        x += wide + APART
    return f'<g class="legend">{"".join(drawn)}</g>', line + 1


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the legend; without a shape it heads those that follow."""

    text: str
    shape: Shape | None = None
    radius: float = 5.0
    look: str = ""


def legend_entries(scene: SkyScene, view: Seen, inks: Inks) -> Iterator[Entry]:
    """Yield what colours, shapes and sizes say, each under its heading."""
    legend = scene.legend
    of_colours, of_shapes, of_sizes = legend.titles
    if legend.colours:
        yield Entry(of_colours)
    for text, index in legend.colours:
        yield Entry(text, "circle", look=f'fill="{inks.colour(index)}"')
    if legend.shapes:
        yield Entry(of_shapes)
    for text, index in legend.shapes:
        yield Entry(text, SHAPES[index], look=f'fill="{inks.soft}"')
    yield Entry(of_sizes)
    for text, radius in legend.sizes:
        shown = min(radius * view.mark, STRIP / 2 - 1)
        yield Entry(text, "circle", shown, f'fill="none" stroke="{inks.soft}"')
