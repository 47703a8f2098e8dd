"""Listings: every row is on one page, in order, found by its text, and in the file as on the page."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from itertools import pairwise
from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.errors import UnknownName
from constellary.workbench.filters import Filter
from constellary.workbench.listings.alliances import alliances_listing
from constellary.workbench.listings.ask import Ask, read_ask
from constellary.workbench.listings.firms import firms_listing
from constellary.workbench.listings.folding import words
from constellary.workbench.listings.listing import KEY, PAGE, Column, Listing, all_text
from constellary.workbench.listings.sources import publishers_listing, sources_listing
from constellary.workbench.listings.view import listing_view, neighbours
from constellary.workbench.moments import Moment
from constellary.workbench.segments import name_of, segment

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from constellary.study.frames import Frames

LISTINGS = (alliances_listing, firms_listing, sources_listing, publishers_listing)
PATHS = {"alliances": 787, "firms": 547, "sources": 3493, "sources/publishers": 1831}


@pytest.fixture(scope="module")
def moment(automotive: Frames) -> Moment:
    return Moment(1, automotive)


def keys(listing: Listing, ask: Ask) -> list[str]:
    return listing.rows[KEY].gather(listing.found(ask)).to_list()


def small(values: list[str | None]) -> Listing:
    rows = pl.DataFrame(
        {KEY: [str(place) for place in range(len(values))], "name": values},
        schema={KEY: pl.String, "name": pl.String},
    ).with_columns(all_text([pl.col("name")]))
    return Listing("things", "thing", (Column("name", "Name"),), rows, "name")


@pytest.mark.parametrize("make", LISTINGS)
@pytest.mark.parametrize("chosen", [Filter(), Filter(since="2021", facets=(("motivation", ("knowledge",)),))])
def test_whatever_the_order_every_row_is_there_once(moment: Moment, make: object, chosen: Filter) -> None:
    listing = make(moment, chosen)  # type: ignore[operator]
    for column in listing.columns:
        for sign in ("", "-"):
            assert sorted(listing.found(Ask(sort=sign + column.name))) == list(range(listing.rows.height))


@given(st.lists(st.none() | st.text(max_size=5), max_size=12), st.booleans())
def test_equal_rows_keep_their_order_and_missing_ones_come_last(
    values: list[str | None], descending: bool
) -> None:
    listing = small(values)
    found = listing.found(Ask(sort="-name" if descending else "name")).to_list()
    texts = [None if values[place] is None else words_of(values[place]) for place in found]
    known = [text for text in texts if text is not None]
    assert texts == known + [None] * (len(texts) - len(known))
    assert known == sorted(known, reverse=descending)
    for one, other in pairwise(found):
        if words_of(values[one]) == words_of(values[other]):
            assert one < other


def words_of(text: str | None) -> str | None:
    return small([text]).rows["~text"][0] if text is not None else None


def test_categories_are_sorted_as_in_the_codebook(moment: Moment) -> None:
    listing = alliances_listing(moment, Filter())
    labels = list(moment.codebook.labels("place").values())
    shown = listing.rows["place"].gather(listing.found(Ask(sort="place"))).to_list()
    assert [label for place, label in enumerate(shown) if label and label not in shown[:place]] == labels
    assert shown[-1] is None


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("skoda", True),
        ("ŠKODA", True),
        ("auto škoda", True),
        ('"škoda auto"', True),
        ('"auto škoda"', False),
        ("x", False),
    ],
)
def test_neither_accents_nor_capitals_nor_the_order_of_words_matter(search: str, found: bool) -> None:
    assert keys(small(["Škoda  Auto"]), Ask(search=search)) == (["0"] if found else [])


def test_a_search_is_no_pattern() -> None:
    assert keys(small(["a.c", "abc", "50 % (half)"]), Ask(search="a.c")) == ["0"]
    assert keys(small(["a.c", "abc", "50 % (half)"]), Ask(search="% (")) == ["2"]


def test_an_alliance_is_found_by_partner_alias_code_tag_text_publisher_and_address(moment: Moment) -> None:
    listing = alliances_listing(moment, Filter())
    key = "toyota-honda-2023"
    for search in (
        "renesas",
        "lexus",
        "consortium",
        "chiplet",
        "twelve japanese",
        "dsf.my",
        "2023-12-28",
        key,
    ):
        assert key in keys(listing, Ask(search=search)), search


def test_a_quote_that_is_not_closed_yet_finds_already() -> None:
    assert words('"joint ven') == ["joint", "ven"]


def test_a_filter_lists_the_alliances_that_it_selects(moment: Moment) -> None:
    chosen = Filter(until="2019", where="size > 3")
    assert set(keys(alliances_listing(moment, chosen), Ask())) == set(moment.selected(chosen).alliances["id"])
    shown = firms_listing(moment, chosen)
    assert set(keys(shown, Ask())) == set(moment.selected(chosen).partners["firm"])
    signed = moment.selected(chosen).partners.group_by("firm").len().rows()
    assert dict(shown.rows.select("firm", "alliance").rows()) == dict(signed)


def test_a_firm_that_signs_nothing_has_no_alliance_and_no_year(moment: Moment) -> None:
    rows = firms_listing(moment, Filter()).rows
    idle = rows.filter(~pl.col("firm").is_in(moment.frames.partners["firm"].unique().implode()))
    assert idle.height == 20
    assert idle["alliance"].unique().to_list() == [0]
    assert idle["year"].null_count() == 20


def test_unknown_columns_are_named_with_what_there_is(moment: Moment) -> None:
    listing = alliances_listing(moment, Filter())
    with pytest.raises(UnknownName, match="Did you mean place"):
        listing.found(Ask(sort="plaice"))
    with pytest.raises(UnknownName, match="no column 'x'"):
        listing.shown(Ask(columns=("x",)))


def test_a_page_beyond_the_last_is_the_last(moment: Moment) -> None:
    view = listing_view(moment, Filter(), alliances_listing(moment, Filter()), Ask(page=99), path="alliances")
    assert (view["first"], view["last"], view["ask"].page, view["after"]) == (751, 787, 16, None)


def test_neighbours_follow_the_list(moment: Moment) -> None:
    listing, ask = alliances_listing(moment, Filter()), Ask(search="toyota", sort="name")
    order = listing.found(ask)
    names = keys(listing, ask)
    for place, key in enumerate(names):
        found = neighbours(order, listing, key)
        assert found is not None
        assert found.place == place + 1
        assert found.before == (names[place - 1] if place else None)
        assert found.after == (names[place + 1] if place + 1 < len(names) else None)
    assert neighbours(order, listing, "alluto-2020") is None


@pytest.mark.parametrize(("path", "total"), PATHS.items())
def test_the_pages_together_are_the_file(reader: TestClient, path: str, total: int) -> None:
    ask = {"sources": "q=toyota&sort=-published", "sources/publishers": "q=news"}.get(path, "q=e")
    first = reader.get(f"/{path}?{ask}").text
    said = re.search(r'id="listing-said"[^>]*>(.*?)</span>', first, re.DOTALL)
    assert said is not None
    found = re.search(r"([\d,]+) of ([\d,]+) \w+$", plain(said[1]))
    assert found is not None
    rows = int(found[1].replace(",", ""))
    assert int(found[2].replace(",", "")) == total
    heads: list[str] = []
    for page in range(1, -(-rows // PAGE) + 1):
        text = reader.get(f"/{path}?{ask}&page={page}").text
        heads += [plain(head) for head in re.findall(r'<th scope="row"[^>]*>(.*?)</th>', text, re.DOTALL)]
    assert len(heads) == rows
    table = list(csv.reader(io.StringIO(reader.get(f"/{path}.csv?{ask}").text)))[1:]
    assert len(table) == rows
    if path != "sources":  # their addresses are cut on the page
        assert heads == [row[0].removeprefix("'") for row in table]


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


def test_chosen_columns_are_shown_and_given(reader: TestClient) -> None:
    ask = "columns=size,name&q=toyota+honda"
    text = reader.get(f"/alliances?{ask}").text
    assert [plain(head) for head in re.findall(r'<th scope="col".*?</th>', text, re.DOTALL)] == [
        "Alliance",
        "Count of partners",
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(reader.get(f"/alliances.xlsx?{ask}").content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("Alliance", "Count of partners")
    assert rows[1] == ("Advanced SoC Research for Automotive (ASRA)", 8)


def test_a_form_of_columns_leads_to_an_address_that_one_can_copy(reader: TestClient) -> None:
    answer = reader.get("/alliances?since=2021&q=ford&columns=name&columns=place")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/alliances?since=2021&q=ford&columns=name%2Cplace"
    assert reader.get("/alliances?columns=name&usual=yes").headers["location"] == "/alliances"


def test_a_search_as_one_types_gets_the_rows_and_the_address(reader: TestClient) -> None:
    headers = {"HX-Request": "true", "HX-Target": "listing-rows"}
    answer = reader.get("/alliances?q=toyota&sort=&columns=", headers=headers)
    assert answer.text.lstrip().startswith('<div id="listing-rows"')
    assert "<html" not in answer.text
    assert answer.headers["hx-replace-url"] == "/alliances?q=toyota"
    assert "HX-Target" in answer.headers["vary"]


def test_nothing_found_says_how_to_go_on(reader: TestClient) -> None:
    text = reader.get("/firms?q=%3Cb%3Ezzz").text
    assert "No firm has all of “&lt;b&gt;zzz”" in text
    assert "Show all 547" in text


def test_cells_that_would_run_as_formulas_are_harmless() -> None:
    from constellary.workbench.listings.files import as_csv, as_xlsx

    rows = pl.DataFrame({KEY: ["1"], "name": ["=1+1"]}).with_columns(all_text([pl.col("name")]))
    listing = Listing("things", "thing", (Column("name", "@head"),), rows, "name")
    order = listing.found(Ask())
    assert as_csv(listing, order, Ask()) == b"'@head\n'=1+1\n"
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx(listing, order, Ask(), title="T"))).active
    assert sheet is not None
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


@given(st.text(max_size=40))
def test_any_name_comes_back_from_its_segment(name: str) -> None:
    from urllib.parse import unquote

    try:
        name.encode()
    except UnicodeEncodeError:
        return
    written = segment(name)
    assert "/" not in written
    assert "%2F" not in written.upper()
    assert written.strip(".")
    assert name_of(unquote(written)) == name


def test_an_address_with_nonsense_is_read_as_far_as_it_goes() -> None:
    assert read_ask([("page", "-3"), ("sort", " name "), ("columns", ",,")]) == Ask(sort="name")
    assert read_ask([("page", "9" * 40)]).page == 1
    assert len(read_ask([("q", "x" * 5000)]).search) == 300
