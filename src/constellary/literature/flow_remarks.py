"""The sentences beneath a flow: what is open, what is told rather than counted, what PRISMA would have otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from constellary.literature.flow_counting import NO_REASON, earlier_records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from constellary.literature.flow import Flow
    from constellary.literature.review import Review


def remarks(flow: Flow, review: Review) -> Flow:
    """Return a flow with the sentences that belong beneath it."""
    notes = (*_open(flow), *_told(flow), *_both(flow, review))
    said = (
        *notes,
        *_duplicates(flow),
        *_without_year(flow, review),
        *_searches(review),
        *_before(flow, review),
        "Boxes follow the PRISMA 2020 statement (Page et al. 2021, doi:10.1136/bmj.n71).",
    )
    return replace(flow, cautions=said, notes=notes)


def _open(flow: Flow) -> Iterator[str]:
    if not flow.in_progress:
        return
    still = sum(level.open.count for route in flow.routes for level in route.levels)
    torn = sum(level.conflicts.count for route in flow.routes for level in route.levels)
    parts = []
    if still:
        parts.append(f"{_many(still, 'work')} not decided yet")
    if torn:
        parts.append(f"{_many(torn, 'work')} in conflict")
    if flow.questions:
        parts.append(f"{_many(flow.questions, 'question')} about duplicates open")
    yield f"In progress, so the numbers may change: {', '.join(parts)}."


def _told(flow: Flow) -> Iterator[str]:
    told = [one for one in flow.counts() if one.origin != "counted"]
    if not told:
        return
    notes = list(dict.fromkeys(one.note for one in told if one.note))
    where = f" ({'; '.join(notes)})" if notes else ""
    more = (
        " or follow from printed ones" if any(one.origin == "derived" and one.count for one in told) else ""
    )
    yield f"Numbers with † are as printed{where}{more}; they were not counted here."


def _both(flow: Flow, review: Review) -> Iterator[str]:
    for level in flow.routes[0].levels:
        if level.kind != "both":
            continue
        said = (
            f"'{level.label}' shows reports that were not retrieved and reports that were excluded in one box; "
            "PRISMA 2020 asks for the two to be told apart"
        )
        # Reasons that tell of retrieval give the split, where every exclusion has one and all were counted.
        sought = {one.name for one in review.protocol.stage(level.stage).reasons if one.retrieval}
        given = [
            (one.box.rpartition(":")[2], one.count)
            for route in flow.routes
            for each in route.levels
            if each.stage == level.stage
            for one in each.reasons
            if one.count
        ]
        if sought and given and all(name != NO_REASON for name, _ in given):
            missing = sum(count for name, count in given if name in sought)
            rest = sum(count for _, count in given) - missing
            said += f": by their reasons, {missing:,} were not retrieved and {rest:,} excluded"
        yield f"{said}."


def _duplicates(flow: Flow) -> Iterator[str]:
    rules = sum(route.duplicates[0].count for route in flow.routes)
    people = sum(route.duplicates[1].count for route in flow.routes)
    if rules or people:
        yield (
            f"Of {_many(rules + people, 'duplicate')}, rules found {rules:,} and people {people:,}. "
            "A record that a file repeats, or that its search had found before, is not taken in and not counted."
        )


def _without_year(flow: Flow, review: Review) -> Iterator[str]:
    from constellary.literature.works import works

    if review.protocol.years is None or flow.declared:
        return
    bare = sum(one.record.year is None for one in works(review))
    if bare:
        yield f"{_many(bare, 'work')} without a year stayed in, since the rule of years cannot tell."


def _searches(review: Review) -> Iterator[str]:
    names = {one.name for one in review.protocol.searches}
    for search in review.protocol.searches:
        here = sum(record.search == search.name for record in review.records)
        if search.hits is not None and here and search.hits != here:
            yield (
                f"{search.database} said that it found {search.hits:,}; {_many(here, 'record')} of this search "
                f"('{search.name}') {'is' if here == 1 else 'are'} in the study."
            )
    loose = sum(record.search not in names for record in review.records)
    if names and loose:
        yield f"{_many(loose, 'record')} belong to no search of the protocol."


def _before(flow: Flow, review: Review) -> Iterator[str]:
    from constellary.literature.screening import standings

    if flow.previous is None or flow.previous.origin != "counted":
        return
    yield (
        "Searches were repeated: what earlier ones brought in stands under previous studies. What a search found "
        "when it ran before is not counted again; what only others had found counts as duplicate."
    )
    earlier = earlier_records(review)
    still = sum(
        one.outcome in ("open", "conflict") and any(record.id in earlier for record in one.work.records)
        for one in standings(review)
    )
    if still:
        yield f"{_many(still, 'work')} of earlier searches {'is' if still == 1 else 'are'} not decided yet."


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
