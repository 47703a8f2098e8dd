"""A screener's desk: which works they have to decide, and one of them with what they may know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from constellary.errors import InputError, UnknownName
from constellary.literature.screening import queue, standing_of, standings
from constellary.workbench.review.reading import abstract_of, keywords_of, title_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.protocol import Stage
    from constellary.literature.review import Review, Screening
    from constellary.literature.screening import AtStage, Standing

DIGITS = "123456789"
"""Keys of the reasons; further ones have none."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What a screener has to decide at a stage.

    Attributes
    ----------
    left
        Ids of the works that are open for them, in the order in which they are wanted.
    decided
        Ids of those that they decided, in the order of intake.
    place
        Work -> its place in the order of intake.
    """

    left: tuple[str, ...]
    decided: tuple[str, ...]
    place: dict[str, int] = field(default_factory=dict, repr=False)

    @property
    def total(self) -> int:
        """All that are theirs."""
        return len(self.left) + len(self.decided)

    def next(self, after: str | None = None) -> str | None:
        """Return the open work that follows one, from the beginning again; None: there is none other.

        Examples
        --------
        >>> Queue(("a", "c"), ("b",), {"a": 0, "b": 1, "c": 2}).next("b")
        'c'
        """
        others = [name for name in self.left if name != after]
        if not others or after is None:
            return others[0] if others else None
        if after in self.left:
            at = self.left.index(after)
            return others[at] if at < len(others) else others[0]
        here = self.place.get(after, -1)
        ranked = any(self.place[one] > self.place[two] for one, two in pairwise(others))
        return others[0] if ranked else next((one for one in others if self.place[one] > here), others[0])

    def before(self, key: str) -> str | None:
        """Return the work of theirs that stands before one, decided or not; None: it is the first."""
        here = self.place.get(key, 0)
        return max(
            (one for one in (*self.left, *self.decided) if self.place[one] < here),
            key=self.place.__getitem__,
            default=None,
        )


def queue_of(review: Review, stage: str, who: str, order: Sequence[str] = ()) -> Queue:
    """Return a screener's queue at a stage; without an order, computed once for a review.

    Raises
    ------
    UnknownName
        If the protocol has no such stage.
    """
    key = f"queue {stage}\t{who}"
    kept = review.memory.get(key)
    if not isinstance(kept, Queue):
        place = {one.work.id: number for number, one in enumerate(standings(review))}
        decided = tuple(
            one.work.id
            for one in standings(review)
            if (here := at_stage(one, stage)) and own_of(here, who) is not None
        )
        review.memory[key] = kept = Queue(queue(review, stage, who), decided, place)
    if not order:
        return kept
    rank = {name: number for number, name in enumerate(order)}
    left = tuple(sorted(kept.left, key=lambda name: rank.get(name, len(rank))))
    return Queue(left, kept.decided, kept.place)


def at_stage(standing: Standing, stage: str) -> AtStage | None:
    """Return a work at a stage; None: it has not come that far."""
    return next((here for here in standing.stages if here.stage == stage), None)


def own_of(here: AtStage, who: str) -> Screening | None:
    """Return the verdict of one screener at a stage."""
    return next((one for one in here.verdicts if one.screener == who), None)


def first_open(review: Review, who: str) -> Stage:
    """Return the first stage at which somebody has something to decide, else the first."""
    stages = review.protocol.stages
    return next((stage for stage in stages if queue_of(review, stage.name, who).left), stages[0])


def checked_screener(review: Review, stage: str, who: str, key: str) -> tuple[Standing, AtStage]:
    """Return where a work stands that somebody may decide.

    Raises
    ------
    UnknownName
        If there is no such work, or it has not reached the stage.
    InputError
        If as many have decided on it as the protocol asks, and this screener is not one of them.
    """
    standing = standing_of(review).get(key)
    if standing is None:
        raise UnknownName("work", key, list(standing_of(review)))
    label = review.protocol.stage(stage).label
    here = at_stage(standing, stage)
    if here is None:
        raise InputError(f"{key} has not reached '{label}', so that nothing can be decided on it there.")
    enough = {one.screener for one in here.verdicts} - {who}
    if own_of(here, who) is None and len(enough) >= review.protocol.stage(stage).screeners:
        raise InputError(f"{key} is decided at '{label}' by as many screeners as the protocol asks for.")
    return standing, here


def work_view(
    review: Review, stage_name: str, who: str, key: str, order: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what a screener sees of a work: what it says, the questions, and their own verdict and note.

    Nothing that others decided or noted is in it.

    Raises
    ------
    UnknownName
        If there is no such stage or work.
    InputError
        If it is not theirs to decide.
    """
    stage = review.protocol.stage(stage_name)
    standing, here = checked_screener(review, stage_name, who, key)
    queue = queue_of(review, stage_name, who, order)
    record = standing.work.record
    own = own_of(here, who)
    protocol = review.protocol
    ids = {one.id for one in standing.work.records}
    return {
        "work": standing.work,
        "record": record,
        "title": title_of(record, protocol),
        "abstract": abstract_of(record, protocol),
        "keywords": keywords_of(record, protocol),
        "stage": stage,
        "reasons": reasons_of(stage),
        "criteria": protocol.include,
        "own": own,
        "changed": own is not None and (own.first, own.first_reason) != (own.verdict, own.reason),
        "settled": here.resolution is not None,
        "note": next((one.text for one in review.notes if one.record in ids and one.screener == who), ""),
        "next": queue.next(key),
        "before": queue.before(key),
        "progress": progress_of(queue),
    }


def reasons_of(stage: Stage) -> list[tuple[str, str, str]]:
    """Return key (empty: none), name and label of each reason of a stage."""
    return [
        (DIGITS[number] if number < len(DIGITS) else "", reason.name, reason.label)
        for number, reason in enumerate(stage.reasons)
    ]


def progress_of(queue: Queue) -> dict[str, int]:
    """Return how far a screener is: `done` of `total`."""
    return {"done": len(queue.decided), "total": queue.total}
