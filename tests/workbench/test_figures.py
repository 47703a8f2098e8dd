"""Figures and tables under filters: the report's numbers, their evidence, and what takes long."""

from __future__ import annotations

import json
import re
from html import unescape
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from constellary.report import placed
from constellary.report.findings import find
from constellary.statistics.crosstab import crosstab
from constellary.study.study import open_study
from constellary.workbench import background
from constellary.workbench.background import Background, ready, soon
from constellary.workbench.filters import Filter
from constellary.workbench.moments import Moment
from constellary.workbench.shown import Order, shown_blocks, sorted_places
from constellary.workbench.written import chapter, crossing
from tests.workbench.pages_of import cells, whole

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from constellary.study.frames import Frames

FILTERS = [{}, {"since": "2021", "v.place": ["china", "usa"]}]
PART = {"HX-Request": "true"}


@pytest.mark.parametrize("chosen", FILTERS, ids=["all", "filtered"])
def test_a_page_shows_the_numbers_of_the_report(
    reader: TestClient, automotive: Frames, chosen: dict[str, object]
) -> None:
    query = urlencode(chosen, doseq=True)
    frames = (
        Filter(since="2021", facets=(("place", ("china", "usa")),)).of(automotive) if chosen else automotive
    )
    results = json.loads(json.dumps(find(frames).results({"frequency", "crosstab"})))
    motivations = list(results["frequency"]["motivation"]["categories"].values())
    shown = cells(whole(reader, f"/figures/motivations?{query}"), "motivations")
    assert [row[1:3] for row in shown[:-1]] == [
        [f"{one['count']:,}", f"{100 * one['share']:.1f}%"] for one in motivations
    ]
    crossed = results["crosstab"]["place"]["motivation"]["cells"]
    counted = [cell for line in crossed.values() for cell in line.values()]
    shown = cells(whole(reader, f"/figures/place-motivation?{query}"), "place-motivation-cells")
    assert [row[2] for row in shown] == [f"{one['count']:,}" for one in counted]
    assert [row[3] for row in shown] == [
        "–" if one["row_share"] is None else f"{100 * one['row_share']:.1f}%" for one in counted
    ]


def test_the_evidence_of_a_cell_is_what_the_crosstab_counts(reader: TestClient, automotive: Frames) -> None:
    result = crosstab(automotive, "place", "motivation")
    moment = Moment(1, automotive)
    written = crossing(moment, Filter(), "place", "motivation").result(30)
    by_title = {entry.title: list(entry.alliances) for entry in written.lists.values()}
    for cell in result.cells.iter_rows(named=True):
        if cell["count"]:
            title = f"{result.row_label}: {cell['row_label']}; {result.column_label}: {cell['column_label']}"
            assert by_title[title] == cell["evidence"]
    text = whole(reader, "/figures/place-motivation")
    link = unescape(
        re.findall(
            r'href="(/evidence\?section=place-motivation&amp;key=place-china-motivation-knowledge)"', text
        )[0]
    )
    found = re.findall(r'<h3><a href="/alliances/([^"]+)"', reader.get(link, headers=PART).text)
    expected = next(
        cell["evidence"]
        for cell in result.cells.to_dicts()
        if (cell["row"].lower(), cell["column"]) == ("china", "knowledge")
    )
    assert sorted(found) == expected


def test_evidence_is_a_part_for_the_drawer_and_a_page_for_a_link(reader: TestClient) -> None:
    part, page = (reader.get("/evidence?firm=Toyota", headers=headers).text for headers in (PART, {}))
    assert part.startswith("<header>")
    assert page.startswith("<!doctype html>")
    assert 'rel="noopener noreferrer nofollow"' in part
    assert reader.get("/evidence?firm=Nobody").status_code == 404
    assert reader.get("/evidence?section=growth&key=nonsense").status_code == 404


def test_a_chapter_that_takes_long_says_so_and_asks_again(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "constellary.workbench.figure_views.ready", lambda promised, _patience: promised.done()
    )
    address = "/figures/portfolios?since=2020-03"
    text = reader.get(address).text
    assert 'aria-busy="true" hx-get="/figures/portfolios?since=2020-03"' in text
    assert '<noscript><meta http-equiv="refresh"' in text
    assert "Firms by their number of alliances" in whole(reader, address)
    again = reader.get(address, headers=PART).text
    assert again.lstrip().startswith('<div class="section" id="section">')


