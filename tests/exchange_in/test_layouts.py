"""Alliance tables in every layout, right and with mistakes in them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from constellary.exchange.importer import read_files
from constellary.exchange.readers.identifiers import assign_ids, base_id
from constellary.study.codebook import Codebook
from tests.exchange_in.made import partners_of, refused, told, write

LIST = "id,announced,purpose,partners\na1,2021,cost,Iberia; Finnair\na2,2022,network,Iberia;Renfe;Qantas\n"
_NUMBERED = "a1,2021,cost,Iberia,Finnair,\na2,2022,network,Iberia,Renfe,Qantas\n"
COLUMNS = f"id,announced,purpose,Partner 1,Partner_2,partner3\n{_NUMBERED}"
LETTERS = f"id,announced,purpose,Firm A,Firm B,Firm C\n{_NUMBERED}"
SAME = f"id,announced,purpose,Partner,Partner,Partner\n{_NUMBERED}"
ROWS = (
    "id,announced,purpose,company\na1,2021,cost,Iberia\na1,2021,cost,Finnair\n"
    "a2,2022,network,Iberia\na2,,,Renfe\na2,2022,network,Qantas\n"
)
LIST_ROWS = ROWS.replace("company", "partners")


@pytest.mark.parametrize("text", [LIST, COLUMNS, LETTERS, SAME, ROWS, LIST_ROWS])
def test_every_layout_says_the_same(text: str, tmp_path: Path, tiny_book: Codebook) -> None:
    reading = read_files([write(tmp_path, "t.csv", text)], tiny_book)
    assert partners_of(reading) == {"a1": ["Iberia", "Finnair"], "a2": ["Iberia", "Renfe", "Qantas"]}
    assert reading.batch.alliances is not None
    assert reading.batch.alliances.rows() == [("a1", "2021", "cost"), ("a2", "2022", "network")]
    assert reading.batch.firms is not None
    assert reading.batch.firms["firm"].to_list() == ["Finnair", "Iberia", "Qantas", "Renfe"]
    assert reading.batch.partners is not None
    assert reading.batch.partners.schema["position"] == pl.Int32


def test_mistakes_in_one_column_of_partners(tmp_path: Path, tiny_book: Codebook) -> None:
    text = (
        "id,announced,purpose,partners\na1,2021,cost,Iberia;Finnair;Iberia\n,2021,cost,A;B\n"
        "a1,2022,network,C;D\na4,2021-02-30,frequent,E;F\n"
    )
    assert told(refused([write(tmp_path, "t.csv", text)], tiny_book)) == [
        "2 partners [Iberia] duplicate-partner",
        "3 id [] empty",
        "4 id [a1] duplicate-id",
        "5 announced [2021-02-30] date",
        "5 purpose [frequent] unknown-category",
    ]


def test_mistakes_in_numbered_columns(tmp_path: Path, tiny_book: Codebook) -> None:
    text = "id,announced,Partner 1,Partner 2,Partner 3\na1,03/04/2021,Iberia,Iberia,\na1,2021,C,D,C\n"
    error = refused([write(tmp_path, "t.csv", text)], tiny_book)
    assert told(error) == [
        "2 Partner 2 [Iberia] duplicate-partner",
        "2 announced [03/04/2021] date",
        "3 id [a1] duplicate-id",
    ]
    assert "3 April or 4 March" in str(error)


def test_repeats_that_disagree_name_both_rows(tmp_path: Path, tiny_book: Codebook) -> None:
    text = "id,announced,purpose,firm\na1,2021,cost,Iberia\na1,2020,cost,Finnair\na1,2021,network,Iberia\n"
    error = refused([write(tmp_path, "t.csv", text)], tiny_book)
    assert told(error) == [
        "3 announced [2020] conflict",
        "4 firm [Iberia] duplicate-partner",
        "4 purpose [network] conflict",
    ]
    assert "alliance 'a1' has '2021' in row 2" in error.problems[0].message
    assert "in row 2" in error.problems[1].message


def test_rows_without_id_are_told_apart_by_the_name(tmp_path: Path, tiny_book: Codebook) -> None:
    text = (
        "Name,Year,Company\nOne World,2021,Iberia\nOne World,2021,Finnair\n"
        "Rail & Fly,2022,Iberia\nRail & Fly,2022,Renfe\n"
    )
    reading = read_files([write(tmp_path, "t.csv", text)], tiny_book)
    assert partners_of(reading) == {
        "finnair-iberia-2021": ["Iberia", "Finnair"],
        "iberia-renfe-2022": ["Iberia", "Renfe"],
    }
    assert any("2 alliances had no id" in note for note in reading.notes)


def test_rows_without_id_and_name_cannot_be_told_apart(tmp_path: Path, tiny_book: Codebook) -> None:
    error = refused([write(tmp_path, "t.csv", "year,purpose,company\n2021,cost,Iberia\n")], tiny_book)
    assert "which alliance a row belongs to" in str(error)


def test_a_column_called_alliance_holds_ids_or_names(tmp_path: Path, tiny_book: Codebook) -> None:
    ids = read_files(
        [write(tmp_path, "a.csv", "alliance,year,partners\nx-1,2021,A;B\nx-2,2021,A;C\n")], tiny_book
    )
    names = read_files([write(tmp_path, "b.csv", "alliance,year,partners\nThe one,2021,A;B\n")], tiny_book)
    assert ids.batch.alliances is not None
    assert names.batch.alliances is not None
    assert ids.batch.alliances["id"].to_list() == ["x-1", "x-2"]
    assert names.batch.alliances.rows() == [("a-b-2021", "The one", "2021")]


def test_what_a_row_says_of_its_firm_is_kept(tmp_path: Path, tiny_book: Codebook) -> None:
    text = (
        "id,purpose,firm,Kind\na1,cost,Iberia,Flag carrier\na1,cost,Renfe,rail\n"
        "a2,cost,Iberia,\na2,cost,Ryanair,low_cost\n"
    )
    reading = read_files([write(tmp_path, "t.csv", text)], tiny_book)
    assert reading.batch.firms is not None
    assert reading.batch.firms.rows() == [("Iberia", "flag"), ("Renfe", "rail"), ("Ryanair", "low_cost")]
    bad = text + "a3,cost,Iberia,rail\na3,cost,X,\n"
    assert told(refused([write(tmp_path, "b.csv", bad)], tiny_book)) == ["6 Kind [rail] conflict"]


def test_a_count_of_partners_is_no_list(tmp_path: Path, tiny_book: Codebook) -> None:
    text = "id,year,Partners,Partner 1,Partner 2\na1,2021,2,Iberia,Renfe\n"
    reading = read_files([write(tmp_path, "t.csv", text)], tiny_book)
    assert partners_of(reading) == {"a1": ["Iberia", "Renfe"]}
    assert reading.preview[0].ignored == ("Partners",)


def test_sources_may_stand_in_the_alliance_table(tmp_path: Path, tiny_book: Codebook) -> None:
    text = (
        "id,year,partners,Source URLs\n"
        'a1,2021,A;B,"https://a.org/x;v=1; www.b.org/y"\na2,2021,A;C,"https://c.org\nhttps://d.org"\na3,2021,A;D,javascript:alert(1)\n'
    )
    path = write(tmp_path, "t.csv", text)
    error = refused([path], tiny_book)
    assert told(error) == ["4 Source URLs [javascript:alert(1)] url"]
    reading = read_files([write(tmp_path, "t.csv", text.replace("javascript:alert(1)", ""))], tiny_book)
    assert reading.batch.sources is not None
    assert reading.batch.sources.rows() == [
        ("a1", "https://a.org/x;v=1"),
        ("a1", "https://www.b.org/y"),
        ("a2", "https://c.org"),
        ("a2", "https://d.org"),
    ]


def test_rows_that_repeat_word_for_word_are_taken_once(tmp_path: Path, tiny_book: Codebook) -> None:
    reading = read_files([write(tmp_path, "t.csv", LIST + LIST.splitlines()[1] + "\n")], tiny_book)
    assert partners_of(reading)["a1"] == ["Iberia", "Finnair"]
    assert any("first in row 4" in note for note in reading.notes)


def test_ids_do_not_depend_on_the_order_of_rows_or_partners(tmp_path: Path, tiny_book: Codebook) -> None:
    rows = ["One,2021-03,B;A", "Two,2021-01,A;B", "Three,2021,A;C", "Four,2022,A;B"]
    first = read_files([write(tmp_path, "a.csv", "name,date,partners\n" + "\n".join(rows))], tiny_book)
    second = read_files([write(tmp_path, "b.csv", "name,date,partners\n" + "\n".join(rows[::-1]))], tiny_book)
    ids = {
        name: key
        for reading in (first, second)
        for key, name in reading.batch.alliances.select("id", "name").rows()  # type: ignore[union-attr]  # there is one
    }
    assert ids == {"Two": "a-b-2021", "One": "a-b-2021-2", "Three": "a-c-2021", "Four": "a-b-2022"}
    for reading in (first, second):
        assert reading.batch.alliances is not None
        assert dict(reading.batch.alliances.select("name", "id").iter_rows()) == ids


def test_made_ids_keep_off_given_ones() -> None:
    alliances = pl.DataFrame({"id": ["a-b", "\x000/1", "\x000/2"], "_table": [0, 1, 1], "_row": [2, 2, 3]})
    partners = pl.DataFrame(
        {"alliance": ["\x000/1", "\x000/1", "\x000/2", "\x000/2"], "firm": ["A", "B"] * 2}
    )
    assert sorted(assign_ids(alliances, partners)["made"]) == ["a-b-2", "a-b-3"]


@settings(deadline=None)
@given(st.lists(st.text(min_size=1), max_size=9), st.none() | st.text(), st.none() | st.just("2021-05"))
def test_an_id_is_plain_and_short_for_any_partners(
    partners: list[str], name: str | None, announced: str | None
) -> None:
    made = base_id(partners, name, announced)
    assert made.isascii()
    assert made.replace("-", "").isalnum()
    assert len(made) <= 100


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.lists(
            st.sampled_from(["Iberia", "Renfe", "Qantas", "El Al", "Ö"]), min_size=1, max_size=4, unique=True
        ),
        min_size=1,
        max_size=5,
    )
)
def test_all_layouts_agree_on_any_partners(
    tmp_path_factory: pytest.TempPathFactory, tiny_book: Codebook, groups: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("layouts")
    wanted = {f"a {number}": group for number, group in enumerate(groups)}
    most = max(len(group) for group in groups)
    tables = {
        "list": ["id,year,partners"] + [f"{key},2021,{';'.join(group)}" for key, group in wanted.items()],
        "columns": [",".join(["id,year", *(f"partner_{n}" for n in range(1, most + 1))])]
        + [",".join([key, "2021", *group, *[""] * (most - len(group))]) for key, group in wanted.items()],
        "rows": ["id,year,firm"] + [f"{key},2021,{firm}" for key, group in wanted.items() for firm in group],
    }
    for name, lines in tables.items():
        path = write(folder, f"{name}.csv", "\n".join(lines))
        assert partners_of(read_files([path], tiny_book)) == wanted
