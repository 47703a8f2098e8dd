"""Selections, checked by hand on the small study."""

from __future__ import annotations

import pytest

from constellary.errors import UnknownName, UsageError
from constellary.study.frames import Frames
from constellary.study.selection import select


def ids(frames: Frames, **limits: str) -> list[str]:
    return select(frames, **limits).alliances["id"].to_list()


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("purpose = network", ["a1", "a2"]),
        ("purpose = Network", ["a1", "a2"]),
        ("purpose != network", ["a3", "a4", "a6"]),
        ("not purpose = network", ["a3", "a4", "a6"]),
        ("purpose is missing", ["a5"]),
        ("purpose is not missing and size > 2", ["a2"]),
        ("purpose in (network, cost) and year = 2020", ["a2", "a3"]),
        ("purpose not in (network, cost)", ["a4"]),
        ("kind = 'Low cost'", ["a3", "a6"]),
        ("kind = low cost", ["a3", "a6"]),
        ("firm = IB", ["a1", "a2", "a4", "a6"]),
        ("firm = iberia and firm = Finnair", ["a1", "a2"]),
        ("routes = atlantic", ["a1", "a2"]),
        ("routes != atlantic", ["a4", "a5"]),
        ("routes in (rail, pacific)", ["a2", "a4", "a5"]),
        ("(year < 2020 or year >= 2022) and depth = codeshare", ["a1"]),
        ("mix = Air only", ["a1", "a2", "a6"]),
        ('name = "Alliance a3"', ["a3"]),
        ("PURPOSE = NETWORK and Size > 2", ["a2"]),
        ("Firm = iberia and FIRM = finnair", ["a1", "a2"]),
        ("", ["a1", "a2", "a3", "a4", "a5", "a6"]),
    ],
)
def test_a_condition_selects_the_alliances_that_fit(tiny: Frames, where: str, expected: list[str]) -> None:
    assert ids(tiny, where=where) == expected


def test_a_date_less_exact_than_the_limit_counts_as_inside_if_it_may_be(tiny: Frames) -> None:
    assert ids(tiny, since="2020-07") == ["a2", "a3", "a4", "a5"]
    assert ids(tiny, until="2020-06") == ["a1", "a2"]
    assert ids(tiny, since="2020", until="2021-01-31") == ["a2", "a3", "a4"]


def test_all_tables_follow_the_selection_but_firms_stay_whole(tiny: Frames) -> None:
    chosen = select(tiny, where="id = a1")
    assert chosen.partners["firm"].to_list() == ["Iberia", "Finnair"]
    assert chosen.sources.height == 2
    assert chosen.codings.height == 2
    assert chosen.firms.equals(tiny.firms)
    assert chosen.selection == "where id = a1"


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("purpose network", "= != < <= > >= in is expected"),
        ("purpose = ", "a value is expected"),
        ("(purpose = cost", r"'\)' is expected"),
        ("purpose = cost depth", "no category"),
        ("purpose = 'cost", "this cannot be read"),
        ("purpose = cost)", "'and' or 'or' is expected"),
        ("size = many", "whole number"),
        ("purpose = profit", "no category of 'purpose'"),
        ("aim = cost", "no variable 'aim'"),
        ("routes < a", "has no order"),
        ("(" * 60 + "size = 2" + ")" * 60, "nested more than"),
        ("size = 2 " * 400, "more than 2,000"),
    ],
)
def test_a_condition_that_cannot_be_understood_is_refused_in_words(
    tiny: Frames, where: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        select(tiny, where=where)


def test_a_limit_that_is_no_date_is_refused(tiny: Frames) -> None:
    with pytest.raises(UsageError, match="a date is written"):
        select(tiny, since="May 2021")


def test_an_unknown_category_names_its_neighbour(tiny: Frames) -> None:
    with pytest.raises(UnknownName, match="Did you mean network"):
        select(tiny, where="purpose = netwrk")


def test_a_firm_that_nobody_knows_is_refused_and_near_ones_are_named(tiny: Frames) -> None:
    with pytest.raises(UnknownName, match="Did you mean Iberia"):
        select(tiny, where="firm = Iberria")


def test_a_period_that_ends_before_it_begins_is_refused(tiny: Frames) -> None:
    with pytest.raises(UsageError, match="is after"):
        select(tiny, since="2022", until="2020")
    assert ids(tiny, since="2020-07", until="2020") == ["a2", "a3"]
