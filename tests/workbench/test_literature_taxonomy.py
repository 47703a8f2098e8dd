"""Taxonomy, coding and Table 1 in the workbench: what is shown, changed, refused and undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from constellary.data import automotive_codebook
from constellary.exchange.bibliography.export import Entry, Export
from constellary.literature.taxonomy_file import parse_taxonomy
from constellary.study.codebook_file import read_codebook
from constellary.study.study import create_study, open_study
from tests.literature.reviews import PASSAGES, RECORDS, TAXONOMY, VERDICTS
from tests.workbench.conftest import ClientOn

HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A study of the small review of the tests."""
    made = tmp_path / "reviewed.study"
    with create_study(made, read_codebook(automotive_codebook()), who="ann") as study:
        literature = study.literature
        literature.set_protocol(
            'question = "Why?"\n[[stage]]\nname = "full-text"\nlabel = "Full text"\n', who="ann"
        )
        literature.set_taxonomy(TAXONOMY, who="ann")
        entries = tuple(
            Entry(one._replace(id="", accession=one.id, database="WoS", line=number), (("UT", one.id),))
            for number, one in enumerate(RECORDS, 1)
        )
        literature.take([Export("a.txt", "WoS", "WoS", entries)], who="ann")
        ids = {one.accession: one.id for one in literature.review().records}
        for key, verdict in VERDICTS.items():
            literature.screenings.decide(ids[key], "full-text", "ann", verdict, None)
        literature.passages.put([one._replace(id="", record=ids[one.record]) for one in PASSAGES], who="ann")
    return made


@pytest.fixture
def client(client_on: ClientOn, path: Path) -> TestClient:
    return client_on(path)


def taxonomy_of(path: Path) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    with open_study(path, read_only=True) as study:
        taxonomy = study.literature.review().taxonomy
    return [code.name for code in taxonomy.codes], {group.name: group.codes for group in taxonomy.groups}


def record_of(path: Path, accession: str) -> str:
    with open_study(path, read_only=True) as study:
        return next(one.id for one in study.literature.review().records if one.accession == accession)


def test_the_page_shows_groups_codes_and_versions(client: TestClient) -> None:
    page = client.get("/literature/taxonomy").text
    for words in (
        "Exploration and exploitation",
        "Supply chain risk",
        "Battery cells",
        "3 passages",
        "Version 1",
    ):
        assert words in page


def test_a_code_is_made_and_moved_and_each_is_a_version(client: TestClient, path: Path) -> None:
    made = {
        "expected": "1",
        "label": "Ride hailing",
        "in-motivation": "services",
        "in-learning": "",
        "why": "new",
    }
    assert client.post("/literature/taxonomy/codes", data=made).status_code == 303
    codes, groups = taxonomy_of(path)
    assert codes[-1] == "ride-hailing"
    assert groups["services"] == ("ride-hailing",)
    moved = {"expected": "2", "name": "ride-hailing", "label": "Rides", "in-motivation": "knowledge"}
    assert client.post("/literature/taxonomy/codes", data=moved).status_code == 303
    _, groups = taxonomy_of(path)
    assert (groups["services"], groups["knowledge"][-1]) == ((), "ride-hailing")
    page = client.get("/literature/taxonomy").text
    assert "Code &#39;ride-hailing&#39; renamed from &#39;Ride hailing&#39; to &#39;Rides&#39;." in page
    assert "moved from &#39;services&#39; to &#39;knowledge&#39;" in page


def test_a_change_that_rests_on_an_older_version_is_refused(client: TestClient, path: Path) -> None:
    before = taxonomy_of(path)
    late = {"expected": "0", "label": "Late"}
    answer = client.post("/literature/taxonomy/codes", data=late)
    assert answer.status_code == 409
    assert "version 1 by now" in answer.text
    assert taxonomy_of(path) == before


def test_a_code_that_passages_bear_stays(client: TestClient, path: Path) -> None:
    answer = client.post(
        "/literature/taxonomy/codes", data={"expected": "1", "name": "plant", "action": "remove"}
    )
    assert answer.status_code == 422
    assert "3 passages bear the code" in answer.text
    assert "plant" in taxonomy_of(path)[0]


def test_groups_are_made_changed_and_removed(client: TestClient, path: Path) -> None:
    made = {"expected": "1", "label": "Green", "dimension": "motivation", "definition": "Cleaner."}
    assert client.post("/literature/taxonomy/groups", data=made).status_code == 303
    assert taxonomy_of(path)[1]["green"] == ()
    named = {"expected": "2", "name": "knowledge", "label": "Know-how", "dimension": "motivation"}
    assert client.post("/literature/taxonomy/groups", data=named).status_code == 303
    assert taxonomy_of(path)[1]["knowledge"] == ("cells", "software")
    gone = {"expected": "3", "name": "supply", "action": "remove"}
    assert client.post("/literature/taxonomy/groups", data=gone).status_code == 303
    codes, groups = taxonomy_of(path)
    assert "supply" not in groups
    assert "plant" in codes


