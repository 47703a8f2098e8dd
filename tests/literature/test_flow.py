"""The flow's numbers, against printed diagrams and against counts by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from constellary.errors import InputError, UnknownName
from constellary.literature.flow import Flow, flow
from constellary.literature.flow_sums import checks
from constellary.literature.protocol import Declared, Protocol, Reason, Search, Stage
from constellary.literature.review import Match, Resolution, Review
from tests.literature.screened_reviews import ARTICLE, article, record, same, screened


def numbers(found: Flow) -> dict[str, int]:
    return {one.box: one.count for one in found.counts()}


PRINTED = (
    ("identified", 118),
    ("removed:years", 81),
    ("entered:relevance-access", 37),
    ("excluded:relevance-access", 7),
    ("included", 30),
)
"""The flow of the review of 2024 as its text gives it."""


def test_the_flow_of_the_article_comes_out_of_its_records() -> None:
    found = flow(article())
    assert {box: numbers(found)[box] for box, _ in PRINTED} == dict(PRINTED)
    assert not found.declared
    assert not found.in_progress
    assert len(found.evidence("removed:years")) == 81
    assert any("PRISMA 2020 asks for the two to be told apart" in one for one in found.remarks)


def test_reasons_that_tell_of_retrieval_give_the_split_of_a_combined_box() -> None:
    review = article()
    given = tuple(
        one._replace(reason="access" if place < 3 else "relevance") if one.verdict == "exclude" else one
        for place, one in enumerate(review.screenings)
    )
    found = flow(replace(review, screenings=given, memory={}))
    assert numbers(found)["excluded:relevance-access"] == 7
    assert any("3 were not retrieved and 4 excluded" in one for one in found.notes)


def test_the_flow_of_the_article_comes_out_of_its_printed_numbers() -> None:
    told = tuple(Declared(box, count, "section 2") for box, count in PRINTED)
    review = Review(
        protocol=replace(ARTICLE, declared=told),
        planned=True,
        records=tuple(record(number) for number in range(30)),
        screenings=screened([f"r{number}" for number in range(30)], "relevance-access", "include"),
    )
    found = flow(review)
    assert {box: numbers(found)[box] for box, _ in PRINTED} == dict(PRINTED)
    assert {one.box: one.counted for one in found.counts()}["identified"] == 30
    assert {one.origin for one in found.counts() if one.box in dict(PRINTED)} == {"declared"}
    assert any("as printed (section 2)" in one for one in found.remarks)
    assert any("PRISMA 2020 asks for the two to be told apart" in one for one in found.remarks)


def test_what_declared_numbers_leave_is_derived() -> None:
    told = (Declared("identified", 118), Declared("removed:years", 81), Declared("included", 30))
    found = flow(Review(protocol=replace(ARTICLE, declared=told)))
    boxes = {one.box: one for one in found.counts()}
    assert boxes["entered:relevance-access"].count == 37
    assert boxes["excluded:relevance-access"].count == 7
    assert boxes["excluded:relevance-access"].origin == "derived"


TONY = Protocol(
    searches=(Search("wos", "Web of Science"), Search("scopus", "Scopus")),
    stages=(
        Stage("title", "Title"),
        Stage("abstract", "Abstract"),
        Stage("full-text", "Full text"),
    ),
)
LEVELS = (
    ("identified", 446),
    ("removed:duplicates", 105),
    ("entered:title", 341),
    ("excluded:title", 256),
    ("entered:abstract", 85),
    ("excluded:abstract", 64),
    ("entered:full-text", 21),
    ("excluded:full-text", 10),
    ("included", 11),
)
"""A published review's diagram: 446 - 105 = 341, 341 - 256 = 85, 85 - 64 = 21, 21 - 10 = 11."""


def test_a_published_diagram_adds_up_level_by_level() -> None:
    told = tuple(Declared(box, count) for box, count in LEVELS)
    texts = [one.text for one in checks(flow(Review(protocol=replace(TONY, declared=told))))]
    assert texts == ["446 - 105 = 341", "341 - 256 = 85", "85 - 64 = 21", "21 - 10 = 11"]


@pytest.mark.parametrize("wrong", [box for box, _ in LEVELS])
def test_a_figure_whose_sums_fail_is_refused_with_the_sum(wrong: str) -> None:
    told = tuple(Declared(box, count + (box == wrong)) for box, count in LEVELS)
    with pytest.raises(InputError, match=r"do not add up.* = \d+, not \d+"):
        flow(Review(protocol=replace(TONY, declared=told)))


def test_a_box_that_would_hold_fewer_than_none_is_refused() -> None:
    told = (Declared("identified", 10), Declared("included", 11))
    with pytest.raises(InputError, match="excluded: -1, fewer than none"):
        flow(Review(protocol=Protocol(stages=(Stage("title", "Title"),), declared=told)))


def test_a_declared_box_that_the_flow_does_not_have_is_met_with_near_ones() -> None:
    told = (Declared("exclude:title", 3),)
    with pytest.raises(UnknownName, match="excluded:title"):
        flow(Review(protocol=replace(TONY, declared=told)))


