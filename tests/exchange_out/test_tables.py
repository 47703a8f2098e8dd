from __future__ import annotations

import csv
import io
import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.data import automotive_folder
from constellary.errors import InputError
from constellary.exchange.writers import csv_folder
from constellary.exchange.writers.tables import TABLES, csv_bytes, text_tables
from constellary.study.frames import Frames

text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)


def cells(content: bytes) -> list[list[str]]:
    """Return the cells as Python's own reader of CSV sees them."""
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


@pytest.mark.parametrize("table", TABLES)
def test_the_open_data_come_out_as_they_are_shipped(table: str, automotive: Frames) -> None:
    shipped = pl.read_csv(automotive_folder() / f"{table}.csv", infer_schema=False)
    written = text_tables(automotive)[table]
    assert written.columns == shipped.columns
    order = shipped.columns if table != "firms" else ["firm"]
    assert written.sort(order).equals(shipped.sort(order))


@given(st.lists(st.tuples(text, st.none() | text), min_size=1))
def test_a_table_of_any_text_is_read_back_by_another_reader(rows: list[tuple[str, str | None]]) -> None:
    table = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.String}, orient="row")
    expected = [["a", "b"], *([first, second or ""] for first, second in rows)]
    assert cells(csv_bytes(table)) == expected
    neutral = cells(csv_bytes(table, neutral=True))
    restored = [[re.sub(r"\A'('*[=+\-@\t\r])", r"\1", cell) for cell in row] for row in neutral]
    assert restored == expected


@given(text)
def test_no_neutralised_cell_starts_a_formula(value: str) -> None:
    table = pl.DataFrame({"a": [value], "b": ["x"]})
    cell = cells(csv_bytes(table, neutral=True))[1][0]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell in (value, f"'{value}")


def test_only_the_folder_for_spreadsheets_is_neutralised(tiny: Frames) -> None:
    hostile = Frames(
        **{**vars(tiny), "alliances": tiny.alliances.with_columns(name=pl.lit('=HYPERLINK("http://x")'))}
    )
    rows = cells(csv_folder.files(hostile)["alliances.csv"])
    assert rows[1][1] == '\'=HYPERLINK("http://x")'
    assert cells(csv_bytes(text_tables(hostile)["alliances"]))[1][1] == '=HYPERLINK("http://x")'


def test_an_item_with_a_semicolon_is_refused_with_its_place(tiny: Frames) -> None:
    odd = Frames(**{**vars(tiny), "alliances": tiny.alliances.with_columns(routes=pl.lit(["a;b"]))})
    with pytest.raises(InputError, match=r"alliances 'a1', column 'routes': 'a;b' holds ';'"):
        text_tables(odd)
