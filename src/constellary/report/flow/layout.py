"""Where the boxes of a flow diagram stand, and the lines between them: rows are levels, columns are routes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from constellary.report.flow import texts
from constellary.report.labels import text_width
from constellary.report.theme import WIDTHS

if TYPE_CHECKING:
    from constellary.literature.flow import Flow
    from constellary.report.flow.texts import Content, Line

STRIPE = 16.0
"""Width of the stripe at the left that names the phase."""
GAP = 9.0
BESIDE = 18.0
"""Between a box and the one beside it, room for an arrow."""
BELOW = 17.0
"""Between two rows."""
APART = 22.0
"""Between two routes."""
BEFORE = 112.0
"""Width of the column of previous studies."""
WIDE = 720.0
"""Width where there are two routes: that of a page on its side."""
NOTE_SIZE, NOTE_LINE = 7.0, 9.0
PHASE_SIZE = 7.0


@dataclass(frozen=True, slots=True)
class Box:
    """A placed box, with its lines."""

    key: str
    x: float
    y: float
    width: float
    height: float
    lines: tuple[Line, ...]
    unfinished: bool = False

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The middle between its sides."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading over a column."""

    x: float
    y: float
    width: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of the stripe at the left."""

    text: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Diagram:
    """A diagram, placed; arrows run along their points and end in a head; notes stand at the bottom."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    headings: tuple[Heading, ...]
    phases: tuple[Phase, ...]
    arrows: tuple[tuple[tuple[float, float], ...], ...]
    notes: tuple[str, ...]
    notes_at: float


def diagram(flow: Flow) -> Diagram:
    """Return the boxes of a flow in their places; none touch each other."""
    width = WIDE if len(flow.routes) > 1 else float(WIDTHS["full"])
    return _Placing(flow, width).done()


class _Placing:
    """Places row by row, from the top."""

    def __init__(self, flow: Flow, width: float) -> None:
        self.flow = flow
        self.width = width
        self.left = STRIPE + GAP
        self.boxes: list[Box] = []
        self.headings: list[Heading] = []
        self.phases: list[Phase] = []
        self.arrows: list[tuple[tuple[float, float], ...]] = []
        start = self.left + (BEFORE + APART if flow.previous is not None else 0.0)
        count = len(flow.routes)
        each = (width - 1 - start - APART * (count - 1)) / count
        self.main = (each - BESIDE) * 0.48
        self.side = each - BESIDE - self.main
        self.columns = [start + number * (each + APART) for number in range(count)]
        self.each = each

    def done(self) -> Diagram:
        top = self.head()
        rows = [(texts.identified(route), texts.removed(route)) for route in self.flow.routes]
        y = self.row(top, rows, least=_room("Identification") - top)
        before = None
        if self.flow.previous is not None:
            before = self.box(texts.single(self.flow.previous), self.left, top, BEFORE)
            self.boxes.append(before)
            y = max(y, before.bottom)
        self.phases.append(Phase("Identification", 0.5, y - 0.5))
        start = y + BELOW
        count = len(self.flow.routes[0].levels)
        for number in range(count):
            levels = [route.levels[number] for route in self.flow.routes]
            rows = [(texts.entered(level), texts.excluded(level)) for level in levels]
            y = self.row(y + BELOW, rows, least=_room("Screening") if count == 1 else 0.0)
        if y > start:
            self.phases.append(Phase("Screening", start, y - start))
        self.down()
        y = self.end(y + BELOW, before)
        notes = [
            line
            for note in self.flow.notes
            for line in texts.fold(note, self.width - 2, self.width - 2, size=NOTE_SIZE)
        ]
        height = y + (8 + NOTE_LINE * len(notes) if notes else 0) + 1
        return Diagram(
            self.width,
            height,
            tuple(self.boxes),
            tuple(self.headings),
            tuple(self.phases),
            tuple(self.arrows),
            tuple(notes),
            y + 8 + NOTE_SIZE,
        )

    def head(self) -> float:
        """Place the headings; return where the first row begins."""
        columns = [
            (x, self.each, text) for x, text in zip(self.columns, texts.headings(self.flow), strict=True)
        ]
        if self.flow.previous is not None:
            columns.insert(0, (self.left, BEFORE, "Previous studies"))
        deepest = 0
        for x, wide, text in columns:
            lines = texts.fold(text, wide - 4, wide - 4, bold=True)
            self.headings.append(Heading(x, 0.5, wide, tuple(lines)))
            deepest = max(deepest, len(lines))
        return deepest * texts.LINE + 10

    def box(self, content: Content, x: float, y: float, width: float, least: float = 0.0) -> Box:
        return Box(
            content.box,
            x,
            y,
            width,
            max(least, texts.height(content, width)),
            tuple(texts.lines(content, width)),
            content.unfinished,
        )

    def row(self, y: float, pairs: list[tuple[Content, Content]], *, least: float) -> float:
        """Place a box and the one beside it for each route; return the lower edge of the lowest.

        `least` is the height that the name of the phase needs.
        """
        lowest = y
        for x, (first, second) in zip(self.columns, pairs, strict=True):
            main = self.box(first, x, y, self.main, least)
            side = self.box(second, x + self.main + BESIDE, y, self.side, least)
            self.boxes += [main, side]
            at = y + min(main.height, side.height) / 2
            self.arrows.append(((main.right, at), (side.x, at)))
            lowest = max(lowest, main.bottom, side.bottom)
        return lowest

    def down(self) -> None:
        """Tie each main box to the one beneath it."""
        for x in self.columns:
            mains = [box for box in self.boxes if box.x == x]
            self.arrows += [
                ((above.middle, above.bottom), (below.middle, below.y)) for above, below in pairwise(mains)
            ]

    def end(self, y: float, before: Box | None) -> float:
        """Place what was included; return its lower edge."""
        lasts = [[box for box in self.boxes if box.x == x][-1] for x in self.columns]
        start = y
        least = _room("Included") if self.flow.total is None else 0.0
        included = self.box(texts.single(self.flow.included), self.columns[0], y, self.main, least)
        self.boxes.append(included)
        self.arrows.append(((lasts[0].middle, lasts[0].bottom), (included.middle, included.y)))
        at = included.y + included.height / 2
        for last in lasts[1:]:
            self.arrows.append(((last.middle, last.bottom), (last.middle, at), (included.right, at)))
        y = included.bottom
        if self.flow.total is not None and before is not None:
            total = self.box(texts.single(self.flow.total), self.columns[0], y + BELOW, self.main)
            self.boxes.append(total)
            self.arrows.append(((included.middle, included.bottom), (total.middle, total.y)))
            at = total.y + total.height / 2
            self.arrows.append(((before.middle, before.bottom), (before.middle, at), (total.x, at)))
            y = total.bottom
        self.phases.append(Phase("Included", start, y - start))
        return y


def _room(phase: str) -> float:
    """Return the height that the name of a phase needs in its stripe."""
    return text_width(phase, PHASE_SIZE, bold=True) + 5
