"""Studies for the benchmark of the workbench: the open data, and synthetic ones with sources and a kept layout."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import numpy as np
import polars as pl
from measure import run
from synthetic import csv_files, synthetic

from constellary.data import automotive_codebook
from constellary.study.codebook_file import read_codebook

OURS = str(Path(__file__).parent / "ours.py")
COMMAND = str(Path(sys.executable).parent / "constellary")
PUBLISHERS = 900
SOURCES_EACH = 2


def demo_study(folder: Path) -> Path:
    """Build the demo study, and return its path."""
    run([COMMAND, "demo", str(folder / "demo")])
    return Path(shutil.copy(folder / "demo" / "automotive.study", folder / "automotive.study"))


def large_study(folder: Path, alliances: int) -> Path:
    """Import so many synthetic alliances, place their firms, and return the path of the study."""
    files, study = folder / f"files-{alliances}", folder / f"synthetic-{alliances}.study"
    frames = synthetic(alliances, codebook=read_codebook(automotive_codebook()))
    frames["sources"] = sources(frames["alliances"]["id"])
    csv_files(files, frames)
    run([sys.executable, OURS, "import", str(files), str(study)])
    run([sys.executable, OURS, "place", str(study), ""])
    return study


def sources(alliances: pl.Series) -> pl.DataFrame:
    """Return two sources of each alliance, from publishers of which few publish most."""
    generator = np.random.default_rng(11)
    rank = generator.zipf(1.6, size=alliances.len() * SOURCES_EACH) % PUBLISHERS
    publisher = np.char.add(np.char.add("paper-", rank.astype(str)), ".example")
    ids = np.repeat(alliances.to_numpy().astype(str), SOURCES_EACH)
    number = np.tile(np.arange(1, SOURCES_EACH + 1), alliances.len()).astype(str)
    urls = np.char.add(np.char.add("https://", publisher), np.char.add("/news/", np.char.add(ids, number)))
    return pl.DataFrame({"alliance": ids, "url": urls, "publisher": publisher})


def ties(study: Path) -> tuple[int, int]:
    """Return how many firms and ties a study has."""
    import constellary as cy
    from constellary.constellation.projection import project

    with cy.open(study, read_only=True) as opened:
        projection = project(opened.frames())
    return projection.size, projection.edges.height
