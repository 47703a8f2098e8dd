"""UCINET DL: the ties between firms, and the firms of each alliance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.exchange.writers.graph import Graph, graph_of
from constellary.exchange.writers.texts import ascii_text, distinct, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constellary.exchange.drawing import Drawing
    from constellary.study.frames import Frames


def files(frames: Frames, drawing: Drawing | None = None) -> dict[str, bytes]:
    """Return `-firms.dl` (one-mode, weighted, symmetric) and `-alliances.dl` (two-mode, firms by alliances).

    Labels stand in a list before the data, and the data name rows and columns by number: firms without a
    tie stay in, and UCINET, whose older versions cut labels at 18 characters and set them in capitals,
    cannot take two firms for one. Every tie is there in both directions, so that the matrix is symmetric
    as read. Labels are plain ASCII without double quotes; places, colours and attributes are not kept.

    References
    ----------
    Borgatti, Everett and Freeman, UCINET, the DL language: http://www.analytictech.com/ucinet/help/hs5000.htm
    """
    graph = graph_of(frames, drawing)
    return {"-firms.dl": _text(_ties(graph)), "-alliances.dl": _text(_memberships(frames))}


def _ties(graph: Graph) -> Iterable[str]:
    yield f"dl n={len(graph.ids)} format=edgelist1"
    yield "labels:"
    yield from _labels(graph.labels)
    yield "data:"
    pairs = [(source + 1, target + 1, weight) for source, target, weight, *_ in graph.ties()]
    both = pairs + [(target, source, weight) for source, target, weight in pairs]
    yield from (f"{source} {target} {weight}" for source, target, weight in sorted(both))


def _memberships(frames: Frames) -> Iterable[str]:
    firms, alliances = frames.signing["firm"].to_list(), frames.alliances["id"].to_list()
    row = {firm: number for number, firm in enumerate(firms, 1)}
    column = {alliance: number for number, alliance in enumerate(alliances, 1)}
    yield f"dl nr={len(firms)} nc={len(alliances)} format=edgelist2"
    yield "row labels:"
    yield from _labels(firms)
    yield "column labels:"
    yield from _labels(alliances)
    yield "data:"
    cells = {
        (row[firm], column[alliance]) for alliance, firm in frames.partners["alliance", "firm"].iter_rows()
    }
    yield from (f"{firm} {alliance}" for firm, alliance in sorted(cells))


def _labels(names: Iterable[str]) -> Iterable[str]:
    plain = distinct(ascii_text(one_line(name)).replace('"', "'") for name in names)
    return (f'"{name}"' for name in plain)


def _text(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")
