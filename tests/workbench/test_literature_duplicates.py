"""Duplicates in the workbench: asked side by side, merged with the origin of each field, taken apart, all undoable."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from constellary.literature.record import Record
from constellary.literature.works import works
from constellary.study.codebook import Codebook
from constellary.study.study import open_study
from constellary.workbench.review.duplicates import compared
from tests.workbench.conftest import ClientOn
from tests.workbench.literature import make_review, record

PAGE = "/literature/duplicates"


@pytest.fixture
def review_file(tmp_path: Path, tiny_book: Codebook) -> Path:
    make_review(tmp_path / "review.study", tiny_book)
    return tmp_path / "review.study"


@pytest.fixture
def ids(review_file: Path) -> list[str]:
    with open_study(review_file) as study:
        return [one.id for one in study.literature.review().records]


@pytest.fixture
def client(review_file: Path, client_on: ClientOn) -> TestClient:
    return client_on(review_file)


def groups(path: Path) -> list[list[str]]:
    with open_study(path) as study:
        return [
            [one.id for one in work.records]
            for work in works(study.literature.review())
            if len(work.records) > 1
        ]


def shown(client: TestClient) -> str:
    """Return the page once the records are compared."""
    for _ in range(100):
        text = client.get(PAGE).text
        if "aria-busy" not in text:
            return text
        time.sleep(0.05)
    raise AssertionError("the records are still being compared")


def test_two_records_stand_side_by_side_with_what_differs_marked(client: TestClient) -> None:
    page = shown(client)
    assert "Alike, but another volume" in page
    row = re.search(r'<tr class="differs"><th scope="row">Year.*?</tr>', page, re.DOTALL)
    assert row is not None
    assert '<mark class="against">2004</mark>' in row[0]
    assert '<mark class="against">2005</mark>' in row[0]
    venue = re.search(r'<tr><th scope="row">Venue.*?</tr>', page, re.DOTALL)
    assert venue is not None
    assert "<mark" not in venue[0]


def test_words_are_marked_only_where_texts_are_alike() -> None:
    one, two = Record(title="Alliances of car makers"), Record(title="Whales sing at night")
    assert all(part.kind == "" for part in compared(one, two)[0].first)
    assert compared(one, two)[0].differs


def test_the_same_work_is_one_and_undo_makes_it_two_again(
    client: TestClient, ids: list[str], review_file: Path
) -> None:
    answer = client.post(
        PAGE, data={"first": ids[3], "second": ids[4], "verdict": "same", "why": "one preprint"}
    )
    assert answer.headers["location"] == PAGE
    assert groups(review_file) == [[ids[3], ids[4]]]
    assert client.get(f"/literature/works/{ids[4]}").headers["location"] == f"/literature/works/{ids[3]}"
    client.post("/undo", data={})
    assert groups(review_file) == []
    assert "Alike, but another volume" in shown(client)


def test_apart_is_asked_no_more(client: TestClient, ids: list[str], review_file: Path) -> None:
    client.post(PAGE, data={"first": ids[3], "second": ids[4], "verdict": "apart"})
    assert "0 questions open" in shown(client)
    assert groups(review_file) == []


def test_a_merged_work_says_where_each_field_is_from_and_takes_another_instead(
    client: TestClient, ids: list[str]
) -> None:
    client.post(PAGE, data={"first": ids[3], "second": ids[4], "verdict": "same"})
    address = f"/literature/works/{ids[3]}"

    def year(page: str) -> str:
        found = re.search(r'<th scope="row">Year.*?</tr>', page, re.DOTALL)
        assert found is not None
        return found[0]

    before = year(client.get(address).text)
    assert f"<code>{ids[3]}</code>" in before
    assert "contradict each other" in before
    client.post(f"{address}/choose", data={"field": "year", "record": ids[4]})
    after = year(client.get(address).text)
    assert f"<code>{ids[4]}</code>" in after
    assert "chosen" in after
    client.post(f"{address}/choose", data={"field": "year", "record": ""})
    assert year(client.get(address).text) == before
    assert client.post(f"{address}/choose", data={"field": "colour", "record": ids[4]}).status_code == 422


def test_a_record_is_taken_apart_from_a_work_of_three(
    client: TestClient, ids: list[str], review_file: Path
) -> None:
    for second in ids[4:6]:
        client.post(PAGE, data={"first": ids[3], "second": second, "verdict": "same"})
    assert groups(review_file) == [ids[3:6]]
    answer = client.post(f"/literature/works/{ids[3]}/apart", data={"record": ids[5], "why": "a sequel"})
    assert answer.status_code == 303
    assert groups(review_file) == [ids[3:5]]
    client.post("/undo", data={})
    assert groups(review_file) == [ids[3:6]]


def test_the_rules_are_asked_by_one_button_and_undone_by_one(
    client_on: ClientOn, tmp_path: Path, tiny_book: Codebook
) -> None:
    from constellary.study.study import create_study
    from tests.workbench.literature import exported

    path = tmp_path / "doubled.study"
    with create_study(path, tiny_book) as study:
        twice = [record(number, accession=f"{which}:{number}") for which in "AB" for number in range(1, 6)]
        study.literature.take([exported(twice)], who="lead")
    client = client_on(path)
    assert "5 pairs" in shown(client)
    assert client.post(f"{PAGE}/find").status_code == 303
    assert len(groups(path)) == 5
    assert "nothing is left to ask" in shown(client)
    client.post("/undo", data={})
    assert groups(path) == []


def test_what_is_no_question_is_refused(client: TestClient, ids: list[str]) -> None:
    assert client.post(PAGE, data={"first": ids[3], "second": "nobody", "verdict": "same"}).status_code == 422
    assert (
        client.post(PAGE, data={"first": ids[3], "second": ids[4], "verdict": "perhaps"}).status_code == 422
    )
    assert client.post(f"/literature/works/{ids[3]}/apart", data={"record": ids[5]}).status_code == 422


def test_the_api_says_and_answers_the_same(client: TestClient, ids: list[str], review_file: Path) -> None:
    asked = client.get("/api/v1/literature/matches").json()["questions"]
    assert [(one["first"], one["second"]) for one in asked] == [(ids[3], ids[4])]
    body = {"first": ids[4], "second": ids[3], "verdict": "same", "why": "the same DOI in print"}
    assert client.post("/api/v1/literature/matches", json=body).status_code == 200
    assert groups(review_file) == [[ids[3], ids[4]]]
