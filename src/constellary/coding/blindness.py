"""Blindness: what of other people's codes must stay hidden from somebody who has yet to code it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from constellary.coding.queue import Queue, queue_of

if TYPE_CHECKING:
    from constellary.coding.plan import Plan
    from constellary.study.frames import Frames


class Hidden(AbstractSet[tuple[str, str]]):
    """The (alliance, variable) whose codes are hidden: those that are open in a queue; not written out one by one."""

    def __init__(self, queue: Queue | None = None) -> None:
        self._queue = queue or Queue((), ())

    def of(self, unit: str) -> frozenset[str]:
        """Return the hidden variables of one alliance."""
        return frozenset(self._queue.left(unit)) if unit in self._queue.places else frozenset()

    def __contains__(self, cell: object) -> bool:
        if not (isinstance(cell, tuple) and len(cell) == 2):
            return False
        return cell[0] in self._queue.places and cell[1] in self._queue.left(cell[0])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((unit, name) for unit in self._queue.open for name in self._queue.left(unit))

    def __len__(self) -> int:
        return sum(len(self._queue.left(unit)) for unit in self._queue.open)

    def __repr__(self) -> str:
        return f"Hidden({len(self):,})"


def codes_here(frames: Frames, plan: Plan, who: str) -> bool:
    """Return whether somebody is a coder: the plan names them or, in a plan without names, they have begun."""
    return who in plan.coders if plan.coders else who in frames.codings["coder"]


def hides(frames: Frames, plan: Plan, who: str) -> Hidden:
    """Return the (alliance, variable) whose codes somebody must not see, as they have yet to code them.

    Nothing is hidden from who does not code.

    Examples
    --------
    >>> from constellary.coding.plan import Plan
    >>> from constellary.data import example_frames
    >>> hidden = hides(example_frames(), Plan(("motivation",)), "first")
    >>> sorted(hidden), hidden.of("a5")
    ([('a5', 'motivation'), ('a6', 'motivation')], frozenset({'motivation'}))
    """
    return Hidden(queue_of(frames, plan, who) if codes_here(frames, plan, who) else None)
