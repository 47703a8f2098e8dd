"""Evidence beside the page: by mouse and by keyboard, from bars, cells and text, and back again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Axe, Shot, Visit
from tests.served import Served

PAGES = [
    "/figures",
    "/figures/growth",
    "/figures/portfolios",
    "/figures/place-motivation",
    "/figures/constellation",
    "/figures/agreement",
    "/figures/groups",
    "/against",
    "/against/published",
    "/figures/cross",
    "/figures/frequency/type",
    "/figures/sample?where=size%3E900",
    "/evidence?firm=Toyota",
]

BESIDE = {"/figures/growth", "/against"}
"""Where the evidence is looked at beside the page."""


def drawn(page: Page) -> None:
    """Wait until a page is written and its charts are drawn."""
    expect(page.locator("[aria-busy]")).to_have_count(0, timeout=30_000)
    charts = page.locator("[data-island=chart]")
    expect(page.locator("[data-island=chart][data-drawn]")).to_have_count(charts.count())


def test_a_bar_opens_its_alliances_and_everything_leads_back(
    served: Served, visit: Visit, shot: Shot
) -> None:
    page = visit(served, "/figures/growth")
    drawn(page)
    # Colour and dash of the fitted shapes are one legend.
    expect(page.locator("#figure-growth svg text", has_text="Constant")).to_have_count(1)
    drawer, title = page.locator("#drawer"), page.locator("#drawer h2")
    page.locator(".leads[aria-label^='3 partners']").click()
    expect(title).to_have_text("Alliances of 3 partners")
    expect(title).to_be_focused()
    expect(page.locator(".leads[aria-current]")).to_have_count(1)
    shot(page, "evidence-of-a-bar")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(page.locator(".leads[aria-label^='3 partners']")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(title).to_have_text("Alliances of 4 partners")
    page.go_back()
    expect(drawer).to_be_hidden()
    assert page.url.endswith("/figures/growth")


def test_a_cell_opens_its_alliances_and_they_lead_to_their_pages(served: Served, visit: Visit) -> None:
    page = visit(served, "/figures/motivations?since=2021")
    drawn(page)
    cell = page.locator("#table-motivations a.evidence").first
    count = int(cell.inner_text())
    cell.click()
    expect(page.locator("#drawer header p")).to_contain_text(f"{count} alliances of: since 2021")
    page.locator("#drawer .entry h3 a").first.click()
    page.wait_for_url("**/alliances/*")
    page.go_back()
    # One comes back to where one read.
    expect(page.locator("#drawer h2")).to_be_visible()
    page.get_by_role("button", name="Close the evidence").click()
    expect(page.locator("#drawer")).to_be_hidden()


def test_a_table_is_sorted_in_its_place(served: Served, visit: Visit) -> None:
    page = visit(served, "/figures/growth")
    drawn(page)
    head = page.locator("#sort-form-2")
    head.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#table-form tbody th").first).to_have_text("Agreement")
    expect(page.locator("#table-form th[aria-sort=descending]")).to_have_text("n")
    assert "sort=-form.1" in page.url
    expect(head).to_be_focused()


def test_the_links_work_without_scripts(served: Served, visit: Visit) -> None:
    page = visit(served, "/figures/motivations", java_script_enabled=False)
    page.wait_for_selector("#table-motivations", timeout=30_000)
    page.locator("#table-motivations a.evidence").first.click()
    assert "/evidence?section=motivations" in page.url
    expect(page.locator("article")).not_to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_is_kept_out_of_figures_and_evidence(
    served: Served, visit: Visit, axe: Axe, shot: Shot, theme: str
) -> None:
    page = visit(served, "/evidence?firm=BMW", theme=theme)
    for path in PAGES:
        page.goto(served.address + path)
        drawn(page)
        axe(page)
        name = path.strip("/").split("?")[0].replace("/", "-")
        shot(page, f"{name}-{theme}", full=True)
        if path in BESIDE:
            page.locator("main a.evidence").first.click()
            expect(page.locator("#drawer [data-title]")).to_be_focused()
            axe(page)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_can_be_read_on_a_narrow_page(served: Served, visit: Visit, shot: Shot, theme: str) -> None:
    page = visit(served, "/figures/place-motivation", theme=theme, viewport={"width": 390, "height": 844})
    drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shot(page, f"figures-narrow-{theme}", full=True)
