"""`constellary serve`, as a terminal and a browser meet it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from constellary.cli.main import run
from constellary.study.study import open_study
from constellary.workbench.serve import listen
from tests.needs import needs
from tests.served import PATIENCE, serving


def test_a_study_is_served_until_the_end_is_asked_for(study_file: Path, tmp_path: Path) -> None:
    with serving(study_file, tmp_path / "state", "--by", "Ada") as served:
        with served.client() as client:
            page = client.get("/give")
            assert page.status_code == 200
            assert page.headers["content-encoding"] == "gzip"
            assert "Ada" in page.text
            assert "server" not in page.headers
        assert served.wait_for("A browser was let in")
        assert httpx2.get(served.address + "/give").status_code == 401
        assert httpx2.get(served.entrance).status_code == 303
        refused = httpx2.get(served.address, headers={"Host": "evil.example"})
        assert refused.status_code == 400
    assert served.said[-1] == f"Closed. Everything is in {study_file}."


def test_scripts_are_let_in_where_that_is_asked_for(study_file: Path, tmp_path: Path) -> None:
    with serving(study_file, tmp_path / "state", "--api-token") as served:
        key = served.wait_for(r"Bearer [^']+")
        answer = httpx2.post(
            served.address + "/api/v1/jobs",
            json={"kind": "export", "format": "edges"},
            headers={"Authorization": key},
        )
        assert answer.status_code == 202


def test_the_end_of_the_server_is_the_end_of_its_jobs_however_it_comes(
    study_file: Path, tmp_path: Path
) -> None:
    ps = needs("ps")
    state = tmp_path / "state"
    with serving(study_file, state) as served, served.client() as client:
        client.post("/give/report", data={"formats": ["pdf", "figures"]})
        time.sleep(0.5)
        assert children(ps, served.process.pid)
    assert not children(ps, served.process.pid)


def test_a_server_that_is_killed_takes_its_jobs_with_it(study_file: Path, tmp_path: Path) -> None:
    ps = needs("ps")
    with serving(study_file, tmp_path / "state", killed=True) as served, served.client() as client:
        client.post("/give/report", data={"formats": ["pdf"]})
        until = time.monotonic() + PATIENCE
        while not (working := children(ps, served.process.pid)) and time.monotonic() < until:
            time.sleep(0.01)
        assert working
        served.process.kill()
        served.process.wait()
        while any(alive(pid) for pid in working) and time.monotonic() < until:
            time.sleep(0.02)
        assert not any(alive(pid) for pid in working)
    with open_study(study_file) as study:
        assert len(study.known_alliances()) == 787


def alive(pid: str) -> bool:
    """Return whether a process runs; one that has ended may wait for its parent to take note."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(ps: str, parent: int) -> list[str]:
    done = subprocess.run(
        [ps, "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    return done.stdout.split()


def test_the_pages_are_loaded_without_what_only_some_of_them_need() -> None:
    heavy = ("scipy", "vl_convert", "typst", "docx", "xlsxwriter", "pyreadstat", "python_calamine")
    code = (
        "import sys; from constellary.workbench.routes import routers; routers();"
        f"print(*[name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", ""])  # noqa: S104 - refused
def test_no_other_machine_is_listened_to(
    study_file: Path, host: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", str(study_file), "--host", host]) == 2
    assert "accounts are not there yet" in capsys.readouterr().err


def test_what_cannot_be_served_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve"]) == 2
    assert "Name a study, or say --demo" in capsys.readouterr().err
    assert run(["serve", str(tmp_path / "none.study")]) == 1
    assert "constellary new" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(study_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", str(study_file), "--port", str(port), "--no-browser"]) == 1
    assert "Choose another one with --port" in capsys.readouterr().err


def test_the_address_of_the_newer_internet_is_one_of_ours_too(study_file: Path, tmp_path: Path) -> None:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no ::1")
    with serving(study_file, tmp_path / "state", "--host", "::1") as served:
        assert served.address.startswith("http://[::1]:")
        with served.client() as client:
            assert client.get("/jobs").status_code == 200


def test_the_demo_is_built_where_it_is_not_and_kept_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        "constellary.workbench.serve.serve", lambda study, *, say, **_: say(len(study.known_alliances()))
    )
    assert run(["serve", "--demo"]) == 0
    assert run(["serve", "--demo"]) == 0
    written = capsys.readouterr()
    assert written.out.count("787\n") == 2
    assert "is there already and is kept" in written.out
    assert (tmp_path / "out" / "automotive.study").exists()
