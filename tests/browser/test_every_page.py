"""Every page that links lead to, in both themes: nobody is kept out, and nothing complains."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Axe, Visit
from tests.browser.walking import walk
from tests.served import Served

THEMES: dict[str, tuple[str, ...]] = {"light": (), "dark": ("color-contrast",)}
"""Theme -> rules of axe to look at; none: all. What is not colour is the same in both."""


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_keeps_nobody_out(served: Served, visit: Visit, axe: Axe, theme: str) -> None:
    # Each theme from the start and without motion: a colour half-way between two themes is nobody's.
    page = visit(served, theme=theme, reduced_motion="reduce")
    wrong = []

    def look(page: Page) -> None:
        try:
            axe(page, THEMES[theme])
        except AssertionError as error:
            wrong.append(str(error))

    walk(page, served.address, look)
    assert not wrong, "\n\n".join(wrong)
