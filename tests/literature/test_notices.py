"""Titles taken apart: notices and what they are about, remarks of databases, parts, common titles."""

from __future__ import annotations

import pytest

from constellary.literature.notices import title_of

ABOUT = "alliances of car makers"


@pytest.mark.parametrize(
    ("title", "notice"),
    # Forms as databases print them; a title that merely begins with such a word is none.
    [
        ("Corrigendum to “Alliances of car makers” [J. Ind. 97 (2018) 150]", "correction"),
        ("Erratum: Alliances of car makers", "correction"),
        ("Erratum to: Alliances of car makers", "correction"),
        ("Author Correction: Alliances of car makers", "correction"),
        ("Publisher's correction: Alliances of car makers", "correction"),
        ("Alliances of car makers (vol 97, pg 150, 2018)", "correction"),
        ("Alliances of car makers (vol 97, 150, 2018)", "correction"),
        ("Alliances of car makers (Journal of Industry (2018) 97 (150-171))", "correction"),
        ("Addendum to: Alliances of car makers", "correction"),
        ("Retraction: Alliances of car makers", "retraction"),
        ("Retraction notice to “Alliances of car makers”", "retraction"),
        ("Expression of concern: Alliances of car makers", "concern"),
        ("Comment on “Alliances of car makers”", "comment"),
        ("Comments on: Alliances of car makers", "comment"),
        ("Alliances of car makers: Comment", "comment"),
        ("Alliances of car makers - Reply", "reply"),
        ("Alliances of car makers: a rejoinder", "reply"),
        ("Author's reply: Alliances of car makers", "reply"),
        ("Reply to “Alliances of car makers”", "reply"),
        ("Response to: Alliances of car makers", "reply"),
        ("RETRACTED ARTICLE: Alliances of car makers", None),
        ("Alliances of car makers. [Erratum appears in J Ind. 2019 Jan;98(1):7]", None),
        ("[Alliances of car makers]. [Review] [33 refs] [French]", None),
        ("Alliances of car makers", None),
    ],
)
def test_a_notice_is_told_from_what_it_is_about(title: str, notice: str | None) -> None:
    found = title_of(title)
    assert found.notice == notice
    assert found.target.startswith(ABOUT)


@pytest.mark.parametrize(
    "title",
    [
        "Correction of market failures by alliances",
        "Response to chemotherapy in older drivers",
        "Comments in code and their readers",
        "Retraction of needles",
        "Discussion of alliances in the press",
        "Alliances of car makers (a review)",
        "Reply rates of surveys",
    ],
)
def test_a_title_that_begins_like_a_notice_is_none(title: str) -> None:
    assert title_of(title).notice is None


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Alliances, part I", 1),
        ("Alliances. Part 2: networks", 2),
        ("Alliances: Part B", 2),
        ("Alliances III", 3),
        ("Alliances of the part makers", None),
        ("Vitamin I", 1),
        ("Alliances", None),
    ],
)
def test_the_part_of_a_series_is_a_number(title: str, part: int | None) -> None:
    assert title_of(title).part == part


COMMON = (
    "Editorial",
    "EDITORIAL.",
    "Book reviews",
    "Introduction",
    "Letter to the Editor",
    "[Untitled]",
    "Erratum",
)


@pytest.mark.parametrize("title", COMMON)
def test_titles_that_many_publications_bear_are_known(title: str) -> None:
    assert title_of(title).generic


def test_nothing_is_a_title_too() -> None:
    assert title_of(None).target == ""
    assert title_of("…").target == ""
