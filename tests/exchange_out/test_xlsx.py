from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import polars as pl
import pytest

from constellary.errors import InputError
from constellary.exchange.writers import xlsx
from constellary.exchange.writers.tables import everything
from constellary.study.frames import Frames

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


@pytest.fixture(scope="module")
def book(automotive: Frames) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx.files(automotive)[".xlsx"]))


def column(sheet: Worksheet, name: str) -> list[object]:
    header = [cell.value for cell in sheet[1]]
    return [row[header.index(name)] for row in sheet.iter_rows(min_row=2, values_only=True)]


def renamed(frames: Frames, name: str) -> Frames:
    return Frames(**{**vars(frames), "alliances": frames.alliances.with_columns(name=pl.lit(name))})


def test_there_is_a_sheet_a_table_and_the_codebook(book: openpyxl.Workbook, automotive: Frames) -> None:
    assert book.sheetnames == ["alliances", "partners", "firms", "sources", "codings", "Codebook"]
    for name in book.sheetnames[:5]:
        assert book[name].max_row == getattr(automotive, name).height + 1


def test_types_are_real(book: openpyxl.Workbook, automotive: Frames) -> None:
    shown = column(book["alliances"], "announced")
    for cell, text in zip(shown, automotive.alliances["announced"], strict=True):
        expected: object = text
        if text is not None and len(text) == 4:
            expected = int(text)
        elif text is not None and len(text) == 10:
            expected = datetime.fromisoformat(text)
        assert cell == expected
    assert column(book["alliances"], "size") == automotive.alliances["size"].to_list()
    assert column(book["partners"], "position") == automotive.partners["position"].to_list()


def test_derived_columns_stand_last_and_are_marked(book: openpyxl.Workbook) -> None:
    header = book["alliances"][1]
    marked = [cell.value for cell in header if cell.font.italic]
    assert marked == ["size", "year", "formality", "industries", "partners_band"]
    assert [cell.value for cell in header][-5:] == marked
    origin = dict(
        zip(column(book["Codebook"], "variable"), column(book["Codebook"], "derived from"), strict=True)
    )
    assert origin["formality"] == "form"
    assert origin["form"] is None


def test_the_header_is_frozen_and_filtered_and_columns_are_not_too_wide(book: openpyxl.Workbook) -> None:
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(8 <= width.width <= 62 for width in sheet.column_dimensions.values())


def test_the_codebook_sheet_names_every_category(book: openpyxl.Workbook, automotive: Frames) -> None:
    listed = zip(
        column(book["Codebook"], "variable"),
        column(book["Codebook"], "value"),
        column(book["Codebook"], "category"),
        strict=True,
    )
    expected = [
        (item.name, category.value, category.label)
        for item in everything(automotive.codebook)
        for category in item.categories
    ]
    assert [row for row in listed if row[1] is not None] == expected


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "http://example.org", "{=1}", "007", "=", "a\x00b"]
)
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str, tiny: Frames) -> None:
    content = xlsx.files(renamed(tiny, text))[".xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(content))["alliances"]
    assert sheet["B2"].value == text.replace("\x00", "")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = "".join(archive.read(name).decode() for name in archive.namelist() if "worksheets/" in name)
    assert re.findall("<f>|<hyperlink", xml) == []
    assert '<c r="B2" t="s">' in xml


def test_a_day_before_excels_calendar_stays_text(tiny: Frames) -> None:
    old = Frames(**{**vars(tiny), "alliances": tiny.alliances.with_columns(announced=pl.lit("1899-12-31"))})
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx.files(old)[".xlsx"]))["alliances"]
    assert sheet["C2"].value == "1899-12-31"


def test_text_that_no_cell_holds_is_refused_with_its_place(tiny: Frames) -> None:
    with pytest.raises(InputError, match="sheet 'alliances', column 'name', row 2: a cell"):
        xlsx.files(renamed(tiny, "x" * 32_768))
    assert xlsx.files(renamed(tiny, "x" * 32_767))


def test_too_many_rows_are_refused(tiny: Frames, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 5)
    with pytest.raises(InputError, match="alliances: 6 rows"):
        xlsx.files(tiny)