def test_reasons_that_do_not_sum_to_what_was_excluded_are_refused() -> None:
    stages = (Stage("full-text", "Full text", reasons=(Reason("topic", "Topic"), Reason("kind", "Kind"))),)
    told = (
        Declared("identified", 10),
        Declared("excluded:full-text", 5),
        Declared("excluded:full-text:topic", 2),
        Declared("excluded:full-text:kind", 2),
    )
    with pytest.raises(InputError, match=r"Reports excluded: 2 \+ 2 = 4, not 5"):
        flow(Review(protocol=Protocol(stages=stages, declared=told)))


def test_duplicates_are_told_by_who_found_them() -> None:
    """a = b by rules; c = a by a person, and d = c by rules: two by rules, one by a person."""
    records = tuple(record(number, search="") for number in range(5))
    matches = (
        same("r0", "r1"),
        same("r0", "r2", "ann"),
        same("r2", "r3"),
        Match("r3", "r4", "ask", "rules", "near"),
    )
    found = flow(Review(records=records, matches=matches))
    assert numbers(found)["removed:duplicates"] == 3
    assert found.evidence("removed:duplicates:rules") == ("r1", "r3")
    assert found.evidence("removed:duplicates:persons") == ("r2",)
    assert found.questions == 1
    assert found.in_progress


def test_a_work_found_in_a_database_and_otherwise_counts_in_the_database() -> None:
    protocol = Protocol(
        searches=(Search("wos", "Web of Science"), Search("snow", "Citation searching", other=True)),
        stages=(Stage("full-text", "Full text"),),
    )
    records = (record(0, "snow"), record(1, "wos"), record(2, "snow"))
    review = Review(
        protocol=protocol,
        records=records,
        matches=(same("r0", "r1"),),
        screenings=screened(["r1", "r2"], "full-text", "include"),
    )
    found = flow(review)
    boxes = numbers(found)
    assert (boxes["identified"], boxes["entered:full-text"]) == (1, 1)
    assert (
        boxes["other:identified"],
        boxes["other:removed:duplicates"],
        boxes["other:entered:full-text"],
    ) == (2, 1, 1)
    assert found.evidence("other:removed:duplicates:rules") == ("r0",)
    assert boxes["included"] == 2


def test_searches_that_are_repeated_show_what_was_there_before_as_previous_studies() -> None:
    protocol = Protocol(
        searches=(
            Search("wos", "Web of Science"),
            Search("wos2", "Web of Science", date="2026", updates="wos"),
        ),
        stages=(Stage("full-text", "Full text"),),
    )
    records = (record(0), record(1), record(2, "wos2"), record(3, "wos2"))
    review = Review(
        protocol=protocol,
        records=records,
        matches=(same("r1", "r3"),),
        screenings=screened(["r0", "r2"], "full-text", "include") + screened(["r1"], "full-text", "exclude"),
    )
    found = flow(review)
    boxes = numbers(found)
    assert (boxes["previous"], boxes["included"], boxes["total"]) == (1, 1, 2)
    assert (boxes["identified"], boxes["removed:duplicates"]) == (2, 1)
    assert not found.in_progress
    later = replace(review, records=(*records, record(4)), memory={})
    assert "1 work of earlier searches is not decided yet." in flow(later).remarks
    whole = numbers(flow(review, previous=False))
    assert (whole["identified"], whole["removed:duplicates"], whole["included"]) == (4, 1, 2)
    assert "previous" not in whole


def test_open_works_and_conflicts_are_told_and_resolved_ones_counted() -> None:
    stage = Stage("title", "Title", screeners=2, reasons=(Reason("topic", "Topic"), Reason("kind", "Kind")))
    records = tuple(record(number) for number in range(4))
    review = Review(
        protocol=Protocol(stages=(stage,)),
        records=records,
        screenings=(
            *screened(["r0", "r1", "r2"], "title", "include", screener="ann"),
            *screened(["r0", "r1"], "title", "exclude", "topic", screener="bob"),
        ),
        resolutions=(Resolution("r1", "title", "exclude", "kind", "cleo", "It is a review."),),
    )
    found = flow(review)
    boxes = numbers(found)
    assert (boxes["open:title"], boxes["conflict:title"], boxes["excluded:title:kind"]) == (2, 1, 1)
    assert any("2 works not decided yet, 1 work in conflict" in one for one in found.remarks)
    assert all(one.holds for one in checks(found))


def test_each_search_is_told_and_what_its_database_said_compared() -> None:
    protocol = replace(ARTICLE, searches=(*ARTICLE.searches, Search("scopus", "Scopus")))
    found = flow(
        replace(article(), protocol=protocol, records=(record(900, "", database="Dimensions"), record(901)))
    )
    boxes = numbers(found)
    assert (boxes["identified:wos"], boxes["identified:dimensions"]) == (1, 1)
    assert "identified:scopus" not in boxes
    assert any("said that it found 118; 1 record of this search" in one for one in found.remarks)


def test_an_empty_review_has_a_flow_of_zeros() -> None:
    found = flow(Review())
    assert set(numbers(found).values()) == {0}
    assert not found.in_progress
    assert found.tables()["flow"].height == len(list(found.counts()))
