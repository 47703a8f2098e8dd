"""Bibliographies as they are written."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from constellary.exchange.bibliography.csl import to_csl
from constellary.exchange.bibliography.reading import parse_export
from constellary.exchange.bibliography.writers import FORMATS
from constellary.literature.record import Name, Record

ARTICLE = Record(
    id="vallejo2020-3fa2c1",
    title="=R&D_alliances: 50% of {A}",
    authors=(Name("Vallejo", "Bertha"), Name("OECD")),
    year=2020,
    date="2020-05-17",
    venue="Research Policy",
    volume="49",
    issue="2",
    pages="123-145",
    doi="10.1016/j.respol.2020.1",
    abstract="One.\nTwo.",
    keywords=("trust", "learning"),
    notes=("Read.",),
    cited=("Doe J, 1999, X",),
    times_cited=7,
    language="en",
)
OTHER = Record(id="roe2019-aaaaaa", title="Of firms", year=2019, type="book", authors=(Name("Roe", "K."),))
BOTH = [ARTICLE, OTHER]
DECIDED = {
    "vallejo2020-3fa2c1": {"title and abstract": "included"},
    "roe2019-aaaaaa": {"title and abstract": "excluded", "reason": "+no alliances"},
}


def written(name: str, records: list[Record] = BOTH) -> bytes:
    return FORMATS[name][1](records, DECIDED)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_records_give_the_same_bytes(name: str) -> None:
    assert written(name) == written(name)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"csv", "xlsx"}))
def test_no_record_gives_a_file_that_is_whole(name: str) -> None:
    assert written(name, []) in (b"", b"[\n\n]\n")


def test_ris_holds_the_tags_in_their_form() -> None:
    lines = written("ris").decode().split("\r\n")
    assert lines[0] == "TY  - JOUR"
    assert "AU  - Vallejo, Bertha" in lines
    assert "AU  - OECD" in lines
    assert lines[lines.index("SP  - 123") + 1] == "EP  - 145"
    assert "DA  - 2020/05/17" in lines
    assert "N1  - Constellary, title and abstract: included" in lines
    assert lines.count("ER  - ") == 2


def test_bibtex_escapes_and_keeps_the_keys() -> None:
    text = written("bibtex", [ARTICLE, OTHER, OTHER]).decode()
    assert "@article{vallejo2020-3fa2c1,\n" in text
    assert r"title = {{=R\&D\_alliances: 50\% of \textbraceleft{}A\textbraceright{}}}" in text
    assert "author = {Vallejo, Bertha and {OECD}}" in text
    assert "@book{roe2019-aaaaaa,\n" in text
    assert "@book{roe2019-aaaaaa-2,\n" in text
    assert text.count("{") == text.count("}")


def test_csl_json_is_taken_by_a_citation_processor() -> None:
    items = json.loads(written("csl-json"))
    assert [item["type"] for item in items] == ["article-journal", "book"]
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    item = {name: value for name, value in to_csl(ARTICLE).items() if name != "custom"}
    bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
    bibliography.register(Citation([CitationItem(ARTICLE.id)]))
    (shown,) = map(str, bibliography.bibliography())
    assert "Vallejo" in shown
    assert "OECD" in shown
    assert "2020" in shown
    assert "Research Policy" in shown


def test_csv_starts_no_formula_and_has_a_column_for_each_decision() -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv").decode("utf-8-sig"), newline="")))
    assert rows[0]["title"] == "'=R&D_alliances: 50% of {A}"
    assert rows[0]["authors"] == "Vallejo, Bertha; OECD"
    assert [row["title and abstract"] for row in rows] == ["included", "excluded"]
    assert [row["reason"] for row in rows] == ["", "'+no alliances"]


def test_a_decision_named_like_a_field_gets_a_column_of_its_own() -> None:
    data = FORMATS["csv"][1]([OTHER], {OTHER.id: {"title": "good"}})
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert (row["title"], row["title (2)"]) == ("Of firms", "good")
    assert parse_export("x.csv", data).entries[0].record.title == "Of firms"


def test_the_workbook_holds_texts_as_text_and_numbers_as_numbers() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(written("xlsx")))["records"]
    header, first, second = sheet.iter_rows(values_only=True)
    row = dict(zip(header, first, strict=True))
    assert row["title"] == "=R&D_alliances: 50% of {A}"
    assert (row["year"], row["times_cited"], row["line"]) == (2020, 7, None)
    assert dict(zip(header, second, strict=True))["reason"] == "+no alliances"
    assert {cell.data_type for cells in sheet.iter_rows() for cell in cells} <= {"s", "n"}


def test_nothing_in_the_workbook_is_a_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(written("xlsx"))) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")


def test_cited_references_that_fill_more_than_a_cell_are_cut_and_say_so() -> None:
    long = ARTICLE._replace(cited=tuple(f"Doe J, {year}, X" for year in range(4000)))
    sheet = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"][1]([long], None)))["records"]
    header, row = sheet.iter_rows(values_only=True)
    cell = str(row[header.index("cited")])
    assert len(cell) == 32_767
    assert cell.endswith("characters; the CSV has all]")
