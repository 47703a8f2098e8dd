"""Pajek: the network with places and colours, a partition by type of firm, vectors of measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.exchange.writers.graph import Graph, Looks, graph_of
from constellary.exchange.writers.texts import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from constellary.exchange.drawing import Drawing
    from constellary.study.codebook import Codebook
    from constellary.study.frames import Frames

Colour = tuple[int, int, int]

UNKNOWN_CLASS = 9_999_998
UNKNOWN_VALUE = 999_999_998
"""What Pajek takes as missing in a partition and in a vector."""

SHAPES = {"circle": "ellipse", "square": "box", "diamond": "diamond", "triangle": "triangle"}
MIDDLE, SPAN = 0.5, 0.9

COLOURS: dict[str, Colour] = {
    "Red": (237, 28, 36),
    "Green": (0, 166, 81),
    "Blue": (46, 49, 146),
    "Yellow": (255, 242, 0),
    "Orange": (245, 130, 32),
    "Purple": (153, 71, 155),
    "Cyan": (0, 174, 239),
    "Magenta": (236, 0, 140),
    "Brown": (121, 37, 0),
    "Gray": (148, 150, 152),
    "Black": (34, 30, 31),
    "Pink": (255, 170, 190),
    "LimeGreen": (141, 199, 62),
    "SkyBlue": (70, 197, 221),
    "Goldenrod": (255, 223, 66),
    "Maroon": (175, 50, 53),
}
"""Pajek's names of colours, roughly; it takes no others."""


def files(frames: Frames, drawing: Drawing | None = None) -> dict[str, bytes]:
    """Return `.net`, `.clu` (type of firm) and one `.vec` for each measure.

    Places are scaled into Pajek's square of 0 to 1, whose `y` grows downwards; colours become the
    nearest of Pajek's names, different ones staying different up to 16. Labels lose their double quotes
    and line breaks. The partition numbers the categories of the codebook's firm type from 1, in its
    order; missing is 9999998. The vectors are `-alliances.vec` and those of the drawing's measures;
    missing is 999999998. A file that is not plain ASCII starts with the mark by which Pajek knows UTF-8.

    References
    ----------
    Mrvar and Batagelj, Pajek reference manual; the description of .net: http://mrvar.fdv.uni-lj.si/pajek/DrawEPS.htm
    """
    graph = graph_of(frames, drawing)
    result = {".net": _coded(_network(graph))}
    partition = _partition(graph, frames.codebook)
    if partition is not None:
        result[".clu"] = _coded(_numbers(partition))
    for attribute in graph.attributes:
        if attribute.kind in ("integer", "double"):
            values = [UNKNOWN_VALUE if value is None else value for value in attribute.values]
            result[f"-{attribute.name}.vec"] = _coded(_numbers(values))
    return result


def _network(graph: Graph) -> Iterable[str]:
    places, colours = _places(graph.looks), _colours(graph.looks)
    yield f"*Vertices {len(graph.ids)}"
    labels = distinct(label.replace('"', "'") for label in graph.labels)
    for number, (label, place, looks) in enumerate(zip(labels, places, graph.looks, strict=True), 1):
        parts = [str(number), f'"{label}"']
        if place is not None:
            parts += [f"{place[0]:.6f}", f"{place[1]:.6f}", f"{MIDDLE:.6f}"]
            parts.append(SHAPES.get(looks.shape or "circle", "ellipse"))
            if looks.color is not None:
                parts += ["ic", colours[looks.color]]
        yield " ".join(parts)
    yield "*Edges"
    for source, target, weight, *_ in graph.ties():
        yield f"{source + 1} {target + 1} {weight}"


def _places(looks: Sequence[Looks]) -> list[tuple[float, float] | None]:
    """Return each place in Pajek's square, the drawing's proportions kept, `y` turned downwards."""
    xs = [look.x for look in looks if look.x is not None and look.y is not None]
    ys = [look.y for look in looks if look.x is not None and look.y is not None]
    if not xs:
        return [None] * len(looks)
    width = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    centre = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    return [
        (MIDDLE + SPAN * (look.x - centre[0]) / width, MIDDLE - SPAN * (look.y - centre[1]) / width)
        if look.x is not None and look.y is not None
        else None
        for look in looks
    ]


def _colours(looks: Sequence[Looks]) -> dict[Colour, str]:
    """Return the nearest name of each colour; a name is used twice only when all are used."""
    free = dict(COLOURS)
    chosen: dict[Colour, str] = {}
    for colour in sorted({look.color for look in looks if look.color is not None}):
        free = free or dict(COLOURS)
        name = min(free, key=lambda name: _apart(free[name], colour))
        chosen[colour] = name
        del free[name]
    return chosen


def _apart(first: Colour, second: Colour) -> float:
    """Return how far two colours are; hue counts for more than lightness, so that no colour turns grey."""
    light = (sum(first) - sum(second)) / 3
    warm = (first[0] - first[1]) - (second[0] - second[1])
    cool = (first[1] - first[2]) - (second[1] - second[2])
    return 0.3 * light**2 + warm**2 + cool**2


def _partition(graph: Graph, codebook: Codebook) -> list[int] | None:
    if codebook.design.firm_type is None:
        return None
    classes = {
        value: number for number, value in enumerate(codebook.find(codebook.design.firm_type).values, 1)
    }
    types = next(each for each in graph.attributes if each.name == codebook.design.firm_type)
    return [classes.get(str(value), UNKNOWN_CLASS) for value in types.values]


def _numbers(values: Sequence[object]) -> Iterable[str]:
    yield f"*Vertices {len(values)}"
    yield from (str(value) for value in values)


def _coded(lines: Iterable[str]) -> bytes:
    text = "".join(f"{line}\r\n" for line in lines)
    return text.encode("ascii" if text.isascii() else "utf-8-sig")
