"""Screening in a browser: two people by keys alone, a conflict that a third resolves, and the flow as it goes."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from constellary.literature.screening import standing_of
from constellary.study.codebook import Codebook
from constellary.study.study import open_study
from tests.browser.conftest import Axe, Shot, Visit
from tests.browser.watching import Watch
from tests.needs import needs
from tests.served import Served, serving
from tests.workbench.literature import STAGE, make_review

WORKS = 7
"""Works that are to be screened: one of the eight is too old."""
QUICK = 0.1
"""Seconds within which the next work is there, its saving included."""


@pytest.fixture
def reviewed(tmp_path: Path, tiny_book: Codebook) -> Iterator[Served]:
    """A server on a study with a small review."""
    needs("chromium")
    make_review(tmp_path / "review.study", tiny_book)
    with serving(tmp_path / "review.study", tmp_path / "state") as served:
        yield served


def begin(page: Page, who: str) -> None:
    page.get_by_label("You screen as").fill(who)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(f"/literature/screening/{STAGE}/"))


def work(page: Page) -> str:
    return page.locator("form.screened").get_attribute("data-work") or ""


def press(page: Page, *keys: str) -> str:
    """Decide on a work by keys, and return which it was, once the next one is there."""
    here = work(page)
    for key in keys:
        page.keyboard.press(key)
    expect(page.locator("form.screened")).not_to_have_attribute("data-work", here)
    return here


def verdicts(served: Served, who: str) -> dict[str, tuple[str, str | None]]:
    with open_study(served.study) as study:
        found = study.literature.review().screenings
    return {one.record: (one.verdict, one.reason) for one in found if one.screener == who}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_two_people_screen_by_keys_alone_and_a_third_resolves_where_they_differ(
    reviewed: Served, visit: Visit, axe: Axe, shot: Shot, theme: str
) -> None:
    ada = visit(reviewed, "/literature/screening", theme=theme)
    axe(ada)
    shot(ada, f"screening-{theme}")
    begin(ada, "Ada")
    axe(ada)
    shot(ada, f"screening-desk-{theme}")
    expect(ada.locator("[data-said]")).to_have_text(f"0 of {WORKS} decided")
    done = [press(ada, *keys) for keys in (("i",), ("e", "2"), ("1",), ("m",))]
    expect(ada.locator("[data-said]")).to_have_text(f"4 of {WORKS} decided")
    assert verdicts(reviewed, "Ada") == {
        done[0]: ("include", None),
        done[1]: ("exclude", "no-study"),
        done[2]: ("exclude", "off-topic"),
        done[3]: ("maybe", None),
    }

    ben = visit(reviewed, "/literature/screening", theme=theme)
    begin(ben, "Ben")
    assert work(ben) == done[0]
    assert "Ada" not in ben.content()
    ben.keyboard.press("n")
    ben.keyboard.type("Of firms? i 1 <b>x</b>")
    ben.keyboard.press("Escape")
    expect(ben.locator("[data-saved]")).to_have_text(re.compile("^saved"))
    for keys in (("1",), ("e", "2"), ("1",), ("i",)):
        press(ben, *keys)

    cleo = visit(reviewed, "/literature/conflicts", theme=theme)
    axe(cleo)
    shot(cleo, f"conflicts-{theme}", full=True)
    conflict = cleo.locator(".conflict-of")
    expect(conflict).to_have_count(2)
    expect(conflict.first).to_contain_text("Ada")
    expect(conflict.first).to_contain_text("Of firms? i 1 <b>x</b>")
    cleo.keyboard.press("i")
    cleo.keyboard.type("it is about airlines")
    cleo.keyboard.press("Enter")
    expect(cleo.locator("#messages .message")).to_contain_text(f"{done[0]} resolved")
    expect(conflict).to_have_count(1)
    with open_study(reviewed.study) as study:
        standing = standing_of(study.literature.review())
    assert [standing[key].at for key in done] == ["full-text", STAGE, STAGE, STAGE]
    assert [standing[key].outcome for key in done] == ["open", "excluded", "excluded", "conflict"]

    cleo.goto(f"{reviewed.address}/literature")
    expect(cleo.locator("svg.flow")).to_contain_text("In conflict (n = 1)")
    expect(cleo.locator("#agreement table")).to_be_visible()
    axe(cleo)
    shot(cleo, f"review-{theme}", full=True)
    for path in ("records", "duplicates", "protocol", f"works/{done[0]}", "conflicts?state=resolved"):
        cleo.goto(f"{reviewed.address}/literature/{path}")
        axe(cleo)
        shot(cleo, f"review-{path.partition('/')[0].partition('?')[0]}-{theme}", full=True)


def test_the_flow_shows_what_was_decided_meanwhile_without_being_asked(
    reviewed: Served, visit: Visit
) -> None:
    page = visit(reviewed, "/literature")
    expect(page.locator("svg.flow")).to_contain_text(f"Not decided yet (n = {WORKS})")
    with open_study(reviewed.study) as study:
        first = study.literature.review().records[0].id
        for who in ("Ada", "Ben"):
            study.literature.screenings.decide(first, STAGE, who, "exclude", "off-topic")
    expect(page.locator("svg.flow")).to_contain_text("Off the topic (n = 1)", timeout=20_000)


def test_a_key_is_a_decision_at_once_and_u_takes_it_back(reviewed: Served, visit: Visit) -> None:
    page = visit(reviewed, "/literature/screening")
    begin(page, "Ada")
    took = []
    first = work(page)
    for _ in range(4):
        here = work(page)
        start = time.perf_counter()
        page.keyboard.press("i")
        page.wait_for_function(
            "(was) => document.querySelector('form.screened').dataset.work !== was", arg=here
        )
        took.append(time.perf_counter() - start)
    assert min(took) < QUICK
    last = work(page)
    page.keyboard.press("u")
    expect(page.locator("form.screened")).not_to_have_attribute("data-work", last)
    expect(page.locator("[data-saved]")).to_have_text("taken back")
    assert len(verdicts(reviewed, "Ada")) == 3
    expect(page.locator("[data-say][aria-pressed='true']")).to_have_count(0)
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(150)
    expect(page.locator("form.screened")).to_have_attribute("data-work", first)
    expect(page.locator("[data-say='include']")).to_have_attribute("aria-pressed", "true")
    press(page, "2")
    assert verdicts(reviewed, "Ada")[first] == ("exclude", "no-study")


def test_letters_in_the_note_decide_nothing_and_keys_can_be_turned_off(
    reviewed: Served, visit: Visit
) -> None:
    page = visit(reviewed, "/literature/screening")
    begin(page, "Ada")
    here = work(page)
    page.keyboard.press("n")
    page.keyboard.type("i m 1 2 e")
    page.keyboard.press("Escape")
    expect(page.locator("[data-saved]")).to_have_text(re.compile("^saved"))
    assert work(page) == here
    assert verdicts(reviewed, "Ada") == {}
    page.keyboard.press("?")
    page.get_by_label("Use single keys on this page").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("i")
    page.wait_for_timeout(200)
    assert work(page) == here
    page.get_by_role("button", name="Include").click()
    expect(page.locator("form.screened")).not_to_have_attribute("data-work", here)


def test_a_server_that_goes_away_loses_no_verdict(
    reviewed: Served, visit: Visit, watches: list[Watch]
) -> None:
    page = visit(reviewed, "/literature/screening")
    begin(page, "Ada")
    watches[-1].allow("ERR_FAILED")
    here = work(page)
    gone = True

    def answer(route: Route) -> None:
        if gone and route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/literature/**", answer)
    page.keyboard.press("i")
    expect(page.locator("[data-trouble]")).to_be_visible()
    assert work(page) == here
    gone = False
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("form.screened")).not_to_have_attribute("data-work", here)
    assert verdicts(reviewed, "Ada") == {here: ("include", None)}


def test_duplicates_are_answered_by_one_key_each_and_undone(reviewed: Served, visit: Visit, axe: Axe) -> None:
    page = visit(reviewed, "/literature/duplicates")
    expect(page.locator(".pair")).to_have_count(1)
    axe(page)
    page.keyboard.press("s")
    expect(page.locator("#messages .message")).to_contain_text("the same work")
    expect(page.locator(".groups-of li")).to_have_count(1)
    page.locator("#messages").get_by_role("button", name="Undo").click()
    expect(page.locator(".pair")).to_have_count(1)
    page.keyboard.press("a")
    expect(page.locator("#messages .message")).to_contain_text("two works")
    expect(page.locator(".pair")).to_have_count(0)


@pytest.mark.parametrize(
    "path", ["", "/records", "/duplicates", "/screening", "/conflicts", "/protocol", f"/screening/{STAGE}"]
)
def test_nothing_is_wider_than_a_phone(reviewed: Served, visit: Visit, path: str) -> None:
    page = visit(reviewed, f"/literature{path}", viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
