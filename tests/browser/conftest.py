"""A real browser on a real server.

`visit(served, "/figures")` opens a page, `page` is one on the shared demo study, which tests only read, and
`fresh` is a server on a copy of one's own. Whatever a test does, its pages may not complain in the console,
break their content security policy, or ask another machine for anything: see `watching`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.watching import Watch
from tests.needs import needs
from tests.served import Served, serving

ROOT = Path(__file__).parent.parent.parent
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "out" / "screenshots"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SIZE = {"width": 1360, "height": 860}

Visit = Callable[..., Page]
Axe = Callable[..., None]
Shot = Callable[..., Path]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = needs("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(demo_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo study, served; for tests that change nothing in it."""
    needs("chromium")
    folder = tmp_path_factory.mktemp("served")
    study = Path(shutil.copy(demo_study, folder / "automotive.study"))
    with serving(study, folder / "state") as served:
        yield served


@pytest.fixture
def fresh(demo_study: Path, tmp_path: Path) -> Iterator[Served]:
    """A copy of the demo study of this test alone, served."""
    needs("chromium")
    study = Path(shutil.copy(demo_study, tmp_path / "automotive.study"))
    with serving(study, tmp_path / "state") as served:
        yield served


@pytest.fixture
def watches() -> list[Watch]:
    """What watches over the pages of this test; `watches[-1].allow(...)` lets something pass."""
    return []


@pytest.fixture
def visit(browser: Browser, watches: list[Watch]) -> Iterator[Visit]:
    """Open a page of a server: `visit(served, "/log", theme="dark", viewport=...)`."""
    contexts = []

    def opened(served: Served, path: str = "/", *, theme: str = "light", **options: Any) -> Page:
        context = browser.new_context(**({"color_scheme": theme, "viewport": SIZE} | options))
        contexts.append(context)
        context.add_cookies(
            [
                {"name": name, "value": value, "url": served.address, "httpOnly": True, "sameSite": "Strict"}
                for name, value in served.cookies.items()
            ]
        )
        watch = Watch(served.address)
        watch.over(context)
        watches.append(watch)
        page = context.new_page()
        page.goto(served.address + path)
        return page

    yield opened
    for context in contexts:
        context.close()
    for watch in watches:
        watch.check()


@pytest.fixture
def page(visit: Visit, served: Served) -> Page:
    """The first page of the demo study, which is only looked at."""
    return visit(served)


@pytest.fixture(scope="session")
def axe() -> Axe:
    """Fail if axe finds anything on a page that keeps somebody out: `axe(page)`, `axe(page, rules)`."""
    if not AXE.exists():
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("needs axe-core: run 'npm ci' in frontend/")
    source = AXE.read_text(encoding="utf-8")

    def check(page: Page, only: Sequence[str] = (), *, preload: bool = True) -> None:
        if not page.evaluate("'axe' in window"):
            page.evaluate(source + "; undefined")
        rules = {"runOnly": {"type": "rule", "values": list(only)}} if only else {}
        result = page.evaluate(
            "(rules) => axe.run(document, { resultTypes: ['violations'], ...rules })",
            rules | {"preload": preload},
        )
        told = [
            f"{item['id']} ({item['impact']}): {item['help']}\n"
            + "\n".join(
                f"    {node['html'][:200]}\n    {node['failureSummary']}" for node in item["nodes"][:5]
            )
            for item in result["violations"]
        ]
        assert not told, f"{page.url}\n" + "\n".join(told)

    return check


@pytest.fixture(scope="session")
def shot() -> Shot:
    """Keep a picture of a page in `out/screenshots`, to be looked at."""

    def taken(page: Page, name: str, *, full: bool = False) -> Path:
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path, full_page=full)
        return path

    return taken
