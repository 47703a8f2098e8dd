"""The review at its edges: exports come in whole or not at all, long queues are ordered, sites tell of no screener."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from constellary.literature.review import Match
from constellary.literature.screening import queue
from constellary.study.codebook import Codebook
from constellary.study.study import create_study, open_study
from constellary.workbench.publish.literature import literature_pages, literature_views
from constellary.workbench.publish.paths import SiteLinks, SitePaths
from constellary.workbench.render import to_html
from constellary.workbench.review.desk import Queue, queue_of
from constellary.workbench.review.order import Orders
from constellary.workbench.surroundings import Surroundings
from tests.workbench.conftest import ClientOn
from tests.workbench.literature import STAGE, exported, make_review, record

RIS = """TY  - JOUR
TI  - A first paper
AU  - Author, A.
PY  - 2010
AN  - R1
ER  -
TY  - JOUR
TI  - A second paper
AU  - Author, B.
PY  - 2011
AN  - R2
ER  -
"""


@pytest.fixture
def review_file(tmp_path: Path, tiny_book: Codebook) -> Path:
    make_review(tmp_path / "review.study", tiny_book)
    return tmp_path / "review.study"


@pytest.fixture
def client(review_file: Path, client_on: ClientOn) -> TestClient:
    return client_on(review_file)


def sent(client: TestClient, name: str, content: bytes) -> tuple[str, dict[str, Any]]:
    """Send a file, wait until it is read, and return its address and what the API says of it."""
    address = client.post("/import", files=[("files", (name, content))]).headers["location"]
    return address, when_read(client, address)


def when_read(client: TestClient, address: str) -> dict[str, Any]:
    for _ in range(600):
        told: dict[str, Any] = client.get(f"/api/v1{address}").json()
        if told["state"] != "reading":
            return told
        time.sleep(0.05)
    raise AssertionError("it is still being read")


def test_an_export_is_counted_before_and_taken_in_when_somebody_agrees(
    client: TestClient, review_file: Path
) -> None:
    address, told = sent(client, "references.txt", RIS.encode())
    assert told["counts"] == {"records": {"added": 2, "changed": 0, "removed": 0, "unchanged": 0}}
    page = client.get(address).text
    assert "2 records belong to no search of the protocol" in page
    client.post(f"{address}/read", data={"search": "wos"})
    assert when_read(client, address)["exports"][0]["search"] == "wos"
    client.post(f"{address}/take", data={"why": "the second search"})
    page = client.get(address).text
    assert "Look for duplicates" in page
    assert "the second search" in page
    with open_study(review_file) as study:
        records = study.literature.review().records
    assert [(one.title, one.search) for one in records[-2:]] == [
        ("A first paper", "wos"),
        ("A second paper", "wos"),
    ]
    again, told = sent(client, "references.txt", RIS.encode())
    client.post(f"{again}/read", data={"search": "wos"})
    assert when_read(client, again)["counts"]["records"] == {
        "added": 0,
        "changed": 0,
        "removed": 0,
        "unchanged": 2,
    }
    assert "holds all of this already" in client.get(again).text
    mapping = {"mapping": {"~search": "-"}}
    assert client.post(f"/api/v1{again}/read", json=mapping).status_code == 202
    assert (
        when_read(client, again)["exports"][0] | {"search": "", "new": 2}
        == when_read(client, again)["exports"][0]
    )
    assert client.post(f"/api/v1{again}/read", json={"mapping": {"~search": "nowhere"}}).status_code == 202
    assert "no search of the protocol 'nowhere'" in when_read(client, again)["error"]
    client.post("/undo", data={})
    with open_study(review_file) as study:
        assert len(study.literature.review().records) == len(records) - 2


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("search.ris", b"%PDF-1.7 and more", "PDF"),
        ("search.ris", RIS.encode()[:-30], "search.ris"),
        ("search.bib", b"", "search.bib"),
    ],
)
def test_what_is_no_whole_export_is_refused_in_words_and_nothing_is_changed(
    client: TestClient, review_file: Path, name: str, content: bytes, said: str
) -> None:
    address, told = sent(client, name, content)
    assert told["state"] == "failed"
    assert said in told["error"]
    assert said in client.get(address).text
    with open_study(review_file) as study:
        assert len(study.literature.review().records) == 8


def test_the_queue_goes_on_after_a_work_and_comes_round() -> None:
    place = {name: number for number, name in enumerate("abcd")}
    plain = Queue(("a", "c", "d"), ("b",), place)
    assert [plain.next(one) for one in "abcd"] == ["c", "c", "d", "a"]
    assert plain.next() == "a"
    assert plain.before("c") == "b"
    assert plain.before("a") is None
    ranked = Queue(("d", "a", "c"), ("b",), place)
    assert ranked.next("b") == "d"
    assert ranked.next("c") == "d"
    assert Queue((), ("a",), place).next("a") is None


def test_a_long_queue_is_ordered_by_what_its_screener_found_and_by_nothing_that_others_say(
    tmp_path: Path, tiny_book: Codebook
) -> None:
    with create_study(tmp_path / "long.study", tiny_book) as study:
        text = {True: "Airlines share codes and routes", False: "Whales sing in the deep sea"}
        records = [
            record(
                number, title=f"{text[number % 5 == 0]} {number}", abstract=text[number % 5 == 0], year=2010
            )
            for number in range(1, 521)
        ]
        stage = '[[stage]]\nname = "title-abstract"\nlabel = "Titles"\nscreeners = 2\nreason_needed = false\n'
        study.literature.set_protocol(stage, who="lead")
        study.literature.take([exported(records)], who="lead")
        ids = [one.id for one in study.literature.review().records]
        orders = Orders()

        def ordered(who: str) -> tuple[str, ...]:
            for _ in range(200):
                order, _ = orders.order(study.literature.review(), STAGE, who, patience=5)
                if order:
                    return order
            return ()

        for number, key in enumerate(ids[:10], start=1):
            study.literature.screenings.decide(key, STAGE, "Ada", "include" if number % 5 == 0 else "exclude")
        review = study.literature.review()
        order = ordered("Ada")
        left = queue_of(review, STAGE, "Ada", order).left
        relevant = set(ids[4::5])
        assert set(left) == set(queue(review, STAGE, "Ada"))
        assert set(left[:80]) <= relevant
        assert orders.order(review, STAGE, "Ben")[0] == ()
        assert queue_of(review, STAGE, "Ben").left[:3] == tuple(ids[:3])


def test_a_mind_is_changed_where_it_was_made_up_though_the_record_was_merged_since(
    client: TestClient, review_file: Path
) -> None:
    with open_study(review_file) as study:
        ids = [one.id for one in study.literature.review().records]
        study.literature.screenings.decide(ids[4], STAGE, "Ada", "include")
        study.literature.screenings.note(ids[4], "Ada", "see page 2")
    client.post("/literature/duplicates", data={"first": ids[3], "second": ids[4], "verdict": "same"})
    client.post("/literature/screening/begin", data={"who": "Ada"})
    address = f"/literature/screening/{STAGE}/{ids[3]}"
    assert "see page 2" in client.get(address).text
    client.post(address, data={"say": "exclude:off-topic", "note": "see page 3"})
    with open_study(review_file) as study:
        review = study.literature.review()
    assert [(one.record, one.verdict, one.first) for one in review.screenings] == [
        (ids[4], "exclude", "include")
    ]
    assert [(one.record, one.text) for one in review.notes] == [(ids[4], "see page 3")]


def test_no_page_grows_with_what_an_export_puts_into_a_record(
    tmp_path: Path, tiny_book: Codebook, client_on: ClientOn
) -> None:
    path = tmp_path / "endless.study"
    make_review(path, tiny_book)
    with open_study(path) as study:
        endless = record(
            20, abstract="word " * 200_000, keywords=tuple(f"k{n}" for n in range(5_000)), title="x" * 900
        )
        study.literature.take([exported([endless])], who="lead")
        key = study.literature.review().records[-1].id
        first = study.literature.review().records[0].id
        study.literature.match([Match(first, key, "ask", "rules", "Alike")], who="rules")
        for who, verdict in (("Ada", "include"), ("Ben", "maybe")):
            study.literature.screenings.decide(key, STAGE, who, verdict)
    client = client_on(path)
    pages = (
        "",
        "/records",
        "/duplicates",
        "/conflicts",
        f"/works/{key}",
        f"/screening/{STAGE}/{first}",
        "/protocol",
    )
    for page in pages:
        assert len(client.get(f"/literature{page}").content) < 150_000, page


def test_a_site_tells_what_a_review_came_to_and_of_no_screener(
    review_file: Path, tiny_book: Codebook
) -> None:
    with open_study(review_file) as study:
        ids = [one.id for one in study.literature.review().records]
        screenings = study.literature.screenings
        for who in ("Secretive Ada", "Secretive Ben"):
            screenings.decide(ids[0], STAGE, who, "include")
            screenings.decide(
                ids[1],
                STAGE,
                who,
                "include" if "Ada" in who else "exclude",
                None if "Ada" in who else "off-topic",
            )
            screenings.note(ids[0], who, "a private note")
        screenings.decide(ids[0], "full-text", "Secretive Ada", "include")
        pages = literature_pages(study)
        assert f"literature/works/{ids[0]}" in pages
        assert f"literature/works/{ids[1]}" not in pages
        paths = SitePaths(pages, [], [], [])
        found = {}
        for name, template, content in literature_views(study):
            links = SiteLinks(paths, f"{name}.html")
            around = Surroundings(links, live=False, study="", file="review.study", codebook=tiny_book)
            found[name] = to_html(template, around, **content)
    assert set(found) == set(pages)
    for name, text in found.items():
        assert "Secretive" not in text, name
        assert "private note" not in text, name
        assert "Abstract 1" not in text, name
        assert "<form" not in text, name
    assert "Works included (n = 1)" in found["literature"]
    assert "Paper 1 on alliances" in found["literature/records"]
    assert "Paper 2 on alliances" not in found["literature/records"]
