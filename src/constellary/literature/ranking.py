"""Ranking: which unread works look most like those that were found relevant.

A linear model learns from what was judged so far, from title and abstract, and puts the works that are left in
order. It is trained anew after each decision. It saves reading in large reviews only, and it decides nothing: a
work far down may be relevant, and `recall` tells what can be said of that.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from constellary.literature.works import Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from constellary.literature.record import Record

WORTH = 500
"""Below so many works a ranking saves nothing worth having, and works come in their plain order."""
COST, RATIO = 0.2, 40.0
"""What an error costs, and how many times all relevant works together weigh what all irrelevant ones do.

ELAS u4 has 0.11 and 9.8. Over nine labelled screenings of 500 to 2,500 works (five beginnings each) these save
.565 of the reading at 95% recall in the mean and u4's .554; they save more in six of the nine. Six of the nine
were looked at in choosing them; on the other three the two do not differ (.333 and .334).
"""
COMMON = 0.95
DIGITS = 8
"""Beyond them a score is noise of the arithmetic; works that differ there only are taken as equal."""

TOO_FEW = (
    f"Ranking is off: below {WORTH:,} works it saves nothing worth having, since most must be read before it "
    "has learnt anything."
)
UNTAUGHT = (
    "The works stand in their plain order: a ranking needs one relevant and one irrelevant work at least."
)
TAUGHT = (
    "Works are ranked by a linear support vector machine on the words and word pairs of title and abstract, "
    "which learns from {relevant:,} relevant and {irrelevant:,} irrelevant works. A place in the order is no "
    "verdict: relevant works may stand far down."
)


class Features(NamedTuple):
    """What the words of each work weigh.

    Attributes
    ----------
    shared
        Works x terms (csr), of terms that several works have.
    alone
        The sum of the squared weights of the terms that a work has alone; most terms are such, and leaving them
        out halves the time of learning without changing a score.
    """

    shared: Any
    alone: NDArray[np.float64]


@dataclass(frozen=True)
class Corpus:
    """Works as a model reads them.

    Attributes
    ----------
    ids
        Of the works, in their order.
    texts
        Title and abstract of each.
    """

    ids: tuple[str, ...]
    texts: tuple[str, ...]

    @staticmethod
    def of(works: Iterable[Work | Record]) -> Corpus:
        """Return the corpus of works, or of records; of both together the ids must differ.

        Examples
        --------
        >>> from constellary.literature.record import Record
        >>> Corpus.of([Record(id="a", title="Alliances"), Record(id="b", title="Cars", abstract="On them.")])
        Corpus(ids=('a', 'b'), texts=('Alliances', 'Cars On them.'))
        """
        records = [one.record if isinstance(one, Work) else one for one in works]
        return Corpus(tuple(record.id for record in records), tuple(text_of(record) for record in records))

    @property
    def features(self) -> Features | None:
        """The weights of words and word pairs; None where no work has a word that tells it from others."""
        return _features(self.texts)


def text_of(record: Record) -> str:
    """Return what a model reads of a record."""
    return " ".join(filter(None, (record.title, record.abstract)))


@dataclass(frozen=True, slots=True)
class Ranking:
    """The works not yet judged, the most promising first.

    Attributes
    ----------
    order
        Their ids.
    scores
        In the same order; higher is more promising, the scale has no unit. None: not ranked, plain order.
    remarks
        How the order came about, as whole sentences.
    """

    order: tuple[str, ...]
    scores: tuple[float, ...] | None
    remarks: tuple[str, ...]


def rank(corpus: Corpus, labels: Mapping[str, bool], *, least: int = WORTH) -> Ranking:
    """Return the works not yet judged in the order in which they should be read.

    Parameters
    ----------
    corpus
        All works of the stage.
    labels
        Work -> whether it is relevant, for those judged; others than those of the corpus are ignored, and the
        order of the labels does not matter.
    least
        Smaller corpora are not ranked; 0: all are.

    Returns
    -------
    Ranking
        In plain order, without scores, where the corpus is small or there is not one label of each kind. Works
        with the same score keep their plain order.

    References
    ----------
    The model u4 of the ELAS series: TF-IDF of words and word pairs, support vector machine with squared hinge
    loss, relevant works weighted up (here more, see `RATIO`); ASReview, doi:10.1038/s42256-020-00287-7. There the
    solver draws at random; here (`margin`) the lowest point is found without chance, so that the same labels give
    the same order.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> titles = {"a": "car alliances", "b": "whale songs", "c": "songs of birds", "d": "alliances of makers"}
    >>> corpus = Corpus.of(Record(id=key, title=title) for key, title in titles.items())
    >>> rank(corpus, {"a": True, "b": False}, least=0).order
    ('d', 'c')
    >>> rank(corpus, {"a": True}).scores is None
    True
    """
    judged = np.array([key in labels for key in corpus.ids], dtype=bool)
    unread = np.flatnonzero(~judged)
    relevant = np.array([labels[key] for key in corpus.ids if key in labels], dtype=bool)
    if len(corpus.ids) < least:
        return _plain(corpus, unread, TOO_FEW)
    features = None if relevant.all() or not relevant.any() else corpus.features
    if features is None:
        return _plain(corpus, unread, UNTAUGHT)
    scores = _scores(features, np.flatnonzero(judged), relevant, unread)
    order = np.argsort(-scores, kind="stable")
    counts = {"relevant": int(relevant.sum()), "irrelevant": int((~relevant).sum())}
    return Ranking(
        tuple(corpus.ids[index] for index in unread[order].tolist()),
        tuple(scores[order].tolist()),
        (TAUGHT.format(**counts),),
    )


def _plain(corpus: Corpus, unread: NDArray[np.int64], remark: str) -> Ranking:
    return Ranking(tuple(corpus.ids[index] for index in unread.tolist()), None, (remark,))


@lru_cache(maxsize=2)
def _features(texts: Sequence[str]) -> Features | None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    # A term in nearly all works tells nothing; in a corpus of one or two none would be left.
    common = COMMON if COMMON * len(texts) >= 2 else 1.0
    try:
        found = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=common).fit_transform(texts)
    except ValueError:  # no word at all, or every word in all of them
        return None
    several = np.bincount(found.indices, minlength=found.shape[1]) > 1
    rest = found[:, ~several]
    return Features(found[:, several], np.asarray(rest.multiply(rest).sum(axis=1), dtype=np.float64).ravel())


def _scores(
    features: Features, judged: NDArray[np.int64], relevant: NDArray[np.bool_], unread: NDArray[np.int64]
) -> NDArray[np.float64]:
    from constellary.literature.margin import fitted

    weights = np.where(relevant, 1.0, relevant.sum() / (RATIO * (~relevant).sum()))
    weights *= weights.size / weights.sum()
    sides = np.where(relevant, 1.0, -1.0)
    terms, offset = fitted(features.shared[judged], sides, COST * weights, features.alone[judged])
    scores: NDArray[np.float64] = features.shared @ terms + offset
    return scores[unread].round(DIGITS)
