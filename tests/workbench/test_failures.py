"""What cannot be answered is told in words, and a fault leaves its traceback in a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from constellary.study.study import open_study
from constellary.workbench.app import create_app
from constellary.workbench.moments import Moments
from constellary.workbench.workbench import Workbench
from tests.workbench.conftest import ADDRESS

OF_THE_STUDY = "Škoda's secret"


def breaks(firm: str) -> None:
    raise ValueError(f"{firm} {OF_THE_STUDY}")


@pytest.fixture
def broken(study_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An application with routes that fail."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    with open_study(study_file) as study:
        bench = Workbench(study, who="tester")
        app = create_app(bench)
        app.add_api_route("/breaks/{firm}", breaks)
        app.add_api_route("/api/v1/breaks/{firm}", breaks)
        with TestClient(app, base_url=ADDRESS) as client:
            yield client
        bench.close()


def test_a_fault_has_a_number_and_a_file_and_tells_no_data(broken: TestClient, tmp_path: Path) -> None:
    page = broken.get("/breaks/Volvo?where=Audi")
    told = broken.get("/api/v1/breaks/Volvo")
    files = sorted((tmp_path / "state" / "constellary").glob("fault-*.txt"))
    assert len(files) == 2
    for answer, file in zip((page, told), files, strict=True):
        assert answer.status_code == 500
        assert file.stem.removeprefix("fault-") in answer.text
        assert OF_THE_STUDY not in answer.text
        assert "Volvo" not in answer.text
        assert "ValueError" in file.read_text(encoding="utf-8")
        head = file.read_text(encoding="utf-8").partition("Traceback")[0]
        assert "/breaks/{firm}" in head
        assert "Volvo" not in head
        assert "Audi" not in head
    assert "fault of Constellary" in page.text
    assert 'aria-label="Pages"' in page.text  # in the frame of every page


def test_a_study_that_cannot_be_read_any_more_is_told_without_it(
    broken: TestClient, study_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from constellary.errors import StudyError

    def gone(self: Moments) -> None:
        raise StudyError("cars.study: the file is damaged.")

    monkeypatch.setattr(Moments, "now", gone)
    answer = broken.get("/give")
    assert answer.status_code == 503
    assert "the file is damaged" in answer.text
    assert broken.get("/breaks/x").status_code == 500
    assert broken.get("/api/v1/nowhere").status_code == 404


def test_pages_and_the_api_tell_the_same(reader: TestClient) -> None:
    page = reader.get("/nowhere")
    assert page.status_code == 404
    assert "There is no such page" in page.text
    assert 'aria-label="Pages"' in page.text
    assert set(reader.get("/api/v1/nowhere").json()) == {"error", "problems"}
    assert reader.post("/jobs").status_code == 405
    assert reader.post("/jobs").headers["allow"] == "GET"
    assert reader.post("/api/v1/jobs", json={"kind": "none"}).json()["problems"][0]["field"] == "kind"
    assert reader.get("/jobs/nobody").status_code == 404