def test_a_text_with_mistakes_comes_back_with_them(client: TestClient, path: Path) -> None:
    text = TAXONOMY.replace('codes = ["plant"]', 'codes = ["plnt"]', 1)
    answer = client.post("/literature/taxonomy", data={"expected": "1", "text": text})
    assert answer.status_code == 422
    assert "there is no code &#39;plnt&#39;. Did you mean plant?" in answer.text
    assert "plnt&#34;]" in answer.text
    assert taxonomy_of(path)[1]["supply"] == ("plant",)


def test_a_text_without_mistakes_is_kept_word_for_word(client: TestClient, path: Path) -> None:
    text = f"# mine\n{TAXONOMY}".strip()
    assert client.post("/literature/taxonomy", data={"expected": "1", "text": text}).status_code == 303
    assert "# mine" in client.get("/literature/taxonomy").text


def test_a_passage_is_coded_shown_removed_and_that_undone(client: TestClient, path: Path) -> None:
    key = record_of(path, "uncoded")
    said = {"code": "software", "quote": "they write code", "page": "7", "note": "an operating system"}
    answer = client.post(f"/literature/works/{key}/passages", data=said)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/literature/works/{key}#coded")
    page = client.get(f"/literature/works/{key}").text
    assert "they write code" in page
    assert "an operating system" in client.get("/literature/synthesis").text
    with open_study(path, read_only=True) as study:
        (passage,) = (one for one in study.literature.review().passages if one.record == key)
    assert passage.coder == "tester"
    gone = client.post(f"/literature/works/{key}/passages/{passage.id}/remove", data={"record": key})
    assert gone.status_code == 303
    assert "they write code" not in client.get(f"/literature/works/{key}").text
    assert client.post("/undo", headers={"Referer": "x"}).status_code in (200, 303)
    assert "they write code" in client.get(f"/literature/works/{key}").text


@pytest.mark.parametrize(
    "said", [{"code": ""}, {"code": "nothing"}, {"code": "cells", "quote": "x" * 10_001}]
)
def test_a_passage_that_cannot_be_coded_is_refused(
    client: TestClient, path: Path, said: dict[str, str]
) -> None:
    key = record_of(path, "uncoded")
    assert client.post(f"/literature/works/{key}/passages", data=said).status_code == 422


def test_table_1_leads_from_each_number_to_its_works(client: TestClient, path: Path) -> None:
    page = client.get("/literature/synthesis").text
    key = record_of(path, "chen")
    assert f'<a href="/literature/works/{key}">Chen (2021)</a>' in page
    assert "a laboratory for cells" in page
    assert "Exploration" in client.get("/literature/synthesis?dimension=learning").text
    assert client.get("/literature/synthesis?dimension=nothing").status_code == 404


def test_table_1_and_the_matrix_are_files(client: TestClient) -> None:
    table = client.get("/literature/synthesis.csv").text.splitlines()
    assert table[1].startswith(
        "knowledge,Knowledge,2,0.5,3,a laboratory for cells; code together; a second quote,"
    )
    matrix = client.get("/literature/matrix.csv").text.splitlines()
    assert matrix[0] == "study,year,work,cells,plant,software,stray"


def test_words_of_others_are_text(client: TestClient, path: Path) -> None:
    text = TAXONOMY.replace('"Battery cells"', f'"{HOSTILE}"')
    assert parse_taxonomy(text).codes[0].label == HOSTILE
    assert client.post("/literature/taxonomy", data={"expected": "1", "text": text}).status_code == 303
    key = record_of(path, "chen")
    said = {"code": "cells", "quote": HOSTILE, "page": HOSTILE, "note": HOSTILE}
    client.post(f"/literature/works/{key}/passages", data=said)
    for address in ("/literature/taxonomy", "/literature/synthesis", f"/literature/works/{key}"):
        assert HOSTILE not in client.get(address).text


def test_a_study_without_a_taxonomy_offers_a_template(client_on: ClientOn, tmp_path: Path) -> None:
    empty = tmp_path / "empty.study"
    create_study(empty, read_codebook(automotive_codebook()), who="ann").close()
    client = client_on(empty)
    page = client.get("/literature/taxonomy").text
    assert "battery-research" in page
    assert client.get("/literature/synthesis").status_code == 200
