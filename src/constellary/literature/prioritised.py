"""Prioritised screening: the order of a stage's queue, learnt from what was decided there so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.literature.ranking import TOO_FEW, WORTH, Corpus, Ranking, rank
from constellary.literature.screening import standings
from constellary.literature.works import works

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.literature.review import Review


def worth_ranking(review: Review, stage: str) -> bool:
    """Return whether enough works have reached a stage for a ranking to save reading."""
    return len(_reached(review, stage)) >= WORTH


def labels_of(review: Review, stage: str, screener: str) -> dict[str, bool]:
    """Return what a ranking for a screener may learn from: work -> whether it is relevant.

    These are the screener's own verdicts, a maybe as relevant, and what is settled for all; what others have
    decided and is not settled stays out, so that not even an order tells of it.
    """
    found = {}
    for one in standings(review):
        here = next((here for here in one.stages if here.stage == stage), None)
        if here is None:
            continue
        own = [verdict.verdict for verdict in here.verdicts if verdict.screener == screener]
        if here.outcome in ("included", "excluded"):
            found[one.work.id] = here.outcome == "included"
        elif own:
            found[one.work.id] = any(verdict != "exclude" for verdict in own)
    return found


def ranked(review: Review, stage: str, labels: Mapping[str, bool], *, least: int = WORTH) -> Ranking:
    """Return the works that have reached a stage and bear no label, the most promising first.

    Parameters
    ----------
    review
        As it stands. Words are weighed over all its works, so that they need not be weighed anew as works
        come to a stage.
    stage
        Of the protocol.
    labels
        Work -> whether it is relevant, see `labels_of`.
    least
        With fewer works at the stage the order is the plain one; 0: never.
    """
    reached = _reached(review, stage)
    if len(reached) < least:
        return Ranking(tuple(one for one in reached if one not in labels), None, (TOO_FEW,))
    among = set(reached)
    found = rank(_corpus(review), labels, least=0)
    kept = [place for place, one in enumerate(found.order) if one in among]
    scores = found.scores
    return Ranking(
        tuple(found.order[place] for place in kept),
        None if scores is None else tuple(scores[place] for place in kept),
        found.remarks,
    )


def next_order(review: Review, stage: str, labels: Mapping[str, bool]) -> tuple[str, ...]:
    """Return the ids of `ranked`, as `queue` takes them for its order."""
    return ranked(review, stage, labels).order


class Prioritised:
    """The latest order of a queue, and the labels that it was learnt from; the order stays while a newer one is made.

    Whoever draws the queue takes `ranking`; whoever has time calls `learn`, for which a thread will do.

    Attributes
    ----------
    ranking
        The latest; None: nothing was learnt yet.
    """

    def __init__(self) -> None:
        self.ranking: Ranking | None = None
        self._learnt: Mapping[str, bool] = {}

    def waits(self, labels: Mapping[str, bool]) -> int:
        """Return how many labels are newer than the ranking: new, changed or withdrawn."""
        if self.ranking is None:
            return max(1, len(labels))
        keys = self._learnt.keys() | labels.keys()
        return sum(self._learnt.get(key) is not labels.get(key) for key in keys)

    def learn(self, review: Review, stage: str, labels: Mapping[str, bool], *, least: int = WORTH) -> Ranking:
        """Make the ranking anew and keep it."""
        known = dict(labels)
        ranking = ranked(review, stage, known, least=least)
        self.ranking, self._learnt = ranking, known
        return ranking


def _reached(review: Review, stage: str) -> tuple[str, ...]:
    review.protocol.stage(stage)  # an unknown name is an error, not an empty queue
    return tuple(one.work.id for one in standings(review) if any(here.stage == stage for here in one.stages))


def _corpus(review: Review) -> Corpus:
    kept = review.memory.get("corpus")
    if kept is None:
        review.memory["corpus"] = kept = Corpus.of(works(review))
    return kept  # type: ignore[return-value]
