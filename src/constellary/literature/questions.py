"""Questions: pairs of records that somebody is to look at, and how the two are shown beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from constellary.literature.matching import RULES, explain
from constellary.literature.merging import agree
from constellary.literature.works import work_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.record import Record
    from constellary.literature.review import Match, Review

SHOWN = (
    "title",
    "authors",
    "year",
    "venue",
    "volume",
    "issue",
    "pages",
    "doi",
    "pmid",
    "type",
    "language",
    "database",
    "abstract",
)
"""Fields by which somebody tells two records apart."""


class Question(NamedTuple):
    """Two records that may be of one work; `match.why` says what made the rules ask."""

    match: Match
    first: Record
    second: Record


class Line(NamedTuple):
    """A field of two records as text: `differs` where they contradict each other, `one` where only one tells it."""

    field: str
    first: str
    second: str
    agreement: Literal["same", "differs", "one"]


def questions(review: Review) -> tuple[Question, ...]:
    """Return what is still to be decided about pairs of records, in the order of their intake.

    A question is settled once its records are of one work, or persons hold their works apart. Of several
    between two works, the first is asked.
    """
    kept = review.memory.get("questions")
    if kept is None:
        review.memory["questions"] = kept = _questions(review)
    return kept  # type: ignore[return-value]


def _questions(review: Review) -> tuple[Question, ...]:
    work = work_of(review)
    place = {record.id: number for number, record in enumerate(review.records)}
    parted: dict[frozenset[str], list[Match]] = {}
    for match in review.matches:
        if match.who != RULES and match.verdict == "apart" and {*match[:2]} <= place.keys():
            parted.setdefault(frozenset((work[match.first], work[match.second])), []).append(match)
    seen = set()
    found = []
    asked = [match for match in review.matches if match.verdict == "ask" and {*match[:2]} <= place.keys()]
    for match in sorted(asked, key=lambda one: (place[one.first], place[one.second])):
        works = frozenset((work[match.first], work[match.second]))
        first, second = review.records[place[match.first]], review.records[place[match.second]]
        if len(works) < 2 or works in seen or _settled(match, parted.get(works, ()), (first, second)):
            continue
        seen.add(works)
        found.append(Question(match, first, second))
    return tuple(found)


def _settled(match: Match, parted: Sequence[Match], records: tuple[Record, Record]) -> bool:
    """Return whether what persons hold apart answers a question between the same works.

    It does not where the rules hold the two to be one, and one of them was parted from another record of the
    other's work: then it is not clear to which side that one belongs.
    """
    if not parted:
        return False
    if len(parted) > 1 or set(match[:2]).isdisjoint(parted[0][:2]):
        return True
    return explain(*records).verdict != "same"


def beside(first: Record, second: Record) -> tuple[Line, ...]:
    """Return two records field by field, what neither tells left out.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> beside(Record(title="Alliances", year=2019), Record(title="ALLIANCES", year=2020))[:2]
    (Line(field='title', first='Alliances', second='ALLIANCES', agreement='same'), \
Line(field='year', first='2019', second='2020', agreement='differs'))
    """
    lines = []
    for name in SHOWN:
        one, other = getattr(first, name), getattr(second, name)
        texts = _text(one), _text(other)
        if not any(texts):
            continue
        agreement: Literal["same", "differs", "one"] = "one"
        if all(texts):
            agreement = "same" if agree(name, one, other) else "differs"
        lines.append(Line(name, *texts, agreement))
    return tuple(lines)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(str(one) for one in value)
    return str(value)
