"""Study files of earlier versions: each opens, and holds what it held."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from constellary.errors import StudyError
from constellary.study.frames import Frames
from constellary.study.schema import SCHEMA_VERSION
from constellary.study.study import open_study

STUDIES = Path(__file__).parent.parent / "studies"
OLD = ["airlines-v1.study", "airlines-v2.study"]


@pytest.mark.parametrize("name", OLD)
def test_an_older_study_opens_with_a_copy_kept_and_equals_what_it_was(
    tmp_path: Path, tiny: Frames, name: str
) -> None:
    path = tmp_path / "old.study"
    shutil.copy(STUDIES / name, path)
    with open_study(path) as study:
        frames = study.frames()
        for table in ("alliances", "partners", "sources", "codings"):
            assert getattr(frames, table).equals(getattr(tiny, table))
        assert frames.firms.row(4, named=True)["era"] == "old"  # Renfe, edited at the end
        assert [(entry.kind, entry.undone) for entry in study.history.log()] == [
            ("new", False),
            ("import", False),
            ("edit", True),
            ("undo", False),
            ("edit", True),
            ("undo", False),
            ("edit", False),
        ]
        study.codings.note("a1", "ana", "written in the new table")
        study.literature.set_protocol('question = "Who allies, and why?"', who="ana")
        study.history.undo(who="ana", decision=7)
        assert study.frames().firms.equals(tiny.firms)
    copy = tmp_path / f"old.study.v{OLD.index(name) + 1}.bak"
    assert copy.read_bytes() == (STUDIES / name).read_bytes() or _tables(copy) == _tables(STUDIES / name)
    with open_study(path, read_only=True) as again:
        assert [note.text for note in again.codings.notes()] == ["written in the new table"]
        assert again.literature.review().protocol.question == "Who allies, and why?"


def test_an_older_study_that_is_only_read_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "old.study"
    shutil.copy(STUDIES / OLD[0], path)
    with pytest.raises(StudyError, match="open it once for writing"):
        open_study(path, read_only=True)
    assert path.read_bytes() == (STUDIES / OLD[0]).read_bytes()


def test_there_is_a_file_of_every_version_before_this_one() -> None:
    found = []
    for name in OLD:
        with sqlite3.connect(f"file:{STUDIES / name}?mode=ro", uri=True) as raw:
            found.append(raw.execute("PRAGMA user_version").fetchone()[0])
        raw.close()
    assert found == list(range(1, SCHEMA_VERSION))


def _tables(path: Path) -> list[str]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as raw:
        lines = list(raw.iterdump())
    raw.close()
    return lines
