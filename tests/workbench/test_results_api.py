"""The API gives the numbers of the Python face, with the alliances behind each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import constellary as cy
from constellary.study.study import open_study

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

CHOSEN = {"since": "2020", "v.place": "China", "where": "size = 2"}
PYTHON = {"since": "2020", "where": '(size = 2) and (place in ("China"))'}


def plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def asked(client: TestClient, path: str, **more: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/{path}", params={**CHOSEN, **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_every_answer_has_the_numbers_of_the_python_face(reader: TestClient, demo_study: Path) -> None:
    with open_study(demo_study, read_only=True) as study:
        frames = study.frames(**PYTHON)
    expected = {
        "frequency/motivation": cy.frequency(frames, "motivation"),
        "trend": cy.trend(frames),
        "sizes": cy.partners_per_alliance(frames),
        "per-firm": cy.alliances_per_firm(frames),
        "agreement": cy.agreement(frames),
    }
    for path, result in expected.items():
        assert asked(reader, path)["numbers"] == plain(result.numbers()), path
    found = asked(reader, "crosstab", row="focus", column="motivation")
    table = cy.crosstab(frames, "focus", "motivation")
    assert found["numbers"] == plain(table.numbers())
    for cell in table.cells.iter_rows(named=True):
        assert found["evidence"][cell["row"]][cell["column"]] == cell["evidence"]


def test_evidence_is_as_long_as_its_count(reader: TestClient) -> None:
    found = asked(reader, "frequency/motivation")
    for value, row in found["numbers"]["categories"].items():
        assert len(found["evidence"][value]) == row["count"]
    sizes = asked(reader, "sizes")
    assert set(sizes["evidence"]) == {"2"}


def test_results_are_those_of_the_report(reader: TestClient, demo_study: Path, tmp_path: Path) -> None:
    with open_study(demo_study, read_only=True) as study:
        cy.report(study, tmp_path, formats=["tables"], **PYTHON)
    written = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))
    found = asked(reader, "results")
    # The same selection, said in other brackets.
    assert found.pop("selection")
    assert written.pop("selection")
    assert found == written
    assert asked(reader, "results", part="trend") == {"trend": written["trend"]}


@pytest.mark.parametrize(
    "path",
    ["frequency/nothing", "crosstab?row=place&column=nothing", "results?part=nothing", "trend?v.nothing=1"],
)
def test_what_does_not_exist_is_said_in_one_shape(reader: TestClient, path: str) -> None:
    answer = reader.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert "nothing" in answer.json()["error"]


@pytest.mark.parametrize(
    "path", ["frequency/place", "crosstab?row=place&column=focus", "sizes", "trend", "per-firm", "results"]
)
def test_nothing_under_a_filter_gives_an_answer_or_words(reader: TestClient, path: str) -> None:
    answer = reader.get(f"/api/v1/{path}", params={"where": "size > 900", "row": "place", "column": "focus"})
    assert answer.status_code in (200, 422)
    assert (
        answer.json()
        .get("error", "There is no alliance under this filter.")
        .startswith("There is no alliance")
    )
