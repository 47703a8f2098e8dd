"""What is written is read back by the importer as the same study."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from hypothesis import given, settings
from polars.testing import assert_frame_equal

from constellary.exchange.export import FORMATS, export
from constellary.exchange.importer import read_files
from constellary.exchange.writers.tables import TABLES
from constellary.study.derive import build_frames
from constellary.study.frames import Frames
from tests.exchange_out import made

LOSSLESS = ("datapackage", "datapackage-zip", "csv", "xlsx")


def read_back(frames: Frames, name: str, folder: Path) -> tuple[Frames, tuple[str, ...]]:
    """Return what the importer makes of an export, and what it notes."""
    written = export(frames, folder / "out", name)
    paths = [folder / "out"] if name == "datapackage" else written
    reading = read_files(paths, frames.codebook)
    batch = reading.batch
    none = pl.DataFrame()
    back = build_frames(
        frames.codebook,
        alliances=none if batch.alliances is None else batch.alliances,
        partners=none if batch.partners is None else batch.partners,
        firms=none if batch.firms is None else batch.firms,
        sources=batch.sources,
        codings=batch.codings,
    )
    return back, reading.notes


def assert_same(first: Frames, second: Frames) -> None:
    for table in TABLES:
        assert_frame_equal(getattr(first, table), getattr(second, table))


@pytest.mark.parametrize("name", LOSSLESS)
@pytest.mark.parametrize("study", ["automotive", "tiny"])
def test_a_study_comes_back_equal_with_a_word_on_what_is_derived_alone(
    name: str, study: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    frames: Frames = request.getfixturevalue(study)
    back, notes = read_back(frames, name, tmp_path)
    assert_same(back, frames)
    assert all("the study derives it" in note for note in notes)
    assert not notes or name == "xlsx"


@pytest.mark.parametrize("name", ["datapackage", "csv", "xlsx"])
@settings(deadline=None, max_examples=25)
@given(frames=made.frames())
def test_any_study_comes_back_equal(name: str, frames: Frames) -> None:
    with TemporaryDirectory() as folder:
        back, _ = read_back(frames, name, Path(folder))
    assert_same(back, frames)


def test_all_other_formats_are_for_other_programs() -> None:
    assert set(FORMATS) - set(LOSSLESS) == {
        *("sav", "dta", "bibtex"),
        *("gexf", "graphml", "pajek", "ucinet", "edges"),
    }
