"""Plans: who codes what, in an order of their own, and nothing lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.coding.plan import Plan, checked_plan, default_plan, read_plan, write_plan
from constellary.data import automotive_folder
from constellary.errors import InputError
from constellary.study.codebook import Codebook
from constellary.study.frames import Frames

UNITS = [f"unit-{number:03}" for number in range(200)]
THREE = Plan(("purpose",), ("Ada", "Ben", "Cleo"), "20%")


@given(
    st.lists(st.text(max_size=5), unique=True, max_size=30), st.text(min_size=1, max_size=5), st.integers()
)
def test_every_unit_comes_once_and_none_is_lost(units: list[str], coder: str, seed: int) -> None:
    assert sorted(Plan(("purpose",), seed=seed).units_of(units, coder)) == sorted(units)


def test_each_coder_has_an_order_of_their_own_which_a_seed_fixes() -> None:
    plan = Plan(("purpose",))
    ada, ben = plan.units_of(UNITS, "Ada"), plan.units_of(UNITS, "Ben")
    assert ada != ben
    assert ada == plan.units_of(UNITS, "Ada")
    assert ada != replace(plan, seed=1).units_of(UNITS, "Ada")
    places = {unit: place for place, unit in enumerate(ben)}
    apart = sum(abs(place - places[unit]) for place, unit in enumerate(ada)) / len(UNITS)
    assert apart > len(UNITS) / 5, "two random orders put a unit a third of the list apart, on average"


def test_the_order_of_the_list_is_kept_where_it_is_asked_for() -> None:
    assert Plan(("purpose",), order="list").units_of(UNITS, "Ada") == tuple(UNITS)


def test_a_share_is_coded_by_two_and_the_rest_by_one() -> None:
    counts = Counter(unit for coder in THREE.coders for unit in THREE.units_of(UNITS, coder))
    assert set(counts) == set(UNITS)
    assert Counter(counts.values()) == {1: 160, 2: 40}
    assert {unit for unit, count in counts.items() if count == 2} == THREE.doubles(UNITS)


def test_a_number_is_coded_by_two() -> None:
    assert len(replace(THREE, shared="7").doubles(UNITS)) == 7
    assert len(replace(THREE, shared="9999").doubles(UNITS)) == len(UNITS)


def test_a_unit_that_is_added_moves_nobodys_work_to_another() -> None:
    plan = replace(THREE, shared="0")
    for coder in plan.coders:
        before, after = plan.units_of(UNITS, coder), plan.units_of([*UNITS, "new"], coder)
        assert [unit for unit in after if unit != "new"] == list(before)


def test_a_plan_with_coders_has_nothing_for_others() -> None:
    assert THREE.units_of(UNITS, "Dora") == ()
    assert replace(THREE, shared="every").units_of(UNITS, "Dora") == ()
    assert set(replace(THREE, shared="every").units_of(UNITS, "Ben")) == set(UNITS)


def test_without_a_plan_whoever_begins_codes_every_single_choice(tiny_book: Codebook) -> None:
    plan = read_plan(None, tiny_book)
    assert plan == default_plan(tiny_book)
    singles = [item.name for item in tiny_book.of_level("alliance") if item.kind == "single"]
    assert list(plan.variables) == singles
    assert set(plan.units_of(UNITS, "anybody")) == set(UNITS)


def test_what_is_written_is_read(tiny_book: Codebook) -> None:
    variables = default_plan(tiny_book).variables
    plan = Plan(variables, ("Ada “A” Ö", "Ben\\"), "12.5%", "list", 7)
    assert read_plan(write_plan(plan), tiny_book) == plan


def test_all_that_is_wrong_with_a_plan_is_said_at_once(tiny_book: Codebook) -> None:
    with pytest.raises(InputError) as caught:
        checked_plan(Plan(("nothing",), ("Ada",), "20%", "random"), tiny_book)  # type: ignore[arg-type]
    said = str(caught.value)
    assert all(part in said for part in ("'nothing'", "'random'", "two or more"))


@pytest.mark.parametrize("shared", ["", "%", "-1", "1.5", "101%", "1e3", "٣", "x" * 100, "9" * 10])
def test_a_share_that_cannot_be_meant_is_refused(shared: str, tiny_book: Codebook) -> None:
    with pytest.raises(InputError):
        checked_plan(replace(THREE, variables=default_plan(tiny_book).variables, shared=shared), tiny_book)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"variables": "purpose"}', '{"variables": [1]}', "null"])
def test_a_text_that_is_no_plan_is_refused(text: str, tiny_book: Codebook) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_plan(text, tiny_book)


def test_the_open_data_come_with_a_plan_of_what_their_coders_coded(automotive: Frames) -> None:
    text = (automotive_folder() / "coding_plan.json").read_text(encoding="utf-8")
    plan = read_plan(text, automotive.codebook)
    assert write_plan(plan) == text
    assert set(plan.variables) == set(automotive.codings["variable"])
