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
from constellary.literature.recall import recall_estimate
from constellary.literature.record import Record
from constellary.literature.review import Review

if TYPE_CHECKING:
    from collections.abc import Callable

RECALL = 0.95
BEGINNINGS = 3


def screened(path: Path) -> tuple[Corpus, dict[str, bool]]:
    """Return the works of a labelled screening without those that it marks as duplicates, and which were relevant."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if not row["duplicate_record_id"]]
    records = [
        Record(id=row["record_id"], title=row["title"], abstract=row["abstract"] or None) for row in rows
    ]
    return Corpus.of(records), {row["record_id"]: row["label_included"] == "1" for row in rows}


def read_again(corpus: Corpus, truth: dict[str, bool], seed: int) -> tuple[float, list[bool]]:
    """Return the work saved at 95% recall, and whether each work read was relevant, the two given left out."""
    draw = np.random.default_rng(seed)
    ids = np.array(corpus.ids)
    relevant = np.array([truth[key] for key in corpus.ids])
    labels = {str(draw.choice(ids[relevant])): True, str(draw.choice(ids[~relevant])): False}
    wanted = ceil(RECALL * (int(relevant.sum()) - 1))
    read: list[bool] = []
    while sum(read) < wanted:
        first = rank(corpus, labels).order[0]
        labels[first] = truth[first]
        read.append(truth[first])
    return RECALL - len(read) / (len(corpus.ids) - 2), read


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
    saved, limits = [], []
    for seed in range(beginnings):
        share, read = read_again(corpus, truth, seed)
        saved.append(share)
        found = recall_estimate(read, len(corpus.ids) - 2)
        limits.append(0.0 if found is None else found.recall_least or 0.0)
    say(
        f"work saved at 95% recall, mean of {beginnings} beginnings",
        f"{np.mean(saved):.4f}",
        ">= .7305",
    )
    say("  least and most of them", f"{min(saved):.4f} {max(saved):.4f}")
    say("  recall that the estimate vouches for there (95% in truth)", f"{np.mean(limits):.2f}", "<= 0.95")
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
