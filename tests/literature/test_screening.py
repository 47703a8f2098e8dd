"""Where works stand: read off verdicts, maybes, reasons, rules and resolutions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from constellary.errors import UnknownName
from constellary.literature.protocol import Protocol, Reason, Stage
from constellary.literature.record import Record
from constellary.literature.review import Resolution, Review
from constellary.literature.screening import (
    Outcome,
    conflicts,
    included,
    queue,
    rule_against,
    shown_to,
    standing_of,
    standings,
)
from tests.literature.screened_reviews import record, same, screened

REASONS = (Reason("topic", "Topic"), Reason("kind", "Kind"))
TITLE = Stage("title", "Title", reasons=REASONS, screeners=2)
FULL = Stage("full-text", "Full text", reasons=REASONS)


def reviewed(*said: tuple[str, str, str | None], **more: object) -> Review:
    """Return a review of one work, r0, on which each of some people gave a verdict at the first stage."""
    verdicts = tuple(
        one for who, verdict, reason in said for one in screened(["r0"], "title", verdict, reason, who)
    )
    return Review(
        protocol=Protocol(stages=(replace(TITLE, **more), FULL)),  # type: ignore[arg-type]
        records=(record(0),),
        screenings=verdicts,
    )


@pytest.mark.parametrize(
    ("said", "outcome", "reason"),
    [
        ((), "open", None),
        ((("ann", "include", None),), "open", None),
        ((("ann", "include", None), ("bob", "include", None)), "included", None),
        ((("ann", "include", None), ("bob", "exclude", "kind")), "conflict", None),
        ((("ann", "maybe", None), ("bob", "maybe", None)), "conflict", None),
        ((("ann", "exclude", "kind"), ("bob", "exclude", "topic")), "excluded", "topic"),
        ((("ann", "exclude", "kind"), ("bob", "exclude", None)), "excluded", "kind"),
    ],
)
def test_a_stage_comes_to_what_its_verdicts_say(
    said: tuple[tuple[str, str, str | None], ...], outcome: Outcome, reason: str | None
) -> None:
    here = standings(reviewed(*said))[0].stages[0]
    assert (here.outcome, here.reason) == (outcome, reason)


def test_different_reasons_are_a_conflict_where_the_protocol_says_so() -> None:
    said = (("ann", "exclude", "kind"), ("bob", "exclude", "topic"))
    assert standings(reviewed(*said, same_reason=True))[0].outcome == "conflict"


def test_a_maybe_goes_on_where_the_protocol_says_so() -> None:
    review = reviewed(("ann", "maybe", None), ("bob", "include", None))
    onward = replace(review, protocol=replace(review.protocol, maybe="include"), memory={})
    assert standings(onward)[0].at == "full-text"


def test_a_resolution_settles_whatever_the_verdicts_were_and_leaves_them() -> None:
    review = reviewed(("ann", "include", None), ("bob", "exclude", "kind"))
    settled = replace(
        review, resolutions=(Resolution("r0", "title", "exclude", "topic", "cleo", "why"),), memory={}
    )
    here = standings(settled)[0].stages[0]
    assert (here.outcome, here.reason, len(here.verdicts)) == ("excluded", "topic", 2)
    assert not conflicts(settled)


@pytest.mark.parametrize(
    ("one", "rule"),
    [
        (Record(year=2017), "years"),
        (Record(year=2018), None),
        (Record(year=2023), None),
        (Record(year=2024), "years"),
        (Record(year=None), None),
        (Record(year=2020, language="de"), "languages"),
        (Record(year=2020, language="en"), None),
        (Record(year=2017, language="de"), "years"),
    ],
)
def test_rules_take_out_what_lies_outside_and_never_what_does_not_tell(one: Record, rule: str | None) -> None:
    assert rule_against(one, Protocol(years=(2018, 2023), languages=("en",))) == rule


def test_a_queue_holds_what_one_has_still_to_decide_in_the_order_that_is_wanted() -> None:
    review = Review(
        protocol=Protocol(stages=(TITLE, FULL)),
        records=tuple(record(at) for at in range(5)),
        screenings=(
            *screened(["r0", "r1"], "title", "include", None, "ann"),
            *screened(["r1", "r2"], "title", "include", None, "bob"),
        ),
    )
    assert queue(review, "title", "ann") == ("r2", "r3", "r4")
    assert queue(review, "title", "bob", order=("r4", "r0")) == ("r4", "r0", "r3")
    assert queue(review, "title", "cleo") == ("r0", "r2", "r3", "r4")  # r1 has its two already
    assert queue(review, "full-text", "ann") == ("r1",)
    with pytest.raises(UnknownName, match="full-text"):
        queue(review, "fulltext", "ann")


def test_verdicts_of_others_are_shown_once_a_work_is_settled_and_not_before() -> None:
    open_one = standings(reviewed(("ann", "include", None)))[0].stages[0]
    assert shown_to(open_one, "bob") == ()
    assert len(shown_to(open_one, "ann")) == 1
    settled = standings(reviewed(("ann", "include", None), ("bob", "include", None)))[0].stages[0]
    assert len(shown_to(settled, "cleo")) == 2


def test_verdicts_on_records_that_are_one_work_count_together() -> None:
    review = Review(
        protocol=Protocol(stages=(TITLE,)),
        records=(record(0), record(1)),
        matches=(same("r0", "r1"),),
        screenings=(
            *screened(["r0"], "title", "include", None, "ann"),
            *screened(["r1"], "title", "include", None, "bob"),
        ),
    )
    assert [work.id for work in included(review)] == ["r0"]
    assert list(standing_of(review)) == ["r0"]
