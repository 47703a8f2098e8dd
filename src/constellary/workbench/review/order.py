"""The order of a long queue: learnt in the background from what a screener may know, and never waited for."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import wait
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from constellary.workbench.background import BACKGROUND

if TYPE_CHECKING:
    from concurrent.futures import Future

    from constellary.literature.review import Review

KEPT = 32
"""Screeners and stages that are remembered."""


@dataclass
class _Kept:
    """The latest order, what it was learnt from, and the next one where it is being learnt."""

    order: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    learnt: frozenset[tuple[str, bool]] | None = None
    coming: Future[None] | None = None


class Orders:
    """The orders of all queues of a workbench, by stage and screener.

    Each is learnt from the screener's own verdicts and from what is settled, so that it tells nothing of what
    others decided and is still open.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()
        self._lock = Lock()

    def order(
        self, review: Review, stage: str, who: str, patience: float = 0.0
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the latest order and remarks about it, at once; a newer one is learnt meanwhile.

        Parameters
        ----------
        patience
            Seconds to wait for a first order, where there is none yet.

        Returns
        -------
        tuple
            Ids of works, the most promising first (empty: the plain order), and sentences on how it came.
        """
        from constellary.literature.prioritised import labels_of, worth_ranking

        if not worth_ranking(review, stage):
            return (), ()
        labels = labels_of(review, stage, who)
        with self._lock:
            kept = self._kept.setdefault((stage, who), _Kept())
            self._kept.move_to_end((stage, who))
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            now = frozenset(labels.items())
            if kept.learnt != now and (kept.coming is None or kept.coming.done()):
                kept.coming = BACKGROUND.submit(lambda: self._learn(review, stage, kept, labels))
        if patience and not kept.order and kept.coming is not None:
            wait([kept.coming], timeout=patience)
        return kept.order, kept.remarks

    def _learn(self, review: Review, stage: str, kept: _Kept, labels: dict[str, bool]) -> None:
        from constellary.literature.prioritised import ranked

        found = ranked(review, stage, labels)
        with self._lock:
            kept.order = found.order if found.scores is not None else ()
            kept.remarks = found.remarks
            kept.learnt = frozenset(labels.items())
