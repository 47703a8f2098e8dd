"""Our way, for the benchmark: import, and all statistics with the centralities, of a synthetic study."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import constellary as cy
from constellary.exchange.importer import read_files


def take_in(folder: Path, study: Path) -> None:
    """Import the CSV files into a new study."""
    with cy.new(study) as made:
        reading = read_files(sorted(folder.glob("*.csv")), made.codebook)
        made.take(reading.batch, who="bench")


def place(study: Path, _: Path) -> None:
    """Place all firms, and keep their places with the study."""
    from constellary.report.placed import positions

    with cy.open(study) as opened:
        positions(opened.frames(), opened.layouts)


def analyse(study: Path, numbers: Path) -> None:
    """Compute every result of a report, without drawing it; say how long each part took."""
    from constellary.constellation.constellation import constellation
    from constellary.report.findings import find

    start = time.perf_counter()
    parts: list[tuple[str, float]] = []

    def tell(step: str) -> None:
        parts.append((step, time.perf_counter() - start))

    with cy.open(study, read_only=True) as opened:
        tell("reading")
        frames = opened.frames()
    tell("constellation")
    sky = constellation(frames, layout=False)
    find(frames, sky=lambda: sky, progress=tell)
    tell("end")
    found = sky.numbers()
    numbers.write_text(
        json.dumps({"parts": parts, "estimation": found["estimation"], "network": found["network"]})
    )


if __name__ == "__main__":
    what, first, second = sys.argv[1:]
    {"import": take_in, "place": place, "analyse": analyse}[what](Path(first), Path(second))
