"""What is said of rows: by what a person sees in the file, and in good grammar."""

from __future__ import annotations

from pathlib import Path

import pytest

from constellary.exchange.importer import read_files
from constellary.study.codebook import Codebook
from tests.exchange_in.made import refused, told, write


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "name,year,purpose,firm\nDeal,2021,cost,A\nDeal,2022,cost,B\n",
            "row 3, column 'year': '2022': alliance 'Deal' has '2021' in row 2",
        ),
        (
            "name,year,partners\nDeal,2021,A;B;A\n",
            "row 2, column 'partners': 'A': 'A' is a partner of alliance 'Deal' already",
        ),
        (
            "year,partners\n2020,C;D\n2021,A;B;A\n",
            "row 3, column 'partners': 'A': 'A' is a partner of the alliance of 'A', 'B', 'A' already",
        ),
    ],
)
def test_an_alliance_without_an_id_is_called_by_what_its_row_says(
    text: str, said: str, tmp_path: Path, tiny_book: Codebook
) -> None:
    error = refused([write(tmp_path, "t.csv", text)], tiny_book)
    assert said in str(error)
    assert "\0" not in str(error)


def test_one_is_one_and_several_are_several(tmp_path: Path, tiny_book: Codebook) -> None:
    one = read_files(
        [
            write(tmp_path, "t.csv", "name,year,purpose\nFirst deal,2021,n/a\n"),
            write(tmp_path, "s.csv", "alliance,url\nFirst deal,https://a.org\nFirst deal,https://a.org\n"),
        ],
        tiny_book,
    )
    two = read_files([write(tmp_path, "t.csv", "year,partners\n2020,C;D\n2021,A;B\n")], tiny_book)
    said = " ".join(one.notes)
    for words in (
        "1 alliance had no id and got one from its partners and year, such as 'first-deal-2021'.",
        "1 alliance was named by its name and not by its id.",
        "1 alliance has no partner in these files",
        "taken as missing in 1 cell.",
        "1 source repeats an earlier row",
    ):
        assert words in said
    assert two.notes == (
        "2 alliances had no id and got one from their partners and year, such as 'a-b-2021'.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "id,year,partners\na1,2021,A;B\nTotal,,\n",
        "id,year,partners\na1,2021,A;B\n,Total: 1,2\n",
        "year,partners\n2021,A;B\nTotal,2\n",
        "name,year,partner_1,partner_2\nDeal,2021,A,B\nGrand total,1,,\n",
        "id,year,firm\na1,2021,A\nTOTAL,,1\n",
        "id,name,year,firm\na1,D,2021,A\n,Summe,,1\n",
    ],
)
def test_a_row_of_totals_is_told_as_what_it_is(text: str, tmp_path: Path, tiny_book: Codebook) -> None:
    error = refused([write(tmp_path, "t.csv", text)], tiny_book)
    assert error.total == 1
    assert told(error)[0].startswith("3  [")
    assert "looks like a total below the table" in str(error)


def test_a_firm_may_be_called_total(tmp_path: Path, tiny_book: Codebook) -> None:
    for text in (
        "id,year,partners\na1,2021,Total;B\n",
        "id,year,firm\na1,2021,Total\n",
        "id,name,year,partners\n7,Total,2021,A;B\n",
        "firm,aliases\nTotal,\n",
    ):
        read_files([write(tmp_path, "t.csv", text)], tiny_book)
