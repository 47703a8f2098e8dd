"""Editing in a browser: rows that move, names that complete themselves, two people at one alliance, going back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Axe, Shot, Visit
from tests.browser.watching import Watch
from tests.served import Served

KEY = "amazon-zoox-2020"
PAGE = f"/alliances/{KEY}/edit"


def partners(page: Page) -> list[str]:
    return [field.input_value() for field in page.locator("input[name=partner]").all()]


def save(page: Page) -> Locator:
    page.click(".edit-foot button.primary")
    return page.locator("#messages .message")


def test_an_alliance_is_edited_saved_and_undone(
    fresh: Served, visit: Visit, axe: Axe, shot: Shot, next_decision: int
) -> None:
    page = visit(fresh, f"/alliances/{KEY}")
    page.get_by_role("link", name="Edit", exact=True).click()
    axe(page)
    shot(page, "edit-alliance")
    page.get_by_label("Name", exact=True).fill("Zoox goes to Amazon")
    page.get_by_role("group", name="Place").get_by_label("Europe").check()
    page.get_by_role("button", name="Move partner 2 up").click()
    assert partners(page) == ["Zoox", "Amazon", ""]
    expect(page.get_by_role("button", name="Move partner 1 up")).to_be_disabled()
    page.locator("input[name=partner]").last.press_sequentially("volvo g")
    expect(page.locator("#firm-names option")).to_have_attribute("value", "Volvo Group")
    page.locator("input[name=partner]").nth(2).fill("Volvo Group")
    assert partners(page) == [
        "Zoox",
        "Amazon",
        "Volvo Group",
        "",
    ]  # there is always an empty row to go on with
    page.get_by_role("button", name="Take partner 2 out").click()
    page.get_by_label("Why?").fill("read anew")
    message = save(page)
    expect(page).to_have_url(re.compile(f"/alliances/{KEY}$"))
    expect(message).to_contain_text(f"Saved as decision {next_decision}: name, place, partners of {KEY}.")
    shot(page, "edit-saved")
    message.get_by_role("button", name="Undo").click()
    expect(page.locator("h1")).to_have_text("Amazon acquisition of Zoox")
    expect(page.locator("#messages")).to_contain_text(f"undo of {next_decision}")


def test_everything_works_without_a_pointer_and_enter_saves(fresh: Served, visit: Visit) -> None:
    page = visit(fresh, PAGE)
    page.get_by_label("Name", exact=True).focus()
    page.keyboard.press("End")
    page.keyboard.type(" again")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Amazon acquisition of Zoox again")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_of_two_at_one_alliance_the_second_chooses(
    fresh: Served, visit: Visit, watches: list[Watch], axe: Axe, shot: Shot, theme: str, next_decision: int
) -> None:
    first = visit(fresh, PAGE, theme=theme)
    second = visit(fresh, PAGE, theme=theme)
    watches[-1].allow("409")
    first.get_by_label("Name", exact=True).fill("Theirs")
    first.get_by_role("group", name="Place").get_by_label("Europe").check()
    expect(save(first)).to_contain_text("Saved")
    second.get_by_label("Name", exact=True).fill("Mine")
    second.get_by_role("group", name="Motivation").get_by_label("Services").check()
    save(second)
    expect(second.get_by_role("alert")).to_contain_text("Nothing was saved yet")
    axe(second)
    shot(second, f"edit-conflict-{theme}")
    row = second.get_by_role("row", name=re.compile("^Name both changed it"))
    expect(row).to_contain_text("Amazon acquisition of Zoox")
    row.get_by_label("Mine").check()
    expect(save(second)).to_contain_text(f"Saved as decision {next_decision + 1}: name, motivation")
    expect(second.locator("h1")).to_have_text("Mine")


def test_problems_stand_beside_their_fields(
    fresh: Served, visit: Visit, watches: list[Watch], axe: Axe, shot: Shot
) -> None:
    page = visit(fresh, PAGE)
    watches[-1].allow("422")
    page.get_by_role("textbox", name="Announced").fill("May")
    page.locator("input[name=partner]").last.fill("Amazn")
    page.get_by_label("Address of source 1", exact=True).fill("javascript:alert(1)")
    save(page)
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("textbox", name="Announced")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("textbox", name="Announced")).to_have_accessible_description(
        re.compile("A date is written")
    )
    expect(page.locator("#partners")).to_contain_text("There is no firm 'Amazn' yet")
    axe(page)
    shot(page, "edit-problems")
    page.get_by_role("textbox", name="Announced").fill("2020-06")
    page.get_by_role("button", name="Take partner 3 out").click()
    page.get_by_label("Address of source 1", exact=True).fill("https://example.org/zoox")
    expect(save(page)).to_contain_text("Saved")


def test_unsaved_text_is_not_lost_by_leaving(fresh: Served, visit: Visit) -> None:
    page = visit(fresh, PAGE)
    asked = "() => !window.dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    assert page.evaluate(asked) is False
    page.get_by_label("Name", exact=True).press_sequentially("x")
    assert page.evaluate(asked) is True
    expect(save(page)).to_contain_text("Saved")


def test_one_decision_is_taken_back_from_the_history(
    fresh: Served, visit: Visit, axe: Axe, shot: Shot, next_decision: int
) -> None:
    page = visit(fresh, PAGE)
    page.get_by_label("Name", exact=True).fill("Other")
    save(page)
    page.goto(fresh.address + "/firms/BMW/edit")
    page.get_by_label("Country").fill("AT")
    expect(save(page)).to_contain_text(f"Saved as decision {next_decision + 1}")
    page.goto(fresh.address + "/log")
    axe(page)
    entry = page.locator(f"#decision-{next_decision}")
    entry.get_by_text("Take back …").click()
    entry.get_by_label("Why?").fill("the old name was right")
    shot(page, "log")
    entry.get_by_role("button", name=f"Take back {next_decision} alone").click()
    expect(page.locator(f"#decision-{next_decision + 2}")).to_contain_text("the old name was right")
    expect(page.locator(f"#decision-{next_decision}")).to_contain_text("taken back")
    page.locator(f"#decision-{next_decision} .of").click()
    expect(page.get_by_role("row", name=re.compile("^Name Amazon acquisition of Zoox Other"))).to_be_visible()
    axe(page)
    shot(page, "decision")
