"""The study as it stands: its frames after the latest decision, and what was computed of them.

Everything that a page shows is a function of one moment, so nothing that is remembered can be out of
date: a new decision, by this process or another, is a new moment with an empty memory.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from constellary.literature.review import Review
    from constellary.study.codebook import Codebook
    from constellary.study.frames import Frames
    from constellary.study.study import Study
    from constellary.workbench.filters import Filter

T = TypeVar("T")

KEPT = 64
"""How many results a moment keeps; those used longest ago go first."""


class Memory:
    """Results by key, each made once however many ask for it at the same time."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._found: OrderedDict[Hashable, Any] = OrderedDict()
        self._locks: dict[Hashable, RLock] = {}
        self._lock = Lock()

    def __contains__(self, key: Hashable) -> bool:
        with self._lock:
            return key in self._found

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the result of a key, made now if it is not there."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                kept: T = self._found[key]
                return kept
            lock = self._locks.setdefault(key, RLock())
        with lock:
            with self._lock:
                if key in self._found:
                    again: T = self._found[key]
                    return again
            made = make()
            with self._lock:
                self._found[key] = made
                self._locks.pop(key, None)
                while len(self._found) > self._kept:
                    self._found.popitem(last=False)
            return made


@dataclass(frozen=True)
class Moment:
    """A study after one decision.

    Attributes
    ----------
    number
        The latest decision.
    frames
        The whole study.
    memory
        What was computed of it.
    review
        The review of the literature; None: the study has none.
    """

    number: int
    frames: Frames
    memory: Memory = field(default_factory=Memory)
    review: Review | None = None

    @property
    def codebook(self) -> Codebook:
        """The study's variables, groupings and design."""
        return self.frames.codebook

    def selected(self, chosen: Filter) -> Frames:
        """Return the frames of a filter, remembered.

        Raises
        ------
        UsageError
            If a part of the filter cannot be understood.
        """
        if not chosen:
            return self.frames
        return self.memory.get(("frames", chosen), lambda: chosen.of(self.frames))


class Moments:
    """Gives the present moment of a study, read anew when something was decided since."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._lock = Lock()
        self._present: Moment | None = None

    def now(self) -> Moment:
        """Return the study as it stands after the latest decision."""
        latest = self._study.history.latest()
        with self._lock:
            if self._present is None or self._present.number != latest:
                literature = self._study.literature
                review = literature.review() if literature.any() else None
                self._present = Moment(latest, self._study.frames(), review=review)
            return self._present

    def recent(self) -> Moment:
        """Return the last moment that was read, even if something was decided since: at once, in a large study."""
        present = self._present
        return self.now() if present is None else present
