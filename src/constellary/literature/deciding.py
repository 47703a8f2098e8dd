"""Deciding: what a person says of two records, and which links of the rules that upsets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from constellary.errors import InputError
from constellary.literature.matching import RULES, find_matches
from constellary.literature.works import gathered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from constellary.literature.record import Record
    from constellary.literature.review import Match


def decided(records: Sequence[Record], known: Sequence[Match], decision: Match) -> tuple[Match, ...]:
    """Return what is to be held once a person decides on two records: the decision, and what it upsets.

    Where the decision puts records that a person holds apart into one work, links of the rules between them
    are given up: one between any two of the groups that remain becomes a question.

    Raises
    ------
    InputError
        If `same` would join records that a person holds apart, or `apart` parts two that a person's own
        decisions join through others.
    """
    place = {record.id: number for number, record in enumerate(records)}
    first, second = sorted((decision.first, decision.second), key=place.__getitem__)
    if first == second:
        raise InputError(f"'{first}' is one record; a decision is about two.")
    decision = decision._replace(first=first, second=second)
    others = [match for match in known if (match.first, match.second) != (first, second)]
    persons = [*(match for match in others if match.who != RULES), decision]
    groups = gathered(place, persons)
    for match in persons:
        if match.verdict == "apart" and groups[match.first] == groups[match.second]:
            raise InputError(_contradiction(match, decision))
    return decision, *_upset(records, others, persons, decision)


def _upset(
    records: Sequence[Record], others: Sequence[Match], persons: Sequence[Match], decision: Match
) -> Iterator[Match]:
    """Yield what becomes of the rules' links in the work in which persons now hold two records apart."""
    work = gathered([record.id for record in records], [*others, decision])
    torn = {
        work[match.first]
        for match in persons
        if match.verdict == "apart" and work[match.first] == work[match.second]
    }
    inside = [record for record in records if work[record.id] in torn]
    ids = {record.id for record in inside}
    held = [match for match in persons if match.first in ids and match.second in ids]
    again = find_matches(inside, held).same
    now = gathered([record.id for record in inside], [*held, *again])
    links = [
        match for match in others if match.who == RULES and match.verdict == "same" and match.first in ids
    ]
    kept = {match[:2] for match in links}
    yield from (match for match in again if match[:2] not in kept)
    asked: set[frozenset[str]] = set()
    for match in links:
        between = frozenset((now[match.first], now[match.second]))
        if len(between) == 2:
            verdict: Literal["ask", "apart"] = "apart" if between in asked else "ask"
            asked.add(between)
            why = f"{match.why}; but {decision.who} holds {decision.first} and {decision.second} "
            why += "apart" if decision.verdict == "apart" else "to be one work"
            yield match._replace(verdict=verdict, why=why)


def _contradiction(match: Match, decision: Match) -> str:
    if match is decision:
        return (
            f"{decision.first} and {decision.second} are joined by what persons decided on other records; "
            "take that back first."
        )
    return f"That would join {match.first} and {match.second}, which {match.who} holds apart; take that back first."
