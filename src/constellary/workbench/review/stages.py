"""How far the screening is: stage by stage and screener by screener, without saying who decided what."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary.literature.screening import standings
from constellary.workbench.review.desk import Queue, at_stage, first_open, queue_of

if TYPE_CHECKING:
    from constellary.literature.protocol import Stage
    from constellary.literature.review import Review


@dataclass(frozen=True, slots=True)
class StageState:
    """A stage: how many works reached it and what they came to, and who decided how many.

    Attributes
    ----------
    stage
        Of the protocol.
    reached, open, conflicts, included, excluded
        Works.
    screeners
        Name and number of works that they decided, most first.
    mine
        The queue of who looks.
    """

    stage: Stage
    reached: int
    open: int
    conflicts: int
    included: int
    excluded: int
    screeners: tuple[tuple[str, int], ...]
    mine: Queue

    @property
    def settled(self) -> int:
        """Works that are decided."""
        return self.included + self.excluded


def stage_states(review: Review, who: str) -> list[StageState]:
    """Return the stages of a review, in order."""
    found = []
    for stage in review.protocol.stages:
        here = [one for one in (at_stage(standing, stage.name) for standing in standings(review)) if one]
        outcomes = Counter(one.outcome for one in here)
        screeners = Counter(name for one in here for name in {verdict.screener for verdict in one.verdicts})
        found.append(
            StageState(
                stage,
                len(here),
                outcomes["open"],
                outcomes["conflict"],
                outcomes["included"],
                outcomes["excluded"],
                tuple(sorted(screeners.items(), key=lambda pair: (-pair[1], pair[0]))),
                queue_of(review, stage.name, who),
            )
        )
    return found


def stages_view(review: Review, who: str) -> dict[str, Any]:
    """Return what the page of the screening shows to somebody."""
    states = stage_states(review, who)
    at = first_open(review, who)
    return {
        "states": states,
        "at": next(state for state in states if state.stage is at),
        "records": len(review.records),
        "planned": review.planned,
        "questions": sum(match.verdict == "ask" for match in review.matches),
        "screeners": sorted({one.screener for one in review.screenings}),
    }
