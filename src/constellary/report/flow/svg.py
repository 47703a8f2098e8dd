"""A flow diagram as SVG: boxes that carry their keys, arrows, and the diagram in words."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from constellary.exchange.writers.texts import one_line, xml_text
from constellary.report import theme
from constellary.report.flow import texts
from constellary.report.flow.layout import NOTE_LINE, NOTE_SIZE, PHASE_SIZE, STRIPE, diagram
from constellary.report.scene_svg import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.literature.flow import Flow
    from constellary.report.flow.layout import Box, Diagram, Heading, Phase

HEAD = 4.2
"""Length of an arrow's head."""


def flow_svg(flow: Flow, *, title: str = "", links: Mapping[str, str] | None = None) -> str:
    """Return a flow as SVG.

    Parameters
    ----------
    flow
        What is drawn.
    title
        Of the diagram, for those who do not see it; empty: that of the flow.
    links
        Key of a box -> address that it leads to.

    Examples
    --------
    >>> from constellary.literature.flow import flow
    >>> from constellary.literature.review import Review
    >>> drawn = flow_svg(flow(Review()))
    >>> drawn.startswith("<svg"), 'data-box="included"' in drawn
    (True, True)
    """
    placed = diagram(flow)
    size = f'width="{number(placed.width)}" height="{number(placed.height)}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="flow" role="img" aria-label="{_clean(title or flow.title)}"'
        f' {size} viewBox="0 0 {number(placed.width)} {number(placed.height)}" font-family="{theme.FONT}"'
        f' font-size="{number(texts.SIZE)}">'
    )
    parts = [
        head,
        f"<title>{_clean(title or flow.title)}</title><desc>{_clean(texts.description(flow))}</desc>",
        f'<rect class="paper" {size} fill="{theme.PAPER}"/>',
        *(_phase(one) for one in placed.phases),
        *(_heading(one) for one in placed.headings),
        f'<g class="arrows" fill="none" stroke="{theme.SOFT}" stroke-width="0.8">',
        *(_line(points) for points in placed.arrows),
        f'</g><g class="heads" fill="{theme.SOFT}">',
        *(_head(points) for points in placed.arrows),
        "</g>",
        *(_box(one, (links or {}).get(one.key)) for one in placed.boxes),
        *_notes(placed),
        "</svg>\n",
    ]
    return "".join(parts)


def _box(box: Box, link: str | None) -> str:
    dashed = ' stroke-dasharray="3 2"' if box.unfinished else ""
    place = (
        f'x="{number(box.x)}" y="{number(box.y)}" width="{number(box.width)}" height="{number(box.height)}"'
    )
    parts = [f'<rect {place} rx="2" fill="{theme.PAPER}" stroke="{theme.LINE}" stroke-width="0.8"{dashed}/>']
    spare = box.height - texts.height_of(len(box.lines))
    y = box.y + spare / 2 + texts.PAD + texts.SIZE * 0.78
    for line in box.lines:
        weight = ' font-weight="bold"' if line.manner == "head" else ""
        ink = theme.SOFT if line.manner == "soft" else theme.INK
        parts.append(
            f'<text x="{number(box.x + texts.PAD + line.indent)}" y="{number(y)}" fill="{ink}"{weight}>'
            f"{_clean(line.text)}</text>"
        )
        y += texts.LINE
    drawn = "".join(parts)
    if link:
        drawn = f'<a href="{escape(link)}">{drawn}</a>'
    return f'<g class="box" data-box="{_clean(box.key)}">{drawn}</g>'


def _line(points: tuple[tuple[float, float], ...]) -> str:
    *way, last = points
    (x, y), (before_x, before_y) = last, way[-1]
    # The line ends where the head begins to be wide, so that its end does not show beside the tip.
    last = (x - HEAD / 2 * _sign(x - before_x), y - HEAD / 2 * _sign(y - before_y))
    path = "L".join(f"{number(x)} {number(y)}" for x, y in (*way, last))
    return f'<path d="M{path}"/>'


def _head(points: tuple[tuple[float, float], ...]) -> str:
    (x, y), (before_x, before_y) = points[-1], points[-2]
    dx, dy = _sign(x - before_x), _sign(y - before_y)
    wing = HEAD * 0.42
    one = (x - HEAD * dx + wing * dy, y - HEAD * dy + wing * dx)
    other = (x - HEAD * dx - wing * dy, y - HEAD * dy - wing * dx)
    path = "L".join(f"{number(a)} {number(b)}" for a, b in ((x, y), one, other))
    return f'<path d="M{path}z"/>'


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _phase(phase: Phase) -> str:
    x, y = STRIPE / 2, phase.y + phase.height / 2
    return (
        f'<rect x="0.5" y="{number(phase.y)}" width="{number(STRIPE - 1)}" height="{number(phase.height)}" rx="2"'
        f' fill="{theme.PALE}"/><text transform="translate({number(x + PHASE_SIZE * 0.35)} {number(y)}) rotate(-90)"'
        f' font-size="{number(PHASE_SIZE)}" text-anchor="middle" font-weight="bold" fill="{theme.INK}">'
        f"{_clean(phase.text)}</text>"
    )


def _heading(heading: Heading) -> str:
    height = len(heading.lines) * texts.LINE + 4
    bar = (
        f'<rect x="{number(heading.x)}" y="{number(heading.y)}" width="{number(heading.width)}"'
        f' height="{number(height - 1)}" rx="2" fill="{theme.PALE}"/>'
    )
    parts = [bar]
    y = heading.y + texts.SIZE + 2
    for line in heading.lines:
        parts.append(
            f'<text x="{number(heading.x + heading.width / 2)}" y="{number(y)}" text-anchor="middle"'
            f' font-weight="bold" fill="{theme.INK}">{_clean(line)}</text>'
        )
        y += texts.LINE
    return "".join(parts)


def _notes(placed: Diagram) -> list[str]:
    return [
        f'<text x="0.5" y="{number(placed.notes_at + NOTE_LINE * place)}" font-size="{number(NOTE_SIZE)}"'
        f' fill="{theme.SOFT}">{_clean(line)}</text>'
        for place, line in enumerate(placed.notes)
    ]


def _clean(text: str) -> str:
    return escape(xml_text(one_line(text)))
