"""Specifications to drawings: SVG, and PNG and PDF from that same SVG.

The converter is deterministic but for three things, which are mended here: ids in an SVG count up over
the life of the process, links get the converter's own address before them, and the objects of a PDF
come in the order of a randomly seeded table.
"""

from __future__ import annotations

import json
import re
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from html import escape
from subprocess import DEVNULL, PIPE, Popen
from typing import TYPE_CHECKING, Any, Self

import vl_convert

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from constellary.report.document import Figure

VEGA_LITE = "6.1"
DPI = 300
WORKERS = 2


def draw(figure: Figure) -> str:
    """Return a figure as an SVG with its description, links to the evidence and stable ids."""
    svg = figure.svg
    if svg is None:
        svg = clean(vl_convert.vegalite_to_svg(json.dumps(figure.spec), vl_version=VEGA_LITE))
    return described(svg, figure.alt)


class Desk:
    """Where figures are drawn, by a process of its own, while others are still being written.

    Parameters
    ----------
    staffed
        False: nothing is drawn, for formats without figures.
    """

    def __init__(self, *, staffed: bool = True) -> None:
        self._drawn: dict[str, Future[str]] = {}
        self._pool = ThreadPoolExecutor(1) if staffed else None
        self._pen = _start_pen() if staffed else None
        if self._pool is not None:
            # The converter takes a second to start, which other things can use.
            self._pool.submit(self._ask, {"data": {"values": []}, "mark": "point"})

    def take(self, figure: Figure) -> None:
        """Begin to draw a figure."""
        if self._pool is not None:
            self._drawn[figure.key] = self._pool.submit(self._draw, figure)

    def drawings(self) -> dict[str, str]:
        """Return the SVG of every figure taken, by its key, in the order in which they were taken."""
        return {key: drawn.result() for key, drawn in self._drawn.items()}

    def _draw(self, figure: Figure) -> str:
        svg = None if figure.spec is None else self._ask(figure.spec)
        return draw(figure) if svg is None else described(clean(svg), figure.alt)

    def _ask(self, spec: Mapping[str, Any]) -> str | None:
        """Return what the pen drew; None where there is no pen, or it has gone, or it could not."""
        pen = self._pen
        if pen is None or pen.stdin is None or pen.stdout is None:
            return None
        try:
            pen.stdin.write(json.dumps({"spec": json.dumps(spec), "version": VEGA_LITE}) + "\n")
            pen.stdin.flush()
            answer = pen.stdout.readline()
        except OSError:
            answer = ""
        found: dict[str, str] = json.loads(answer) if answer else {}
        return found.get("svg")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
        if self._pen is not None:
            self._pen.communicate()


def _start_pen() -> Popen[str] | None:
    """Start the pen; None where no process can be started, and everything is drawn in this one."""
    command = [sys.executable, "-P", "-m", "constellary.report.pen"]  # -P: nothing from the current folder
    try:
        return Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, encoding="utf-8")  # noqa: S603 - our own
    except OSError:
        return None


def convert_all(drawings: Mapping[str, str], convert: Callable[[str], bytes]) -> dict[str, bytes]:
    """Return every drawing in another format (`to_png`, `to_pdf`) by its key."""
    with ThreadPoolExecutor(WORKERS) as pool:
        return dict(zip(drawings, pool.map(convert, drawings.values()), strict=True))


def clean(svg: str) -> str:
    """Make an SVG independent of the process that drew it, and its links relative."""
    svg = re.sub(r'<a xlink:href="[^"#]*">(.*?)</a>', r"\1", svg)  # a mark without evidence: no link
    svg = re.sub(r'xlink:href="[^"#]*(#[^"]*)"', r'href="\1"', svg)
    svg = svg.replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "").replace(' version="1.1"', "")
    names: dict[str, str] = {}
    for name in re.findall(r'\bid="([^"]+)"', svg):
        names.setdefault(name, f"{re.sub(r'[0-9]+$', '', name)}{len(names)}")
    for name, new in names.items():
        svg = re.sub(rf'(id="|url\(#|href="#){re.escape(name)}(?=["\)])', rf"\g<1>{new}", svg)
    return re.sub(r"-?\d+\.\d{3,}", lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), svg)


