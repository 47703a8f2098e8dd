"""Queues: what is open, what comes next, and what must stay hidden."""

from __future__ import annotations

import polars as pl

from constellary.coding.blindness import hides
from constellary.coding.plan import Plan
from constellary.coding.questions import KEYS, TAKEN, choices_of, questions_of
from constellary.coding.queue import Queue, queue_of
from constellary.coding.units import unit_of
from constellary.study.frames import Frames

PLAN = Plan(("form", "motivation", "focus", "place", "status"))


def test_going_on_from_unit_to_unit_comes_to_each_once() -> None:
    plan = Plan(("form",))
    queue = Queue(plan.units_of([str(number) for number in range(50)], "Ada"), ("form",))
    seen = []
    answered: dict[str, frozenset[str]] = {}
    unit = queue.next()
    while unit is not None:
        seen.append(unit)
        answered[unit] = frozenset({"form"})
        unit = Queue(queue.units, queue.questions, answered).next(unit)
    assert tuple(seen) == queue.units


def test_what_was_skipped_comes_again_after_all_others() -> None:
    queue = Queue(("a", "b", "c"), ("form",))
    assert queue.next("a") == "b"
    rest = Queue(("a", "b", "c"), ("form",), dict.fromkeys(("b", "c"), frozenset({"form"})))
    assert rest.next("c") == "a"
    assert rest.next("a") == "a"


def test_a_unit_is_done_when_everything_is_answered() -> None:
    queue = Queue(
        ("a", "b"), ("form", "place"), {"a": frozenset({"form"}), "b": frozenset({"form", "place"})}
    )
    assert (queue.open, queue.left("a"), queue.done, queue.begun) == (("a",), ("place",), 1, 1)
    assert (queue.given("form"), queue.given("place")) == (2, 1)


def test_one_can_go_back_to_the_beginning_and_no_further() -> None:
    queue = Queue(("a", "b"), ("form",))
    assert (queue.before("b"), queue.before("a"), queue.before("unknown")) == ("a", None, None)


def test_coded_as_missing_is_coded(automotive: Frames) -> None:
    missing = automotive.codings.filter(pl.col("value").is_null() & (pl.col("coder") == "coder_a"))
    alliance, variable = missing.select("alliance", "variable").row(0)
    assert variable in queue_of(automotive, PLAN, "coder_a").answered[alliance]


def test_what_a_coder_has_not_coded_is_hidden_and_nothing_else(automotive: Frames) -> None:
    rows = automotive.codings.select("alliance", "variable", "coder").rows()
    for coder in ("coder_a", "coder_b"):
        own = {(alliance, variable) for alliance, variable, name in rows if name == coder}
        brute = {(key, name) for key in automotive.alliances["id"] for name in PLAN.variables} - own
        hidden = hides(automotive, PLAN, coder)
        assert set(hidden) == brute
        assert len(hidden) == len(brute)
        cells = {(key, name) for key in automotive.alliances["id"] for name in PLAN.variables}
        assert {cell for cell in cells if cell in hidden} == brute
        key = next(iter(brute))[0]
        assert hidden.of(key) == {name for unit, name in brute if unit == key}


def test_nothing_is_hidden_from_who_does_not_code(automotive: Frames) -> None:
    hidden = hides(automotive, PLAN, "reader")
    assert len(hidden) == 0
    assert hidden.of(automotive.alliances["id"][0]) == frozenset()
    assert (automotive.alliances["id"][0], "form") not in hidden


def test_a_coder_whom_the_plan_names_sees_nothing_before_they_begin(automotive: Frames) -> None:
    plan = Plan(("form",), ("coder_a", "Cleo"))
    assert len(hides(automotive, plan, "Cleo")) == automotive.alliances.height
    assert len(hides(automotive, plan, "coder_b")) == 0


def test_a_unit_holds_none_of_its_codes(automotive: Frames) -> None:
    coded = [item.name for item in automotive.codebook.of_level("alliance") if item.categories]
    for key in automotive.alliances["id"].head(50):
        row = automotive.alliances.filter(pl.col("id") == key).row(0, named=True)
        shown = {text for _, text in unit_of(automotive, key).texts}
        assert not shown & {row[name] for name in coded}


def test_a_key_is_never_given_twice_nor_taken_from_another_use() -> None:
    choices = choices_of([(str(number), "", "") for number in range(60)])
    keys = [choice.key for choice in choices if choice.key]
    assert len(set(keys)) == len(keys) == len(KEYS)
    assert not set(keys) & set(TAKEN)
    assert len(choices) == 60


def test_categories_keep_the_order_of_the_codebook(automotive: Frames) -> None:
    for question in questions_of(automotive.codebook, PLAN.variables):
        values = tuple(choice.value for choice in question.choices)
        assert values == automotive.codebook.find(question.name).values
