"""How much reading the ranking saves, and how long it takes to learn: `make bench` runs it, or this file alone.

A real screening is read again as if by a person who always takes the first work of the order. The figures are
work saved over sampling at 95% recall (Cohen et al. 2006, doi:10.1197/jamia.M1929), of the works beside the two that
it begins with, and the processor's time for learning from one decision more.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from constellary.literature.prioritised import ranked
from constellary.literature.protocol import Protocol, Stage
from constellary.literature.ranking import Corpus, rank
from constellary.literature.recall import LEVEL, recall_test
from constellary.literature.record import Record
from constellary.literature.review import Review

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RECALL = 0.95
BEGINNINGS = 3
STEP = 10


def screened(path: Path) -> tuple[Corpus, dict[str, bool]]:
    """Return the works of a labelled screening without those that it marks as duplicates, and which were relevant."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["duplicate_record_id"]]
    records = [
        Record(id=row["record_id"], title=row["title"], abstract=row["abstract"] or None) for row in rows
    ]
    return Corpus.of(records), {row["record_id"]: row["label_included"] == "1" for row in rows}


def reading(corpus: Corpus, truth: dict[str, bool], seed: int) -> Iterator[bool]:
    """Yield whether each work is relevant, as they are read; a relevant and an irrelevant one are given."""
    draw = np.random.default_rng(seed)
    ids = np.array(corpus.ids)
    relevant = np.array([truth[key] for key in corpus.ids])
    labels = {str(draw.choice(ids[relevant])): True, str(draw.choice(ids[~relevant])): False}
    while len(labels) < len(corpus.ids):
        first = rank(corpus, labels).order[0]
        labels[first] = truth[first]
        yield truth[first]


def saved(corpus: Corpus, truth: dict[str, bool], seed: int) -> float:
    """Return the work saved at 95% recall, the two works given left out."""
    wanted = ceil(RECALL * (sum(truth.values()) - 1))
    read = found = 0
    for relevant in reading(corpus, truth, seed):
        read, found = read + 1, found + relevant
        if found == wanted:
            break
    return RECALL - read / (len(corpus.ids) - 2)


def stopped(corpus: Corpus, truth: dict[str, bool], seed: int) -> tuple[float, float]:
    """Return the share read, and the recall in truth, when the test first calls a miss of 95% strange."""
    total = len(corpus.ids) - 2
    labels: list[bool] = []
    for relevant in reading(corpus, truth, seed):
        labels.append(relevant)
        p = recall_test(labels, total) if len(labels) % STEP == 0 else None
        if p is not None and p < 1 - LEVEL:
            break
    return len(labels) / total, sum(labels) / (sum(truth.values()) - 1)


def learning(corpus: Corpus, truth: dict[str, bool], judged: int) -> float:
    """Return the milliseconds of the processor's time that one ranking takes, the best of five."""
    ids = np.random.default_rng(1).permutation(corpus.ids)[:judged]
    labels = {str(key): truth[key] for key in ids}
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        rank(corpus, labels)
        best = min(best, time.process_time() - start)
    return 1000 * best


def of_a_review(corpus: Corpus, truth: dict[str, bool], judged: int) -> float:
    """Return the milliseconds for the order of a stage after one more decision: a review that is new, texts known."""
    records = tuple(Record(id=key, title=text) for key, text in zip(corpus.ids, corpus.texts, strict=True))
    labels = {key: truth[key] for key in corpus.ids[:judged]}
    best = float("inf")
    for _ in range(5):
        review = Review(Protocol(stages=(Stage("title", "Title"),)), records=records)
        start = time.process_time()
        ranked(review, "title", labels)
        best = min(best, time.process_time() - start)
    return 1000 * best


def ranking(folder: Path, say: Callable[..., None], beginnings: int = BEGINNINGS) -> None:
    """A screening of 2,008 works with 101 relevant ones, read again; the time to learn from one decision more."""
    del folder
    told = os.environ.get("CONSTELLARY_LITERATURE")
    real = Path(told) if told else Path(__file__).parents[2] / "shared" / "literature"
    path = real / "screening" / "Nagtegaal_2019.csv"
    if not path.exists():
        say("ranking: the labelled screening is not there", str(path.name))
        return
    corpus, truth = screened(path)
    start = time.process_time()
    assert corpus.features is not None
    say(f"words of {len(corpus.ids):,} works weighed, once", f"{time.process_time() - start:.1f} s CPU")
    shares = [saved(corpus, truth, seed) for seed in range(beginnings)]
    say(f"work saved at 95% recall, mean of {beginnings} beginnings", f"{np.mean(shares):.4f}", ">= .7305")
    say("  least and most of them", f"{min(shares):.4f} {max(shares):.4f}")
    read, recall = stopped(corpus, truth, 0)
    say("  read when the test calls a recall below 95% strange", f"{read:.1%}")
    say("  recall in truth then", f"{recall:.1%}", ">= 95%")
    for judged in (50, 500, 1_000, 2_000):
        asked = "<= 30 ms" if judged == 2_000 else ""
        say(
            f"  learning anew from {judged:,} decisions",
            f"{learning(corpus, truth, judged):.0f} ms CPU",
            asked,
        )
    say("  the same from a review of 2,000 decisions", f"{of_a_review(corpus, truth, 2_000):.0f} ms CPU")


def main() -> None:
    """Run it alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--beginnings", type=int, default=BEGINNINGS, help="how often the reading begins anew"
    )
    given = parser.parse_args()

    def say(what: str, value: str, asked: str = "") -> None:
        print(f"{what:<66}{value:>16}{asked:>16}", flush=True)

    ranking(Path(), say, given.beginnings)


if __name__ == "__main__":
    main()
