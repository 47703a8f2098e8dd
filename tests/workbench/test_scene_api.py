"""The scene by the API: what the files show, once computed, with patience for what takes long."""

from __future__ import annotations

import gzip
import time
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from bench.synthetic import synthetic
from constellary.study.batch import Batch
from constellary.study.study import create_study, open_study
from constellary.workbench import skies

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from constellary.study.codebook import Codebook
    from tests.workbench.conftest import ClientOn


def scene(client: TestClient, query: str = "", seconds: float = 60) -> dict[str, Any]:
    """Return a scene, asked for as long as it takes."""
    end = time.monotonic() + seconds
    while (answer := client.get(f"/api/v1/scene?{query}")).status_code == 202 and time.monotonic() < end:
        time.sleep(0.1)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_the_scene_has_all_that_the_screen_draws(reader: TestClient) -> None:
    found = scene(reader)
    keys = "version width height palette firms ties alliances hulls labels legend sizing pens years words"
    assert set(found) == {*keys.split(), "communities", "digest"}
    assert found["years"] == [2018, 2019, 2020, 2021, 2022, 2023]
    assert len(found["firms"]["name"]) == 527


def test_a_filter_and_a_view_go_together(reader: TestClient) -> None:
    found = scene(reader, "v.place=China&since=2021&ego=Toyota&size=degree")
    assert found["sizing"]["measure"] == "degree"
    assert "Toyota and its partners" in found["words"]
    assert "Place: China" in found["words"]
    assert "Toyota" in found["firms"]["name"]
    assert all(year >= 2021 for year in found["alliances"]["year"])


