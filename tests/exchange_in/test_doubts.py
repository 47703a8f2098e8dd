"""What would be dropped or misread without a word is told: columns of firms, separators, formulas, numbers."""

from __future__ import annotations

from pathlib import Path

import pytest

from constellary.errors import UsageError
from constellary.exchange.importer import read_files
from constellary.study.codebook import Codebook
from tests.exchange_in.made import partners_of, refused, told, write


@pytest.mark.parametrize(
    "partners", ["partners\na1,2021,cost,A;B\n", "partner_1,partner_2\na1,2021,cost,A,B\n"]
)
def test_a_column_of_firms_is_not_read_where_a_row_is_a_whole_alliance(
    partners: str, tmp_path: Path, tiny_book: Codebook
) -> None:
    reading = read_files([write(tmp_path, "t.csv", f"id,year,Kind,{partners}")], tiny_book)
    assert reading.preview[0].ignored == ("Kind",)
    assert list(reading.notes) == [
        (f"{tmp_path / 't.csv'}: columns that are not read: 'Kind' (it is of firms, not of alliances).")
    ]
    assert partners_of(reading) == {"a1": ["A", "B"]}


@pytest.mark.parametrize("sign", [", ", " | ", ","])
def test_a_column_of_partners_without_any_semicolon_is_refused(
    sign: str, tmp_path: Path, tiny_book: Codebook
) -> None:
    text = f'id,year,Partners\na1,2021,"Delta{sign}KLM"\na2,2021,"KLM{sign}Iberia"\na3,2021,Qantas\n'
    error = refused([write(tmp_path, "t.csv", text)], tiny_book)
    assert told(error) == [f"2 Partners [Delta{sign}KLM] separator"]
    assert "2 of 3 look like several firms: separate the partners by ';'" in str(error)


def test_a_cell_that_looks_like_several_firms_is_noted_with_its_row(
    tmp_path: Path, tiny_book: Codebook
) -> None:
    text = (
        'id,year,partners\na1,2021,A;B\na2,2021,"Lufthansa, Delta"\na3,2021,Lufthansa | KLM\n'
        'a4,2021,Lufthansa/KLM\na5,2021,Delta and United\na6,2021,"Ford, Inc."\na7,2021,Carlsberg A/S\n'
    )
    reading = read_files([write(tmp_path, "t.csv", text)], tiny_book)
    assert list(reading.notes) == [
        (
            f"{tmp_path / 't.csv'}, column 'partners', row 3: 'Lufthansa, Delta', row 4: 'Lufthansa | KLM', "
            "row 5: 'Lufthansa/KLM', row 6: 'Delta and United': "
            "no ; in partners; this looks like several firms and was read as one."
        )
    ]


def test_one_firm_with_a_comma_may_end_in_a_semicolon(tmp_path: Path, tiny_book: Codebook) -> None:
    reading = read_files([write(tmp_path, "t.csv", 'id,year,partners\na1,2021,"Fast, Cheap;"\n')], tiny_book)
    assert partners_of(reading) == {"a1": ["Fast, Cheap"]}
    assert reading.notes == ()


def test_an_empty_id_says_what_to_do(tmp_path: Path, tiny_book: Codebook) -> None:
    error = refused([write(tmp_path, "t.csv", "id,year,partners\na1,2021,A;B\n,2021,C;D\n")], tiny_book)
    assert "is empty; fill it in, or leave the column out: then ids are made" in str(error)


@pytest.mark.parametrize("header", ["Nr", "Nr.", "No.", "N°", "Nº", "№", "Lfd. Nr."])
def test_a_number_of_alliances_is_their_id(header: str, tmp_path: Path, tiny_book: Codebook) -> None:
    lists = read_files(
        [write(tmp_path, "t.csv", f"{header},year,partners\n1,2021,A;B\n2,2021,A;C\n")], tiny_book
    )
    rows = read_files([write(tmp_path, "r.csv", f"{header},year,firm\n1,2021,A\n1,2021,B\n")], tiny_book)
    assert partners_of(lists) == {"1": ["A", "B"], "2": ["A", "C"]}
    assert partners_of(rows) == {"1": ["A", "B"]}


def test_a_number_of_rows_is_no_id_and_makes_no_table_of_alliances(
    tmp_path: Path, tiny_book: Codebook
) -> None:
    rows = read_files(
        [write(tmp_path, "r.csv", "Nr.,name,year,firm\n1,Sky,2021,A\n2,Sky,2021,B\n")], tiny_book
    )
    firms = read_files([write(tmp_path, "f.csv", "Nr.,firm,kind\n1,A,rail\n2,B,flag\n")], tiny_book)
    assert partners_of(rows) == {"a-b-2021": ["A", "B"]}
    assert any("'Nr.' (it numbers the rows)" in note for note in rows.notes)
    assert firms.preview[0].table == "firms"


def test_a_mapping_of_a_header_that_is_not_there_shows_those_that_are(
    tmp_path: Path, tiny_book: Codebook
) -> None:
    path = write(tmp_path, "t.csv", "Nr,year,partners\n1,2021,A;B\n")
    with pytest.raises(UsageError) as caught:
        read_files([path], tiny_book, mapping={"Nrr": "id"})
    assert str(caught.value) == (
        f"No table has the header 'Nrr', which is mapped to 'id'. {path} has 'Nr', 'year', 'partners'."
    )


def test_a_name_that_begins_like_a_formula_is_noted(tmp_path: Path, tiny_book: Codebook) -> None:
    text = "id,name,year,partners\na1,=SUM(A1:A3),2021,A;B\na2,'=quoted,2021,A;C\n"
    reading = read_files([write(tmp_path, "t.csv", text)], tiny_book)
    assert list(reading.notes) == [
        (
            f"{tmp_path / 't.csv'}, column 'name', row 2: '=SUM(A1:A3)': "
            "this begins with = like a formula and was read as a name."
        )
    ]
