"""The history as pages: who, when, what and why, by person and kind, in pages, and one decision taken back."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from constellary.study.study import open_study

KEY = "amazon-zoox-2020"


@pytest.fixture
def told(study_file: Path, client: TestClient) -> TestClient:
    """Asks a study in which ben and cleo did something: the four decisions from `next_decision` on."""
    with open_study(study_file) as study:
        study.edit("alliances", KEY, {"place": "Europe"}, who="ben", why="<b>misread</b>")
        study.edit("firms", "BMW", {"country": "AT"}, who="cleo")
        study.codings.note(KEY, "cleo", "see page 2")
        study.edit("alliances", KEY, {"name": "Other"}, who="ben")
    return client


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.partition("<main")[2])).split())


def decisions_of(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'id="decision-(\d+)"', page)]


def test_the_timeline_tells_who_did_what_and_why_newest_first(told: TestClient, next_decision: int) -> None:
    page = told.get("/log").text
    assert decisions_of(page) == list(range(next_decision + 3, 0, -1))
    assert "<b>misread" not in page
    said = text_of(page)
    assert f"Undo would take back name of {KEY} by ben" in said
    assert "There is nothing to redo" in said
    assert f"place of {KEY} “<b>misread</b>” {next_decision} · ben edit Take back" in said


def test_it_is_narrowed_to_a_person_and_a_kind(told: TestClient, next_decision: int) -> None:
    assert decisions_of(told.get("/log", params={"who": "ben"}).text) == [next_decision + 3, next_decision]
    assert decisions_of(told.get("/log", params={"kind": "coding"}).text) == [next_decision + 2]
    asked: dict[str, str | int] = {"who": "cleo", "kind": "edit", "before": next_decision + 3}
    assert decisions_of(told.get("/log", params=asked).text) == [next_decision + 1]
    assert "No such decision" in told.get("/log", params={"who": "nobody"}).text


def test_long_histories_come_in_pages(
    told: TestClient, next_decision: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("constellary.workbench.pages.log.SHOWN", 2)
    page = told.get("/log", params={"who": "ben"}).text
    assert decisions_of(page) == [next_decision + 3, next_decision]
    assert 'rel="next"' not in page
    page = told.get("/log").text
    assert decisions_of(page) == [next_decision + 3, next_decision + 2]
    following = re.search(r'rel="next" href="([^"]+)"', page)
    assert following is not None
    assert decisions_of(told.get(html.unescape(following[1])).text) == [next_decision + 1, next_decision]


def test_a_decision_shows_each_field_before_and_after(told: TestClient, next_decision: int) -> None:
    said = text_of(told.get(f"/log/{next_decision + 2}").text)
    assert f"{KEY} alliance What Before After Note cleo: Note – see page 2" in said
    few, many = (told.get(f"/log/{next_decision - 1}{query}").text for query in ("", "?rows=all"))
    assert "The first 25 of 16," in text_of(few)  # a large import is cut, and says so
    assert f'href="/log/{next_decision - 1}?rows=all"' in few
    assert "The first 200 of 16," in text_of(many)
    assert many.count("<table") > few.count("<table") > 0
    for number in ("0", str(next_decision + 4), "99999999999999999999999"):
        assert told.get(f"/log/{number}").status_code in (404, 422)


def test_one_decision_is_taken_back_and_brought_back_with_a_reason(
    told: TestClient, next_decision: int
) -> None:
    done = told.post("/undo", data={"decision": next_decision + 1, "why": "it is in Munich"})
    assert done.status_code == 303
    page = told.get("/log").text
    assert f"undo of {next_decision + 1}: country of BMW “it is in Munich”" in text_of(page)
    assert f"Saved as decision {next_decision + 4}" in page
    assert f'<li class="decision undone" id="decision-{next_decision + 1}">' in page
    assert told.post("/redo", data={"decision": next_decision + 1}).status_code == 303


def test_what_cannot_be_taken_back_alone_says_why(told: TestClient, next_decision: int) -> None:
    refused = told.post("/undo", data={"decision": next_decision})
    assert refused.status_code == 409
    assert (
        f"decision {next_decision + 3} (name of {KEY}, by ben) came later and changed the same alliance"
        in text_of(refused.text)
    )
    late = told.post("/undo", data={"expect": next_decision + 2})
    assert late.status_code == 409
    assert told.post("/undo", data={"decision": "x1"}).status_code == 422
    assert told.get("/api/v1/log").json()[0]["id"] == next_decision + 3


def test_the_buttons_of_every_page_say_what_they_will_do(told: TestClient, next_decision: int) -> None:
    page = told.get("/checks").text
    assert f'aria-label="Undo: name of {KEY} (ben)"' in page
    told.post("/undo", data={"expect": next_decision + 3})
    assert f'aria-label="Redo: name of {KEY}"' in told.get("/checks").text
