"""Queues: units in an order, what is still to be answered of each, and which comes next.

A queue knows nothing of alliances: whatever is decided unit by unit can stand in one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.coding.plan import Plan
    from constellary.study.frames import Frames

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Queue:
    """One person's units.

    Attributes
    ----------
    units
        Each once, in the order in which they come.
    questions
        What is asked of each.
    answered
        Unit -> the questions that are answered; absent: none.
    """

    units: tuple[str, ...]
    questions: tuple[str, ...]
    answered: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def places(self) -> dict[str, int]:
        """Unit -> its place, from 0."""
        return {unit: place for place, unit in enumerate(self.units)}

    def left(self, unit: str) -> tuple[str, ...]:
        """Return the questions of a unit that are still open."""
        given = self.answered.get(unit, NONE)
        return tuple(name for name in self.questions if name not in given)

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The units with an open question, in order."""
        wanted, answered = frozenset(self.questions), self.answered
        return tuple(unit for unit in self.units if not wanted <= answered.get(unit, NONE))

    @property
    def done(self) -> int:
        """Number of units of which everything is answered."""
        return len(self.units) - len(self.open)

    @property
    def begun(self) -> int:
        """Number of units of which some questions are answered and some are not."""
        return sum(bool(self.answered.get(unit)) for unit in self.open)

    def given(self, question: str) -> int:
        """Return of how many units a question is answered."""
        return sum(question in self.answered.get(unit, NONE) for unit in self.units)

    def next(self, after: str | None = None) -> str | None:
        """Return the first open unit after another one, from the beginning again at the end; None: all is done.

        A unit that was skipped comes again after all others.

        Examples
        --------
        >>> queue = Queue(("a", "b", "c"), ("form",), {"b": frozenset({"form"})})
        >>> queue.next(), queue.next("a"), queue.next("c")
        ('a', 'c', 'a')
        """
        place = self.places.get(after, -1) if after is not None else -1
        for unit in chain(self.units[place + 1 :], self.units[: place + 1]):
            if self.left(unit):
                return unit
        return None

    def with_answers(self, unit: str, answered: frozenset[str]) -> Queue:
        """Return the queue as it is when other questions of one unit are answered."""
        return Queue(self.units, self.questions, {**self.answered, unit: answered})

    def before(self, unit: str) -> str | None:
        """Return the unit before another one, answered or not; None at the beginning."""
        place = self.places.get(unit, 0)
        return self.units[place - 1] if place else None


def queue_of(frames: Frames, plan: Plan, coder: str) -> Queue:
    """Return a coder's queue of the alliances of a study.

    Examples
    --------
    >>> from constellary.coding.plan import Plan
    >>> from constellary.data import example_frames
    >>> queue = queue_of(example_frames(), Plan(("motivation",), order="list"), "first")
    >>> queue.open, queue.done
    (('a5', 'a6'), 4)
    """
    units = plan.units_of(frames.alliances["id"].to_list(), coder)
    own = frames.codings.filter((pl.col("coder") == coder) & pl.col("variable").is_in(plan.variables))
    # Few sets of variables occur: each is made once, however many units have it.
    listed = own.sort("variable").group_by("alliance").agg(pl.col("variable").str.join("\n"))
    sets = {text: frozenset(text.split("\n")) for text in listed["variable"].unique()}
    return Queue(units, plan.variables, {unit: sets[text] for unit, text in listed.iter_rows()})
