"""Two records beside each other on a terminal, and what was merged as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.cli.tables import TextColumn, draw_table
from constellary.cli.terminal import draw_note, in_words, paint, terminal_width, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from constellary.literature.questions import Question
    from constellary.literature.review import Review
    from constellary.literature.works import Work

MARKS = {"same": "", "differs": "≠", "one": "·"}
LONGEST = 300
"""Letters of a field that are shown; of an abstract, its beginning tells enough."""


def draw_question(question: Question, place: str, *, width: int) -> list[str]:
    """Return the lines of a question: its place among them, what makes it one, the two records field by field.

    `≠` marks fields that contradict each other, `·` those that one record alone tells.
    """
    from constellary.literature.questions import beside

    lines = beside(question.first, question.second)
    columns = [
        TextColumn("", tuple(MARKS[line.agreement] for line in lines)),
        TextColumn("", tuple(in_words(line.field) if line.field != "doi" else "DOI" for line in lines)),
        TextColumn(visible(question.first.id), tuple(_shown(line.first) for line in lines)),
        TextColumn(visible(question.second.id), tuple(_shown(line.second) for line in lines)),
    ]
    head = f"{place}: {visible(question.match.why)}"
    return [paint(head, "bold"), *draw_table(columns, width=width)]


def draw_groups(groups: Sequence[Work], review: Review) -> list[str]:
    """Return the lines of a list of works of several records, each with what joins them and where they differ."""
    from constellary.literature.merging import conflicts
    from constellary.literature.record import cited_as
    from constellary.report.prose import plural

    width = min(terminal_width(), 110)
    lead = {record.id: work.id for work in groups for record in work.records}
    joins: dict[str, list[str]] = {}
    for match in review.matches:
        if match.verdict == "same" and match.first in lead:
            who = "" if match.who == "rules" else f" ({match.who})"
            joins.setdefault(lead[match.first], []).append(f"{match.why or 'one work'}{who}")
    records = sum(len(work.records) for work in groups)
    head = f"{plural(len(groups), 'work')} of several records, {plural(records, 'record')} in all"
    lines = [paint(head, "bold")]
    for work in groups:
        lines += ["", visible(f"{cited_as(work.record)}: {work.record.title or 'without title'}")]
        for record in work.records:
            where = ", ".join(one for one in (record.database, record.file) if one)
            lines += draw_note(f"{record.id}  {where}", width=width)
        why = "; ".join(dict.fromkeys(joins.get(work.id, ())))
        lines += draw_note(why + _told(conflicts(work.records)), width=width)
    return lines


def _told(differing: Iterable[str]) -> str:
    names = ["DOI" if name == "doi" else in_words(name).lower() for name in differing]
    return f". They differ in {', '.join(names)}" if names else ""


def _shown(text: str) -> str:
    text = visible(text)
    if not text:
        return "–"
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
