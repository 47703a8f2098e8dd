"""Hostile text in every field, on every page that can be reached: shown as it was typed, and nothing more."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.walking import walk
from tests.hostile import SCRIPT, TAG, TEMPLATE, hostile_study
from tests.needs import needs
from tests.served import serving

DANGEROUS = """all => all
  .map(a => a.getAttribute("href") ?? a.getAttribute("xlink:href") ?? "")
  .filter(to => /^\\s*(javascript|data|vbscript):/i.test(to))"""


def harmless(page: Page) -> None:
    """Fail if any of the texts became more than text."""
    assert page.locator("img[src=x], [onerror], [onmouseover]").count() == 0, page.url
    dangerous = page.eval_on_selector_all("a", DANGEROUS)
    assert dangerous == [], page.url
    assert "49$49" not in page.content(), f"{page.url}: a template was run"


def test_hostile_text_is_shown_as_typed_on_every_page(visit: Visit, tmp_path: Path) -> None:
    needs("chromium")
    study = hostile_study(tmp_path / "hostile.study")
    with serving(study, tmp_path / "state", "--by", f"Ada {TAG}{SCRIPT}") as served:
        page = visit(served, "/")
        kinds = walk(page, served.address, harmless, of_each=2)
        assert {"/alliances", "/firms", "/sources", "/log", "/give", "/figures"} <= kinds, sorted(kinds)
        page.goto(f"{served.address}/alliances")
        shown = page.locator("main").inner_text()
        assert f"Alliance 1 {TAG}{SCRIPT} {TEMPLATE}" in shown
        page.context.close()
