"""Text tables: the encoding, the delimiter, the header and the quotation are found; rows keep their numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constellary.errors import InputError
from constellary.exchange.importer import read_files
from constellary.exchange.readers.sniff import Text, decode
from constellary.exchange.readers.text_tables import read_text_table
from constellary.study.codebook import Codebook
from tests.exchange_in.made import partners_of, refused, told, write

ROWS = "id;announced;Partners;Purpose\na1;2021;Citroën;Network\na2;2022-05;Müller;Cost\n"


def first_row(rows: Sequence[Sequence[str]]) -> tuple[float, int]:
    """Judge a header as if its names were one sign long."""
    return max((len(rows[0]) if rows else 0.0, 0), (0.0, -1))


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8 with byte order mark"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
    ],
)
def test_the_encoding_is_told_from_the_bytes(
    encoding: str, said: str, tmp_path: Path, tiny_book: Codebook
) -> None:
    reading = read_files([write(tmp_path, "t.txt", ROWS, encoding=encoding)], tiny_book)
    assert reading.preview[0].encoding == said
    assert partners_of(reading) == {"a1": ["Citroën"], "a2": ["Müller"]}
    assert any("Windows-1252" in note for note in reading.notes) == (said == "Windows-1252")


def test_cyrillic_from_before_utf8_is_not_taken_for_western() -> None:
    text = "Партнёр;Год\n" + "Автомобильный завод;две тысячи\n" * 20
    assert decode(text.encode("cp1251")).text == text


def test_mixed_encodings_are_refused_with_the_line() -> None:
    data = "id,partners\na,Škoda\nb,Citroën\n".encode() + "c,Müller\n".encode("cp1252")
    with pytest.raises(InputError, match=r"line 4 holds the byte 0xfc"):
        decode(data)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_gives_a_header(
    delimiter: str, tmp_path: Path, tiny_book: Codebook
) -> None:
    rows = [["id", "announced", "partners"], ["a1", "2021", "A; B; C"], ["a2", "2022", "D; E; F"]]
    text = "\n".join(delimiter.join(f'"{c}"' if delimiter in c else c for c in row) for row in rows)
    reading = read_files([write(tmp_path, "t.csv", text)], tiny_book)
    assert reading.preview[0].delimiter == delimiter
    assert partners_of(reading) == {"a1": ["A", "B", "C"], "a2": ["D", "E", "F"]}


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_lines_above_the_header_and_blank_ones_are_passed_and_counted(
    ends: str, tmp_path: Path, tiny_book: Codebook
) -> None:
    lines = [
        "Our alliances",
        "",
        "as of 2023,final",
        "id,announced,purpose",
        "",
        "a1,2021,cost",
        "a2,2021,fun",
    ]
    error = refused([write(tmp_path, "t.csv", ends.join(lines))], tiny_book)
    assert told(error) == ["7 purpose [fun] unknown-category"]
    assert error.preview[0].header_row == 4
    assert error.preview[0].rows == 2


def test_the_line_that_names_the_separator_is_honoured(tmp_path: Path, tiny_book: Codebook) -> None:
    reading = read_files([write(tmp_path, "t.csv", f"sep=;\n{ROWS}")], tiny_book)
    assert partners_of(reading) == {"a1": ["Citroën"], "a2": ["Müller"]}


def test_a_line_break_in_quotation_marks_is_part_of_the_cell(tmp_path: Path, tiny_book: Codebook) -> None:
    text = 'id,partners,purpose\na1,"B\nC",cost\na2,D,fun\n'
    error = refused([write(tmp_path, "t.csv", text)], tiny_book)
    assert told(error) == ["3 purpose [fun] unknown-category"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('alliance,firm\na1,"B"\na2,C,D\na3,E\n', ["3  [] cells"]),
        ("alliance,firm\na1,B\na2\na3,E\n", ["3  [] cells"]),
        ('alliance,firm\na1,B\na2,"C\na3,E\n', ["3  [] quotation"]),
        ('alliance,firm\na1,B\na2,"C" D\na3,E\n', ["3  [] quotation"]),
    ],
)
def test_a_row_that_does_not_fit_is_a_problem_and_no_guess(
    text: str, expected: list[str], tmp_path: Path, tiny_book: Codebook
) -> None:
    error = refused([write(tmp_path, "t.csv", text)], tiny_book, known_alliances=["a1", "a2", "a3"])
    assert told(error) == expected


def test_empty_cells_behind_the_last_column_do_no_harm(tmp_path: Path, tiny_book: Codebook) -> None:
    text = "alliance,firm\na1,B,,\na1,C,,,\n"
    reading = read_files([write(tmp_path, "t.csv", text)], tiny_book, known_alliances=["a1"])
    assert partners_of(reading) == {"a1": ["B", "C"]}


def test_empty_cells_far_below_do_no_harm_and_filled_ones_do(tmp_path: Path, tiny_book: Codebook) -> None:
    rows = "alliance,firm\n" + "".join(f"a1,F{number}\n" for number in range(60))
    path = write(tmp_path, "t.csv", rows + "a1,B,,\n")
    assert len(partners_of(read_files([path], tiny_book, known_alliances=["a1"]))["a1"]) == 61
    path = write(tmp_path, "t.csv", rows + "a1,B,,x\n")
    assert told(refused([path], tiny_book, known_alliances=["a1"])) == ["62  [] cells"]


def test_a_mark_within_a_cell_is_a_plain_sign(tmp_path: Path, tiny_book: Codebook) -> None:
    text = 'alliance,firm\na1,5" Wheels\na1,C\n'
    reading = read_files([write(tmp_path, "t.csv", text)], tiny_book, known_alliances=["a1"])
    assert partners_of(reading) == {"a1": ['5" Wheels', "C"]}


cells = st.text(st.sampled_from('ab",;\n \r\té'), max_size=4)


@settings(deadline=None, max_examples=300)
@given(
    rows=st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=6),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_cells_are_those_of_the_csv_module(rows: list[list[str]], quoting: int, end: str) -> None:
    target = io.StringIO()
    csv.writer(target, quoting=quoting, lineterminator=end).writerows([["x"] * 3, *rows])  # type: ignore[arg-type]  # typeshed's literal
    text = target.getvalue()
    grid = read_text_table("t", Text(text, "UTF-8"), first_row, guarded=False)
    wanted = list(csv.reader(io.StringIO(text, newline=""), delimiter=grid.delimiter))
    got = [["" if cell is None else cell for cell in row] for row in grid.cells.iter_rows()]
    # A carriage return alone within a cell may come back as a line feed; both are cleaned alike.
    width = grid.cells.width
    plain = [[cell.replace("\r", "\n") for cell in (row + [""] * width)[:width]] for row in wanted]
    assert [[cell.replace("\r", "\n") for cell in row] for row in got] == plain


@settings(deadline=None, max_examples=500)
@given(st.text(st.sampled_from('ab",;\n \r'), max_size=40))
def test_any_text_gives_a_grid_with_a_width_for_each_row(text: str) -> None:
    try:
        grid = read_text_table("t", Text(f"x,y\n{text}", "UTF-8"), first_row)
    except InputError:
        return
    assert grid.widths is not None
    assert len(grid.widths) == grid.cells.height
