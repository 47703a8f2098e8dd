"""Jobs: long work in processes of its own, that can be cancelled and leaves nothing half done."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from constellary.errors import UnknownName
from constellary.study.study import open_study
from constellary.workbench.job import LIMITS, Job, Limits
from constellary.workbench.job_work import WORK, kept_batch
from constellary.workbench.jobs import KINDS, NO_ROOM, Jobs

PATIENCE = 60.0


@pytest.fixture
def jobs(study_file: Path) -> Iterator[Jobs]:
    found = Jobs(study_file)
    yield found
    found.close()


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it did not come to be"
        time.sleep(0.02)


def finished(job: Job) -> Job:
    until(lambda: not job.is_open)
    return job


def test_the_kinds_that_can_be_started_are_those_that_the_process_knows() -> None:
    assert tuple(WORK) == KINDS


def test_an_export_ends_in_files_of_names_that_we_make(jobs: Jobs) -> None:
    job = finished(jobs.start("export", {"format": "dta", "where": "size > 2"}, "Stata"))
    assert job.error == ""
    assert [file.name for file in job.files] == [
        "automotive-dta.zip",
        "automotive-alliances.dta",
        "automotive-firms.dta",
    ]
    archive = job.file("automotive-dta.zip")
    assert archive is not None
    assert ZipFile(archive).namelist() == [
        "automotive-dta/automotive-alliances.dta",
        "automotive-dta/automotive-firms.dta",
    ]


def test_a_job_that_fails_says_why_in_words(jobs: Jobs) -> None:
    job = finished(jobs.start("export", {"format": "papyrus"}))
    assert job.state == "failed"
    assert "There is no format 'papyrus'" in job.error
    assert job.files == ()


def test_what_is_cancelled_leaves_nothing_and_two_run_at_once(jobs: Jobs) -> None:
    started = [jobs.start("report", {"formats": ["pdf"]}) for _ in range(3)]
    until(lambda: all(job.step for job in started[:2]))
    assert started[2].state == "waiting"
    processes = [job.process for job in started[:2]]
    for job in started:
        jobs.cancel(job.id)
    assert [job.state for job in started] == ["cancelled"] * 3
    until(lambda: all(process is not None and process.poll() is not None for process in processes))
    room = started[0].folder.parent
    until(lambda: not list(room.iterdir()))


def test_files_are_read_with_all_their_problems_and_nothing_is_written(jobs: Jobs, study_file: Path) -> None:
    folder = jobs.folder()
    (folder / "mine.csv").write_text("id,name,announced,partners\nx1,New,in May,Ford;BMW\n", encoding="utf-8")
    job = finished(jobs.start("read", {"folder": str(folder), "files": ["mine.csv"]}))
    assert job.error == ""
    assert [problem["place"] for problem in job.result["problems"]] == ["mine.csv, row 2, column 'announced'"]
    (folder / "mine.csv").write_text(
        "id,name,announced,partners\nx1,New,2021-05,Ford;BMW\n", encoding="utf-8"
    )
    job = finished(jobs.start("read", {"folder": str(folder), "files": ["mine.csv"]}))
    assert job.result["counts"]["alliances"]["added"] == 1
    assert job.files == ()
    batch = kept_batch(job.folder)
    assert batch.alliances is not None
    assert batch.alliances["id"].to_list() == ["x1"]
    with open_study(study_file) as study:
        assert "x1" not in study.known_alliances()


def test_files_that_take_too_long_or_too_much_are_ended(jobs: Jobs, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = jobs.folder()
    (folder / "mine.csv").write_text("id,partners\nx1,Ford;BMW\n", encoding="utf-8")
    given = {"folder": str(folder), "files": ["mine.csv"]}
    for limits in (Limits(memory=20 << 20, seconds=60), Limits(seconds=0)):
        monkeypatch.setitem(LIMITS, "read", limits)
        job = finished(jobs.start("read", given))
        assert job.state == "failed"
        assert "memory" in job.error
    assert "memory" in NO_ROOM


def test_the_end_of_the_workbench_ends_its_jobs_and_removes_their_results(study_file: Path) -> None:
    jobs = Jobs(study_file)
    finished(jobs.start("export", {"format": "edges"}))
    job = jobs.start("report")
    until(lambda: job.step)
    process = job.process
    jobs.close()
    assert process is not None
    assert process.poll() is not None
    assert not job.folder.parent.exists()


def test_what_a_killed_server_left_is_removed_by_the_next(
    jobs: Jobs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / f"constellary-jobs-{gone.pid}-x" / "result").mkdir(parents=True)
    for name in (f"constellary-jobs-{os.getpid()}-x", "constellary-jobs-mine-x", "constellary-jobs--1-x"):
        (tmp_path / name).mkdir()
    folder = jobs.folder()
    left = {path.name for path in tmp_path.glob("constellary-*")} - {folder.parent.name}
    assert left == {f"constellary-jobs-{os.getpid()}-x", "constellary-jobs-mine-x", "constellary-jobs--1-x"}


def test_what_there_is_not_is_told(jobs: Jobs) -> None:
    with pytest.raises(UnknownName):
        jobs.start("conquest")
    with pytest.raises(UnknownName):
        jobs.get("nobody")


def test_a_report_is_asked_for_on_the_page_and_downloaded(client: TestClient) -> None:
    answer = client.post("/give/report?v.place=china", data={"formats": ["tables"]})
    assert answer.status_code == 303
    place = answer.headers["location"]
    assert client.get(place).status_code == 200
    until(lambda: client.get(f"{place}/state").headers.get("hx-refresh"))
    page = client.get(place).text
    assert "automotive-report.zip" in page
    assert "where place in" in page
    given = client.get(f"{place}/files/automotive-report.zip")
    assert given.headers["content-disposition"] == 'attachment; filename="automotive-report.zip"'
    assert given.headers["content-type"] == "application/octet-stream"
    assert "sandbox" in given.headers["content-security-policy"]
    names = ZipFile(BytesIO(given.content)).namelist()
    assert "automotive-report/tables.xlsx" in names


def test_the_head_of_every_page_tells_of_what_runs_and_of_what_is_ready(client: TestClient) -> None:
    place = client.post("/give/export", data={"format": "edges"}).headers["location"]
    assert "1 job at work" in client.get("/give").text
    until(lambda: "Ready" in client.get("/jobs/glance").text)
    client.get(place)
    assert "Ready" not in client.get("/give").text
    assert "Export: List of ties" in client.get("/jobs").text


def test_what_cannot_be_given_is_refused_in_words(client: TestClient) -> None:
    for address, data in (
        ("/give/report", {}),
        ("/give/report", {"formats": ["papyrus"]}),
        ("/give/export", {"format": "papyrus"}),
        ("/give/export", {}),
        ("/give/export?since=1800&until=1801", {"format": "edges"}),
        ("/give/export?where=%3D%3D", {"format": "edges"}),
    ):
        answer = client.post(address, data=data)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert "No job yet" in client.get("/jobs").text


def test_scripts_start_follow_and_cancel_jobs(client: TestClient) -> None:
    started = client.post("/api/v1/jobs", json={"kind": "export", "format": "bibtex"})
    assert started.status_code == 202
    key = started.json()["id"]
    until(lambda: client.get(f"/api/v1/jobs/{key}").json()["state"] == "done")
    files = client.get(f"/api/v1/jobs/{key}").json()["files"]
    assert [file["name"] for file in files] == ["automotive.bib"]
    given = client.get(f"/api/v1/jobs/{key}/files/automotive.bib")
    assert given.content.startswith(b"@")
    assert len(given.content) == files[0]["size"]
    assert client.delete(f"/api/v1/jobs/{key}").json()["state"] == "done"
    assert client.post("/api/v1/jobs", json={"kind": "read"}).status_code == 422
    assert client.get("/api/v1/jobs/nobody").status_code == 404
