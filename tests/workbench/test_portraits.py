"""The pages of one alliance, firm or publisher: what they say is what the study holds, and no more."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import quote

import polars as pl
import pytest

from constellary.constellation.constellation import constellation
from constellary.study.batch import Batch
from constellary.study.codings import Adjudication, Note
from constellary.study.firm_portrait import firm_portrait
from constellary.study.study import create_study
from constellary.workbench.filters import Filter
from constellary.workbench.links import LiveLinks
from constellary.workbench.listings.ask import Ask
from constellary.workbench.moments import Moment
from constellary.workbench.pages import alliances, firms, sources
from constellary.workbench.portraits.alliance import alliance_view
from constellary.workbench.portraits.coders import coders_of
from constellary.workbench.portraits.firm import firm_view
from constellary.workbench.portraits.position import position_of, position_view
from constellary.workbench.render import to_html
from constellary.workbench.surroundings import Surroundings
from tests.hostile import hostile_study

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from constellary.study.codebook import Codebook
    from constellary.study.frames import Frames
    from tests.workbench.conftest import ClientOn

KEY = "toyota-honda-2023"
NAMES = (
    "Fiat / Iveco",
    "What? & Co #1",
    "100%2F",
    "..",
    ".",
    "~2F~",
    "<script>alert(1)</script>",
    "\u202eabc\u202c",
    "a\\b;c",
    "edit",
    "x/edit",
    "n" * 300,
)


@pytest.fixture(scope="module")
def moment(automotive: Frames) -> Moment:
    return Moment(1, automotive)


def test_an_alliance_says_what_the_study_holds(reader: TestClient) -> None:
    text = reader.get(f"/alliances/{KEY}").text
    for said in (
        "28 December 2023",
        "Renesas",
        "Consortium",
        "Automobile × ICT",
        "from Type of firm",
        "dsf.my",
    ):
        assert said in text
    assert "all agree" in text
    assert "import of the open data" in text
    assert 'href="/alliances/toyota-honda-2023/edit"' in text


def test_disagreements_of_coders_are_marked_with_what_was_settled(automotive: Frames) -> None:
    wide = (
        automotive.codings.filter(pl.col("coder") != "adjudicated")
        .group_by("alliance", "variable")
        .agg(pl.col("value").n_unique().alias("values"))
        .filter(pl.col("values") > 1)
        .sort("alliance", "variable")
    )
    key, variable = wide.select("alliance", "variable").row(0)
    expected = wide.filter(pl.col("alliance") == key).height
    found = coders_of(automotive, key)
    assert found.coders == ("coder_a", "coder_b")
    assert found.disagreements == expected
    label = automotive.codebook.label(variable)
    one = next(one for one in found.variables if one.label == label)
    settled = automotive.codings.filter(
        (pl.col("alliance") == key) & (pl.col("variable") == variable) & (pl.col("coder") == "adjudicated")
    )["value"].item()
    assert one.settled == automotive.codebook.labels(variable)[settled]


def test_what_was_settled_here_carries_who_and_why(automotive: Frames) -> None:
    found = coders_of(automotive, KEY, adjudications=[Adjudication(KEY, "place", None, "Ada", "two places")])
    place = next(one for one in found.variables if one.label == "Place")
    assert (place.settled, place.is_settled, place.who, place.why) == (None, True, "Ada", "two places")


def test_who_has_yet_to_code_an_alliance_does_not_see_the_others(automotive: Frames) -> None:
    notes = [Note(KEY, "coder_a", "a secret")]
    every = {one.name for one in automotive.codebook.variables}
    blind = coders_of(automotive, KEY, hidden=every, notes=notes)
    assert (blind.blind, blind.variables, blind.notes) == (True, (), ())
    half = coders_of(automotive, KEY, hidden={"place"}, notes=notes)
    assert "Place" not in {one.label for one in half.variables}
    assert (half.blind, half.notes) == (True, ())
    assert len(half.variables) + 1 == len(coders_of(automotive, KEY).variables)
    assert not coders_of(automotive, KEY, notes=notes).blind
    view = alliance_view(Moment(1, automotive), Filter(), Ask(), KEY, hidden=every, notes=notes)
    assert "a secret" not in to_html("alliance.html", outside(automotive.codebook), **view)


def outside(book: Codebook) -> Surroundings:
    """What stands around a page where no server is."""
    return Surroundings(LiveLinks({}), live=False, study="S", file="s.study", codebook=book)


def test_pages_without_a_server_ask_nothing_of_one(moment: Moment) -> None:
    around = outside(moment.codebook)
    views = {
        "alliances.html": alliances.view(moment, Filter(), Ask(), whole=True),
        "firms.html": firms.view(moment, Filter(), Ask(), whole=True),
        "sources.html": sources.view(moment, Filter(), Ask(), "sources/publishers", whole=True),
        "alliance.html": alliance_view(moment, Filter(), Ask(), KEY),
        "firm.html": {**firm_view(moment, Filter(), Ask(), "Toyota"), **position_view(moment, "Nobody")},
        "sources_publisher.html": sources.publisher_view(moment, "Reuters"),
    }
    for template, view in views.items():
        text = to_html(template, around, **view)
        assert "hx-get" not in text, template
        assert "/edit" not in text, template
        assert "<button>Search" not in text, template
        assert not re.search(r"[?&;](sort|page|columns)=", text), template
    assert to_html("alliances.html", around, **views["alliances.html"]).count("<tr data-row") == 787


def test_the_history_of_an_alliance_tells_field_by_field(client: TestClient, study_file: Path) -> None:
    from constellary.study.study import open_study

    with open_study(study_file) as study:
        study.edit("alliances", KEY, {"place": "Europe", "name": "ASRA"}, who="Ada", why="the seat")
    text = plain(client.get(f"/alliances/{KEY}").text)
    assert "Ada" in text
    assert "“the seat”" in text
    assert "Place Rest of world → became Europe" in text


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def test_the_history_of_one_alliance_holds_no_other(client: TestClient, study_file: Path) -> None:
    from constellary.study.study import open_study

    with open_study(study_file) as study:
        study.edit("alliances", "alluto-2020", {"place": "Europe"}, who="Ben")
        entries = study.history.about("alliances", KEY)
        assert [entry.decision.kind for entry in entries] == ["import"]
        rows = entries[0].rows
        assert {row.entity for row in rows} == {"alliance", "partner", "source"}
        assert {row.key[0] for row in rows} == {KEY}


def test_a_firm_counts_as_the_constellation_does(automotive: Frames) -> None:
    sky = constellation(automotive, replicates=0, layout=False)
    for firm, count, degree in sky.firms.select("firm", "alliances", "degree").sample(40, seed=1).iter_rows():
        portrait = firm_portrait(automotive, firm)
        assert len(portrait.alliances) == count
        assert len(portrait.companions) == degree
        assert sum(len(year.alliances) for year in portrait.years) + len(portrait.undated) == count


def test_ties_of_a_firm_are_those_of_the_projection(automotive: Frames) -> None:
    edges = constellation(automotive, replicates=0, layout=False).edges
    mine = edges.filter((pl.col("source") == "Toyota") | (pl.col("target") == "Toyota"))
    other = pl.when(pl.col("source") == "Toyota").then("target").otherwise("source")
    expected = {
        firm: (tuple(ids), first, last)
        for firm, ids, first, last in mine.select(other, "evidence", "first_year", "last_year").iter_rows()
    }
    found = {
        one.firm: (one.alliances, one.first, one.last)
        for one in firm_portrait(automotive, "Toyota").companions
    }
    assert found == expected


def test_owners_in_a_circle_are_followed_once(automotive: Frames) -> None:
    from dataclasses import replace

    parents = {"Toyota": "Hino", "Hino": "Denso", "Denso": "Toyota"}
    circle = automotive.firms.with_columns(
        pl.col("firm").replace_strict(parents, default=None, return_dtype=pl.String).alias("parent")
    )
    assert firm_portrait(replace(automotive, firms=circle), "Toyota").owners == ("Hino", "Denso")


def test_the_position_has_ranks_with_their_intervals(automotive: Frames) -> None:
    sky = constellation(automotive, replicates=20, layout=False)
    position = position_of(sky, "Toyota")
    alliances_, degree, betweenness = position.measures
    assert (alliances_.value, alliances_.rank, position.of) == ("62", 1, 527)
    assert degree.rank == 1
    assert betweenness.low is not None
    assert betweenness.high is not None
    assert betweenness.low <= (betweenness.rank or 0) <= betweenness.high


def test_a_firm_that_signs_nothing_has_no_position(moment: Moment) -> None:
    idle = moment.frames.firms.join(moment.frames.partners, on="firm", how="anti")["firm"][0]
    view = position_view(moment, idle)
    assert view["position_state"] == "none"
    assert "no place in the constellation" in to_html("firm_position.html", outside(moment.codebook), **view)


def test_the_position_comes_while_one_reads(reader: TestClient) -> None:
    from time import sleep

    for _ in range(200):
        text = reader.get("/firms/Toyota/position").text
        if "Betweenness" in text:
            break
        assert 'hx-get="/firms/Toyota/position"' in text
        sleep(0.05)
    assert "In community" in plain(text)


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/alliances/toyota-honda-2024", KEY),
        ("/firms/Toyot", "Toyota"),
        ("/sources/publishers/Reuter", "Reuters"),
        ("/api/v1/firms/Toyot", "Toyota"),
        ("/api/v1/alliances/toyota-honda-2024", KEY),
    ],
)
def test_what_is_not_there_is_told_with_near_names(reader: TestClient, address: str, near: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 404
    assert f"Did you mean {near}" in plain(answer.text)


@pytest.fixture
def odd_client(client_on: ClientOn, automotive_book: Codebook, tmp_path: Path) -> TestClient:
    """A study whose firms, alliances and publishers have the oddest names."""
    path = tmp_path / "odd.study"
    ids = [f"{name}" for name in NAMES]
    batch = Batch(
        alliances=pl.DataFrame({"id": ids, "announced": ["2021"] * len(ids)}),
        partners=pl.DataFrame(
            {
                "alliance": [key for key in ids for _ in range(2)],
                "firm": [name for place in range(len(NAMES)) for name in (NAMES[place], NAMES[place - 1])],
                "position": [1, 2] * len(ids),
            },
            schema_overrides={"position": pl.Int32},
        ),
        firms=pl.DataFrame({"firm": list(NAMES)}),
        sources=pl.DataFrame({"alliance": ids, "url": ["https://example.org"] * len(ids), "publisher": ids}),
    )
    with create_study(path, automotive_book) as study:
        study.take(batch, who="tester")
    return client_on(path)


def test_the_oddest_names_are_reached_by_the_links_of_the_tables(odd_client: TestClient) -> None:
    for path in ("alliances", "firms", "sources/publishers"):
        text = odd_client.get(f"/{path}").text
        heads = re.findall(r'<th scope="row"[^>]*>\s*<a href="([^"]*)">(.*?)</a>', text, re.DOTALL)
        assert sorted(unescape(name) for _, name in heads) == sorted(NAMES), path
        for address, name in heads:
            answer = odd_client.get(unescape(address))
            assert answer.status_code == 200, name
            assert f"<h1>{name}</h1>" in answer.text
            assert "<script>alert" not in answer.text
    for name in NAMES:
        address = LiveLinks({}).firm(name)
        assert odd_client.get(f"/api/v1{address}").json()["firm"] == name
        assert odd_client.get(f"{address}/position").status_code == 200
        assert quote(address, safe="/%~") == address


def test_every_link_from_table_to_page_to_page_leads_somewhere(client_on: ClientOn, tmp_path: Path) -> None:
    client = client_on(hostile_study(tmp_path / "hostile.study"))
    waiting = [
        "/alliances",
        "/firms",
        "/sources",
        "/sources/publishers",
        "/alliances?columns=name,id,free,url",
    ]
    seen: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "<img src=x" not in answer.text
        assert "<script>alert" not in answer.text
        links = [unescape(link) for link in re.findall(r'href="([^"]*)"', answer.text)]
        assert not [link for link in links if link.lower().startswith(("javascript:", "data:"))]
        waiting += [
            link
            for link in links
            if link.startswith(("/alliances", "/firms", "/sources"))
            and not re.search(r"/(edit|remove|merge)\b|\.(csv|xlsx)|^/[a-z/]+\?.*sort=", link)
        ]
    assert len(seen) > 30
