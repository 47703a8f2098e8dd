"""What is said to whoever wonders whether to read on."""

import pytest

from constellary.literature.ranking import WORTH
from constellary.literature.stopping import RUN, stopping_hint

FOUND = [True] * 40


@pytest.mark.parametrize("judged", [0, 1, 70, 300, 640, 999])
def test_it_is_never_said_to_be_done_while_something_is_unread(judged: int) -> None:
    said = " ".join(stopping_hint((FOUND + [False] * 1000)[:judged], 1000).sentences).lower()
    assert said
    for word in ("done", "finished", "complete", "you can stop", "safe"):
        assert word not in said


def test_a_long_run_is_told_and_a_short_one_is_not() -> None:
    long, short = (" ".join(stopping_hint(FOUND + [False] * run, 2000).sentences) for run in (RUN, RUN - 1))
    assert f"The last {RUN} in a row were irrelevant." in long
    assert "in a row" not in short


def test_who_has_read_enough_is_told_how_strange_a_miss_would_be() -> None:
    hint = stopping_hint(FOUND + [False] * 700, 1000)
    assert hint.reached
    assert "would be strange (p = 0.0" in hint.sentences[-1]
    assert "not excluded" in hint.sentences[-1]


def test_who_has_found_nothing_is_not_told_that_all_is_found() -> None:
    hint = stopping_hint([False] * 990, 1000)
    assert hint.reached
    assert "read on" in hint.sentences[-1]


def test_on_a_small_review_the_advice_is_to_read_all() -> None:
    hint = stopping_hint(FOUND + [False] * 300, WORTH - 1)
    assert len(hint.sentences) == 1
    assert "read them all" in hint.sentences[0]


def test_what_is_all_read_needs_no_estimate() -> None:
    assert stopping_hint(FOUND, 40).sentences == ("All 40 works are judged.",)
    assert stopping_hint([], 40).sentences == ("Nothing is judged yet.",)
