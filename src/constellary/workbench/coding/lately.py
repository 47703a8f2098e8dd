"""What was answered lately: by decisions that are newer than the moment which the pages have read.

A large study is read anew after a coder has been answered, so the next answers may come before that is done. How far
the coder is must count them all the same.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constellary.coding.queue import Queue


class Lately:
    """Answers of each coder, with the decisions that they are, until a moment holds them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._answered: dict[str, dict[str, tuple[int, frozenset[str]]]] = {}

    def add(self, coder: str, unit: str, answered: frozenset[str], decision: int) -> None:
        """Note which questions of a unit a coder has answered as of a decision."""
        with self._lock:
            self._answered.setdefault(coder, {})[unit] = (decision, answered)

    def counted(self, queue: Queue, coder: str, moment: int) -> Queue:
        """Return a coder's queue of a moment with what was answered since; what the moment holds is let go."""
        with self._lock:
            since = {
                unit: (decision, answered)
                for unit, (decision, answered) in self._answered.get(coder, {}).items()
                if decision > moment
            }
            self._answered[coder] = since
        for unit, (_, answered) in since.items():
            queue = queue.with_answers(unit, answered)
        return queue
