"""What takes longer than a page may: computed in the background, once, as long as the study stays as it is.

A page asks `soon` and gets a future. If it is done within the patience of a reader, the page shows the
result; if not, it says so and asks again. Results live in the memory of their moment. When something
is decided the moment goes, and what waits to be computed for it is dropped.
"""

from __future__ import annotations

import weakref
from concurrent.futures import CancelledError, Future, wait
from queue import LifoQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from constellary.workbench.moments import Moment

T = TypeVar("T")

PATIENCE = 0.02
"""Seconds that a page waits before it says that something is being computed."""
WORKERS = 2


class Background:
    """Threads that compute; what was asked for last comes first, since somebody looks at it now."""

    def __init__(self, workers: int = WORKERS) -> None:
        self._waiting: LifoQueue[Callable[[], None]] = LifoQueue()
        self._lock = Lock()
        self._missing = workers

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Compute something when a thread is free."""
        promised: Future[T] = Future()

        def run() -> None:
            if not promised.set_running_or_notify_cancel():
                return
            try:
                promised.set_result(work())
            except BaseException as error:  # it is raised where the result is asked for
                promised.set_exception(error)

        self._waiting.put(run)
        with self._lock:
            if self._missing:
                self._missing -= 1
                # A daemon: who ends the program does not wait for what nobody will look at.
                Thread(target=self._work, name="background", daemon=True).start()
        return promised

    def _work(self) -> None:
        while True:
            self._waiting.get()()


BACKGROUND = Background()


def soon(moment: Moment, key: Hashable, make: Callable[[Moment], T]) -> Future[T]:
    """Return the future of a result, the same for all who ask for this key in this moment.

    Parameters
    ----------
    moment
        The study as it stands; held weakly, so that a new decision drops what still waits.
    key
        Of the result in the moment's memory.
    make
        Computes the result.
    """
    held = weakref.ref(moment)

    def work() -> T:
        present = held()
        if present is None:
            raise CancelledError
        return make(present)

    return moment.memory.get(("soon", key), lambda: BACKGROUND.submit(work))


def begun(moment: Moment, key: Hashable) -> bool:
    """Return whether somebody has asked for a result, be it there or not."""
    return ("soon", key) in moment.memory


def ready(promised: Future[T], patience: float | None = PATIENCE) -> bool:
    """Return whether a result is there within the patience of a reader; None: wait until it is."""
    return bool(wait([promised], timeout=patience).done)
