"""A walk over all pages that links lead to."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.workbench.routes import READING

MOST = 200
"""Pages to look at; the kinds of pages are far fewer."""
LINKS = """all => all
  .map(a => new URL(a.getAttribute("href"), location.href))
  .filter(to => to.origin === location.origin)
  .map(to => to.pathname + to.search)"""
"""The addresses of links, those in drawings included, that stay here."""
FILES = re.compile(r"\.(svg|png|pdf|csv|xlsx|json|gexf|zip)(\?|$)")
PATTERNS = {path: re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path) + "$") for path in READING}


def kind(address: str) -> str:
    """Return what pages of one kind share: their route; what none answers is a kind of its own."""
    path = urlsplit(address).path
    fitting = [route for route, pattern in PATTERNS.items() if pattern.match(path)]
    return min(fitting, key=lambda route: route.count("{"), default=path)


def walk(page: Page, here: str, look: Callable[[Page], None], *, of_each: int = 1) -> set[str]:
    """Follow all links within the server that lead to pages, `of_each` kind, and look at each page.

    Returns
    -------
    set of str
        The kinds of pages that were opened.
    """
    waiting, known, seen = ["/"], {"/"}, dict[str, int]()
    while waiting and sum(seen.values()) < MOST:
        address = waiting.pop(0)
        if seen.get(kind(address), 0) >= of_each:
            continue
        seen[kind(address)] = seen.get(kind(address), 0) + 1
        page.goto(here + address)
        look(page)
        links: list[str] = page.eval_on_selector_all("a[href]:not([download])", LINKS)
        new = [link for link in dict.fromkeys(links) if link not in known and not FILES.search(link)]
        known.update(new)
        waiting += new
    return set(seen)
