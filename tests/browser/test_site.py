"""A published site opened from disk: no server, and still the picture, the search and the evidence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from constellary.study.study import open_study
from constellary.workbench.publish.about import About
from constellary.workbench.publish.site import write_site
from tests.browser.conftest import SIZE, Axe, Shot
from tests.browser.watching import Watch
from tests.needs import needs

KEPT = 25


@pytest.fixture(scope="module")
def site(demo_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a few alliances, as a folder."""
    needs("chromium")
    folder = tmp_path_factory.mktemp("site")
    path = folder / "small.study"
    shutil.copy(demo_study, path)
    with open_study(path) as study:
        for key in study.known_alliances()[KEPT:]:
            study.remove(key, who="somebody")
        write_site(study, folder / "out", about=About(("A. Author",), "2026", "CC-BY-4.0"))
    return folder / "out"


@pytest.fixture
def opened(browser: Browser, site: Path) -> Iterator[Page]:
    """The first page, in a browser that may ask nobody for anything."""
    context = browser.new_context(viewport=SIZE)  # type: ignore[arg-type]
    watch = Watch("file://")
    watch.over(context)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    yield page
    context.close()
    watch.check()


def test_a_reader_goes_from_the_first_page_to_the_sources_of_an_alliance(
    opened: Page, shot: Shot, axe: Axe
) -> None:
    expect(opened.get_by_text("A. Author (2026)")).to_be_visible()
    axe(opened, preload=False)  # from disk a page may not fetch its own style sheet
    shot(opened, "site-about")
    opened.get_by_role("link", name="Figures and tables", exact=True).click()
    opened.get_by_role("link", name="Motivation", exact=False).first.click()
    opened.locator("td a.evidence").first.click()
    drawer = opened.locator("#drawer")
    expect(drawer).to_be_visible()
    shot(opened, "site-evidence")
    drawer.locator(".entry h3 a").first.click()
    expect(opened.get_by_role("heading", name="How it is coded")).to_be_visible()
    assert opened.locator("a[href^='http']").count() > 0


def test_the_table_is_searched_without_a_server(opened: Page) -> None:
    opened.get_by_role("link", name="Alliances", exact=False).first.click()
    rows = opened.locator("tbody tr:visible")
    expect(rows).to_have_count(KEPT)
    opened.get_by_role("searchbox").fill("uber")
    expect(rows).not_to_have_count(KEPT)
    assert 0 < rows.count() < KEPT
    assert all("uber" in text.lower() for text in rows.all_inner_texts())


def test_the_constellation_is_drawn_and_found_in(opened: Page, shot: Shot, axe: Axe) -> None:
    opened.get_by_role("link", name="Constellation", exact=True).first.click()
    opened.locator("[data-ready='true']").first.wait_for()
    axe(opened, preload=False)  # from disk a page may not fetch its own style sheet
    opened.keyboard.press("/")
    opened.keyboard.type("amaz")
    expect(opened.get_by_role("option").first).to_contain_text("Amazon")
    shot(opened, "site-constellation")
    assert opened.locator("form[method='post']").count() == 0
