"""Coming in: the key of the terminal lets one browser in, once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Axe, Shot, Visit
from tests.browser.watching import Watch
from tests.served import Served


def test_the_address_of_the_terminal_opens_the_study_and_leaves_no_key_behind(
    fresh: Served, visit: Visit
) -> None:
    fresh.cookies = {}
    page = visit(fresh, fresh.entrance.removeprefix(fresh.address))
    assert "token" not in page.url
    assert page.evaluate("document.referrer") == ""
    assert page.evaluate("document.cookie") == ""
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_who_has_no_key_reads_how_to_get_one(
    fresh: Served, visit: Visit, watches: list[Watch], axe: Axe, shot: Shot, theme: str
) -> None:
    fresh.cookies = {}
    page = visit(fresh, "/enter?token=of-yesterday", theme=theme)
    watches[-1].allow("401")
    expect(page.get_by_role("heading")).to_have_text("This workbench needs its key")
    axe(page)
    shot(page, f"no-key-{theme}")


def test_what_does_not_exist_is_told_in_words(
    fresh: Served, visit: Visit, watches: list[Watch], axe: Axe, shot: Shot
) -> None:
    page = visit(fresh, "/nowhere")
    watches[-1].allow("404")
    expect(page.get_by_role("heading", level=1)).to_have_text("There is no such page")
    axe(page)
    shot(page, "no-such-page")
