"""Conflicts: works on which screeners differ, with all verdicts side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary.literature.screening import conflicts, standings
from constellary.workbench.review.desk import reasons_of
from constellary.workbench.review.reading import SHORT, abstract_of, title_of
from constellary.workbench.review.told import reason_label

if TYPE_CHECKING:
    from constellary.literature.highlight import Part
    from constellary.literature.protocol import Stage
    from constellary.literature.record import Record
    from constellary.literature.review import Resolution, Review
    from constellary.literature.screening import AtStage, Standing

SHOWN = 10
"""Conflicts on one page."""
SAYS = {"include": "Include", "exclude": "Exclude", "maybe": "Maybe"}


@dataclass(frozen=True, slots=True)
class Side:
    """What one screener said: verdict and reason in words, the note, and what they said at first if else."""

    who: str
    verdict: str
    label: str
    reason: str
    note: str
    first: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """A work in conflict at a stage."""

    key: str
    record: Record
    title: list[Part]
    abstract: list[list[Part]]
    stage: Stage
    sides: tuple[Side, ...]
    reasons: tuple[tuple[str, str, str], ...]
    resolution: Resolution | None
    resolved: str


def conflicts_view(review: Review, *, stage: str = "", state: str = "open", page: int = 1) -> dict[str, Any]:
    """Return what the page of the conflicts shows: those to resolve, or those that were.

    Raises
    ------
    UnknownName
        If the protocol has no such stage.
    """
    if stage:
        review.protocol.stage(stage)
    open_ones = [(one.work.id, here.stage) for one, here in conflicts(review, stage or None)]
    resolved = [
        (one.work.id, here.stage)
        for one in standings(review)
        for here in one.stages
        if here.resolution is not None and stage in ("", here.stage)
    ]
    chosen = resolved if state == "resolved" else open_ones
    last = max(1, -(-len(chosen) // SHOWN))
    page = min(max(page, 1), last)
    start = (page - 1) * SHOWN
    keys = set(chosen[start : start + SHOWN])
    shown = [
        _conflict(review, one, here)
        for one in standings(review)
        for here in one.stages
        if (one.work.id, here.stage) in keys
    ]
    return {
        "conflicts": shown,
        "counts": {"open": len(open_ones), "resolved": len(resolved)},
        "state": state,
        "stage": stage,
        "stages": [(one.name, one.label) for one in review.protocol.stages],
        "total": len(chosen),
        "first": start + 1 if shown else 0,
        "last": start + len(shown),
        "page": page,
        "before": page - 1 if page > 1 else None,
        "after": page + 1 if page < last else None,
        "screened": bool(review.screenings),
    }


def _conflict(review: Review, standing: Standing, here: AtStage) -> Conflict:
    protocol, record = review.protocol, standing.work.record
    stage = protocol.stage(here.stage)
    ids = {one.id for one in standing.work.records}
    notes = {one.screener: one.text for one in review.notes if one.record in ids}

    def said(verdict: str, reason: str | None) -> str:
        why = reason_label(protocol, stage.name, reason)
        return SAYS[verdict] + (f": {why}" if why else "")

    sides = tuple(
        Side(
            one.screener,
            one.verdict,
            SAYS[one.verdict],
            reason_label(protocol, stage.name, one.reason),
            notes.get(one.screener, ""),
            said(one.first, one.first_reason)
            if (one.first, one.first_reason) != (one.verdict, one.reason)
            else "",
        )
        for one in here.verdicts
    )
    result = here.resolution
    return Conflict(
        standing.work.id,
        record,
        title_of(record, protocol),
        abstract_of(record, protocol, SHORT),
        stage,
        sides,
        tuple(reasons_of(stage)),
        result,
        "" if result is None else said(result.verdict, result.reason),
    )
