"""Prioritised screening: the order of a stage's queue, learnt from what was decided there so far; when to stop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.literature.ranking import TOO_FEW, WORTH, Corpus, Ranking, rank
from constellary.literature.screening import standings
from constellary.literature.stopping import stopping_hint
from constellary.literature.works import work_of, works

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.literature.review import Review
    from constellary.literature.stopping import StoppingHint


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


def hint_at(review: Review, stage: str, screener: str, order: Sequence[str]) -> StoppingHint:
    """Return what may be said to a screener who wonders whether to read on at a stage.

    Parameters
    ----------
    order
        Records in the order in which the screener decided on them at this stage; others are ignored. What the
        screener did not decide and is settled by others counts as read before.
    """
    labels = labels_of(review, stage, screener)
    work = work_of(review)
    read = dict.fromkeys(work[record] for record in order if record in work)
    before = [one for one in labels if one not in read]
    told = [labels[one] for one in (*before, *read) if one in labels]
    return stopping_hint(told, len(_reached(review, stage)))


def _reached(review: Review, stage: str) -> tuple[str, ...]:
    review.protocol.stage(stage)  # an unknown name is an error, not an empty queue
    return tuple(one.work.id for one in standings(review) if any(here.stage == stage for here in one.stages))


def _corpus(review: Review) -> Corpus:
    kept = review.memory.get("works corpus")
    if kept is None:
        review.memory["works corpus"] = kept = Corpus.of(works(review))
    return kept  # type: ignore[return-value]
