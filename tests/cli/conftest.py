from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from constellary.cli.main import run
from constellary.data import automotive_folder
from constellary.data.review import add_review
from constellary.study.batch import Batch
from constellary.study.codebook import Codebook, Level
from constellary.study.frames import Frames
from constellary.study.study import create_study, open_study


@dataclass(frozen=True)
class Done:
    """How a command ended and what it wrote."""

    code: int
    out: str
    err: str


Call = Callable[..., Done]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run a command in this process, at a width of 100 columns and without colour."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("NO_COLOR", "1")

    def called(*arguments: object) -> Done:
        code = run([str(argument) for argument in arguments])
        written = capsys.readouterr()
        return Done(code, written.out, written.err)

    return called


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what a fault leaves behind out of the user's own folder."""
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder / "constellary"


def entered(codebook: Codebook, level: Level) -> list[str]:
    return [variable.name for variable in codebook.of_level(level)]


def make_study(path: Path, frames: Frames) -> Path:
    """Write frames as a study, without the importer."""
    book = frames.codebook
    batch = Batch(
        alliances=frames.alliances.select("id", "name", "announced", *entered(book, "alliance")),
        partners=frames.partners,
        firms=frames.firms.select("firm", "aliases", "parent", *entered(book, "firm")),
        sources=frames.sources,
        codings=frames.codings,
    )
    with create_study(path, book, who="tester") as study:
        study.take(batch, who="tester", summary="import of the tables")
    return path


@pytest.fixture(scope="session")
def automotive_study(automotive: Frames, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The open data and the example review as a study; tests only read it."""
    path = make_study(tmp_path_factory.mktemp("automotive") / "automotive.study", automotive)
    with open_study(path) as study:
        published = (automotive_folder() / "published.toml").read_text(encoding="utf-8")
        study.set("published", published, who="tester", summary="the published values to compare with")
        add_review(study, who="tester")
    return path


@pytest.fixture
def airlines(tiny: Frames, tmp_path: Path) -> Path:
    """Six alliances of airlines as a study that a test may change."""
    return make_study(tmp_path / "airlines.study", tiny)
