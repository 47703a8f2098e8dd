"""Counting a flow: the numbers that the decisions come to, each with the ids behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constellary.literature.flow import Count, Flow, Level, Route
from constellary.literature.flow_words import RULES, box_words, removed_label
from constellary.literature.questions import questions
from constellary.literature.screening import standings
from constellary.literature.works import gathered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from constellary.literature.flow import RouteName, Unit
    from constellary.literature.protocol import Protocol, Stage
    from constellary.literature.record import Record
    from constellary.literature.review import Review
    from constellary.literature.screening import Standing

PREFIX: Mapping[RouteName, str] = {"databases": "", "other": "other:"}
TOLD_ONLY = {
    "removed:automatic": "Records marked as ineligible by automation tools",
    "removed:other": "Records removed for other reasons",
}
"""Boxes of PRISMA that nothing is counted for; they are there where they are declared."""
NO_REASON = "(none)"
"""Stands for the reason in the box of exclusions without one."""


def count(review: Review, *, previous: bool = True) -> Flow:
    """Return the flow of a review as the decisions have it, without what is declared; see `flow`."""
    protocol = review.protocol
    earlier = earlier_records(review) if previous else frozenset()
    everything = standings(review)
    before = [one for one in everything if any(record.id in earlier for record in one.work.records)]
    known = {one.work.id for one in before}
    new = [one for one in everything if one.work.id not in known]
    others = {search.name for search in protocol.searches if search.other}
    records = [record for record in review.records if record.id not in earlier]
    staying, by_rules = _kept(review, everything, earlier, others)
    routes = [
        _route(
            "databases",
            protocol,
            [record for record in records if record.search not in others],
            [one for one in new if any(record.search not in others for record in one.work.records)],
            (staying, by_rules),
            updating=bool(earlier),
        )
    ]
    if others and (not earlier or any(record.search in others for record in records)):
        routes.append(
            _route(
                "other",
                protocol,
                [record for record in records if record.search in others],
                [one for one in new if all(record.search in others for record in one.work.records)],
                (staying, by_rules),
                updating=bool(earlier),
            )
        )
    kept = [one.work.id for one in new if one.outcome == "included"]
    old = [one.work.id for one in before if one.outcome == "included"]
    updated = bool(earlier) or any(one.box in ("previous", "total") for one in protocol.declared)
    return Flow(
        title="Flow of records",
        routes=tuple(routes),
        previous=_count("previous", "Works included before", old, "works") if updated else None,
        included=_count("included", "New works included" if updated else "Works included", kept, "works"),
        total=_count("total", "Works included in all", old + kept, "works") if updated else None,
        questions=len(questions(review)),
    )


def earlier_records(review: Review) -> frozenset[str]:
    """Return the records that were there before searches were repeated; none where none has been."""
    repeats = {search.name for search in review.protocol.searches if search.updates}
    if not any(record.search in repeats for record in review.records):
        return frozenset()
    return frozenset(record.id for record in review.records if record.search not in repeats)


def _route(
    name: RouteName,
    protocol: Protocol,
    records: Sequence[Record],
    works: Sequence[Standing],
    kept: tuple[set[str], set[str]],
    *,
    updating: bool,
) -> Route:
    at = PREFIX[name]
    staying, by_rules = kept
    double = [record.id for record in records if record.id not in staying]
    removed = [_count(f"{at}removed:duplicates", "Duplicate records", double, "records")]
    for rule in RULES:
        out = [one.work.id for one in works if one.rule == rule]
        if getattr(protocol, rule):
            removed.append(_count(f"{at}removed:{rule}", removed_label(rule, protocol), out, "works"))
    told = {one.box for one in protocol.declared}
    removed += [
        _count(f"{at}{box}", label, (), "records") for box, label in TOLD_ONLY.items() if f"{at}{box}" in told
    ]
    return Route(
        name,
        "Other methods" if name == "other" else "Databases and registers",
        _count(f"{at}identified", "Records identified", [record.id for record in records], "records"),
        tuple(_sources(name, protocol, records, updating=updating)),
        tuple(removed),
        (
            _count(
                f"{at}removed:duplicates:rules",
                "Duplicates found by rules",
                [one for one in double if one in by_rules],
                "records",
            ),
            _count(
                f"{at}removed:duplicates:persons",
                "Duplicates found by people",
                [one for one in double if one not in by_rules],
                "records",
            ),
        ),
        tuple(_levels(at, protocol.stages, works)),
    )


def _kept(
    review: Review, everything: Iterable[Standing], earlier: frozenset[str], others: set[str]
) -> tuple[set[str], set[str]]:
    """Return the records that stand for their works, and of the rest those that rules tied to one before them.

    A work is counted where it was found first: among what was there before, in a database, by another way.
    """
    lead = gathered(
        [record.id for record in review.records], (one for one in review.matches if one.who == "rules")
    )
    staying: set[str] = set()
    by_rules: set[str] = set()
    for one in everything:
        order = sorted(
            one.work.records, key=lambda record: (record.id not in earlier, record.search in others)
        )
        staying.add(order[0].id)
        seen = {lead[order[0].id]}
        for record in order[1:]:
            if lead[record.id] in seen:
                by_rules.add(record.id)
            seen.add(lead[record.id])
    return staying, by_rules


def _sources(
    name: RouteName, protocol: Protocol, records: Sequence[Record], *, updating: bool
) -> list[Count]:
    """Return the records of each search, then of each database where no search is named."""
    found: list[tuple[str, str, list[str]]] = []
    names = [one.database for one in protocol.searches]
    for search in protocol.searches:
        if search.other != (name == "other") or (updating and not search.updates):
            continue
        ids = [record.id for record in records if record.search == search.name]
        told = any(one.box.endswith(f"identified:{search.name}") for one in protocol.declared)
        if ids or search.date or told:
            label = (
                search.database if names.count(search.database) == 1 else f"{search.database} ({search.name})"
            )
            found.append((search.name, label, ids))
    known = {search.name for search in protocol.searches}
    rest: dict[str, list[str]] = {}
    for record in records:
        if record.search not in known:
            rest.setdefault(record.database or record.format or "not told", []).append(record.id)
    for label in sorted(rest):
        slug = re.sub("[^a-z0-9]+", "-", label.lower()).strip("-") or "source"
        while slug in known:
            slug += "-"
        known.add(slug)
        found.append((slug, label if label != "not told" else "Source not told", rest[label]))
    return [_count(f"{PREFIX[name]}identified:{key}", label, ids, "records") for key, label, ids in found]


def _levels(at: str, stages: Sequence[Stage], works: Sequence[Standing]) -> list[Level]:
    found = []
    for stage, words in zip(stages, box_words(stages), strict=True):
        here = [(one.work.id, each) for one in works for each in one.stages if each.stage == stage.name]

        def of(outcome: str, here: list = here) -> list[str]:  # type: ignore[type-arg]
            return [name for name, each in here if each.outcome == outcome]

        gone = [(name, each.reason) for name, each in here if each.outcome == "excluded"]
        reasons = [
            _count(
                f"{at}excluded:{stage.name}:{reason.name}",
                reason.label,
                [name for name, given in gone if given == reason.name],
                "works",
            )
            for reason in stage.reasons
        ]
        without = [name for name, given in gone if given not in {one.name for one in stage.reasons}]
        if without and stage.reasons:
            reasons.append(
                _count(f"{at}excluded:{stage.name}:{NO_REASON}", "Reason not given", without, "works")
            )
        key = stage.name
        found.append(
            Level(
                stage.name,
                stage.label,
                stage.kind,
                _count(f"{at}entered:{key}", words.entered, [name for name, _ in here], "works"),
                _count(f"{at}excluded:{key}", words.excluded, [name for name, _ in gone], "works"),
                tuple(reasons),
                _count(f"{at}open:{key}", "Not decided yet", of("open"), "works"),
                _count(f"{at}conflict:{key}", "In conflict", of("conflict"), "works"),
                len(of("included")),
            )
        )
    return found


def _count(box: str, label: str, ids: Sequence[str], unit: Unit) -> Count:
    return Count(box, label, len(ids), len(ids), unit, tuple(ids))
