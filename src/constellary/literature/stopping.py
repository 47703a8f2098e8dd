"""Stopping: what can be said to somebody who wonders whether to read on. It is never 'done'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.literature.ranking import WORTH
from constellary.literature.recall import (
    LEVEL,
    TARGET,
    Recall,
    recall_estimate,
    recall_test,
    run_without,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

RUN = 100
"""Works in a row without a relevant one from which on the run is worth mentioning."""

FEW = (
    f"With fewer than {WORTH:,} works read them all: to stop early would save little, and what is missed cannot be "
    "estimated well."
)


@dataclass(frozen=True, slots=True)
class StoppingHint:
    """What the order of reading says about reading on.

    Attributes
    ----------
    judged, total
        Works judged, and all.
    run
        Works in a row without a relevant one, up to the last.
    p
        Of the null hypothesis that the recall aimed at is missed; None before anything is judged.
    target
        That recall.
    recall
        The estimate; None before anything is judged.
    reached
        Whether p is below 1 - the confidence level: whether missing the target would be strange.
    """

    judged: int
    total: int
    run: int
    p: float | None
    target: float
    recall: Recall | None
    reached: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """The hint in words."""
        if self.judged == self.total:
            return (f"All {self.total:,} works are judged.",)
        if self.recall is None or self.p is None:
            return ("Nothing is judged yet.",)
        if self.total < WORTH:
            return (FEW,)
        return tuple(self._said(self.recall, self.p))

    def _said(self, recall: Recall, p: float) -> list[str]:
        unread = self.total - self.judged
        said = [f"{recall.found:,} relevant works in {self.judged:,} judged; {unread:,} are unread."]
        if self.run >= RUN:
            said.append(f"The last {self.run:,} in a row were irrelevant.")
        least = "" if recall.recall_least is None else f", a recall of at least {recall.recall_least:.0%}"
        said.append(
            f"With {recall.level:.0%} confidence at most {recall.left_most:,} relevant works are left{least}."
        )
        if self.reached and recall.found:
            said.append(
                f"That a recall of {self.target:.0%} is missed would be strange (p = {p:.3f}). It is not excluded: the "
                "last relevant works are the hardest to find, and whoever stops should say so, with these numbers."
            )
        else:
            said.append(f"A recall of {self.target:.0%} may well be missed (p = {p:.2f}): read on.")
        return said


def stopping_hint(
    labels: Sequence[bool], total: int, *, target: float = TARGET, level: float = LEVEL
) -> StoppingHint:
    """Return what the order of reading says about reading on.

    Parameters
    ----------
    labels
        Whether each work was relevant, in the order in which they were judged.
    total
        Works in all.
    target
        The share of all relevant works that is to be found, in (0, 1].
    level
        Confidence of the limits and of the test, in (0, 1).

    References
    ----------
    Callaghan and Müller-Hansen (2020), doi:10.1186/s13643-020-01521-4. Runs of irrelevant works alone are a poor
    rule, as they show: the run is told, and decides nothing.

    Examples
    --------
    >>> hint = stopping_hint([True] * 40 + [False] * 700, 1000)
    >>> hint.reached, hint.run, hint.recall.left_most
    (True, 700, 2)
    >>> for sentence in stopping_hint([True] * 40 + [False] * 30, 1000).sentences:
    ...     print(sentence)
    40 relevant works in 70 judged; 930 are unread.
    With 95% confidence at most 89 relevant works are left, a recall of at least 31%.
    A recall of 95% may well be missed (p = 0.91): read on.
    """
    p = recall_test(labels, total, target=target)
    return StoppingHint(
        judged=len(labels),
        total=total,
        run=run_without(labels),
        p=p,
        target=target,
        recall=recall_estimate(labels, total, level=level),
        reached=p is not None and p < 1 - level,
    )
