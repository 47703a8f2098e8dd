"""The order of a queue: who learns from what, and what is said about stopping."""

import pytest

from constellary.errors import UnknownName
from constellary.literature.prioritised import hint_at, labels_of, next_order, ranked, worth_ranking
from constellary.literature.protocol import Protocol, Stage
from constellary.literature.ranking import TOO_FEW, WORTH
from constellary.literature.record import Record
from constellary.literature.review import Review, Screening
from constellary.literature.screening import queue

STAGES = (Stage("title", "Title", screeners=2, reason_needed=False), Stage("text", "Full text"))


def verdict(record: str, screener: str, word: str, stage: str = "title") -> Screening:
    return Screening(record, stage, screener, word, None, word, None)  # type: ignore[arg-type]


def review(works: int, *verdicts: Screening) -> Review:
    """Return a review of which each fifth work is on cars."""
    records = tuple(
        Record(
            id=f"w{number}", title=f"{'cars and makers' if number % 5 == 0 else 'whales and songs'} {number}"
        )
        for number in range(works)
    )
    return Review(Protocol(stages=STAGES), records=records, screenings=verdicts)


def test_the_queue_begins_with_what_is_most_promising() -> None:
    asked = review(WORTH, verdict("w0", "Ada", "include"), verdict("w1", "Ada", "exclude"))
    order = next_order(asked, "title", labels_of(asked, "title", "Ada"))
    assert queue(asked, "title", "Ada", order)[:3] == ("w5", "w10", "w15")
    assert len(order) == WORTH - 2


def test_below_what_is_worth_it_the_order_is_plain() -> None:
    asked = review(WORTH - 1, verdict("w0", "Ada", "include"), verdict("w1", "Ada", "exclude"))
    found = ranked(asked, "title", labels_of(asked, "title", "Ada"))
    assert not worth_ranking(asked, "title")
    assert (found.order[:2], found.scores, found.remarks) == (("w2", "w3"), None, (TOO_FEW,))


def test_a_ranking_learns_from_own_verdicts_and_what_is_settled_alone() -> None:
    asked = review(
        6,
        verdict("w0", "Ada", "include"),
        verdict("w0", "Bob", "include"),
        verdict("w1", "Bob", "exclude"),
        verdict("w2", "Ada", "maybe"),
        verdict("w3", "Ada", "exclude"),
        verdict("w3", "Bob", "include"),
    )
    assert labels_of(asked, "title", "Ada") == {"w0": True, "w2": True, "w3": False}
    assert labels_of(asked, "title", "Bob") == {"w0": True, "w1": False, "w3": True}
    assert labels_of(asked, "title", "Eve") == {"w0": True}


def test_only_works_that_have_reached_the_stage_are_ranked() -> None:
    settled = [verdict(f"w{n}", who, "include") for n in (0, 2, 5) for who in ("Ada", "Bob")]
    asked = review(10, *settled)
    assert ranked(asked, "text", {"w0": True}, least=0).order == ("w2", "w5")


def test_an_unknown_stage_is_an_error() -> None:
    with pytest.raises(UnknownName, match="stage 'texts'"):
        next_order(review(3), "texts", {})


def test_the_hint_goes_by_the_order_of_reading() -> None:
    words = ["include", "exclude", "include", *["exclude"] * 17]
    asked = review(20, *[verdict(f"w{number}", "Ada", word) for number, word in enumerate(words)])
    forwards = [f"w{number}" for number in range(20)]
    assert hint_at(asked, "title", "Ada", forwards).run == 17
    assert hint_at(asked, "title", "Ada", [*reversed(forwards), "gone"]).run == 0
    assert hint_at(asked, "title", "Bob", forwards).judged == 0
    assert hint_at(asked, "title", "Ada", forwards).total == 20


def test_what_others_settled_counts_as_read_before() -> None:
    asked = review(
        9, verdict("w0", "Bob", "include"), verdict("w0", "Eve", "include"), verdict("w4", "Ada", "exclude")
    )
    hint = hint_at(asked, "title", "Ada", ["w4"])
    assert (hint.judged, hint.run) == (2, 1)
