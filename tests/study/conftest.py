"""The small study as a file, for the tests of what is written to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from constellary.study.batch import Batch
from constellary.study.derive import table_schema
from constellary.study.frames import Frames
from constellary.study.study import Study, create_study


def batch_of(frames: Frames) -> Batch:
    """Return frames as what an import of them gives."""
    return Batch(
        frames.alliances.select(list(table_schema(frames.codebook, "alliances"))),
        frames.partners,
        frames.firms.select(list(table_schema(frames.codebook, "firms"))),
        frames.sources,
        frames.codings,
    )


@pytest.fixture
def airlines(tmp_path: Path, tiny: Frames) -> Iterator[Study]:
    """A study of six alliances, taken in by ana as decision 2."""
    made = create_study(tmp_path / "airlines.study", tiny.codebook)
    made.take(batch_of(tiny), who="ana", why="first import", summary="six alliances")
    yield made
    made.close()
