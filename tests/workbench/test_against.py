"""Against print: verdicts under filters, and published values kept as a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from constellary.study.study import open_study
from tests.workbench.pages_of import cells, whole

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from tests.workbench.conftest import ClientOn

GOOD = """title = "Doe (2020)"
reference = "Doe, J. (2020)."

[[value]]
id = "two"
quantity = "alliances of <b>two</b> firms"
printed = "10"
kind = "percent"
n = 500
ours = "/partners_per_alliance/dyads"
of = "/partners_per_alliance/alliances"
"""
BAD = """title = "Doe (2020)"

[[value]]
id = "one"
quantity = "x"
printed = "120"
kind = "percent"

[[value]]
id = "<img src=x onerror=alert(1)>"
quantity = "y"
printed = "1"
kind = "guess"
"""


@pytest.fixture
def bare(tmp_path: Path, client_on: ClientOn, demo_study: Path) -> tuple[TestClient, Path]:
    """A client of a study without published values."""
    from constellary.data import automotive_codebook, automotive_files
    from constellary.exchange.importer import read_files
    from constellary.study.codebook_file import read_codebook
    from constellary.study.study import create_study

    path = tmp_path / "bare.study"
    book = read_codebook(automotive_codebook())
    with create_study(path, book) as study:
        study.take(read_files(automotive_files(), book).batch, who="ana")
    return client_on(path), path


def test_published_values_stand_beside_this_study_s(reader: TestClient) -> None:
    text = whole(reader, "/against?since=2021")
    rows = cells(text, "against-print")
    assert len(rows) >= 20
    assert {row[-1].removesuffix(" †") for row in rows} <= {"beyond", "within", "not tested"}
    assert "This report is of a part of the study" in text


def test_values_are_kept_as_a_decision_and_compared(bare: tuple[TestClient, Path]) -> None:
    client, path = bare
    assert "Nothing to compare with yet" in client.get("/against").text
    answer = client.post("/against/published", data={"text": GOOD, "why": "first"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/against")
    text = whole(client, "/against")
    assert "<b>two</b>" not in text
    assert cells(text, "against-print")[0][-1] == "beyond"
    with open_study(path, read_only=True) as study:
        assert study.setting("published") == GOOD


def test_everything_that_is_wrong_is_said_at_once_with_its_line(bare: tuple[TestClient, Path]) -> None:
    client, path = bare
    answer = client.post("/against/published", data={"text": BAD})
    assert answer.status_code == 422
    for said in (
        "<b>Line 3.</b> value one:",
        "<b>Line 9.</b> value &lt;img",
        "&#39;reference&#39; is missing",
    ):
        assert said in answer.text
    assert "<img src=x" not in answer.text
    with open_study(path, read_only=True) as study:
        assert study.setting("published") is None


@pytest.mark.parametrize("content", [b"title = ", b"\xff\xfe", b""])
def test_a_file_that_is_no_such_file_is_refused_in_words(
    bare: tuple[TestClient, Path], content: bytes
) -> None:
    answer = bare[0].post("/against/published", files={"file": ("a.toml", content)}, data={"text": ""})
    assert answer.status_code == 422
    assert "nothing was kept" in answer.text


def test_a_file_takes_the_place_of_the_text(bare: tuple[TestClient, Path]) -> None:
    client, path = bare
    sent = GOOD.replace("\n", "\r\n").encode()
    assert (
        client.post("/against/published", files={"file": ("a.toml", sent)}, data={"text": "x"}).status_code
        == 303
    )
    with open_study(path, read_only=True) as study:
        assert study.setting("published") == GOOD
