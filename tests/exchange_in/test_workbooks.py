"""Workbooks as other programs write them: openpyxl for XLSX, odfpy for ODS."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from constellary.exchange.importer import read_files
from constellary.study.codebook import Codebook
from tests.exchange_in.made import bare_xlsx, partners_of, refused, told

Cell = str | float | bool | dt.date | None

DEALS: list[list[Cell]] = [
    ["Our alliances", None, None, None, None],
    [],
    ["Code", "Announced", "Purpose", "Partner 1", "Partner 2"],
    [1, dt.date(2021, 5, 20), "Cost", "Iberia", "Finnair"],
    [2.0, 2022, "network", "Iberia", "Renfe"],
    [],
    [3, "May 2022", None, "7", True],
]


def save_xlsx(path: Path, sheets: dict[str, list[list[Cell]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def _ods_cell(value: Cell) -> TableCell:
    if value is None:
        return TableCell()
    if isinstance(value, bool):
        cell = TableCell(valuetype="boolean", booleanvalue=str(value).lower())
    elif isinstance(value, (int, float)):
        cell = TableCell(valuetype="float", value=str(value))
    elif isinstance(value, dt.date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def save_ods(path: Path, sheets: dict[str, list[list[Cell]]]) -> Path:
    document = OpenDocumentSpreadsheet()
    for name, rows in sheets.items():
        table = Table(name=name)
        for values in rows:
            row = TableRow()
            for value in values or [None]:
                row.addElement(_ods_cell(value))
            table.addElement(row)
        # As spreadsheet programs do: the rest of the sheet, empty, in one element.
        rest = TableRow(numberrowsrepeated=1_048_000)
        rest.addElement(TableCell(numbercolumnsrepeated=16_000))
        table.addElement(rest)
        document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


@pytest.mark.parametrize(("save", "form"), [(save_xlsx, "XLSX"), (save_ods, "ODS")])
def test_dates_numbers_and_texts_are_read_as_they_are_seen(
    save: object, form: str, tmp_path: Path, tiny_book: Codebook
) -> None:
    sheets: dict[str, list[list[Cell]]] = {
        "Deals": DEALS,
        "Companies": [["Company", "Kind"], ["Iberia", "Flag carrier"], ["7", None]],
        "Remarks": [["To do", "By whom"], ["call Renfe", "me"]],
        "Empty": [],
    }
    path = save(tmp_path / "book.csv", sheets)  # type: ignore[operator]  # one of the two above
    reading = read_files([path], tiny_book)
    assert reading.batch.alliances is not None
    assert reading.batch.firms is not None
    assert reading.batch.alliances.rows() == [
        ("1", "2021-05-20", "cost"),
        ("2", "2022", "network"),
        ("3", "2022-05", None),
    ]
    assert partners_of(reading)["3"] == ["7", "true"]
    assert ("Iberia", "flag") in reading.batch.firms.rows()
    first, second = reading.preview
    assert (first.form, first.sheet, first.header_row, first.rows) == (form, "Deals", 3, 3)
    assert (second.table, second.sheet) == ("firms", "Companies")
    assert any("sheet 'Remarks' is not read" in note for note in reading.notes)


@pytest.mark.parametrize("save", [save_xlsx, save_ods])
def test_problems_name_sheet_and_row_as_the_person_sees_them(
    save: object, tmp_path: Path, tiny_book: Codebook
) -> None:
    rows = [*DEALS, [4, "soon", "fun", "A", "A"]]
    error = refused([save(tmp_path / "b.xlsx", {"Deals": rows})], tiny_book)  # type: ignore[operator]  # one of the two
    assert told(error) == [
        "8 Announced [soon] date",
        "8 Partner 2 [A] duplicate-partner",
        "8 Purpose [fun] unknown-category",
    ]
    assert {problem.sheet for problem in error.problems} == {"Deals"}


def test_a_hidden_sheet_is_read_and_said_to_be_hidden(tmp_path: Path, tiny_book: Codebook) -> None:
    path = save_xlsx(tmp_path / "b.xlsx", {"Deals": DEALS, "Firms": [["firm", "kind"], ["Iberia", "flag"]]})
    book = openpyxl.load_workbook(path)
    book["Firms"].sheet_state = "hidden"
    book.save(path)
    reading = read_files([path], tiny_book)
    assert any("'Firms' is hidden" in note for note in reading.notes)
    assert any("To leave it out, delete it from the workbook" in note for note in reading.notes)
    assert len(reading.preview) == 2


def test_formulas_are_read_as_their_stored_values(tmp_path: Path, tiny_book: Codebook) -> None:
    header = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{name}</t></is></c>'
        for letter, name in zip("ABC", ("id", "year", "purpose"), strict=True)
    )
    stored = '<c r="A2" t="str"><f>"a"&amp;1</f><v>a1</v></c><c r="B2"><f>2020+1</f><v>2021</v></c>'
    path = bare_xlsx(tmp_path / "b.xlsx", f'<row r="1">{header}</row><row r="2">{stored}</row>')
    reading = read_files([path], tiny_book)
    assert reading.batch.alliances is not None
    assert reading.batch.alliances.rows() == [("a1", "2021", None)]


def test_formulas_that_failed_are_problems_at_their_cells(tmp_path: Path, tiny_book: Codebook) -> None:
    rows: list[list[Cell]] = [["id", "year", "purpose", "my sum"], ["a1", "=2020+1", "cost", "=1/0"]]
    error = refused([save_xlsx(tmp_path / "a.xlsx", {"S": rows})], tiny_book)
    # openpyxl stores no values; the column that is not read does not matter.
    assert told(error) == ["2 year [] formula"]
    assert "has no stored value" in str(error)
    header = '<c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>year</t></is></c>'
    broken = '<c r="A2"><v>1</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    path = bare_xlsx(tmp_path / "b.xlsx", f'<row r="1">{header}</row><row r="2">{broken}</row>')
    error = refused([path], tiny_book)
    assert told(error) == ["2 year [#DIV/0!] formula"]


def test_a_workbook_without_a_table_says_what_each_sheet_holds(tmp_path: Path, tiny_book: Codebook) -> None:
    path = save_xlsx(tmp_path / "b.xlsx", {"A": [["x", "y"], [1, 2]], "B": [["z"], [3]]})
    error = refused([path], tiny_book)
    assert [(problem.sheet, problem.kind) for problem in error.problems] == [("A", "header"), ("B", "header")]
