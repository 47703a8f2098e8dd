"""What is shown of a table that was read, and of one that was not understood."""

from __future__ import annotations

from pathlib import Path

from constellary.exchange.importer import read_files
from constellary.exchange.readers.preview import FIRST_ROWS, FirstRow
from constellary.study.codebook import Codebook
from tests.exchange_in.made import refused, write


def test_the_first_rows_stand_as_they_are_with_their_numbers(
    tmp_path: Path, automotive_book: Codebook
) -> None:
    path = write(
        tmp_path, "a.csv", "A title\n\nid,partners,,announced\nx1,Ford;BMW,,2021\n\nx2,Ford;VW,,20.05.2021\n"
    )
    table = read_files([path], automotive_book).preview[0]
    assert [column.header for column in table.columns] == ["id", "partners", "announced"]
    assert [row.cells for row in table.first] == [("x1", "Ford;BMW", "2021"), ("x2", "Ford;VW", "20.05.2021")]
    assert [row.number for row in table.first] == [4, 6]


def test_rows_and_cells_that_are_shown_are_bounded(tmp_path: Path, automotive_book: Codebook) -> None:
    rows = "".join(f"x{number},Ford;BMW,{'long ' * 100}\n" for number in range(100))
    table = read_files([write(tmp_path, "a.csv", f"id,partners,name\n{rows}")], automotive_book).preview[0]
    assert (len(table.first), table.rows) == (FIRST_ROWS, 100)
    assert len(table.first[0].cells[2]) == 60


def test_a_table_that_is_not_understood_shows_its_header_and_rows(
    tmp_path: Path, automotive_book: Codebook
) -> None:
    path = write(tmp_path, "a.csv", "Nota\nSigla,Socios,Nada\nx1,Ford;BMW,1\n")
    error = refused([path], automotive_book)
    assert error.preview == ()
    (table,) = error.unread
    assert (table.table, table.header_row, table.rows) == ("", 2, 1)
    assert [column.header for column in table.columns] == ["Sigla", "Socios", "Nada"]
    assert table.first == (FirstRow(3, ("x1", "Ford;BMW", "1")),)
    reading = read_files([path], automotive_book, mapping={"Sigla": "id", "Socios": "partners"})
    assert reading.preview[0].table == "alliances"


def test_a_mapping_may_name_a_header_of_a_table_that_is_not_understood(
    tmp_path: Path, automotive_book: Codebook
) -> None:
    good = write(tmp_path, "a.csv", "id,partners\nx1,Ford;BMW\n")
    strange = write(tmp_path, "b.csv", "Sigla,Nada\nx2,Ford\n")
    error = refused([good, strange], automotive_book, mapping={"Sigla": "id"})
    assert [problem.kind for problem in error.problems] == ["header"]
    assert [table.file for table in error.unread] == [str(strange)]


def test_an_empty_table_has_nothing_to_show(tmp_path: Path, automotive_book: Codebook) -> None:
    error = refused([write(tmp_path, "a.csv", ",,\n,,\n")], automotive_book)
    assert [table.columns for table in error.unread] in ([], [()])
