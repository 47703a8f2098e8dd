"""The workbench without a browser: requests to the application behind its guard, in this process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from constellary.study.study import open_study
from constellary.workbench.app import create_app
from constellary.workbench.trust.guard import Guard, guarded
from constellary.workbench.trust.keys import Keys
from constellary.workbench.workbench import Workbench

PORT = 8123
ADDRESS = f"http://127.0.0.1:{PORT}"
OURS = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a request from our own pages."""

ClientOn = Callable[[Path], TestClient]


@contextmanager
def guard_on(study: Path) -> Iterator[Guard]:
    with open_study(study) as found:
        bench = Workbench(found, who="tester")
        try:
            yield guarded(create_app(bench), keys=Keys(scripts=True), port=PORT)
        finally:
            bench.close()


@contextmanager
def client_of(guard: Guard) -> Iterator[TestClient]:
    """Give a client that was let in; `client.get(path)` does not follow redirects."""
    with TestClient(guard, base_url=ADDRESS, headers=OURS, follow_redirects=False) as client:
        assert client.get("/enter", params={"token": guard.keys.entry}).status_code == 303
        yield client


@pytest.fixture(scope="session")
def reader(demo_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Asks the demo study; for tests that change nothing in it."""
    study = Path(shutil.copy(demo_study, tmp_path_factory.mktemp("read") / "automotive.study"))
    with guard_on(study) as guard, client_of(guard) as client:
        yield client


@pytest.fixture
def study_file(demo_study: Path, tmp_path: Path) -> Path:
    """A copy of the demo study that a test may change."""
    return Path(shutil.copy(demo_study, tmp_path / "automotive.study"))


@pytest.fixture
def guard(study_file: Path) -> Iterator[Guard]:
    """The guard of a workbench on a copy of the demo study, to which nobody was let in yet."""
    with guard_on(study_file) as guard:
        yield guard


@pytest.fixture
def client(guard: Guard) -> Iterator[TestClient]:
    """Asks a copy of the demo study that the test may change."""
    with client_of(guard) as client:
        yield client


@pytest.fixture
def client_on() -> Iterator[ClientOn]:
    """Ask any study: `client_on(path)`."""
    with ExitStack() as stack:
        yield lambda path: stack.enter_context(client_of(stack.enter_context(guard_on(path))))
