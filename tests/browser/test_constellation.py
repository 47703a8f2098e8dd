"""The constellation in a browser: by pointer, by keys, through the years, as a list, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, Route

    from tests.browser.conftest import Axe, Shot, Visit
    from tests.browser.watching import Watch
    from tests.served import Served

SETTLED = 700
"""Milliseconds after which flights have ended and the address is written."""


def part(page: Page, name: str) -> Locator:
    return page.locator(f'[data-part="{name}"]')


def ready(page: Page) -> Page:
    page.wait_for_selector('[data-island="constellation"][data-ready="true"]')
    return page


def address(page: Page) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(page.url).query).items()}


def find(page: Page, letters: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(letters)
    page.keyboard.press("Enter")
    page.wait_for_timeout(SETTLED)


def scene(page: Page, query: str = "") -> dict[str, Any]:
    asked: dict[str, Any] = page.evaluate(
        "(query) => fetch('/api/v1/scene' + query).then((answer) => answer.json())", query
    )
    return asked


def looking_at(page: Page, firm: str) -> str:
    """Return the address of a view whose middle is a firm."""
    firms = scene(page)["firms"]
    at = firms["name"].index(firm)
    return f"/constellation?x={firms['x'][at]}&y={firms['y'][at]}&z=2"


def middle(page: Page) -> tuple[float, float]:
    box = part(page, "sky").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_firm_is_found_selected_and_its_alliances_opened_by_keys_alone(
    visit: Visit, served: Served, shot: Shot
) -> None:
    page = ready(visit(served, "/constellation"))
    find(page, "toyo")
    expect(part(page, "chosen").locator("h2")).to_have_text("Toyota")
    expect(part(page, "said")).to_contain_text("Toyota: 62 alliances")
    expect(part(page, "sky")).to_be_focused()
    assert address(page)["firm"] == "Toyota"
    page.keyboard.press(" ")
    expect(page.locator("#drawer h2")).to_have_text("Toyota")
    expect(page.locator("#drawer")).to_contain_text("62 alliances")
    shot(page, "constellation-evidence")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    assert address(page)["firm"] == "Toyota"
    part(page, "sky").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/firms/Toyota")


def test_arrows_lead_to_the_nearest_firm_in_a_direction(visit: Visit, served: Served) -> None:
    page = ready(visit(served, "/constellation?firm=Toyota"))
    page.wait_for_timeout(SETTLED)
    firms = scene(page)["firms"]
    place = {name: (firms["x"][at], firms["y"][at]) for at, name in enumerate(firms["name"])}
    part(page, "sky").focus()
    page.keyboard.press("ArrowLeft")
    name = part(page, "chosen").locator("h2").inner_text()
    assert name != "Toyota"
    assert place[name][0] < place["Toyota"][0]
    page.keyboard.press("Escape")
    expect(part(page, "chosen")).to_be_hidden()


def test_pointing_says_who_it_is_and_a_click_opens_the_alliances(
    visit: Visit, served: Served, shot: Shot
) -> None:
    page = ready(visit(served, "/constellation"))
    page.goto(served.address + looking_at(page, "Volkswagen"))
    ready(page)
    x, y = middle(page)
    page.mouse.move(x, y)
    expect(part(page, "tip")).to_contain_text("Volkswagen")
    expect(part(page, "tip")).to_contain_text("partners")
    page.wait_for_timeout(300)
    shot(page, "constellation-hover")
    page.mouse.click(x, y)
    expect(page.locator("#drawer h2")).to_have_text("Volkswagen")
    expect(part(page, "chosen").get_by_role("link", name="Page")).to_have_attribute(
        "href", "/firms/Volkswagen"
    )


def test_the_wheel_zooms_about_the_pointer_and_dragging_pans(visit: Visit, served: Served) -> None:
    page = ready(visit(served, "/constellation"))
    x, y = middle(page)
    page.mouse.move(x + 100, y)
    page.mouse.wheel(0, -300)
    page.wait_for_timeout(SETTLED)
    near = address(page)
    assert float(near["z"]) > 1
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 80, y - 40, steps=4)
    page.mouse.up()
    page.wait_for_timeout(SETTLED)
    moved = address(page)
    assert float(moved["x"]) > float(near["x"])
    assert float(moved["y"]) > float(near["y"])
    page.get_by_role("button", name="Show all of it").click()
    page.wait_for_timeout(SETTLED + 300)
    assert "z" not in address(page)


def test_a_window_of_years_counts_as_the_server_does(visit: Visit, served: Served) -> None:
    page = ready(visit(served, "/constellation"))
    last = page.get_by_label("Last year")
    last.focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(SETTLED)
    assert address(page)["until"] == "2020"
    asked = scene(page, "?until=2020")
    expect(part(page, "words")).to_have_text(asked["words"])
    page.go_back()
    page.wait_for_timeout(SETTLED)
    assert "until" not in address(page)
    expect(part(page, "time").locator("output")).to_have_text("2018–2023")


def test_the_years_play_and_pause_where_they_are(visit: Visit, served: Served, shot: Shot) -> None:
    page = ready(visit(served, "/constellation"))
    page.get_by_role("button", name="Play the years").click()
    expect(part(page, "year")).to_have_text("2018")
    expect(part(page, "year")).to_have_text("2019", timeout=4000)
    shot(page, "constellation-playing")
    page.get_by_role("button", name="Pause").click()
    page.wait_for_timeout(SETTLED)
    assert address(page)["until"] in {"2019", "2020"}
    expect(part(page, "year")).to_be_hidden()


def test_neighbours_alone_and_back(visit: Visit, served: Served, shot: Shot) -> None:
    page = ready(visit(served, "/constellation"))
    everybody = part(page, "words").inner_text()
    find(page, "tesla")
    page.keyboard.press("e")
    expect(part(page, "ego")).to_contain_text("Only Tesla and its neighbours")
    page.wait_for_timeout(SETTLED)
    assert address(page)["ego"] == "Tesla"
    few = part(page, "words").inner_text()
    assert few != everybody
    shot(page, "constellation-neighbours")
    part(page, "ego").get_by_role("button", name="Distance 2").click()
    expect(part(page, "words")).not_to_have_text(few)
    page.get_by_role("button", name="Undo view").click()
    expect(part(page, "words")).to_have_text(few)
    part(page, "sky").focus()
    page.keyboard.press("Escape")
    expect(part(page, "words")).to_have_text(everybody)
    page.keyboard.press("Control+z")
    expect(part(page, "words")).to_have_text(few)


def test_the_list_shows_the_same_firms_and_selects_in_the_picture(
    visit: Visit, served: Served, shot: Shot
) -> None:
    page = ready(visit(served, "/constellation"))
    page.get_by_role("button", name="List", exact=True).click()
    sheet = part(page, "list")
    expect(sheet).to_contain_text("527 firms, as the picture shows them")
    assert sheet.locator("tbody tr").count() == 527
    assert sheet.locator("tbody tr").first.inner_text().split("\t")[0] == "Toyota"
    sheet.get_by_label("Find in the list").fill("zf")
    expect(sheet.locator("tbody tr")).to_have_count(1)
    sheet.get_by_role("button", name="ZF", exact=True).click()
    expect(part(page, "chosen").locator("h2")).to_have_text("ZF")
    expect(sheet.locator("tbody tr[aria-current]")).to_contain_text("ZF")
    sheet.get_by_label("Find in the list").fill("")
    sheet.get_by_role("button", name="Firm", exact=True).click()
    expect(sheet.locator("th[aria-sort=ascending]")).to_contain_text("Firm")
    shot(page, "constellation-list")


def test_what_is_chosen_and_filtered_is_in_the_address(visit: Visit, served: Served) -> None:
    page = ready(visit(served, "/constellation"))
    part(page, "controls").locator("summary").click()
    page.get_by_label("Colour").select_option("community")
    expect(part(page, "legend")).to_contain_text("Communit")
    page.get_by_label("Outline alliances").check()
    page.wait_for_timeout(SETTLED)
    now = address(page)
    assert now["colour"] == "community"
    assert now["hulls"] == "1"
    page.get_by_label("Where").fill("size > 3")
    page.keyboard.press("Enter")
    expect(part(page, "words")).to_contain_text("size > 3")
    assert address(page)["colour"] == "community"
    page.reload()
    ready(page)
    expect(page.get_by_label("Colour")).to_have_value("community")
    expect(part(page, "words")).to_contain_text("size > 3")


def test_nobody_left_says_so_and_leads_back(visit: Visit, served: Served) -> None:
    page = ready(visit(served, "/constellation?where=size+%3E+900"))
    expect(part(page, "status")).to_contain_text("No firm under this filter")
    page.get_by_role("button", name="Clear filters").click()
    expect(part(page, "words")).to_contain_text("527 firms")
    expect(part(page, "status")).to_be_hidden()
    heights = (
        part(page, "time").locator(".bars i").evaluate_all("(all) => all.map((one) => one.offsetHeight)")
    )
    assert max(heights) > 10  # of the years that are shown now, not of the nobody before


def test_an_entry_of_the_legend_keeps_its_group_lit(visit: Visit, served: Served) -> None:
    page = ready(visit(served, "/constellation"))
    entry = part(page, "legend").get_by_role("button", name="OEM 101")
    entry.click()
    expect(entry).to_have_attribute("aria-pressed", "true")
    assert address(page)["lit"] == "c1"
    page.go_back()
    expect(entry).to_have_attribute("aria-pressed", "false")


def test_files_are_of_what_is_shown(visit: Visit, served: Served) -> None:
    page = ready(visit(served, "/constellation?until=2020&x=700&y=300&z=2"))
    part(page, "export").locator("summary").click()
    link = page.get_by_role("link", name="Drawing (SVG)")
    asked = parse_qs(urlsplit(link.get_attribute("href") or "").query)
    assert asked["until"] == ["2020"]
    assert asked["z"] == ["2"]
    assert {"x", "y", "w", "h", "theme"} <= set(asked)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_keeps_anybody_out(visit: Visit, served: Served, axe: Axe, shot: Shot, theme: str) -> None:
    page = ready(visit(served, "/constellation", theme=theme))
    page.wait_for_timeout(200)
    shot(page, f"constellation-{theme}")
    axe(page)
    page.goto(f"{served.address}/constellation?ego=Ford&firm=Ford&hulls=1&list=1")
    ready(page)
    part(page, "controls").locator("summary").click()
    page.wait_for_timeout(SETTLED)
    axe(page)
    page.keyboard.press("?")
    axe(page)
    shot(page, f"constellation-keys-{theme}")


def test_on_a_phone_the_picture_and_its_parts_have_room(visit: Visit, served: Served, shot: Shot) -> None:
    page = ready(visit(served, "/constellation", viewport={"width": 390, "height": 844}))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    shot(page, "constellation-phone", full=True)


def test_without_scripts_there_is_the_picture_and_a_way_to_the_firms(visit: Visit, served: Served) -> None:
    page = visit(served, "/constellation", java_script_enabled=False)
    expect(page.get_by_role("link", name="list of firms")).to_be_visible()
    expect(page.get_by_role("img", name="Constellation of firms")).to_be_visible()
    first = page.get_by_role("table", name="Firms with most alliances").get_by_role("row").nth(1)
    assert first.inner_text().split() == ["Toyota", "62", "81"]


def test_the_card_of_a_firm_leads_to_its_closest_partners(visit: Visit, served: Served) -> None:
    page = ready(visit(served, "/constellation?firm=Toyota"))
    card = part(page, "chosen")
    expect(card).to_contain_text("rank 1 of 527")
    near = card.locator(".near li").first
    other, times = near.get_by_role("button").all()
    name, much = other.inner_text(), times.inner_text()
    times.click()
    expect(page.locator("#drawer h2")).to_have_text(" and ".join(sorted(["Toyota", name])))
    expect(page.locator("#drawer header")).to_contain_text(f"{much} alliances")
    page.keyboard.press("Escape")
    expect(page.locator("#drawer")).to_be_hidden()
    other.click()
    expect(card.locator("h2")).to_have_text(name)
    expect(page.locator("#drawer")).to_be_hidden()


def test_names_are_shown_or_not_as_the_address_says(visit: Visit, served: Served) -> None:
    page = ready(visit(served, "/constellation"))
    named = page.get_by_label("Names beside the marks")
    page.get_by_text("What is shown").click()
    before = part(page, "sky").screenshot()
    named.uncheck()
    page.wait_for_url("**/constellation?names=0")
    assert part(page, "sky").screenshot() != before
    page.keyboard.press("Control+z")
    expect(named).to_be_checked()


def test_what_is_computed_can_be_waited_for_and_cancelled(
    visit: Visit, served: Served, watches: list[Watch]
) -> None:
    page = visit(served, "/firms")
    asked: list[str] = []
    waiting = {"waiting": "placing 20,000 firms", "share": 0.4, "job": "7"}
    over = {"error": "The firms have no places: that was cancelled."}

    def scene(route: Route) -> None:
        if asked:
            route.fulfill(status=422, json=over)
        else:
            route.fulfill(status=202, json=waiting)

    def cancel(route: Route) -> None:
        asked.append(f"{route.request.method} {route.request.url.removeprefix(served.address)}")
        route.fulfill(status=204)

    page.route("**/api/v1/scene*", scene)
    page.route("**/api/v1/jobs/7", cancel)
    watches[-1].allow("422")
    page.goto(served.address + "/constellation")
    status = part(page, "status")
    expect(status).to_contain_text("placing 20,000 firms")
    expect(status.get_by_role("progressbar")).to_have_js_property("value", 0.4)
    status.get_by_role("button", name="Cancel").click()
    expect(status).to_contain_text("that was cancelled")
    assert asked == ["DELETE /api/v1/jobs/7"]
    page.unroute("**/api/v1/scene*")
    status.get_by_role("button", name="Try again").click()
    expect(status).to_be_hidden()
