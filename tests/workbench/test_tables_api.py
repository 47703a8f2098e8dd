"""The API of the study and its tables: as the frames have it, a part at a time, described."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import jsonschema  # type: ignore[import-untyped]
import polars as pl
import pytest

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from constellary.study.frames import Frames

API = "/api/v1"


def answer(client: TestClient, path: str) -> Any:
    found = client.get(f"{API}/{path}")
    assert found.status_code == 200, found.text
    return found.json()


def test_the_study_and_its_codebook(reader: TestClient, automotive: Frames) -> None:
    study = answer(reader, "study")
    assert (study["alliances"], study["firms"], study["signing"]) == (787, 547, 527)
    assert study["period"] == ["2018-01-01", "2023-12-31"]
    book = answer(reader, "codebook")
    assert [one["name"] for one in book["variables"]] == [one.name for one in automotive.codebook.variables]
    formality = next(one for one in book["groupings"] if one["name"] == "formality")
    assert (formality["of"], formality["method"]) == ("form", "categories")


@pytest.mark.parametrize(("path", "key"), [("alliances", "id"), ("firms", "firm"), ("sources", "url")])
def test_the_parts_together_are_the_whole(reader: TestClient, path: str, key: str) -> None:
    whole = answer(reader, f"{path}?since=2022&limit=1000")
    assert whole["total"] > 150
    total, found = whole["total"], []
    for start in range(0, total + 1, 150):
        part = answer(reader, f"{path}?since=2022&limit=150&offset={start}")
        assert (part["total"], part["offset"], part["limit"]) == (total, start, 150)
        found += [item[key] for item in part["items"]]
    assert found[:1000] == [item[key] for item in whole["items"]]
    assert len(found) == total


def test_alliances_are_as_in_the_frames(reader: TestClient, automotive: Frames) -> None:
    items = answer(reader, "alliances?v.place=China&where=size%20%3E%203&sort=name&limit=1000")["items"]
    expected = automotive.alliances.filter((pl.col("place") == "China") & (pl.col("size") > 3))
    assert {item["id"] for item in items} == set(expected["id"])
    for item in items:
        row = expected.row(by_predicate=pl.col("id") == item["id"], named=True)
        assert item["codes"]["technology"] == row["technology"]
        assert item["derived"]["formality"] == row["formality"]
        assert item["derived"]["size"] == len(item["partners"]) == row["size"]


def test_one_alliance_and_one_firm_in_full(reader: TestClient, automotive: Frames) -> None:
    alliance = answer(reader, "alliances/toyota-honda-2023")
    assert len(alliance["sources"]) == 6
    assert {one["coder"] for one in alliance["codings"]} == {"adjudicated", "coder_a", "coder_b"}
    firm = answer(reader, "firms/Toyota")
    assert firm["alliances"] == len(firm["ids"]) == 62
    assert firm["subsidiaries"] == ["Daihatsu", "Hino"]
    assert firm["companions"][0]["firm"] == "Denso"


@pytest.mark.parametrize(
    "query", ["limit=1001", "limit=0", "offset=-1", "q=" + "x" * 301, "since=soon", "sort=-"]
)
def test_what_cannot_be_is_refused_in_words(reader: TestClient, query: str) -> None:
    found = reader.get(f"{API}/alliances?{query}")
    assert found.status_code in (404, 422)
    assert found.json()["error"]


def test_the_description_is_sound_and_answers_keep_to_it(reader: TestClient) -> None:
    described = reader.get(f"{API}/openapi.json").json()
    assert described["openapi"].startswith("3.")
    for path in (
        "/study",
        "/codebook",
        "/alliances",
        "/alliances/{key}",
        "/firms",
        "/firms/{firm}",
        "/sources",
    ):
        operation = described["paths"][f"{API}{path}"]["get"]
        assert operation["description"]
        schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
        asked = path.replace("{key}", "toyota-honda-2023").replace("{firm}", "Toyota").lstrip("/")
        resolved = {**schema, "components": described["components"]}
        jsonschema.Draft202012Validator(resolved).validate(answer(reader, asked))
        jsonschema.Draft202012Validator.check_schema(resolved)