def described(svg: str, alt: str) -> str:
    """Give the drawing its alternative text."""
    if "aria-label=" in svg[: svg.index(">")]:
        return svg
    return svg.replace("<svg ", f'<svg role="group" aria-label="{escape(alt)}" ', 1)


def size(svg: str) -> tuple[float, float]:
    """Return width and height of an SVG in points."""
    match = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    if match is None:
        raise ValueError("a drawing without a view box")
    return float(match[1]), float(match[2])


def to_png(svg: str) -> bytes:
    """Return an SVG as a PNG of 300 dots an inch at its printed width."""
    drawn: bytes = vl_convert.svg_to_png(without_links(svg), scale=1, ppi=DPI)
    return drawn


def to_pdf(svg: str) -> bytes:
    """Return an SVG as a PDF page of its size, the same bytes every time."""
    drawn: bytes = vl_convert.svg_to_pdf(without_links(svg))
    return reordered(drawn)


def without_links(svg: str) -> str:
    """Take the links away, which lead nowhere outside the page."""
    return re.sub(r"</?a\b[^>]*>", "", svg)


def reordered(pdf: bytes) -> bytes:
    """Number the objects of a PDF in the order in which they are reached from its root, and write them so.

    Works on the plain layout of the converter: one section of cross references, no object streams.
    """
    end = pdf.rindex(b"xref\n", 0, pdf.rindex(b"startxref"))
    places = sorted(int(place) for place in re.findall(rb"(\d{10}) \d{5} n", pdf[end:]))
    objects: dict[int, tuple[bytes, bytes]] = {}
    for start, stop in zip(places, [*places[1:], end], strict=True):
        number, _, body = pdf[start:stop].rstrip(b"\n").partition(b" ")
        split = body.find(b"stream\n")
        head, tail = (body, b"") if split < 0 else (body[:split], body[split:])
        objects[int(number)] = (sorted_names(head), tail)
    named = re.findall(rb"/(?:Root|Info) (\d+) 0 R", pdf[end:])
    order: dict[int, int] = {}
    waiting = [int(number) for number in reversed(named)]
    while waiting:
        reached = waiting.pop()
        if reached not in order:
            order[reached] = len(order) + 1
            links = re.findall(rb"(\d+) 0 R", objects[reached][0])
            waiting += [int(link) for link in reversed(links)]
    return written(pdf[: places[0]], objects, order, root=order[int(named[0])], info=order[int(named[-1])])


def sorted_names(head: bytes) -> bytes:
    """Return an object with its named resources (fonts, drawings, states) in the order of their names."""
    return re.sub(
        rb"(/\w+ <<\n)((?:\s*/\w+ \d+ 0 R\n)+)",
        lambda match: match[1] + b"".join(sorted(match[2].splitlines(keepends=True))),
        head,
    )


def written(
    header: bytes,
    objects: dict[int, tuple[bytes, bytes]],
    order: dict[int, int],
    *,
    root: int,
    info: int,
) -> bytes:
    """Return a PDF of the objects under their new numbers, with its cross references."""
    out = bytearray(header)
    places = []
    for number, new in order.items():
        head, tail = objects[number]
        places.append(len(out))
        head = re.sub(rb"(\d+) 0 R", lambda match: b"%d 0 R" % order[int(match[1])], head)
        out += b"%d " % new + head + tail + b"\n\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(places) + 1)
    out += b"".join(b"%010d 00000 n\r\n" % place for place in places)
    out += b"trailer\n<<\n  /Size %d\n  /Root %d 0 R\n" % (len(places) + 1, root)
    out += b"  /Info %d 0 R\n>>\nstartxref\n%d\n%%%%EOF" % (info, start)
    return bytes(out)
