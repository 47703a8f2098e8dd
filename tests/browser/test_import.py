"""Import in a browser: files dropped, columns put right, taken in, undone; by the keyboard and without scripts too."""

from __future__ import annotations

import base64

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import Axe, Shot, Visit
from tests.served import Served

SLOW = 60_000
"""Milliseconds that reading may take on a busy machine."""
MISNAMED = (
    "Ref;Title of deal;Datum;Partner 1;Partner 2;Beweggrund;Land\n"
    "n1;First <b>deal</b>;2021-05;Ford;BMW;knowledge;Europe\n"
    "n2;Second;2020;Ford;Novum;profit;USA\n"
)
"""No header of its own for the id, the name and the place, and a motivation that the codebook does not have."""

DROP = """([name, text]) => {
    const moved = new DataTransfer();
    moved.items.add(new File([atob(text)], name, { type: "text/csv" }));
    for (const kind of ["dragover", "drop"]) {
        document.querySelector("main").dispatchEvent(
            new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: moved })
        );
    }
}"""


def dropped(page: Page, name: str, text: str) -> None:
    """Drop a file onto the page, as from a folder beside the browser."""
    page.evaluate(DROP, [name, base64.b64encode(text.encode()).decode()])


def is_read(page: Page) -> None:
    expect(page.locator(".import-grid").first).to_be_visible(timeout=SLOW)


def test_a_dropped_file_with_misnamed_columns_is_put_right_taken_in_and_undone(
    fresh: Served, visit: Visit, axe: Axe, shot: Shot, next_decision: int
) -> None:
    page = visit(fresh, "/import")
    axe(page)
    dropped(page, "deals.csv", MISNAMED)
    expect(page.locator(".chosen")).to_contain_text("deals.csv")
    expect(page.get_by_role("button", name="Read them")).to_be_focused()
    shot(page, "import-dropped")
    page.keyboard.press("Enter")
    is_read(page)
    axe(page)
    expect(page.get_by_label("Title of deal is")).to_have_value("")
    page.get_by_label("Ref is").select_option("id")
    page.get_by_label("Title of deal is").select_option(label="Name")
    page.get_by_label("Beweggrund is").select_option("motivation")
    page.get_by_label("Land is").select_option("place")
    page.get_by_role("button", name="Read again with 4 changes").click()
    problem = page.get_by_role("alert").filter(has_text="1 problem.")
    expect(problem).to_be_visible(timeout=SLOW)
    expect(page.locator("td.wrong")).to_contain_text("profit")
    shot(page, "import-problems", full=True)
    axe(page)
    page.get_by_label("Beweggrund is").select_option("-")
    page.get_by_role("button", name="Read again with 1 change").click()
    agree = page.get_by_role("button", name="Take it in")
    expect(agree).to_be_visible(timeout=SLOW)
    shot(page, "import-agree", full=True)
    axe(page)
    page.get_by_label("Why?").fill("first delivery")
    agree.click()
    expect(page.get_by_role("heading", name=f"Kept as decision {next_decision}")).to_be_visible()
    expect(page.get_by_role("link", name="First <b>deal</b>")).to_be_visible()
    shot(page, "import-taken")
    axe(page)
    page.locator("main").get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Taken back")).to_be_visible()
    axe(page)


def test_files_are_chosen_read_and_taken_in_without_scripts(
    fresh: Served, visit: Visit, next_decision: int
) -> None:
    page = visit(fresh, "/import", java_script_enabled=False)
    text = b"id,announced,partners\nn1,2021,Ford;BMW\n"
    page.get_by_label("Choose files").set_input_files(
        FilePayload(name="a.csv", mimeType="text/csv", buffer=text)
    )
    page.get_by_role("button", name="Read them").click()
    is_read(page)
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_role("heading", name=f"Kept as decision {next_decision}")).to_be_visible()


def test_an_import_is_cancelled_and_is_gone(fresh: Served, visit: Visit) -> None:
    page = visit(fresh, "/import")
    dropped(page, "deals.csv", MISNAMED)
    page.keyboard.press("Enter")
    is_read(page)
    other = visit(fresh, "/import")
    expect(other.get_by_role("link", name="deals.csv")).to_be_visible()
    page.get_by_role("button", name="Cancel import").click()
    expect(page.get_by_role("button", name="Read them")).to_be_visible()
    expect(page.get_by_role("link", name="deals.csv")).to_have_count(0)


def test_too_many_files_are_refused_before_they_are_sent(fresh: Served, visit: Visit) -> None:
    page = visit(fresh, "/import")
    many = [FilePayload(name=f"{number}.csv", mimeType="text/csv", buffer=b"x") for number in range(30)]
    page.get_by_label("Choose files").set_input_files(many)
    expect(page.get_by_role("alert")).to_contain_text("30 files; at most 20")
    expect(page.get_by_role("button", name="Read them")).to_be_disabled()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_fit_a_narrow_screen(fresh: Served, visit: Visit, axe: Axe, shot: Shot, theme: str) -> None:
    page = visit(fresh, "/import", theme=theme, viewport={"width": 400, "height": 800})
    page.get_by_text("Variables and categories of this study").click()
    axe(page)
    dropped(page, "deals.csv", MISNAMED)
    page.get_by_role("button", name="Read them").click()
    is_read(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    axe(page)
    shot(page, f"import-narrow-{theme}", full=True)
