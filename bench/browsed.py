"""The workbench in a real browser: when a page is there, how it moves, what it weighs, what it does wrong."""

from __future__ import annotations

import math
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
from playwright.sync_api import sync_playwright

from tests.browser.conftest import AXE, QUIET, SIZE
from tests.browser.test_every_page import THEMES
from tests.browser.walking import walk
from tests.browser.watching import Watch
from tests.needs import needs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page, Response

    from tests.served import Served

    Say = Callable[..., None]

PATIENCE = 30.0
MARK = "constellation-ready"
SECONDS = 3.0
TIMES = 3
COUNT = """() => {
  window.__moving = true; window.__times = [];
  const next = (now) => { window.__times.push(now); if (window.__moving) requestAnimationFrame(next); };
  requestAnimationFrame(next);
}"""
PLAIN = (
    "/alliances",
    "/firms",
    "/sources",
    "/log",
    "/checks",
    "/coding",
    "/import",
    "/give",
    "/jobs",
    "/against",
)
CHARTED = ("/figures/growth", "/figures/portfolios", "/figures/frequency/form")
KIB = 1000


@contextmanager
def opened() -> Iterator[Browser]:
    """A headless Chromium without a GPU."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs("chromium"), args=QUIET)
        yield browser
        browser.close()


@contextmanager
def fresh(browser: Browser, served: Served) -> Iterator[BrowserContext]:
    """A context with an empty cache that was let in."""
    context = browser.new_context(viewport=SIZE)
    context.set_default_timeout(1000 * PATIENCE)
    context.add_cookies(
        [
            {"name": name, "value": value, "url": served.address, "httpOnly": True, "sameSite": "Strict"}
            for name, value in served.cookies.items()
        ]
    )
    yield context
    context.close()


def first_paint(browser: Browser, served: Served, path: str) -> None:
    """Return when the browser has painted the text of a page."""
    with fresh(browser, served) as context:
        page = context.new_page()
        page.goto(served.address + path, wait_until="commit")
        entry(page, "first-contentful-paint")


def sky_of(words: str, served: Served, say: Say, ready: str, smooth: str) -> None:
    """Say when the constellation is ready, and the frames a second while it moves."""
    with opened() as browser:
        taken = []
        for _ in range(TIMES + 1):
            with fresh(browser, served) as context:
                page = context.new_page()
                answer = page.goto(served.address + "/constellation", wait_until="commit")
                if answer is None or answer.status != 200:
                    say("constellation: the page is not there", str(answer and answer.status))
                    return
                try:
                    taken.append(entry(page, MARK))
                except TimeoutError:
                    say(f"constellation of {words}: it does not say that it is ready", "", ready)
                    return
                if len(taken) > TIMES:
                    moved = moves(page)
        say(f"constellation interactive, {words}", f"{np.median(taken[1:]) / 1000:.2f} s", ready)
        say("  the first time that the server is asked", f"{taken[0] / 1000:.2f} s")
        for what, (rate, longest) in moved.items():
            say(f"  frames a second while {what} (longest frame)", f"{rate:.0f} ({longest:.0f} ms)", smooth)


def entry(page: Page, name: str) -> float:
    """Return the milliseconds from the beginning of the navigation to what the browser noted by that name.

    Asked again and again from here: what waits within the page is refused by its content security policy.

    Raises
    ------
    TimeoutError
        If it is not noted in time.
    """
    found = f"performance.getEntriesByName('{name}').map(one => one.startTime)[0] ?? null"
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until:
        at = page.evaluate(found)
        if at is not None:
            return float(at)
        time.sleep(0.01)
    raise TimeoutError(name)


def moves(page: Page) -> dict[str, tuple[float, float]]:
    """Return frames a second and the longest frame in milliseconds, zooming and panning by the mouse."""
    box = page.locator("[data-island=constellation] canvas").first.bounding_box()
    if box is None:
        raise RuntimeError("the constellation has no canvas to move")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)

    def zoom(step: int) -> None:
        page.mouse.wheel(0, -60 if step % 80 < 40 else 60)

    def pan(step: int) -> None:
        page.mouse.move(x + 180 * math.sin(step / 9), y + 120 * math.cos(step / 7))

    zoomed = frames(page, zoom)
    for _ in range(12):  # panning is harder where there is much to see at a middling zoom
        page.mouse.wheel(0, -60)
    page.mouse.down()
    panned = frames(page, pan)
    page.mouse.up()
    return {"zooming": zoomed, "panning": panned}


def frames(page: Page, move: Callable[[int], None]) -> tuple[float, float]:
    page.evaluate(COUNT)
    until, step = time.perf_counter() + SECONDS, 0
    while time.perf_counter() < until:
        move(step)
        step += 1
        time.sleep(0.008)
    moments = page.evaluate("() => { window.__moving = false; return window.__times; }")
    gaps = np.diff(moments)
    return float(1000 * gaps.size / gaps.sum()), float(gaps.max())


def weights(served: Served, say: Say) -> None:
    """Say the bytes of the heaviest page of each sort, with all that it loads, plain and as they are sent."""
    with opened() as browser:
        for words, paths, asked in (
            ("without a chart", PLAIN, "<= 150 kB"),
            ("with the constellation", ("/constellation",), "<= 400 kB"),
            ("with charts", CHARTED, "<= 1.3 MB"),
        ):
            found = {path: weight(browser, served, path) for path in paths}
            there = {path: one for path, one in found.items() if one is not None}
            for path in found.keys() - there.keys():
                say(f"  {path}: the page is not there", "")
            if not there:
                continue
            heaviest = max(there, key=lambda path: sum(plain for plain, _ in there[path].values()))
            parts = there[heaviest]
            plain, sent = (sum(one[place] for one in parts.values()) for place in (0, 1))
            say(f"bytes of a page {words}, uncompressed ({heaviest})", f"{plain / KIB:,.0f} kB", asked)
            say("  over the wire", f"{sent / KIB:,.0f} kB")
            for name, (one, _) in sorted(parts.items(), key=lambda item: -item[1][0])[:4]:
                say(f"    {name}", f"{one / KIB:,.0f} kB")


def weight(browser: Browser, served: Served, path: str) -> dict[str, tuple[int, int]] | None:
    """Return path -> bytes of the body and bytes sent, of a page and all that it asks for; None: it is not there."""
    with fresh(browser, served) as context:
        page = context.new_page()
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - playwright marks what it calls
        answer = page.goto(served.address + path, wait_until="networkidle")
        if answer is None or answer.status != 200:
            return None
        page.wait_for_timeout(500)
        found = Counter[str](), Counter[str]()
        for one in answers:
            name = one.url.removeprefix(served.address).partition("?")[0]
            found[0][name] += len(one.body()) if one.status == 200 else 0
            found[1][name] += one.request.sizes()["responseBodySize"]
        return {name: (found[0][name], found[1][name]) for name in found[0]}


def faults(served: Served, say: Say) -> None:
    """Walk over all kinds of pages in both themes, and say what they did wrong."""
    kinds = Counter[str]()
    violations: list[str] = []
    with opened() as browser, fresh(browser, served) as context:
        watch = Watch(served.address)
        watch.over(context)

        def look(page: Page) -> None:
            for theme, only in THEMES.items():
                page.emulate_media(color_scheme=theme)
                violations.extend(f"{theme} {page.url}: {one}" for one in violated(page, only))

        seen = walk(context.new_page(), served.address, look)
        for one in watch.wrong:
            kinds["away" if one.startswith("request") else one.partition(":")[0].partition(" ")[0]] += 1
    say(f"axe violations, both themes, {len(seen)} kinds of pages", str(len(violations)), "0")
    for one in violations[:5]:
        say(f"    {one}"[:110], "")
    say("requests that leave the machine", str(kinds["away"]), "0")
    say("console errors and warnings", str(kinds["console"] + kinds["error"]), "0")
    say("violations of the content security policy", str(kinds["policy"]), "0")
    for one in watch.wrong[:5]:
        say(f"    {one}"[:110], "")


def violated(page: Page, only: tuple[str, ...]) -> list[str]:
    """Return the rules of axe that a page breaks."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8") + "; undefined")
    rules = {"runOnly": {"type": "rule", "values": list(only)}} if only else {}
    found = page.evaluate("(rules) => axe.run(document, { resultTypes: ['violations'], ...rules })", rules)
    return [f"{item['id']} ({len(item['nodes'])})" for item in found["violations"]]
