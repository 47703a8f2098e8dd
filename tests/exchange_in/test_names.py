"""Spellings of one firm: folded within the files and against the study."""

from __future__ import annotations

from pathlib import Path

from constellary.exchange.importer import Reading, read_files
from constellary.study.codebook import Codebook
from constellary.study.study import Study, create_study
from tests.exchange_in.made import partners_of, refused, told, write

SPELT = (
    "name,year,partners\nOne,2021,Fiat;PSA\nTwo,2022,fiat;Bosch\nThree,2023,FIAT ; BOSCH\n"
    "Three,2023,FIAT;ZF  AG;Zf ag x\n"
)


def read_into(study: Study, path: Path) -> Reading:
    return read_files(
        [path], study.codebook, known_alliances=study.known_alliances(), known_firms=study.known_firms()
    )


def test_spellings_that_differ_by_case_or_spaces_are_one_firm_by_the_first_of_them(
    tmp_path: Path, tiny_book: Codebook
) -> None:
    reading = read_files([write(tmp_path, "t.csv", SPELT)], tiny_book)
    assert sorted(partners_of(reading).values()) == [
        ["Fiat", "Bosch"],
        ["Fiat", "Bosch"],
        ["Fiat", "PSA"],
        ["Fiat", "ZF AG", "Zf ag x"],
    ]
    assert reading.batch.firms is not None
    assert reading.batch.firms["firm"].to_list() == ["Bosch", "Fiat", "PSA", "ZF AG", "Zf ag x"]
    assert (
        "3 names differ from an earlier one by case or spaces alone, read as one firm: "
        "'BOSCH' as 'Bosch', 'FIAT' as 'Fiat', 'fiat' as 'Fiat'."
    ) in reading.notes


def test_two_rows_of_a_firm_table_are_one_firm_and_have_to_agree(tmp_path: Path, tiny_book: Codebook) -> None:
    path = write(tmp_path, "f.csv", "firm,aliases,parent\nFiat,,Stellantis\nFIAT,FCA,\n")
    reading = read_files([path], tiny_book)
    assert reading.batch.firms is not None
    assert reading.batch.firms["firm"].to_list() == ["Fiat", "Stellantis"]
    path = write(tmp_path, "f.csv", "firm,parent\nFiat,Stellantis\nFIAT,Exor\n")
    assert told(refused([path], tiny_book)) == ["3 parent [Exor] conflict"]


def test_two_spellings_in_one_alliance_are_a_problem(tmp_path: Path, tiny_book: Codebook) -> None:
    error = refused([write(tmp_path, "t.csv", "id,partners\na1,Fiat;PSA;FIAT\n")], tiny_book)
    assert told(error) == ["2 partners [FIAT] duplicate-partner"]


def test_the_same_file_twice_changes_nothing_in_the_study(tmp_path: Path, tiny_book: Codebook) -> None:
    path = write(tmp_path, "t.csv", SPELT)
    with create_study(tmp_path / "t.study", tiny_book, who="x") as study:
        assert study.take(read_into(study, path).batch, who="x").decision is not None
        assert study.take(read_into(study, path).batch, who="x").decision is None
        other = write(tmp_path, "o.csv", "id,partners\nnew,FIAT;bosch\n")
        study.take(read_into(study, other).batch, who="x")
        assert sorted(study.frames().firms["firm"]) == ["Bosch", "Fiat", "PSA", "ZF AG", "Zf ag x"]


def test_firms_that_a_study_holds_in_two_spellings_are_told_apart_by_exact_names_alone(
    tmp_path: Path, tiny_book: Codebook
) -> None:
    known = {"Fiat": "Fiat", "fiat": "fiat", "bosch": "Bosch"}
    path = write(tmp_path, "t.csv", "id,partners\na1,Fiat;bosch\na2,fiat;BOSCH\n")
    reading = read_files([path], tiny_book, known_firms=known)
    assert partners_of(reading) == {"a1": ["Fiat", "Bosch"], "a2": ["fiat", "Bosch"]}
    unclear = write(tmp_path, "u.csv", "id,partners\na1,FIAT;Bosch\n")
    assert (
        "'FIAT' could be 'Fiat' or 'fiat'; it stays as written."
        in read_files([unclear], tiny_book, known_firms=known).notes
    )