def test_a_browser_that_has_the_scene_is_told_so(reader: TestClient) -> None:
    scene(reader)
    first = reader.get("/api/v1/scene", headers={"Accept-Encoding": "gzip"})
    assert first.headers["content-encoding"] == "gzip"
    again = reader.get("/api/v1/scene", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = reader.get("/api/v1/scene", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == first.content
    other = reader.get("/api/v1/scene?hulls=1", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_the_first_scene_of_twenty_thousand_firms_would_be_small(reader: TestClient) -> None:
    plain = reader.get("/api/v1/scene", headers={"Accept-Encoding": "identity"}).content
    assert b", " not in plain[:200]
    assert len(gzip.compress(plain)) < 60_000


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("size=nonsense", "There is no measure 'nonsense'"),
        ("ego=Toyta", "Did you mean Toyota"),
        ("distance=7", "whole number from 1 to 3"),
        ("colour=motivation", "There is no colouring 'motivation'"),
    ],
)
def test_a_wrong_option_is_said_in_words(reader: TestClient, query: str, words: str) -> None:
    answer = reader.get(f"/api/v1/scene?{query}")
    assert answer.status_code == 422
    assert words in answer.json()["error"]


@pytest.mark.parametrize("kind", ["svg", "png", "gexf"])
def test_files_come_by_the_address_of_what_is_shown(reader: TestClient, kind: str) -> None:
    address = f"/constellation.{kind}?ego=Porsche&since=2020&x=600&y=400&z=2&w=500&h=400&theme=dark"
    scene(reader, "ego=Porsche&since=2020")
    first, second = reader.get(address), reader.get(address)
    assert first.status_code == 200, first.text
    assert first.content == second.content
    assert first.headers["content-disposition"] == f'attachment; filename="automotive-constellation.{kind}"'


def test_a_file_of_another_kind_or_a_wrong_camera_is_refused(reader: TestClient) -> None:
    assert reader.get("/constellation.gif").status_code == 404
    refused = reader.get("/constellation.svg?z=nan")
    assert refused.status_code == 422
    assert "it is a number from" in refused.text


def test_letters_find_firms_by_any_of_their_names(reader: TestClient) -> None:
    def found(text: str) -> list[dict[str, Any]]:
        answer = reader.get("/api/v1/firms/complete", params={"q": text})
        assert answer.status_code == 200, answer.text
        rows: list[dict[str, Any]] = answer.json()
        return rows

    assert found("TOYOTA")[0]["firm"] == "Toyota"
    assert [row["firm"] for row in found("vol")][:3] == ["Volkswagen", "Volvo Cars", "Volvo Group"]
    assert {"firm": "Traton", "also": "Volkswagen Truck & Bus", "alliances": 7} in found("volks")
    assert len(found("a")) == 12
    assert found("no such firm") == []


def test_accents_and_case_do_not_count_in_the_search(
    client_on: ClientOn, tmp_path: Path, automotive_book: Codebook
) -> None:
    path = tmp_path / "two.study"
    alliances = pl.DataFrame({"id": ["a"], "name": ["A"], "announced": ["2021"]})
    partners = pl.DataFrame(
        {"alliance": ["a", "a"], "firm": ["Škoda Électrique", "比亚迪"], "position": [1, 2]},
        schema_overrides={"position": pl.Int32},
    )
    with create_study(path, automotive_book) as study:
        study.take(Batch(alliances=alliances, partners=partners), who="tester")
    client = client_on(path)
    for text, firm in (("skoda el", "Škoda Électrique"), ("ÉLECT", "Škoda Électrique"), ("比", "比亚迪")):
        assert [row["firm"] for row in client.get("/api/v1/firms/complete", params={"q": text}).json()] == [
            firm
        ]
    assert scene(client)["words"] == "1 alliance of 2 firms, announced in 2021"


def test_a_tie_names_its_alliances(reader: TestClient, demo_study: Path) -> None:
    answer = reader.get(
        "/api/v1/ties", params={"source": "Toyota", "target": "Mazda", "since": "2020"}
    ).json()
    with open_study(demo_study, read_only=True) as study:
        partners = study.frames(since="2020").partners
    both = [set(partners.filter(pl.col("firm") == firm)["alliance"]) for firm in ("Toyota", "Mazda")]
    assert {row["id"] for row in answer["alliances"]} == both[0] & both[1]
    dates = [row["announced"] for row in answer["alliances"]]
    assert dates == sorted(dates, reverse=True)
    assert reader.get("/api/v1/ties?source=Toyota&target=Nobody").status_code == 404


@pytest.fixture
def crowd(tmp_path: Path, automotive_book: Codebook, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study of which the firms are too many to be placed while one waits."""
    monkeypatch.setattr(skies, "FEW", 100)
    made = synthetic(150, codebook=automotive_book)
    path = tmp_path / "crowd.study"
    with create_study(path, automotive_book) as study:
        batch = Batch(made["alliances"].drop("year", "size"), made["partners"], made["firms"])
        study.take(batch, who="tester")
    return path


def test_many_firms_are_placed_by_a_job_and_then_stay_where_they_are(
    client_on: ClientOn, crowd: Path
) -> None:
    client = client_on(crowd)
    first = client.get("/api/v1/scene")
    assert first.status_code == 202
    assert first.json()["waiting"].startswith("placing ")
    again = client.get("/api/v1/scene")
    assert again.status_code == 200 or again.json()["job"] == first.json()["job"]
    placed = scene(client)
    assert scene(client_on(crowd))["firms"] == placed["firms"]
    assert client.get("/constellation.svg").status_code == 200


def test_a_cancelled_placing_is_said_once_and_begun_anew(client_on: ClientOn, crowd: Path) -> None:
    client = client_on(crowd)
    job = client.get("/api/v1/scene").json()["job"]
    assert client.delete(f"/api/v1/jobs/{job}").json()["state"] == "cancelled"
    refused = client.get("/api/v1/scene")
    assert refused.status_code == 422
    assert "cancelled" in refused.json()["error"]
    assert scene(client)["firms"]["name"]


def test_a_file_of_a_scene_that_is_not_there_yet_says_so(client_on: ClientOn, crowd: Path) -> None:
    answer = client_on(crowd).get("/constellation.svg")
    assert answer.status_code == 422
    assert "placing" in answer.text
    assert "Try again" in answer.text
