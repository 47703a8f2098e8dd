"""The review in the workbench: screened blind by key or form, conflicts resolved, the flow read off the decisions."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from constellary.exchange.bibliography.reading import parse_export
from constellary.literature.flow import flow
from constellary.literature.screening import standing_of
from constellary.study.codebook import Codebook
from constellary.study.study import open_study
from tests.workbench.conftest import ClientOn
from tests.workbench.literature import HOSTILE, STAGE, make_review

API = "/api/v1/literature"
DESK = f"/literature/screening/{STAGE}"


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


def act_as(client: TestClient, who: str) -> None:
    answer = client.post("/literature/screening/begin", data={"who": who, "stage": STAGE})
    assert answer.headers["location"] == DESK


def decide(
    client: TestClient, key: str, verdict: str | None, reason: str | None = None, note: str | None = None
) -> dict[str, object]:
    answer = client.post(
        f"{API}/screening/{STAGE}/{key}", json={"verdict": verdict, "reason": reason, "note": note}
    )
    assert answer.status_code == 200, answer.text
    kept: dict[str, object] = answer.json()
    return kept


def test_a_form_decides_and_goes_on_until_all_is_decided(client: TestClient) -> None:
    act_as(client, "Ada")
    seen = []
    address = client.get(DESK).headers["location"]
    while address.startswith(DESK + "/"):
        seen.append(address)
        assert address in unescape(client.get(address).text)
        address = client.post(address, data={"say": "exclude:off-topic"}).headers["location"]
    assert len(set(seen)) == 7
    assert address == f"/literature/screening?done={STAGE}"
    assert "is decided" in client.get(address).text


def test_the_desk_shows_criteria_reasons_words_and_a_link_that_tells_nothing_of_us(
    client: TestClient, ids: list[str]
) -> None:
    act_as(client, "Ada")
    page = client.get(f"{DESK}/{ids[0]}").text
    assert "Tells why firms ally" in page
    assert 'data-key="2" class="say exclude"' in page
    assert "<mark>alliances</mark>" in page
    assert '<mark class="against">whales</mark>' in page
    link = re.search(r'<a class="outward" href="https://doi.org/10.1000/1"([^>]*)>', page)
    assert link is not None
    assert 'rel="noopener noreferrer external"' in link[1]
    assert HOSTILE not in client.get(f"{DESK}/{ids[2]}").text


def test_nobody_learns_what_another_decided_or_noted_before_it_is_settled(
    client: TestClient, ids: list[str]
) -> None:
    act_as(client, "Ada")
    kept = decide(client, ids[0], "exclude", "no-study", "quokka")
    number = kept["decision"]
    act_as(client, "Ben")
    pages = [
        f"{DESK}/{ids[0]}",
        f"/literature/works/{ids[0]}",
        f"/literature/works/{ids[0]}/history",
        "/literature/records?q=paper+1",
        "/literature/conflicts",
        "/literature",
        "/log",
        f"/log/{number}",
        f"/log/{int(str(number)) + 1}",
        f"{API}/records/{ids[0]}",
        f"{API}/records",
        f"{API}/screening/{STAGE}/{ids[0]}",
        f"{API}/conflicts",
        f"/api/v1/log/{number}",
        "/api/v1/log",
        "/literature/records.csv",
        "/literature/records.ris",
        f"{API}/agreement",
    ]
    for path in pages:
        text = client.get(path).text
        assert "quokka" not in text, path
        assert 'aria-pressed="true"' not in re.sub(r'name="theme"[^>]*>', "", text), path
        if path != f"{DESK}/{ids[0]}" and "/screening/" not in path:
            assert "no-study" not in text, path
            assert "No study of its own" not in text, path
        assert "excluded" not in client.get("/log").text
        if path.startswith("/literature/works"):
            assert "screened at" not in text
    act_as(client, "Ada")
    assert "quokka" in client.get(f"/literature/works/{ids[0]}").text
    assert "screened at" in client.get(f"/literature/works/{ids[0]}/history").text
    assert "no-study" in client.get(f"/log/{number}").text
    act_as(client, "Ben")
    decide(client, ids[0], "include")
    assert "No study of its own" in client.get("/literature/conflicts").text
    assert "no-study" in client.get(f"/log/{number}").text


def test_the_desk_does_not_offer_to_undo_what_others_did(client: TestClient, ids: list[str]) -> None:
    act_as(client, "Ada")
    decide(client, ids[0], "include")
    assert "screened at" in client.get(f"{DESK}/{ids[1]}").text
    act_as(client, "Ben")
    assert "screened at" not in client.get(f"{DESK}/{ids[1]}").text


def test_two_decide_a_third_resolves_and_the_flow_counts_it(
    client: TestClient, ids: list[str], review_file: Path
) -> None:
    for who, verdict, reason in (("Ada", "include", None), ("Ben", "exclude", "off-topic")):
        act_as(client, who)
        for key in ids[:7]:
            decide(client, key, "include" if key == ids[0] else verdict, None if key == ids[0] else reason)
    act_as(client, "Cleo")
    assert len(client.get(f"{API}/conflicts").json()) == 6
    page = client.get("/literature/conflicts").text
    assert page.count('class="verdict-of include"') == page.count('class="verdict-of exclude"') == 6
    refused = client.post("/literature/conflicts", data={"work": ids[1], "stage": STAGE, "say": "include"})
    assert refused.status_code == 422
    assert "why" in refused.text
    form = {"work": ids[1], "stage": STAGE, "say": "exclude:no-study", "why": "It reviews others."}
    assert client.post("/literature/conflicts", data=form).headers["location"] == "/literature/conflicts"
    assert "It reviews others." in client.get("/literature/conflicts?state=resolved").text
    told = client.get(f"{API}/flow").json()
    assert told["boxes"][f"excluded:{STAGE}:no-study"]["count"] == 1
    assert told["evidence"][f"excluded:{STAGE}:no-study"] == [ids[1]]
    assert told["boxes"][f"conflict:{STAGE}"]["count"] == 5
    assert "In conflict (n = 5)" in client.get("/literature").text
    with open_study(review_file) as study:
        review = study.literature.review()
        assert flow(review).numbers()["boxes"] == told["boxes"]
        assert standing_of(review)[ids[1]].outcome == "excluded"
    form = {"work": ids[1], "stage": STAGE, "do": "withdraw", "why": ""}
    assert client.post("/literature/conflicts", data=form).status_code == 303
    assert client.get(f"{API}/flow").json()["boxes"][f"conflict:{STAGE}"]["count"] == 6


def test_the_flow_is_sent_again_only_when_something_was_decided(client: TestClient, ids: list[str]) -> None:
    at = re.search(r"/literature/flow\?at=(\d+)", client.get("/literature").text)
    assert at is not None
    assert client.get(at[0]).status_code == 204
    act_as(client, "Ada")
    decide(client, ids[0], "include")
    again = client.get(at[0])
    assert again.status_code == 200
    assert "<svg" in again.text
    assert "<html" not in again.text


def test_a_changed_mind_keeps_what_was_said_first_and_undo_takes_one_verdict_back(
    client: TestClient, ids: list[str]
) -> None:
    act_as(client, "Ada")
    decide(client, ids[0], "include")
    kept = decide(client, ids[0], "exclude", "off-topic")
    assert kept["done"] == 1
    assert "changed your mind" in client.get(f"{DESK}/{ids[0]}").text
    client.post("/api/v1/undo", json={"decision": kept["decision"]})
    assert client.get(f"{API}/screening/{STAGE}/{ids[0]}").json()["verdict"] == "include"
    assert decide(client, ids[0], "include")["decision"] is None


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"verdict": "exclude"}, "needs its reason"),
        ({"verdict": "exclude", "reason": "of-topic"}, "off-topic"),
        ({"verdict": "include", "note": "x" * 10_001}, "10000"),
        ({"verdict": "perhaps"}, "include"),
    ],
)
def test_what_is_no_verdict_is_refused_and_changes_nothing(
    client: TestClient, ids: list[str], body: dict[str, str], said: str
) -> None:
    act_as(client, "Ada")
    answer = client.post(f"{API}/screening/{STAGE}/{ids[0]}", json=body)
    assert answer.status_code == 422
    assert said in answer.text
    assert client.get(f"{API}/screening/{STAGE}/{ids[0]}").json()["verdict"] is None


def test_what_is_out_by_rule_or_not_there_yet_or_decided_by_enough_cannot_be_decided(
    client: TestClient, ids: list[str]
) -> None:
    act_as(client, "Ada")
    assert client.get(f"{DESK}/{ids[7]}").status_code == 422
    assert client.get(f"/literature/screening/full-text/{ids[0]}").status_code == 422
    assert client.get(f"{DESK}/nobody-1").status_code == 404
    assert client.get("/literature/screening/abstract").status_code == 404
    decide(client, ids[0], "include")
    act_as(client, "Ben")
    decide(client, ids[0], "include")
    act_as(client, "Cleo")
    assert "as many screeners" in client.get(f"{DESK}/{ids[0]}").text


def test_records_are_searched_narrowed_and_sorted(client: TestClient, ids: list[str]) -> None:
    def titles(query: str) -> list[str]:
        page = client.get(f"/literature/records?{query}").text
        return re.findall(r'<th scope="row"><a href="/literature/works/[^"]*">(.*?)</a>', page)

    assert titles("q=AUTHOR02") == ["Paper 2 on alliances"]
    assert titles("year=2004") == ["Paper 4 on alliances"]
    assert titles("state=rule") == ["Paper 8 on alliances"]
    assert titles("sort=-year")[0] == "Paper 7 on alliances"
    assert titles("sort=title&page=9") == titles("sort=title")
    assert titles("q=nothing+like+that") == []
    assert client.get("/literature/records?state=lost").status_code == 404
    assert client.get(f"{API}/records?state=rule").json()["items"][0]["id"] == ids[7]


@pytest.mark.parametrize("kind", ["ris", "bib", "json", "csv"])
def test_files_of_the_records_read_back_whole(client: TestClient, kind: str) -> None:
    found = parse_export(f"records.{kind}", client.get(f"/literature/records.{kind}").content)
    assert len(found.entries) == 8
    assert {entry.record.title for entry in found.entries} >= {HOSTILE, "Paper 2 on alliances"}


def test_a_protocol_is_kept_with_its_versions_and_mistakes_are_named(
    client: TestClient, review_file: Path
) -> None:
    page = client.get("/literature/protocol").text
    assert "Why do airlines ally?" in page
    wrong = client.post("/literature/protocol", data={"text": 'question = "x"\n[[stages]]\nname = "a"\n'})
    assert wrong.status_code == 422
    assert "stages" in wrong.text
    text = 'question = "Another?"\n[[stage]]\nname = "all"\nlabel = "All"\n'
    assert (
        client.post(
            "/literature/protocol", data={"text": text.replace("\n", "\r\n"), "why": "narrower"}
        ).status_code
        == 303
    )
    page = client.get("/literature/protocol").text
    assert "Version 2" in page
    assert "narrower" in page
    assert "Why do airlines ally?" in page
    with open_study(review_file) as study:
        assert study.literature.review().protocol.question == "Another?"
        assert study.literature.versions("protocol")[-1][1] == text


def test_a_protocol_that_somebody_else_changed_meanwhile_is_not_overwritten(client: TestClient) -> None:
    text = 'question = "{}"\n[[stage]]\nname = "all"\nlabel = "All"\n'
    form = {"text": text.format("Mine?"), "version": "1"}
    assert (
        client.post("/literature/protocol", data={"text": text.format("Theirs?"), "version": "1"}).status_code
        == 303
    )
    answer = client.post("/literature/protocol", data=form)
    assert answer.status_code == 409
    assert "changed meanwhile by" in answer.text
    assert "Mine?" in answer.text
    assert "Theirs?" in answer.text
    form["version"] = "2"
    assert client.post("/literature/protocol", data=form).status_code == 303


def test_a_study_without_literature_begins_with_the_protocol(
    client_on: ClientOn, tmp_path: Path, tiny_book: Codebook
) -> None:
    from constellary.study.study import create_study

    create_study(tmp_path / "empty.study", tiny_book).close()
    client = client_on(tmp_path / "empty.study")
    for path in ("", "/records", "/duplicates", "/screening", "/conflicts"):
        assert client.get(f"/literature{path}").status_code == 200
    page = client.get("/literature").text
    assert "Write the protocol" in page
    assert 'href="/literature/conflicts"' not in page
    assert "[[stage]]" in client.get("/literature/protocol").text


def test_the_rail_says_how_much_waits(client: TestClient, ids: list[str]) -> None:
    for who, verdict, reason in (("Ada", "include", None), ("Ben", "exclude", "off-topic")):
        act_as(client, who)
        decide(client, ids[0], verdict, reason)
    page = client.get("/alliances").text
    counts = dict(re.findall(r'<a href="/literature/(\w+)".*?<span class="count">(\d+)</span></a>', page))
    assert counts == {"records": "8", "duplicates": "1", "conflicts": "1"}
