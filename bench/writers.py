"""Many who write at once, and writers that are killed: what of it is lost."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from typing import TYPE_CHECKING

from constellary.study.codebook import Category, Codebook, Variable
from constellary.study.derive import build_frames
from constellary.study.study import open_study
from tests.study.test_together import CODER, EACH, KILLS, PROCESSES, WRITER, many, started

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from constellary.study.frames import Frames

    Say = Callable[..., None]

BOOK = Codebook(
    "bench",
    "Bench",
    (Variable("purpose", "alliance", "single", "Purpose", "", (Category("cost", "Cost"),)),),
)


def nothing() -> Frames:
    import polars as pl

    return build_frames(
        BOOK,
        alliances=pl.DataFrame(schema={"id": pl.String}),
        partners=pl.DataFrame(schema={"alliance": pl.String, "firm": pl.String, "position": pl.Int32}),
        firms=pl.DataFrame(schema={"firm": pl.String}),
    )


def eight(folder: Path, say: Say) -> None:
    """Eight processes write 500 decisions each into one study."""
    path = folder / "shared.study"
    many(path, nothing(), EACH).close()
    start = time.perf_counter()
    running = [started(CODER, path, f"coder {number}", EACH) for number in range(PROCESSES)]
    said = [process.communicate("go\n", timeout=300) for process in running]
    seconds = time.perf_counter() - start
    complaints = sum("locked" in error for _, error in said)
    failed = sum(process.returncode != 0 for process in running)
    with open_study(path) as study:
        kept = study.frames().codings.height
        decisions = len(study.history.log()) - 2
    wanted = PROCESSES * EACH
    say(
        f"{PROCESSES} processes x {EACH} decisions: lost",
        f"{wanted - min(kept, decisions)} of {wanted}",
        "0",
    )
    say("  processes that were shown 'locked', or failed", f"{complaints}, {failed}", "0")
    say("  decisions a second", f"{wanted / seconds:.0f}")


def killed(folder: Path, say: Say) -> None:
    """A writer is killed at a random moment, a hundred times."""
    path = folder / "killed.study"
    many(path, nothing(), 1).close()
    chance = random.Random(7)
    writers = started(WRITER, path)
    if writers.stdin is None or writers.stdout is None:
        raise RuntimeError("the writer has no pipes")
    found = lost = acknowledged_in_all = broken = 0
    for _ in range(KILLS):
        writers.stdin.write(f"{found}\n")
        writers.stdin.flush()
        writer = int(writers.stdout.readline().split()[1])
        first = int(writers.stdout.readline())
        time.sleep(chance.uniform(0, 0.05))
        os.kill(writer, signal.SIGKILL)
        acknowledged = max((int(line) for line in iter(writers.stdout.readline, "ended\n")), default=first)
        with sqlite3.connect(path) as raw:
            kept = int(raw.execute("SELECT name FROM alliance").fetchone()[0].split()[1])
            broken += raw.execute("PRAGMA integrity_check").fetchone() != ("ok",)
        raw.close()
        lost += max(0, acknowledged - kept)
        acknowledged_in_all += acknowledged - found
        found = kept
    writers.communicate(timeout=30)
    with open_study(path) as study:
        lost += max(0, 2 + found - len(study.history.log()))
    say(
        f"{KILLS} x kill -9 while writing: acknowledged decisions lost",
        f"{lost} of {acknowledged_in_all:,}",
        "0",
    )
    say("  files that were found damaged", str(broken), "0")