def test_what_is_asked_for_twice_is_computed_once(tiny: Frames) -> None:
    moment, made, going = Moment(1, tiny), [], Event()

    def make(present: Moment) -> int:
        going.wait(5)
        made.append(present.number)
        return len(made)

    promised = [soon(moment, "x", make) for _ in range(5)]
    assert not ready(promised[0], 0.01)
    going.set()
    assert [one.result(5) for one in promised] == [1] * 5


def test_what_waits_is_dropped_when_the_study_changes(tiny: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "BACKGROUND", Background(1))
    going, made = Event(), []
    soon(Moment(1, tiny), "busy", lambda _present: going.wait(5))
    moment = Moment(1, tiny)
    waiting = soon(moment, "x", lambda _present: made.append(1))
    del moment
    going.set()
    assert waiting.exception(5) is not None
    assert made == []


def test_a_chapter_needs_no_constellation_unless_it_shows_one(
    demo_study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object) -> None:
        raise AssertionError("nobody needs the constellation here")

    monkeypatch.setattr(placed, "placed_constellation", refused)
    with open_study(demo_study, read_only=True) as study:
        moment = Moment(1, study.frames())
        for key in ("sample", "firms", "growth", "place-motivation", "agreement", "limits"):
            assert chapter(moment, Filter(), study, key).result(30).section is not None
        with pytest.raises(AssertionError):
            chapter(moment, Filter(), study, "groups").result(30)


def test_tables_are_sorted_by_value_with_missing_ones_last(automotive: Frames) -> None:
    rows = [("b", 2), ("a", None), ("C", 10)]
    assert sorted_places(rows, Order("t", 1)) == [0, 2, 1]
    assert sorted_places(rows, Order("t", 1, descending=True)) == [2, 0, 1]
    assert sorted_places(rows, Order("t", 0)) == [1, 0, 2]
    moment = Moment(1, automotive)
    written = crossing(moment, Filter(), "place", "motivation").result(30)
    assert written.section is not None
    blocks, _ = shown_blocks(written.section, Order("place-motivation-cells", 2, descending=True))
    table = next(
        block.table for block in blocks if block.table and block.table.key == "place-motivation-cells"
    )
    counts = [int(row[2].text) for row in table.body]
    assert counts == sorted(counts, reverse=True)
    assert table.heads[2].sorted == "descending"


def test_what_draws_is_loaded_by_pages_with_a_chart_alone(reader: TestClient) -> None:
    loading = {
        path
        for path in ("growth", "sample", "limits", "cross")
        if "charts.js" in whole(reader, f"/figures/{path}")
    }
    assert loading == {"growth", "cross"}
    assert "charts.js" not in whole(reader, "/against")


def test_nothing_under_a_filter_is_said_and_not_computed(reader: TestClient) -> None:
    text = reader.get("/figures/growth?where=size+%3E+900").text
    assert "No alliance under this filter" in text
    assert reader.get("/figures?where=size+%3E+900").status_code == 200


@pytest.mark.parametrize(
    ("path", "kind", "start"),
    [
        ("/figures/growth/partners.svg", "image/svg+xml", b"<svg"),
        ("/figures/growth/partners.png", "image/png", b"\x89PNG"),
        ("/figures/growth/form.csv", "text/csv; charset=utf-8", b"Form,n,"),
        ("/figures/cross/place-focus.svg?row=place&column=focus", "image/svg+xml", b"<svg"),
        ("/figures/frequency/status/status.csv", "text/csv; charset=utf-8", b"Status,n,"),
    ],
)
def test_figures_and_tables_can_be_taken_along(
    reader: TestClient, path: str, kind: str, start: bytes
) -> None:
    answer = reader.get(path)
    assert answer.headers["content-type"] == kind
    assert answer.content.startswith(start)
    assert reader.get(path.replace("figures/", "figures/none-")).status_code in (404, 422)


@pytest.mark.parametrize(
    "path",
    [
        "/figures/nothing",
        "/figures/frequency/nothing",
        "/figures/cross?row=nothing",
        "/figures/growth/none.svg",
    ],
)
def test_what_does_not_exist_is_not_found(reader: TestClient, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_the_same_is_said_in_python_and_as_a_command(reader: TestClient) -> None:
    text = unescape(whole(reader, "/figures/cross?row=place&column=focus&since=2021"))
    assert "cy.crosstab(study, 'place', 'focus', since='2021')" in text
    assert "constellary crosstab automotive.study place focus --since 2021" in text
