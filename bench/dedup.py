"""Deduplication: how well the rules agree with sets that were labelled by others, and how fast they are.

The sets are not part of the project; they are looked for where the tests look for them.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from labelled import SETS, Score, answered, labelled, scored

from constellary.literature.matching import find_matches

if TYPE_CHECKING:
    from collections.abc import Callable

    from constellary.literature.record import Record

    Say = Callable[..., None]

HERE = Path(__file__).parent
BEST_OF = 3


def sets() -> Path | None:
    """Return the folder of the labelled sets; None where there is none."""
    told = os.environ.get("CONSTELLARY_LITERATURE")
    folder = (Path(told) if told else HERE.parents[1] / "shared" / "literature") / "dedup"
    return folder if folder.is_dir() else None


def seconds(records: tuple[Record, ...]) -> float:
    """Return the time of the processor that matching takes, the best of three."""
    times = []
    for _ in range(BEST_OF):
        start = time.process_time()
        find_matches(records)
        times.append(time.process_time() - start)
    return min(times)


def dedup(folder: Path, say: Say) -> None:
    """Agreement with the labels, questions, false merges and speed."""
    del folder
    where = sets()
    if where is None:
        say("deduplication: no labelled sets here", "-")
        return
    alone, settled, questions, spent, count = Score(0, 0, 0), Score(0, 0, 0), 0, 0.0, 0
    for name in SETS:
        of = labelled(where / name)
        found = find_matches(of.records)
        score, after = scored(of, found.same), scored(of, answered(of, found.same, found.ask))
        say(f"  {name}, {len(of.records):,} records: F1, questions left open", f"{score.f1:.4f}")
        say(f"    answered ({len(found.ask)} questions)", f"{after.f1:.4f}")
        alone, settled = alone + score, settled + after
        questions += len(found.ask)
        count += len(of.records)
        spent += seconds(of.records)
    say(f"deduplication of {count:,} records: F1, questions left open", f"{alone.f1:.4f}", ">= .988")
    say("  F1, questions answered", f"{settled.f1:.4f}")
    say("  false merges", str(alone.wrong), "<= 1")
    say("  questions", str(questions), "<= 100")
    say("  records a second of processor time", f"{count / spent:,.0f}", ">= 5,000")


PARTS = {"dedup": dedup}
