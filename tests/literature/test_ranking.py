"""Ranking, on a corpus into which a topic was planted."""

import random

import numpy as np
import pytest

from constellary.literature.ranking import COST, RATIO, TOO_FEW, UNTAUGHT, WORTH, Corpus, Ranking, rank
from constellary.literature.record import Record
from constellary.literature.works import Work

TOPIC = [
    "alliance",
    "partner",
    "venture",
    "joint",
    "knowledge",
    "automobile",
    "battery",
    "supplier",
    "platform",
    "mobility",
]
OTHER = [
    "whale",
    "song",
    "bird",
    "migration",
    "forest",
    "soil",
    "enzyme",
    "protein",
    "galaxy",
    "quasar",
    "glacier",
    "sediment",
    "reef",
    "larva",
]
COMMON = ["study", "results", "method", "analysis", "data", "approach", "model", "effect", "paper", "review"]


def planted(works: int, every: int, seed: int = 1) -> tuple[Corpus, dict[str, bool]]:
    """Return a corpus in which each n-th work is on the topic, and which these are."""
    draw = random.Random(seed)  # noqa: S311 - a simulation
    records, truth = [], {}
    for number in range(works):
        relevant = number % every == 0
        words = draw.choices(TOPIC if relevant else OTHER, k=6) + draw.choices(COMMON + OTHER, k=20)
        draw.shuffle(words)
        key = f"w{number:04}"
        records.append(Record(id=key, title=" ".join(words[:8]), abstract=" ".join(words[8:]) or None))
        truth[key] = relevant
    return Corpus.of(records), truth


def read_as_ranked(corpus: Corpus, truth: dict[str, bool], until: int) -> list[bool]:
    """Judge one work after the other, always the first of the order."""
    labels = {"w0000": True, "w0001": False}
    found = []
    for _ in range(until):
        first = rank(corpus, labels, least=0).order[0]
        labels[first] = truth[first]
        found.append(truth[first])
    return found


def test_what_is_on_the_topic_comes_first() -> None:
    corpus, truth = planted(120, 12)
    found = read_as_ranked(corpus, truth, 25)
    assert sum(found) == 9  # all that are left of ten, after a fifth of the reading


def test_every_unread_work_is_in_the_order_once() -> None:
    corpus, truth = planted(60, 6)
    labels = {key: truth[key] for key in list(corpus.ids)[:20]}
    ranking = rank(corpus, labels, least=0)
    assert sorted(ranking.order) == sorted(set(corpus.ids) - set(labels))
    assert ranking.scores is not None
    assert list(ranking.scores) == sorted(ranking.scores, reverse=True)
    assert "4 relevant and 16 irrelevant" in ranking.remarks[0]


def test_the_order_of_the_labels_does_not_matter() -> None:
    corpus, truth = planted(60, 6)
    labels = {key: truth[key] for key in list(corpus.ids)[:20]}
    backwards = dict(reversed(labels.items()))
    assert rank(corpus, labels, least=0) == rank(corpus, backwards, least=0)


def test_the_scores_are_those_of_liblinear() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.svm import LinearSVC

    corpus, truth = planted(80, 8)
    labels = {key: truth[key] for key in corpus.ids[:30]}
    ranking = rank(corpus, labels, least=0)
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, max_df=0.95)
    features = vectors.fit_transform(corpus.texts)
    sides = np.array(list(labels.values()))
    weights = np.where(sides, 1.0, sides.sum() / (RATIO * (~sides).sum()))
    model = LinearSVC(C=COST, loss="squared_hinge", random_state=0, tol=1e-10, max_iter=1_000_000)
    model.fit(features[:30], sides, sample_weight=weights * 30 / weights.sum())
    expected = dict(zip(corpus.ids[30:], model.decision_function(features[30:]), strict=True))
    assert ranking.scores is not None
    assert dict(zip(ranking.order, ranking.scores, strict=True)) == pytest.approx(expected, abs=1e-6)


def test_a_small_review_keeps_its_plain_order_and_says_why() -> None:
    corpus, truth = planted(60, 6)
    labels = {key: truth[key] for key in list(corpus.ids)[:20]}
    assert rank(corpus, labels) == Ranking(corpus.ids[20:], None, (TOO_FEW,))
    assert f"{WORTH:,}" in TOO_FEW


@pytest.mark.parametrize("labels", [{}, {"w0000": True}, {"w0001": False, "w0002": False}])
def test_without_one_label_of_each_kind_the_order_is_plain(labels: dict[str, bool]) -> None:
    corpus, _ = planted(20, 5)
    expected = tuple(key for key in corpus.ids if key not in labels)
    assert rank(corpus, labels, least=0) == Ranking(expected, None, (UNTAUGHT,))


def test_labels_of_works_that_are_not_there_are_ignored() -> None:
    corpus, _ = planted(30, 5)
    labels = {"w0000": True, "w0001": False}
    assert rank(corpus, {**labels, "gone": True}, least=0) == rank(corpus, labels, least=0)
    assert rank(corpus, {"gone": True, "w0001": False}, least=0).scores is None


def test_works_without_words_come_in_plain_order() -> None:
    corpus = Corpus.of([Record(id=key) for key in "abcd"])
    assert rank(corpus, {"a": True, "b": False}, least=0).order == ("c", "d")


def test_the_same_words_in_all_works_tell_nothing() -> None:
    corpus = Corpus.of([Record(id=key, title="car") for key in "abcd"])
    assert rank(corpus, {"a": True, "b": False}, least=0).order == ("c", "d")


def test_a_work_is_read_as_its_merged_record() -> None:
    record = Record(id="a", title="One", abstract="Two")
    assert Corpus.of([Work("a", (record,), record, {})]) == Corpus.of([record])


def test_when_all_is_read_nothing_is_left() -> None:
    corpus, truth = planted(20, 5)
    assert rank(corpus, truth, least=0).order == ()
