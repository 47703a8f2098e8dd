from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from io import BytesIO, StringIO
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from constellary.report.inline import parse, plain
from constellary.report.page_data import evidence_json, script_safe
from constellary.report.web_address import web_address
from tests.report_render.sample import ALLIANCES, FORMULA, HOSTILE, render, sample

ONE_LINE = HOSTILE.replace("\u2028", " ")


class Page(HTMLParser):
    """Collects elements, links and what stands in scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.tags: list[str] = []
        self.links: list[dict[str, str]] = []
        self.attributes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag == "script":
            self.scripts.append("")
        if tag == "a":
            self.links.append({name: value or "" for name, value in attrs})

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "script":
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self.tags.append("after")


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return render()


@pytest.fixture(scope="module")
def page(made: dict[str, bytes]) -> Page:
    reader = Page()
    reader.feed(made["report.html"].decode())
    return reader


def test_the_page_has_its_two_scripts_and_no_other(page: Page) -> None:
    assert page.tags.count("script") == 2
    assert not [name for name in page.attributes if name.startswith("on")]
    assert "style" not in page.attributes  # the policy would drop it


def test_the_page_requests_nothing_from_anywhere(made: dict[str, bytes], page: Page) -> None:
    assert not set(page.tags) & {"link", "img", "iframe", "object", "embed", "base"}
    text = made["report.html"].decode()
    assert "default-src 'none'" in text
    assert "'unsafe-inline'" not in text
    assert not re.search(r"@import|url\((?!#)|\bsrc=", text.split('id="data"')[0])


def test_links_lead_into_the_page_or_to_the_web_without_a_referrer(page: Page) -> None:
    outward = [link for link in page.links if not link["href"].startswith("#")]
    assert outward
    for link in outward:
        assert link["href"].startswith(("https://", "http://"))
        assert link["rel"] == "noopener noreferrer nofollow"


def test_the_evidence_survives_its_script_element(page: Page) -> None:
    data = json.loads(page.scripts[0])
    assert data["alliances"][0][1] == HOSTILE
    assert data["alliances"][0][6] == [["https://example.org/a", 0, "2021"], ["", 1, ""]]
    assert data["lists"]["form-joint-venture"] == [HOSTILE, [0, 1]]
    assert "\u2028" not in page.scripts[0]


def test_json_for_a_script_holds_no_way_out() -> None:
    assert "<" not in script_safe(json.dumps("</script><!--"))
    assert json.loads(script_safe(json.dumps("</script>\u2028", ensure_ascii=False))) == "</script>\u2028"


def test_alliances_that_the_report_does_not_show_are_left_out_of_lists() -> None:
    _, book = sample()
    data = json.loads(evidence_json(book.lists, ALLIANCES[:1]))
    assert data["lists"]["form-joint-venture"][1] == [0]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "https:example.org",
        "https://a b",
        'https://x"onmouseover=1',
        "file:///etc/passwd",
        "https://[broken",
        "",
    ],
)
def test_what_is_no_web_address_becomes_no_link(url: str) -> None:
    assert web_address(url) == ""


def test_hostile_text_stands_in_print_as_text(made: dict[str, bytes]) -> None:
    word = docx.Document(BytesIO(made["report.docx"]))
    printed = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert ONE_LINE in printed
    assert word.tables[0].rows[2].cells[0].text == ONE_LINE
    assert made["report.pdf"].startswith(b"%PDF")


def test_plain_text_reads_back_as_itself() -> None:
    assert "".join(span.text for span in parse(plain(HOSTILE))) == HOSTILE
    assert all(span.style == "plain" and not span.link for span in parse(plain(HOSTILE)))


def test_no_cell_of_the_workbook_is_a_formula(made: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(BytesIO(made["tables.xlsx"]))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert FORMULA in [cell.value for cell in cells]
    with ZipFile(BytesIO(made["tables.xlsx"])) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


def test_no_field_of_a_csv_starts_a_formula(made: dict[str, bytes]) -> None:
    rows = list(csv.reader(StringIO(made["firms.csv"].decode())))
    assert rows[2][0] == "'" + FORMULA
    assert rows[1] == [HOSTILE, "12000", "0.304", "0.25", "0.36", "1e-05"]
    assert rows[2][1:] == ["3", "", "", "", ""]
