from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from subprocess import run

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from constellary.report.cells import show
from constellary.report.document import Column, Document, Figure, Section, Table
from constellary.report.evidence import EvidenceBook
from constellary.report.printed import printed
from tests.needs import needs
from tests.report_render.sample import render, sample


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return render()


def captions(text: str) -> list[str]:
    return re.findall(r"(?:Figure|Table) \d+(?=\.)", text)


def test_figures_and_tables_bear_the_same_numbers_in_every_format(made: dict[str, bytes]) -> None:
    document, _ = sample()
    wanted = ["Figure 1", "Table 1", "Figure 2", "Table 2", "Figure 3"]
    assert [number for number in document.numbers().values() if " " in number] != []
    page = re.findall(r"<b>((?:Figure|Table) \d+)\.</b>", made["report.html"].decode())
    word = docx.Document(BytesIO(made["report.docx"]))
    in_word = [
        "".join(text.text or "" for text in paragraph._p.iter(qn("w:t")))
        for paragraph in word.paragraphs
        if paragraph.style is not None and paragraph.style.name == "Caption"
    ]
    assert page == wanted
    assert [captions(caption)[0] for caption in in_word] == wanted
    typeset = [b["number"] for s in printed(document)["sections"] for b in s["blocks"] if "number" in b]
    assert typeset == wanted
    book = openpyxl.load_workbook(BytesIO(made["tables.xlsx"]))
    assert [str(sheet["A1"].value)[:8] for sheet in book.worksheets[1:]] == ["Table 1.", "Table 2."]


def test_the_pdf_bears_the_numbers_too(made: dict[str, bytes]) -> None:
    text = run([needs("pdftotext"), "-", "-"], input=made["report.pdf"], capture_output=True, check=True)
    # Figures float to the top or foot of a page, so that only their numbers are fixed, not their place.
    assert sorted(captions(text.stdout.decode())) == [
        "Figure 1",
        "Figure 2",
        "Figure 3",
        "Table 1",
        "Table 2",
    ]
    assert "See Table 1 and Figure 2 below." in text.stdout.decode()


def test_every_figure_has_its_alternative_text_in_every_format(made: dict[str, bytes]) -> None:
    document, _ = sample()
    page = unescape(made["report.html"].decode())
    word = docx.Document(BytesIO(made["report.docx"]))
    described = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert described == [figure.alt.replace("\u2028", " ") for figure in document.figures]
    for figure in document.figures:
        assert f'aria-label="{figure.alt}"' in page or figure.svg is not None
    assert made["report.pdf"].count(b"/Alt") >= len(document.figures) or b"ObjStm" in made["report.pdf"]


def test_a_figure_without_alternative_text_is_refused() -> None:
    with pytest.raises(ValueError, match="alternative text"):
        Figure("a", "Caption", " ", svg="<svg/>")


def test_a_figure_needs_one_drawing() -> None:
    with pytest.raises(ValueError, match="either"):
        Figure("a", "Caption", "Alt")


def test_keys_are_file_names_and_unique() -> None:
    with pytest.raises(ValueError, match="no key"):
        Table("../up", "x", (), ())
    one = Table("same", "x", (), ())
    with pytest.raises(ValueError, match="'same' is there twice"):
        Document("T", (Section("a", "A", (one, one)),))


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="1 of 2"):
        Table("t", "x", (Column("a"), Column("b")), (("only",),))


def test_a_long_table_is_cut_in_print_and_whole_in_the_files(made: dict[str, bytes]) -> None:
    document, _ = sample()
    table = document.tables[1]
    assert len(table.printed) == 10
    assert table.cut == "The first 10 of 40 rows; tables/long.csv has all."
    assert made["long.csv"].decode().count("\n") == 41
    assert made["report.html"].decode().count('<tr class="more">') == 30


def test_the_head_of_a_word_table_repeats_and_its_widths_are_set(made: dict[str, bytes]) -> None:
    table = docx.Document(BytesIO(made["report.docx"])).tables[0]
    heads = [row for row in table.rows if row._tr.find(f".//{qn('w:tblHeader')}") is not None]
    assert len(heads) == 2
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.findall(qn("w:gridCol"))]
    assert min(widths) > 200
    assert sum(widths) <= 9360


def test_the_workbook_holds_unrounded_numbers(made: dict[str, bytes]) -> None:
    sheet = openpyxl.load_workbook(BytesIO(made["tables.xlsx"])).worksheets[1]
    values = [cell.value for cell in sheet[4]][1:]
    assert values == [12000, 0.304, 0.25, 0.36, 0.00001]
    assert sheet["C4"].number_format == "0.0%"
    assert [cell.value for cell in sheet[3]][1:4] == [
        "Alliances: n",
        "Alliances: Share",
        "Alliances: 95% CI, low",
    ]


@pytest.mark.parametrize(
    ("value", "column", "text"),
    [
        (None, Column("x", "share"), "–"),
        ("", Column("x"), "–"),
        (0.5, Column("x", "share", 0), "50%"),
        (-0.0001, Column("x", "number"), "0.0"),
        ((-0.1, 0.25), Column("x", "interval", 2), "−0.10 to 0.25"),
        (0.0005, Column("x", "p"), "< .001"),
        (0.9999, Column("x", "p"), "> .999"),
        (1234567, Column("x", "int"), "1,234,567"),
    ],
)
def test_values_in_print(value: float | None, column: Column, text: str) -> None:
    assert show(value, column) == text


def test_two_lists_never_share_a_key_and_one_list_keeps_its_key() -> None:
    book = EvidenceBook()
    first = book.add("x", title="X", alliances=["b", "a"])
    assert book.add("x", title="X", alliances=["a", "b", "a"]) == first
    assert book.add("x", title="X", alliances=["a"]) == "x-2"
