"""Tables in a browser: by the keyboard alone, as one types, and without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Axe, Shot, Visit
from tests.served import Served


def test_a_table_is_worked_in_by_the_keyboard(served: Served, visit: Visit, axe: Axe, shot: Shot) -> None:
    page = visit(served, "/alliances")
    expect(page.locator("tr[data-row][tabindex='0']")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator("tr[data-row]").nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator("tr[data-row]").last).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("row by row")
    axe(page)
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(r"page=2"))
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile(r"/alliances$"))
    shot(page, "alliances")


def test_rows_follow_what_is_typed_and_the_address_follows_too(served: Served, visit: Visit) -> None:
    page = visit(served, "/alliances?since=2020&sort=name")
    page.keyboard.press("/")
    page.keyboard.type("TOYOTA élec")
    said = page.locator("#listing-said")
    expect(said).to_contain_text(re.compile(r"^\s*\d+ of \d+ alliances"))
    expect(page).to_have_url(re.compile(r"since=2020&q=TOYOTA\+%C3%A9lec&sort=name"))
    expect(page.locator("#listing-search")).to_be_focused()
    page.keyboard.press("ArrowDown")
    first = page.locator("tr[data-row]").first
    expect(first).to_be_focused()
    name = first.locator("th").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator(".neighbours")).to_contain_text(re.compile(r"1 of \d\d?\b"))
    page.keyboard.press("n")
    expect(page.locator(".neighbours")).to_contain_text(re.compile(r"2 of \d\d?\b"))
    page.locator(".neighbours a", has_text="of").click()
    expect(page.locator("#listing-search")).to_have_value("TOYOTA élec")


def test_a_table_needs_no_scripts(served: Served, visit: Visit) -> None:
    page = visit(served, "/firms", java_script_enabled=False)
    page.get_by_label("Search all text of firms").fill("škoda")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile("q=%C5%A1koda"))
    page.locator("thead").get_by_role("link", name="Firm").first.click()
    expect(page.locator("thead th").first).to_have_attribute("aria-sort", "ascending")
    page.locator("tr[data-row] th a").first.click()
    expect(page.locator("h1")).not_to_have_text("Firms")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_page_of_a_firm_measures_its_position_while_one_reads(
    served: Served, visit: Visit, axe: Axe, shot: Shot, theme: str
) -> None:
    page = visit(served, "/firms/Toyota", theme=theme)
    expect(page.locator("#position table")).to_be_visible(timeout=60_000)
    axe(page)
    shot(page, f"firm-{theme}")
    page.locator(".years a").first.click()
    expect(page.locator("#drawer")).to_contain_text("12 alliances")
