"""Hostile text in every field, on every page that can be reached: shown as it was typed, and nothing more."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.hostile import SCRIPT, TAG, TEMPLATE, hostile_study
from tests.needs import needs
from tests.served import serving

MOST = 120
"""Pages to look at; the kinds of pages are far fewer."""
OF_EACH = 2
"""Pages to look at of each kind: the same path but for what stands for a firm, an alliance, a number."""


LINKS = """all => all
  .map(a => new URL(a.getAttribute("href"), location.href))
  .filter(to => to.origin === location.origin)
  .map(to => to.pathname + to.search)"""
"""The addresses of links, those in drawings included, that stay here."""
DANGEROUS = """all => all
  .map(a => a.getAttribute("href") ?? a.getAttribute("xlink:href") ?? "")
  .filter(to => /^\\s*(javascript|data|vbscript):/i.test(to))"""


def kind(address: str) -> str:
    """Return what pages of one kind share: path without names and numbers, and which parameters there are."""
    split = urlsplit(address)
    path = "/".join(part if re.fullmatch(r"[a-z-]*", part) else "*" for part in split.path.split("/"))
    return f"{path}?{'&'.join(sorted({key for key, _ in parse_qsl(split.query)}))}"


def walk(page: Page, here: str) -> list[str]:
    """Follow all links within the server that lead to pages, a few of each kind; return what was opened."""
    waiting, known, seen = ["/"], {"/"}, dict[str, int]()
    opened: list[str] = []
    while waiting and len(opened) < MOST:
        address = waiting.pop(0)
        if seen.get(kind(address), 0) >= OF_EACH:
            continue
        seen[kind(address)] = seen.get(kind(address), 0) + 1
        page.goto(here + address)
        opened.append(address)
        harmless(page)
        links: list[str] = page.eval_on_selector_all("a[href]:not([download])", LINKS)
        for link in links:
            if link not in known and not re.search(r"\.(svg|png|pdf|csv|xlsx|json|gexf|zip)(\?|$)", link):
                known.add(link)
                waiting.append(link)
    return opened


def harmless(page: Page) -> None:
    """Fail if any of the texts became more than text."""
    assert page.locator("img[src=x], [onerror], [onmouseover]").count() == 0, page.url
    dangerous = page.eval_on_selector_all("a", DANGEROUS)
    assert dangerous == [], page.url
    assert "49$49" not in page.content(), f"{page.url}: a template was run"


@pytest.mark.parametrize("theme", ["dark"])
def test_hostile_text_is_shown_as_typed_on_every_page(visit: Visit, tmp_path: Path, theme: str) -> None:
    needs("chromium")
    study = hostile_study(tmp_path / "hostile.study")
    with serving(study, tmp_path / "state", "--by", f"Ada {TAG}{SCRIPT}") as served:
        page = visit(served, "/", theme=theme)
        opened = walk(page, served.address)
        kinds = {kind(address) for address in opened}
        assert {"/alliances?", "/firms?", "/sources?", "/log?", "/give?", "/figures?"} <= kinds, sorted(kinds)
        page.goto(f"{served.address}/alliances")
        shown = page.locator("main").inner_text()
        assert f"Alliance 1 {TAG}{SCRIPT} {TEMPLATE}" in shown
        page.context.close()
