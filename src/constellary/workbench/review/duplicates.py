"""Duplicates: open questions side by side, works of several records, and taking these apart."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, Literal

from constellary.errors import UnknownName
from constellary.literature.highlight import Part
from constellary.literature.questions import questions
from constellary.literature.record import cited_as
from constellary.literature.review import Match
from constellary.literature.works import work_of, works
from constellary.report.prose import plural
from constellary.workbench.background import BACKGROUND
from constellary.workbench.review.provenance import LABELS, text_of
from constellary.workbench.review.reading import SHORT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Future

    from constellary.literature.matching import Matches
    from constellary.literature.record import Record
    from constellary.literature.review import Review
    from constellary.literature.works import Work

SHOWN = 10
"""Questions that a page asks."""
GROUPS = 50
"""Works of several records that a page lists."""
COMPARED = tuple(
    name
    for name in LABELS
    if name not in ("keywords", "date", "editors", "cited", "notes", "url", "times_cited")
)
"""Fields that a question shows, in their order."""
LONG = 300
"""Letters of a text up to which all of it is shown at once."""
FEW = 3
"""Words of texts that are marked however little they have in common."""
ALIKE = 0.4
"""Share of words that two texts must have in common for what differs to be marked in them."""
WORDS = 400
"""Words of a text up to which it is compared word by word."""


@dataclass(frozen=True, slots=True)
class Line:
    """A field of two records: its label, both texts in parts of which `against` differs, and whether they differ."""

    label: str
    first: tuple[Part, ...]
    second: tuple[Part, ...]
    differs: bool

    @property
    def long(self) -> bool:
        """Whether it takes more room than one wants to give it unasked."""
        return any(sum(len(part.text) for part in text) > LONG for text in (self.first, self.second))


@dataclass(frozen=True, slots=True)
class Question:
    """Two records of which somebody is to say whether they are one work."""

    match: Match
    first: Record
    second: Record
    lines: tuple[Line, ...]


def questions_of(review: Review) -> list[Match]:
    """Return the open questions, in the order of intake: what `constellary duplicates` asks too."""
    return [one.match for one in questions(review)]


def question_of(review: Review, match: Match) -> Question:
    """Return a question as it is asked."""
    by_id = {record.id: record for record in review.records}
    first, second = by_id[match.first], by_id[match.second]
    return Question(match, first, second, tuple(compared(first, second)))


def compared(first: Record, second: Record) -> list[Line]:
    """Return the fields that either of two records has, with what differs marked.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> one, two = Record(title="Alliances, part I", year=2020), Record(title="Alliances, part II", year=2020)
    >>> [(line.label, line.differs, line.second[-1]) for line in compared(one, two)][:1]
    [('Title', True, Part(text='II', kind='against'))]
    """
    found = []
    for name in COMPARED:
        one, two = (_short(text_of(getattr(record, name))) for record in (first, second))
        if not one and not two:
            continue
        if one.casefold() == two.casefold() or not one or not two:
            found.append(Line(LABELS[name], _whole(one), _whole(two), differs=False))
        else:
            found.append(Line(LABELS[name], *_differing(one, two), differs=True))
    return found


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT].rstrip()} …"


def _whole(text: str) -> tuple[Part, ...]:
    return (Part(text, ""),) if text else ()


def _differing(one: str, two: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    first, second = one.split(" "), two.split(" ")
    if len(first) > WORDS or len(second) > WORDS:
        return (Part(one, ""),), (Part(two, ""),)
    left: list[Part] = []
    right: list[Part] = []
    plain = SequenceMatcher(
        None, [w.casefold() for w in first], [w.casefold() for w in second], autojunk=False
    )
    if max(len(first), len(second)) > FEW and plain.ratio() < ALIKE:  # nothing to point at: all of it differs
        return (Part(one, ""),), (Part(two, ""),)
    for kind, a, b, c, d in plain.get_opcodes():
        mark: Literal["", "against"] = "" if kind == "equal" else "against"
        if b > a:
            left.append(Part(" ".join(first[a:b]), mark))
        if d > c:
            right.append(Part(" ".join(second[c:d]), mark))
    return tuple(_spaced(left)), tuple(_spaced(right))


def _spaced(parts: Sequence[Part]) -> list[Part]:
    found: list[Part] = []
    for number, part in enumerate(parts):
        if number:
            found.append(Part(" ", ""))
        found.append(part)
    return found


def fresh(review: Review) -> Future[Matches]:
    """Return what the rules find that is not held yet, computed in the background once for a review."""
    kept = review.memory.get("works fresh matches")
    if kept is None:
        from constellary.literature.matching import find_matches

        records, known = review.records, review.matches
        review.memory["works fresh matches"] = kept = BACKGROUND.submit(lambda: find_matches(records, known))
    return kept  # type: ignore[return-value]


def found_said(found: Matches) -> str:
    """Return in words what the rules found, for the history."""
    asked = plural(len(found.ask), "question")
    return f"duplicates: {plural(len(found.same), 'pair')} merged, {asked}"


@dataclass(frozen=True, slots=True)
class Group:
    """A work of several records: how it is cited, and why they are held to be one."""

    work: Work
    cited: str
    reasons: tuple[Match, ...]


def groups_of(review: Review) -> list[Group]:
    """Return the works of several records, in the order of intake."""
    leads = work_of(review)
    reasons: dict[str, list[Match]] = {}
    for match in review.matches:
        if match.verdict == "same" and match.first in leads:
            reasons.setdefault(leads[match.first], []).append(match)
    return [
        Group(work, cited_as(work.record), tuple(reasons.get(work.id, ())))
        for work in works(review)
        if len(work.records) > 1
    ]


def duplicates_view(review: Review, page: int) -> dict[str, Any]:
    """Return what the page of the duplicates shows, but for what the rules find anew."""
    questions, groups = questions_of(review), groups_of(review)
    last = max(1, -(-len(groups) // GROUPS))
    page = min(max(page, 1), last)
    start = (page - 1) * GROUPS
    return {
        "questions": [question_of(review, one) for one in questions[:SHOWN]],
        "open": len(questions),
        "groups": groups[start : start + GROUPS],
        "all_groups": len(groups),
        "merged": sum(len(group.work.records) - 1 for group in groups),
        "records": len(review.records),
        "first": start + 1 if groups else 0,
        "last": min(start + GROUPS, len(groups)),
        "before": page - 1 if page > 1 else None,
        "after": page + 1 if page < last else None,
    }


def taken_apart(review: Review, work: Work, record_id: str, who: str) -> list[Match]:
    """Return what is to be held so that a record is no longer of a work.

    Raises
    ------
    UnknownName
        If it is not one of its records.
    InputError
        If what persons decided holds it there.
    """
    from constellary.literature.deciding import decided

    if all(record.id != record_id for record in work.records):
        raise UnknownName("record of the work", record_id, [record.id for record in work.records])
    known: dict[tuple[str, str], Match] = {(one.first, one.second): one for one in review.matches}
    changed: dict[tuple[str, str], Match] = {}
    place = {record.id: number for number, record in enumerate(review.records)}
    # What a person joined to it is given up first: this is the same person's right, or another's, to say.
    pairs = [
        sorted((record_id, one.id), key=place.__getitem__) for one in work.records if one.id != record_id
    ]
    for first, second in pairs:
        known[first, second] = Match(first, second, "apart", who, "taken apart")
        changed[first, second] = known[first, second]
    for first, second in pairs:
        for new in decided(review.records, tuple(known.values()), known[first, second]):
            known[new.first, new.second] = new
            changed[new.first, new.second] = new
    return list(changed.values())


def answer(review: Review, first: str, second: str, verdict: str, who: str, why: str) -> Sequence[Match]:
    """Return what is to be held once somebody answers a question."""
    from constellary.literature.deciding import decided

    known: Mapping[str, int] = {record.id: number for number, record in enumerate(review.records)}
    for name in (first, second):
        if name not in known:
            raise UnknownName("record", name, list(known))
    if verdict not in ("same", "apart"):
        raise UnknownName("verdict on two records", verdict, ["same", "apart"])
    said: Any = verdict
    return decided(review.records, review.matches, Match(first, second, said, who, why))
