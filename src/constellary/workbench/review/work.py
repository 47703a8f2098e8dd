"""A work on its page: what it says, where it stands, where each field is from, and what its files said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary.literature.record import cited_as
from constellary.literature.screening import standings
from constellary.workbench.review.provenance import provenance_of
from constellary.workbench.review.reading import abstract_of, title_of
from constellary.workbench.review.told import notes_told, reason_label, verdicts_told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.literature.record import Raw
    from constellary.literature.review import Resolution, Review
    from constellary.literature.screening import Standing


@dataclass(frozen=True, slots=True)
class StageOf:
    """A stage that a work reached: what it came to, and what may be told of it.

    `said` is screener, verdict and reason in words; `hidden` counts verdicts that are kept back.
    """

    name: str
    label: str
    outcome: str
    reason: str
    said: tuple[tuple[str, str, str], ...]
    hidden: int
    resolution: Resolution | None


def portrait_view(review: Review, standing: Standing, who: str, raw: Mapping[str, Raw]) -> dict[str, Any]:
    """Return what the page of a work shows to somebody."""
    protocol, work = review.protocol, standing.work
    record = work.record
    order = [one.work.id for one in standings(review)]
    place = order.index(work.id)
    return {
        "work": work,
        "record": record,
        "standing": standing,
        "cited": cited_as(record),
        "title": title_of(record, protocol),
        "abstract": abstract_of(record, protocol),
        "stages": stages_of(review, standing, who),
        "notes": notes_told(standing, review, who),
        "provenance": provenance_of(work, review),
        "raw": raw,
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
        "place": place + 1,
        "total": len(order),
    }


def stages_of(review: Review, standing: Standing, who: str) -> list[StageOf]:
    """Return the stages that a work reached, with what somebody may know of them."""
    found = []
    for here in standing.stages:
        stage = review.protocol.stage(here.stage)
        seen = verdicts_told(here, who)
        found.append(
            StageOf(
                stage.name,
                stage.label,
                here.outcome,
                reason_label(review.protocol, stage.name, here.reason),
                tuple(
                    (one.screener, one.verdict, reason_label(review.protocol, stage.name, one.reason))
                    for one in seen
                ),
                len(here.verdicts) - len(seen),
                here.resolution,
            )
        )
    return found
