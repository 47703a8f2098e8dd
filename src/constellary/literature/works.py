"""Works: the publications behind the records, once those that are the same are gathered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.literature.merging import merged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from constellary.literature.record import Record
    from constellary.literature.review import Match, Review


@dataclass(frozen=True, slots=True)
class Work:
    """A publication: one record, or several that are the same.

    Attributes
    ----------
    id
        That of the record which was taken in first.
    records
        In the order in which they were taken in.
    record
        All of them as one, field by field; its `id` is that of the work.
    sources
        Field -> id of the record that it was taken from, for every field that is there.
    """

    id: str
    records: tuple[Record, ...]
    record: Record
    sources: Mapping[str, str]


def works(review: Review) -> tuple[Work, ...]:
    """Return the works of a review, in the order in which their first records were taken in.

    Records are of one work where a chain of `same` leads from one to the other.
    """
    kept = review.memory.get("works")
    if kept is None:
        review.memory["works"] = kept = _works(review)
    return kept  # type: ignore[return-value]


def work_of(review: Review) -> Mapping[str, str]:
    """Return record -> the work that it is of."""
    return {record.id: work.id for work in works(review) for record in work.records}


def _works(review: Review) -> tuple[Work, ...]:
    by_id = {record.id: record for record in review.records}
    leads = gathered(by_id, review.matches)
    members: dict[str, list[Record]] = {}
    for record in review.records:
        members.setdefault(leads[record.id], []).append(record)
    chosen: dict[str, dict[str, str]] = {}
    for choice in review.choices:
        if choice.record in leads:
            chosen.setdefault(leads[choice.record], {})[choice.field] = choice.taken_from
    found = []
    for lead, records in members.items():
        record, sources = merged(records, chosen.get(lead, {}))
        found.append(Work(lead, tuple(records), record, sources))
    return tuple(found)


def gathered(ids: Iterable[str], matches: Iterable[Match]) -> dict[str, str]:
    """Return each id -> the first of those that it is the same as, in the order of `ids`.

    Examples
    --------
    >>> from constellary.literature.review import Match
    >>> gathered(["a", "b", "c"], [Match("b", "c", "same", "rules", "DOI")])
    {'a': 'a', 'b': 'b', 'c': 'b'}
    """
    place = {one: number for number, one in enumerate(ids)}
    above = {one: one for one in place}

    def lead(one: str) -> str:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for match in matches:
        if match.verdict == "same" and match.first in place and match.second in place:
            first, second = sorted((lead(match.first), lead(match.second)), key=place.__getitem__)
            above[second] = first
    return {one: lead(one) for one in place}
