"""Blindness: what of other people's codes must stay hidden from somebody who has yet to code it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.coding.queue import queue_of

if TYPE_CHECKING:
    from constellary.coding.plan import Plan
    from constellary.study.frames import Frames


def codes_here(frames: Frames, plan: Plan, who: str) -> bool:
    """Return whether somebody is a coder: the plan names them or, in a plan without names, they have begun."""
    return who in plan.coders if plan.coders else who in frames.codings["coder"]


def hides(frames: Frames, plan: Plan, who: str) -> frozenset[tuple[str, str]]:
    """Return the (alliance, variable) whose codes somebody must not see, as they have yet to code them.

    Nothing is hidden from who does not code.

    Examples
    --------
    >>> from constellary.coding.plan import Plan
    >>> from constellary.data import example_frames
    >>> sorted(hides(example_frames(), Plan(("motivation",)), "first"))
    [('a5', 'motivation'), ('a6', 'motivation')]
    """
    if not codes_here(frames, plan, who):
        return frozenset()
    queue = queue_of(frames, plan, who)
    return frozenset((unit, name) for unit in queue.open for name in queue.left(unit))
