"""The protocol's words in a text: found as they are written, and never at the cost of the text or of time."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from constellary.literature.highlight import Part, marked, marked_lines


@given(st.text(), st.lists(st.text(max_size=8), max_size=4), st.lists(st.text(max_size=8), max_size=4))
def test_the_parts_together_are_the_text(text: str, terms: list[str], against: list[str]) -> None:
    assert "".join(part.text for part in marked(text, terms, against)) == text


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=20), min_size=1, max_size=4))
def test_the_parts_of_each_line_are_the_line(lines: list[str]) -> None:
    found = marked_lines(lines, ["a*", "b c"], ["0"])
    assert ["".join(part.text for part in line) for line in found] == lines


def test_a_star_stands_for_any_letters_and_a_word_without_one_for_itself() -> None:
    words = [
        part.text
        for part in marked("Ally, allies, alliance, ALLIANCES", ["alliance*", "ally"], [])
        if part.kind
    ]
    assert words == ["Ally", "alliance", "ALLIANCES"]
    assert marked("interorganisational", ["inter*ation*l"], [])[0].kind == "for"
    assert all(not part.kind for part in marked("a dalliance", ["alliance*"], []))


def test_a_phrase_is_found_over_any_white_space_and_the_longer_one_first() -> None:
    found = marked("a joint\n venture", ["joint", "joint venture*"], [])
    assert found == [Part("a ", ""), Part("joint\n venture", "for")]


def test_a_word_in_both_lists_warns() -> None:
    assert marked("review", ["review"], ["review"])[0].kind == "against"


def test_signs_of_patterns_are_letters_like_any_other() -> None:
    assert marked("R&D (C++)", ["(C++)", "R&D"], [])[0] == Part("R&D", "for")
    assert marked("aaa", ["a+", "[a]"], []) == [Part("aaa", "")]


def test_many_stars_and_an_endless_word_take_no_endless_time() -> None:
    start = time.process_time()
    marked("a" * 20_000, ["a*a*a*b"], [])
    assert time.process_time() - start < 20
