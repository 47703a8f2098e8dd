"""Report and export: chosen on a page, made in the background, followed, cancelled and downloaded."""

from __future__ import annotations

from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Axe, Shot, Visit
from tests.served import Served

SLOW = 60_000
"""Milliseconds that a report may take on a busy machine."""


def test_a_report_is_chosen_followed_and_downloaded(fresh: Served, visit: Visit, shot: Shot) -> None:
    page = visit(fresh, "/give?v.place=china")
    expect(page.locator(".head .title")).to_contain_text("as filtered")
    page.get_by_label("One page").uncheck()
    page.get_by_label("Tables").check()
    page.get_by_role("button", name="Write the report").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    shot(page, "job-running")
    expect(page.get_by_role("link", name="job at work")).to_be_visible()
    download = page.get_by_role("link", name="Download automotive-report.zip")
    expect(download).to_be_visible(timeout=SLOW)
    expect(download).to_be_focused()
    shot(page, "job-done")
    with page.expect_download() as given:
        page.keyboard.press("Enter")
    assert given.value.suggested_filename == "automotive-report.zip"
    assert "automotive-report/tables.xlsx" in ZipFile(given.value.path()).namelist()


def test_a_job_goes_on_when_its_page_is_closed_and_is_found_again(fresh: Served, visit: Visit) -> None:
    page = visit(fresh, "/give")
    page.get_by_role("button", name="Gephi").click()
    page.close()
    other = visit(fresh, "/give")
    ready = other.get_by_role("link", name="Ready: Export: Gephi")
    expect(ready).to_be_visible(timeout=SLOW)  # the head of an open page tells of it by itself
    ready.click()
    expect(other.get_by_role("link", name="Download automotive.gexf")).to_be_visible()


def test_a_job_is_cancelled_and_leaves_nothing(fresh: Served, visit: Visit, axe: Axe) -> None:
    page = visit(fresh, "/give")
    page.get_by_role("checkbox", name="PDF for print").check()
    page.get_by_role("button", name="Write the report").click()
    axe(page)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("status").filter(has_text="cancelled")).to_contain_text("Nothing half done")
    page.get_by_role("link", name="Report and export").first.click()
    expect(page.get_by_role("link", name="at work")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/give", "/jobs"])
def test_the_pages_keep_nobody_out(
    served: Served, visit: Visit, axe: Axe, shot: Shot, theme: str, path: str
) -> None:
    page = visit(served, path, theme=theme)
    axe(page)
    shot(page, f"{path.strip('/')}-{theme}", full=True)
