"""Every page that links lead to, in both themes: nobody is kept out, and nothing complains."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Page

from tests.browser.conftest import Axe, Visit
from tests.browser.walking import walk
from tests.served import Served

THEMES: dict[Literal["light", "dark"], tuple[str, ...]] = {"light": (), "dark": ("color-contrast",)}
"""Theme -> rules of axe to look at; none: all. What is not colour is the same in both."""


def test_every_page_keeps_nobody_out(served: Served, visit: Visit, axe: Axe) -> None:
    # Without motion: a colour that is half-way from one theme to the other is nobody's.
    page = visit(served, reduced_motion="reduce")
    wrong = []

    def look(page: Page) -> None:
        for theme, only in THEMES.items():
            page.emulate_media(color_scheme=theme)
            try:
                axe(page, only)
            except AssertionError as error:
                wrong.append(f"{theme}: {error}")

    walk(page, served.address, look)
    assert not wrong, "\n\n".join(wrong)
