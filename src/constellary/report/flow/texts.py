"""What stands in the boxes of a flow diagram, and how it is broken into lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from constellary.exchange.writers.texts import one_line, xml_text
from constellary.report.labels import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.flow import Count, Flow, Level, Route

SIZE = 8.0
"""Of type, in points."""
LINE = 10.2
"""From one line to the next."""
PAD = 6.5
"""Between a box and its text."""
INDENT = 8.0
TOLD = "†"
LONGEST = 400
"""Letters of one entry; what is longer is cut, so that one reason cannot fill the page."""

MOST = 25
"""Items of one box."""

Manner = Literal["head", "plain", "item", "soft"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a box: a heading, a line, an item of a list, or an aside."""

    text: str
    manner: Manner = "plain"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a box: its text, how it is set, and how far in it begins."""

    text: str
    manner: Manner
    indent: float


@dataclass(frozen=True, slots=True)
class Content:
    """What a box holds; `box` is its key in the flow, `unfinished` whether something in it is still open."""

    box: str
    paragraphs: tuple[Paragraph, ...]
    unfinished: bool = False


def amount(count: Count) -> str:
    """Return a number as PRISMA writes it, with a dagger where it is told and not counted."""
    mark = TOLD if count.origin != "counted" else ""
    return f"(n = {count.count:,}{mark})"


def identified(route: Route) -> Content:
    """Return the box of the records that a route brought in."""
    head = Paragraph(f"Records identified {amount(route.identified)}", "head")
    return Content(route.identified.box, (head, *_items(route.sources)))


def removed(route: Route) -> Content:
    """Return the box of what was taken out before screening."""
    head = Paragraph("Removed before screening", "head")
    box = route.identified.box.replace("identified", "removed")
    shown = [one for one in route.removed if one.count or one.origin != "derived"]
    return Content(box, (head, *_items(shown)))


def entered(level: Level) -> Content:
    """Return the box of the works that came to a level."""
    waiting = [one for one in (level.open, level.conflicts) if one.count]
    return Content(
        level.entered.box,
        (
            Paragraph(f"{level.entered.label} {amount(level.entered)}", "head"),
            Paragraph(level.label, "soft"),
            *_items(waiting),
        ),
        unfinished=bool(waiting),
    )


def excluded(level: Level) -> Content:
    """Return the box of the works that a level excluded, with each reason that was given."""
    head = Paragraph(f"{level.excluded.label} {amount(level.excluded)}", "head")
    given = [one for one in level.reasons if one.count]
    return Content(level.excluded.box, (head, *_items(given)))


def single(count: Count) -> Content:
    """Return a box of one number."""
    return Content(count.box, (Paragraph(f"{count.label} {amount(count)}", "head"),))


def headings(flow: Flow) -> list[str]:
    """Return the heading of each route's column."""
    new = "New studies" if flow.previous is not None else "Studies"
    ways = {"databases": "found in databases and registers", "other": "found by other methods"}
    return [f"{new} {ways[route.name]}" for route in flow.routes]


def description(flow: Flow) -> str:
    """Return the diagram in words, for those who do not see it."""
    parts = []
    if flow.previous is not None:
        parts.append(f"{flow.previous.label}: {flow.previous.count:,}")
    for route in flow.routes:
        parts.append(f"{route.label}: {route.identified.count:,} records identified")
        parts += [f"{one.label} removed: {one.count:,}" for one in route.removed]
        for level in route.levels:
            parts.append(f"{level.entered.label}, {level.label}: {level.entered.count:,}")
            reasons = "; ".join(f"{one.label} {one.count:,}" for one in level.reasons if one.count)
            parts.append(
                f"{level.excluded.label}: {level.excluded.count:,}" + (f" ({reasons})" if reasons else "")
            )
    parts.append(f"{flow.included.label}: {flow.included.count:,}")
    if flow.total is not None:
        parts.append(f"{flow.total.label}: {flow.total.count:,}")
    return ". ".join(parts) + "."


def lines(content: Content, width: float) -> list[Line]:
    """Return the lines of a box of a width; items hang."""
    found: list[Line] = []
    for paragraph in content.paragraphs:
        first = INDENT if paragraph.manner == "item" else 0.0
        later = first + (INDENT if paragraph.manner == "item" else 0.0)
        room = width - 2 * PAD
        broken = fold(paragraph.text, room - first, room - later, bold=paragraph.manner == "head")
        for number, text in enumerate(broken):
            found.append(Line(text, paragraph.manner, first if number == 0 else later))
    return found


def height(content: Content, width: float) -> float:
    """Return the height of a box of a width."""
    return height_of(len(lines(content, width)))


def height_of(count: int) -> float:
    """Return the height of a box of so many lines."""
    return count * LINE + 2 * PAD - (LINE - SIZE)


def fold(text: str, first: float, later: float, *, bold: bool = False, size: float = SIZE) -> list[str]:
    """Return a text as lines no wider than `first` and then `later` points; a word too wide is broken.

    Examples
    --------
    >>> fold("Not about alliances between firms (n = 12)", 90, 80)
    ['Not about alliances', 'between firms (n = 12)']
    """
    words = _kept_together(xml_text(one_line(text)))
    done: list[str] = []
    line = ""
    for word in words:
        room = later if done else first
        joined = f"{line} {word}" if line else word
        if text_width(joined, size, bold=bold) <= room:
            line = joined
            continue
        if line:
            done.append(line)
        line = word
        while text_width(line, size, bold=bold) > (room := later if done else first) and len(line) > 1:
            cut = _fitting(line, room, size, bold=bold)
            done.append(line[:cut])
            line = line[cut:]
    return [*done, line] if line or not done else done


def _fitting(word: str, room: float, size: float, *, bold: bool) -> int:
    cut = 1
    while cut < len(word) and text_width(word[: cut + 1], size, bold=bold) <= room:
        cut += 1
    return cut


def _kept_together(text: str) -> list[str]:
    """Return the words of a text; its number, `(n = 12)`, is one word."""
    head, sign, tail = text.rpartition(" (n = ")
    if not sign:
        return text[:LONGEST].split(" ")
    if len(head) > LONGEST:
        head = head[: LONGEST - 1] + "…"
    return [*head.split(" "), f"(n = {tail}"]


def _items(counts: Sequence[Count]) -> list[Paragraph]:
    """Return counts as items of a list; of very many, the last are taken together."""
    shown, rest = (counts, ()) if len(counts) <= MOST else (counts[: MOST - 1], counts[MOST - 1 :])
    found = [Paragraph(f"{one.label} {amount(one)}", "item") for one in shown]
    if rest:
        total = sum(one.count for one in rest)
        found.append(Paragraph(f"{len(rest):,} others, each in the table (n = {total:,})", "item"))
    return found
