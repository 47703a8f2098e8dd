"""Coding in a browser: by keys alone, a second coder, a disagreement, its settlement; and a server that goes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from playwright.sync_api import Page, Route, expect

from constellary.coding.plan import SETTING, Plan, write_plan
from constellary.study.frames import Frames
from constellary.study.study import create_study, open_study
from tests.browser.conftest import Axe, Shot, Visit
from tests.browser.watching import Watch
from tests.needs import needs
from tests.served import Served, serving
from tests.study.conftest import batch_of
from tests.workbench.test_coding_settled import NAMES, small

UNITS = 10
QUICK = 0.1
"""Seconds within which the next unit is there, its saving included."""


@pytest.fixture
def uncoded(tmp_path: Path, automotive: Frames) -> Iterator[Served]:
    """A server on a study of some alliances whose imported codings nobody settled."""
    needs("chromium")
    path = tmp_path / "unsettled.study"
    with create_study(path, automotive.codebook) as study:
        study.take(batch_of(small(automotive)), who="tester")
        study.set(SETTING, write_plan(Plan(NAMES)), who="tester", summary="the plan")
    with serving(path, tmp_path / "state") as served:
        yield served


def begin(page: Page, who: str) -> None:
    page.get_by_label("You code as").fill(who)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/coding/units/"))


def unit(page: Page) -> str:
    return page.locator("form.unit").get_attribute("data-unit") or ""


def code(page: Page, *keys: str) -> str:
    """Answer the questions of a unit by keys, go on, and return which it was."""
    here = unit(page)
    for key in keys:
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator("form.unit")).not_to_have_attribute("data-unit", here)
    return here


def codings(served: Served, coder: str) -> dict[tuple[str, str], tuple[str | None, bool | None]]:
    with open_study(served.study) as study:
        own = study.frames().codings.filter(pl.col("coder") == coder)
    return {(row[0], row[1]): (row[3], row[4]) for row in own.rows()}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_two_people_code_by_keys_alone_and_a_third_settles_where_they_differ(
    uncoded: Served, visit: Visit, axe: Axe, shot: Shot, automotive: Frames, theme: str
) -> None:
    ada = visit(uncoded, "/coding", theme=theme)
    axe(ada)
    shot(ada, f"coding-{theme}")
    begin(ada, "Ada")
    axe(ada)
    shot(ada, f"coding-desk-{theme}")
    expect(ada.locator("[data-said]")).to_have_text("0 of 80 coded")
    first = unit(ada)
    done = [code(ada, "1", "0", "2", "u", "3") for _ in range(UNITS)]
    assert len(set(done)) == UNITS
    assert done[0] == first
    expect(ada.locator("[data-said]")).to_have_text(f"{UNITS} of 80 coded")
    expect(ada.locator("[data-saved]")).to_have_text(re.compile(r"^saved \d\d:\d\d$"))
    given = codings(uncoded, "Ada")
    names = NAMES
    assert set(given) == {(key, name) for key in done for name in names}
    values = {name: automotive.codebook.find(name).values for name in names}
    assert {given[key, names[0]][0] for key in done} == {values[names[0]][0]}
    assert {given[key, names[1]][0] for key in done} == {None}  # cannot be told
    assert {given[key, names[2]][0] for key in done} == {values[names[2]][1]}
    assert {given[key, names[3]] for key in done} == {(values[names[3]][2], False)}  # unsure

    ben = visit(uncoded, "/coding", theme=theme)
    begin(ben, "Ben")
    ben.goto(f"{uncoded.address}/coding/units/{first}")
    assert "Ada" not in ben.content()
    ben.keyboard.press("n")
    ben.keyboard.type("Two of them? 1 2 <b>x</b>")
    ben.keyboard.press("Escape")
    code(ben, "2", "0", "2", "3")

    cleo = visit(uncoded, "/coding/disagreements?pair=Ada%09Ben", theme=theme)
    axe(cleo)
    shot(cleo, f"coding-disagreements-{theme}", full=True)
    dispute = cleo.locator(".dispute")
    expect(dispute).to_have_count(1)
    expect(dispute).to_contain_text("Ada")
    expect(dispute).to_contain_text("Two of them? 1 2 <b>x</b>")
    cleo.keyboard.press("2")
    cleo.keyboard.type("the release names two")
    cleo.keyboard.press("Enter")
    expect(cleo.locator("#messages .message")).to_contain_text(f"{names[0]} of {first} adjudicated")
    with open_study(uncoded.study) as study:
        assert study.record("alliances", first).values[names[0]] == values[names[0]][1]
    cleo.goto(f"{uncoded.address}/coding/disagreements?pair=Ada%09Ben&state=settled")
    expect(cleo.locator(".dispute")).to_contain_text("the release names two")
    axe(cleo)
    cleo.locator("summary", has_text="How these codes came about").click()
    expect(cleo.locator(".changes-of li").last).to_contain_text("adjudication")
    cleo.goto(f"{uncoded.address}/coding/agreement")
    expect(cleo.locator("table.agreement")).to_be_visible()
    axe(cleo)
    shot(cleo, f"coding-agreement-{theme}", full=True)
    for path in ("agreed", "plan"):
        cleo.goto(f"{uncoded.address}/coding/{path}")
        axe(cleo)
        shot(cleo, f"coding-{path}-{theme}")


def test_going_back_shows_what_was_said_and_a_change_of_mind_is_kept(uncoded: Served, visit: Visit) -> None:
    page = visit(uncoded, "/coding")
    begin(page, "Ada")
    first = code(page, "1", "1", "1", "1")
    page.keyboard.press("Backspace")
    expect(page.locator("form.unit")).to_have_attribute("data-unit", first)
    expect(page.locator(".answers input:checked")).to_have_count(4)
    name = page.locator("fieldset[data-active]").get_attribute("data-question") or ""
    code(page, "2")
    with open_study(uncoded.study) as study:
        told = [item.row[3] for _, item in study.history.of_row("coding", [first, name, "Ada"])]
    assert len(set(told)) == len(told) == 2
    here = unit(page)
    page.keyboard.press("s")
    expect(page.locator("form.unit")).not_to_have_attribute("data-unit", here)
    page.go_back()
    expect(page.locator("form.unit")).to_have_attribute("data-unit", here)


def test_a_key_that_is_pressed_while_the_next_unit_comes_answers_that_unit(
    uncoded: Served, visit: Visit
) -> None:
    page = visit(uncoded, "/coding")
    begin(page, "Ada")
    first = unit(page)

    def slowly(route: Route) -> None:
        time.sleep(0.3)
        route.continue_()

    page.route("**/api/v1/coding/**", slowly)
    for key in ("1", "1", "1", "1", "Enter", "2"):
        page.keyboard.press(key)
    expect(page.locator("form.unit")).not_to_have_attribute("data-unit", first)
    second = unit(page)
    expect(page.locator(".answers input:checked")).to_have_count(1)
    page.keyboard.press("Backspace")  # the one key is kept with it
    expect(page.locator("form.unit")).to_have_attribute("data-unit", first)
    expect(page.locator(".answers input:checked")).to_have_count(4)
    given = codings(uncoded, "Ada")
    assert [key for key, _ in given].count(first) == 4
    assert [key for key, _ in given].count(second) == 1


def test_half_a_unit_is_kept_by_itself_and_the_keys_are_told(uncoded: Served, visit: Visit, axe: Axe) -> None:
    page = visit(uncoded, "/coding")
    begin(page, "Ada")
    page.keyboard.press("1")
    expect(page.locator("[data-saved]")).to_have_text(re.compile("^saved"), timeout=5000)
    assert len(codings(uncoded, "Ada")) == 1
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    axe(page)
    page.keyboard.press("2")  # no answer while the list of keys is open
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert len(codings(uncoded, "Ada")) == 1


def test_the_next_unit_is_there_at_once(uncoded: Served, visit: Visit) -> None:
    page = visit(uncoded, "/coding")
    begin(page, "Ada")
    took = []
    for _ in range(6):
        for key in "1111":
            page.keyboard.press(key)
        page.wait_for_timeout(300)  # nobody reads a unit faster
        here = unit(page)
        began = time.perf_counter()
        page.keyboard.press("Enter")
        page.wait_for_function("(old) => document.querySelector('form.unit').dataset.unit !== old", arg=here)
        took.append(time.perf_counter() - began)
    assert sorted(took)[len(took) // 2] < 10 * QUICK  # a busy machine is slow; the benchmark is stricter


def test_what_was_entered_stays_while_the_server_is_gone(
    uncoded: Served, visit: Visit, watches: list[Watch], shot: Shot
) -> None:
    page = visit(uncoded, "/coding")
    watches[-1].allow("ERR_")
    begin(page, "Ada")
    here = unit(page)
    page.keyboard.press("1")
    page.route("**/api/v1/coding/**", lambda route: route.abort())
    for key in "111":
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    expect(page.locator("[data-saved]")).to_have_text("not saved")
    shot(page, "coding-gone")
    assert unit(page) == here
    page.unroute("**/api/v1/coding/**")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-saved]")).to_have_text(re.compile("^saved"))
    expect(page.get_by_role("alert")).to_be_hidden()
    assert len(codings(uncoded, "Ada")) == 4


def test_a_unit_is_coded_without_scripts(uncoded: Served, visit: Visit, shot: Shot) -> None:
    page = visit(uncoded, "/coding", java_script_enabled=False)
    begin(page, "Ada")
    here = unit(page)
    for question in page.locator("fieldset.question").all():
        question.locator(".answers input").first.check()
    shot(page, "coding-plain", full=True)
    page.get_by_role("button", name="Save and next").click()
    assert unit(page) != here
    assert {key for key, _ in codings(uncoded, "Ada")} == {here}
