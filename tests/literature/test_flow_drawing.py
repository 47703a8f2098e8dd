"""The drawn flow: every text in its box, no box on another, no arrow through one, and the same bytes each time."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from defusedxml.ElementTree import fromstring

from constellary.errors import UnknownName
from constellary.literature.flow import Flow, flow
from constellary.literature.protocol import PLAIN, Declared, Protocol, Reason, Search, Stage
from constellary.literature.review import Review
from constellary.report.flow.files import KINDS, file_of
from constellary.report.flow.layout import PHASE_SIZE, Diagram, diagram
from constellary.report.flow.svg import flow_svg
from constellary.report.flow.texts import PAD, SIZE
from constellary.report.labels import text_width
from tests.literature.screened_reviews import article, record, same, screened

LONG = (
    "Not about alliances between firms of the automobile industry or of industries that supply it",
    "A" * 120,
    "汽车产业战略联盟研究不符合纳入标准的文献" * 4,
    '<script>alert("x")</script> & \x00\x1b[2J',
    "Conference abstract, editorial, erratum, book review or another publication without findings",
    "No motivation",
    "Studies a single firm and not a tie between two or more of them",
    "Published before",
)


def eight_reasons(*, other: bool = False, living: bool = False) -> Review:
    reasons = tuple(Reason(f"r{number}", label) for number, label in enumerate(LONG))
    stages = (
        Stage("title", "Title", reasons=reasons),
        Stage("abstract", "Abstract", reasons=reasons, screeners=2),
        Stage("access", "Access", kind="retrieval"),
        Stage(
            "full-text",
            "Full text of a label that is as long as labels get in the protocols of real reviews",
            reasons=reasons,
        ),
    )
    searches = [Search("wos", "Web of Science", date="2024"), Search("scopus", "Scopus", date="2024")]
    if living:
        searches.append(Search("wos2", "Web of Science", date="2026", updates="wos"))
    if other:
        searches.append(Search("snow", "Citation searching", date="2024", other=True))
        if living:
            searches.append(Search("snow2", "Citation searching", date="2026", updates="snow", other=True))
    names = [one.name for one in searches]
    records = tuple(record(number, names[number % len(names)]) for number in range(100))
    ids = [one.id for one in records]
    out = [
        verdict
        for number, one in enumerate(ids[:48])
        for verdict in screened([one], "title", "exclude", f"r{number % 8}")
    ]
    return Review(
        protocol=Protocol(searches=tuple(searches), stages=stages, years=(2018, None), languages=("en",)),
        records=records,
        matches=(same("r60", "r61"), same("r62", "r63", "ann")),
        screenings=(
            *out,
            *screened(ids[48:], "title", "include"),
            *screened(ids[48:], "abstract", "include"),
            *screened(ids[50:], "abstract", "include", screener="bob"),
            *screened(ids[52:], "access", "include"),
            *screened(ids[52:70], "full-text", "exclude", "r1"),
        ),
    )


FLOWS = {
    "article": lambda: flow(article()),
    "empty": lambda: flow(Review()),
    "no stages": lambda: flow(Review(protocol=Protocol())),
    "two databases": lambda: flow(eight_reasons()),
    "other methods": lambda: flow(eight_reasons(other=True)),
    "living": lambda: flow(eight_reasons(living=True)),
    "living with other methods": lambda: flow(eight_reasons(other=True, living=True)),
}


@pytest.fixture(params=FLOWS, scope="module")
def found(request: pytest.FixtureRequest) -> Flow:
    made: Flow = FLOWS[request.param]()
    return made


@pytest.fixture(scope="module")
def placed(found: Flow) -> Diagram:
    return diagram(found)


def test_boxes_and_headings_do_not_touch_and_stay_on_the_page(placed: Diagram) -> None:
    taken = [(box.x, box.y, box.right, box.bottom) for box in placed.boxes]
    taken += [(one.x, one.y, one.x + one.width, one.y + 10 * len(one.lines)) for one in placed.headings]
    taken += [(0, one.y, 16, one.y + one.height) for one in placed.phases]
    for one, other in combinations(taken, 2):
        apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
        assert apart, (one, other)
    for left, top, right, bottom in taken:
        assert left >= 0
        assert top >= 0
        assert right <= placed.width
        assert bottom <= placed.height


def test_every_line_fits_its_box_and_every_phase_its_stripe(placed: Diagram) -> None:
    for box in placed.boxes:
        for line in box.lines:
            wide = text_width(line.text, SIZE, bold=line.manner == "head")
            assert line.indent + wide <= box.width - 2 * PAD + 0.01, line.text
    for phase in placed.phases:
        assert text_width(phase.text, PHASE_SIZE, bold=True) < phase.height


def test_arrows_run_between_boxes_and_through_none(placed: Diagram) -> None:
    for points in placed.arrows:
        for (x, y), (u, v) in pairwise(points):
            for box in placed.boxes:
                inside = (
                    max(x, u) > box.x + 0.01
                    and min(x, u) < box.right - 0.01
                    and max(y, v) > box.y + 0.01
                    and min(y, v) < box.bottom - 0.01
                )
                assert not inside, (points, box.key)


def test_the_drawing_is_sound_xml_that_says_itself_in_words(found: Flow) -> None:
    svg = flow_svg(found)
    tree = fromstring(svg)
    at = "{http://www.w3.org/2000/svg}"
    assert tree.get("role") == "img"
    assert f"{found.included.label}: {found.included.count:,}" in tree.findtext(f"{at}desc")
    assert "<script" not in svg
    drawn = {group.get("data-box") for group in tree.iter(f"{at}g")} - {None}
    assert drawn <= {one.box for one in found.counts()} | {"removed", "other:removed"}
    assert flow_svg(found) == svg


def test_of_very_many_reasons_the_last_are_taken_together() -> None:
    reasons = tuple(Reason(f"r{number}", f"Reason {number}") for number in range(100))
    records = tuple(record(number) for number in range(100))
    out = [one for number in range(100) for one in screened([f"r{number}"], "title", "exclude", f"r{number}")]
    stages = (Stage("title", "Title", reasons=reasons),)
    svg = flow_svg(flow(Review(protocol=Protocol(stages=stages), records=records, screenings=tuple(out))))
    assert "76 others, each in the table (n = 76)" in svg
    assert "Reason 23 (n = 1)" in svg


def test_a_box_may_lead_somewhere() -> None:
    svg = flow_svg(flow(Review()), links={"included": "/literature?in=1&x"})
    assert '<a href="/literature?in=1&amp;x">' in svg


def test_what_is_open_is_drawn_with_a_broken_line() -> None:
    assert "stroke-dasharray" in flow_svg(flow(eight_reasons()))
    assert "stroke-dasharray" not in flow_svg(flow(article()))


def test_told_numbers_bear_a_dagger_and_the_note_stands_beneath() -> None:
    told = (Declared("identified", 10, "page 3"), Declared("included", 10))
    svg = flow_svg(flow(Review(protocol=replace(PLAIN, declared=told))))
    assert "(n = 10†)" in svg
    assert "as printed (page 3)" in svg


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_file_is_what_it_says_and_the_same_each_time(kind: str) -> None:
    made = file_of(flow(article()), kind)
    begins = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "csv": b"box,label", "json": b"{"}
    assert made.startswith(begins[kind])
    assert file_of(flow(article()), kind) == made


def test_the_numbers_as_json_are_those_of_the_flow() -> None:
    said = json.loads(file_of(flow(article()), "json"))
    assert said["numbers"]["boxes"]["included"]["count"] == 30


def test_another_kind_is_met_with_those_that_there_are() -> None:
    with pytest.raises(UnknownName, match="svg"):
        file_of(flow(Review()), "gif")
