"""Recall: how many relevant works are likely still unread, read off the order in which works were judged.

After ranked screening the works that are left were passed over again and again. If they held many relevant
ones, a long run of reading without a find would be a strange accident; how strange, the hypergeometric
distribution says. It takes works as if drawn blindly from those that were left, so a ranking that is better
than chance makes the answer cautious: there are fewer left than it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from constellary.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

TARGET, LEVEL = 0.95, 0.95
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Recall:
    """How much of what is relevant was found, as far as the order of reading tells.

    Attributes
    ----------
    found
        Relevant works so far.
    unread
        Works not yet judged.
    left
        Relevant works among them: at most so many, as likely as not.
    left_most
        At most so many with confidence `level`.
    recall, recall_least
        Share found of all relevant ones, if so many are left; None where nothing relevant is found or left.
    level
        Confidence of `left_most` and `recall_least`.
    """

    found: int
    unread: int
    left: int
    left_most: int
    recall: float | None
    recall_least: float | None
    level: float


def recall_test(labels: Sequence[bool], total: int, *, target: float = TARGET) -> float | None:
    """Return the p value of the null hypothesis that the recall aimed at is missed.

    Parameters
    ----------
    labels
        Whether each work was relevant, in the order in which they were judged.
    total
        Works in all, judged and unread.
    target
        The share of all relevant works that is to be found, in (0, 1].

    Returns
    -------
    float or None
        In [0, 1]; small where it would be strange if so many were missed. The least of the p values of all
        runs that end with the last work judged. None before anything is judged.

    Raises
    ------
    UsageError
        If the target is not in (0, 1], or more works are judged than there are.

    References
    ----------
    Callaghan and Müller-Hansen (2020), doi:10.1186/s13643-020-01521-4: the smallest number of relevant works
    with which the target would be missed, and the probability to have found so few of them.

    Examples
    --------
    >>> labels = [True] * 19 + [False] * 100
    >>> round(recall_test(labels, 200), 4), round(recall_test([*labels, *[False] * 60], 200), 4)
    (0.1989, 0.0129)
    """
    _check(labels, total)
    if not 0 < target <= 1:
        raise UsageError(f"A recall to aim at lies above 0 and up to 1, not at {target:g}.")
    if not labels:
        return None
    found = sum(labels)
    missed = floor(found / target + 1e-9) + 1 - found
    return _strangeness(_runs(labels), total - len(labels), missed)


def recall_estimate(labels: Sequence[bool], total: int, *, level: float = LEVEL) -> Recall | None:
    """Return how many relevant works are likely left, with an upper limit.

    The test of `recall_test` is turned round: numbers left that it would reject are taken as too many.

    Parameters
    ----------
    labels, total
        As in `recall_test`.
    level
        Confidence of the upper limit, in (0, 1).

    Returns
    -------
    Recall or None
        None before anything is judged.

    References
    ----------
    Callaghan and Müller-Hansen (2020), doi:10.1186/s13643-020-01521-4.

    Examples
    --------
    >>> found = recall_estimate([True] * 19 + [False] * 160, 200)
    >>> found.left, found.left_most, round(found.recall_least, 3)
    (0, 1, 0.95)
    """
    _check(labels, total)
    if not 0 < level < 1:
        raise UsageError(f"A confidence level lies between 0 and 1, not at {level:g}.")
    if not labels:
        return None
    found, unread = sum(labels), total - len(labels)
    runs = _runs(labels)
    left = _most_left(runs, unread, HALF)
    left_most = _most_left(runs, unread, 1 - level)
    return Recall(found, unread, left, left_most, _share(found, left), _share(found, left_most), level)


def run_without(labels: Sequence[bool]) -> int:
    """Return how many works in a row were irrelevant, up to the last one judged.

    Examples
    --------
    >>> run_without([False, True, False, False])
    2
    """
    for back, label in enumerate(reversed(labels)):
        if label:
            return back
    return len(labels)


def _check(labels: Sequence[bool], total: int) -> None:
    if len(labels) > total:
        raise UsageError(f"{len(labels):,} works are judged, but there are only {total:,}.")


def _share(found: int, left: int) -> float | None:
    return found / (found + left) if found + left else None


def _runs(labels: Sequence[bool]) -> NDArray[np.int64]:
    """Return works and finds of each run that ends with the last work and begins after a find, or at the start.

    Other runs need not be looked at: one that is longer by an irrelevant work speaks more clearly.
    """
    relevant = np.asarray(labels, dtype=bool)
    starts = np.concatenate([[0], np.flatnonzero(relevant) + 1])
    finds = np.arange(starts.size)[::-1]
    return np.stack([relevant.size - starts, finds], axis=1)


def _strangeness(runs: NDArray[np.int64], unread: int, missed: int) -> float:
    """Return the least probability, over the runs, to find no more than was found if so many more are left."""
    from scipy.stats import hypergeom

    if missed > unread:
        return 0.0
    works, finds = runs[:, 0], runs[:, 1]
    chance = hypergeom.cdf(finds, works + unread, finds + missed, works)
    return float(np.clip(chance, 0.0, 1.0).min())


def _most_left(runs: NDArray[np.int64], unread: int, least: float) -> int:
    """Return the largest number left whose strangeness is at least this; 0 where every other is stranger."""
    low, high = 0, unread
    while low < high:
        middle = (low + high + 1) // 2
        if _strangeness(runs, unread, middle) >= least:
            low = middle
        else:
            high = middle - 1
    return low
