"""Names and addresses that somebody else chose: none leads out of a folder, or to another site."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.testclient import TestClient
from starlette.types import Message

from constellary.workbench.pages.person import came_from
from constellary.workbench.uploads import kept_name
from tests.workbench.conftest import ADDRESS, PORT, client_of, guard_on
from tests.workbench.routes import ROUTES, asked


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_nobody_is_sent_to_another_site(client_once: TestClient, method: str, path: str) -> None:
    elsewhere = dict.fromkeys(("next", "to", "back", "return", "url", "into"), "//evil.example/")
    answer = client_once.request(
        method,
        asked(path),
        params=elsewhere,
        headers={"Referer": "https://evil.example//evil.example/"},
        data=elsewhere if method == "POST" else None,
    )
    assert answer.status_code < 500, answer.text
    place = answer.headers.get("location", "/").removeprefix(ADDRESS)
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))


@pytest.fixture(scope="module")
def client_once(demo_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One copy of the study for a walk over all routes, changes and all."""
    study = Path(shutil.copy(demo_study, tmp_path_factory.mktemp("walk") / "automotive.study"))
    with guard_on(study) as guard, client_of(guard) as client:
        yield client


@settings(max_examples=1000, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="/\\.:@?#ev\t\r\n htp"), st.from_regex(r"https?://[^ ]*")))
def test_a_form_leads_back_to_our_own_page(referer: str) -> None:
    sent = referer.encode("utf-8", "replace")
    place = came_from(Request({"type": "http", "headers": [(b"referer", sent)]}))
    assert place.startswith("/")
    assert place[1:2] not in ("/", "\\")


@settings(max_examples=1000, deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="./\\:~ a\0"), st.text(min_size=80)))
def test_a_file_that_is_sent_stays_in_its_folder(name: str) -> None:
    folder = Path("/srv/room")
    kept = kept_name(name)
    assert (folder / kept).resolve().parent == folder
    assert 0 < len(kept.encode()) <= 100
    assert kept.isprintable()
    assert kept not in (".", "..")
    assert kept_name(name, {kept}) != kept


TRICKS = st.one_of(
    st.text(max_size=30),
    st.lists(
        st.sampled_from(
            ["..", ".", "", "%2e%2e", "..%2f", "..\\", "static", "etc", "passwd", "app.py", "\0"]
        ),
        max_size=8,
    ).map("/".join),
)


@pytest.fixture(scope="module")
def job_key(client_once: TestClient) -> str:
    key: str = client_once.post("/api/v1/jobs", json={"kind": "export", "format": "edges"}).json()["id"]
    until = time.monotonic() + 60
    while client_once.get(f"/api/v1/jobs/{key}").json()["state"] != "done" and time.monotonic() < until:
        time.sleep(0.02)
    return key


@settings(max_examples=1000, deadline=None)
@given(TRICKS)
def test_no_path_leads_to_a_file_that_is_not_given(client_once: TestClient, job_key: str, trick: str) -> None:
    for start in ("/static/", f"/jobs/{job_key}/files/", f"/api/v1/jobs/{job_key}/files/"):
        status = status_of(client_once, start + trick)
        assert status in (307, 404, 405), f"{start}{trick} was answered with {status}"


def status_of(client: TestClient, path: str) -> int:
    """Ask for a path as it is; a client would tidy it up before it is sent."""
    named = {"host": f"127.0.0.1:{PORT}", "cookie": "; ".join(f"{k}={v}" for k, v in client.cookies.items())}
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("utf-8", "surrogatepass"),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
        "server": ("127.0.0.1", PORT),
    }
    found: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            found.append(message["status"])

    async def ask() -> None:
        await client.app(scope, receive, send)

    assert client.portal is not None
    client.portal.call(ask)
    return found[0]


def test_many_requests_leave_open_files_and_threads_level(client: TestClient) -> None:
    paths = ("/", "/give", "/jobs", "/nowhere", "/static/favicon.svg", "/api/v1/jobs")

    def ask(rounds: int) -> tuple[int, int]:
        for _ in range(rounds):
            for path in paths:
                client.get(path)
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    if not Path("/proc/self/fd").exists():
        pytest.skip("counts open files as Linux shows them")
    before = ask(4)
    after = ask(200 // len(paths) + 1)
    assert after[0] <= before[0] + 1
    assert after[1] <= before[1]
