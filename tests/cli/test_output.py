from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass

import polars as pl
import pytest

from constellary.cli.output import View, give
from constellary.errors import UnknownName
from constellary.result import Result


@dataclass(frozen=True)
class Shop(Result):
    """A made-up result: two tables, one with text that a spreadsheet would run."""

    title: str = "Sales"
    level: float = 0.9
    bad: bool = False

    def tables(self) -> dict[str, pl.DataFrame]:
        first = pl.DataFrame(
            {
                "item": ["=1+1", "b,c", "plain"],
                "share": [0.5, 0.123456789, None],
                "low": [0.1, -0.2, None],
                "high": [0.9, 0.3, None],
                "tags": [["x", "y"], [], None],
                "sure": [True, None, False],
            }
        )
        return {"sales": first, "totals": pl.DataFrame({"n": [3]})}

    def numbers(self) -> dict[str, object]:
        return {"n": float("nan") if self.bad else 3, "label": "Škoda"}

    @property
    def remarks(self) -> tuple[str, ...]:
        return ("A remark.", "Selection: since 2021.")


Written = pytest.CaptureFixture[str]


def test_people_get_tables_with_title_selection_and_remarks(
    capsys: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    give(Shop(), "table", selection="since 2021")
    assert capsys.readouterr().out == (
        "Sales\n"
        "Selection: since 2021\n"
        "\n"
        "Sales\n"
        "Item   Share    90% interval  Tags  Sure\n"
        "────────────────────────────────────────\n"
        "=1+1   50.0%   10.0 to 90.0%  x; y  yes\n"
        "b,c    12.3%  −20.0 to 30.0%  –     –\n"
        "plain      –               –  –     no\n"
        "────────────────────────────────────────\n"
        "\n"
        "Totals\n"
        "n\n"
        "─\n"
        "3\n"
        "─\n"
        "\n"
        "  A remark.\n"
    )


def test_programs_get_json_with_every_number(capsys: Written) -> None:
    give(Shop(), "json", selection="since 2021")
    written = capsys.readouterr().out
    assert "Škoda" in written
    assert json.loads(written) == {
        "title": "Sales",
        "selection": "since 2021",
        "remarks": ["A remark.", "Selection: since 2021."],
        "numbers": {"n": 3, "label": "Škoda"},
    }


def test_a_number_that_json_cannot_hold_is_never_written() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        give(Shop(bad=True), "json")


def test_spreadsheets_get_one_table_in_full_and_no_formula(capsys: Written) -> None:
    give(Shop(), "csv")
    written = capsys.readouterr()
    assert list(csv.reader(io.StringIO(written.out))) == [
        ["item", "share", "low", "high", "tags", "sure"],
        ["'=1+1", "0.5", "0.1", "0.9", "x;y", "true"],
        ["b,c", "0.123456789", "-0.2", "0.3", "", ""],
        ["plain", "", "", "", "", "false"],
    ]
    assert written.err == "This is the table 'sales'. With --table: totals.\n"


def test_one_table_can_be_asked_for(capsys: Written) -> None:
    give(Shop(), "csv", table="totals")
    assert capsys.readouterr() == ("n\n3\n", "")


def test_an_unknown_table_names_near_ones() -> None:
    with pytest.raises(UnknownName, match="Did you mean totals"):
        give(Shop(), "table", table="total")


def test_a_view_shows_less_and_says_what_else_there_is(capsys: Written) -> None:
    give(Shop(), "table", view=View({"totals": Shop().tables()["totals"]}, remarks=("Of the view.",)))
    lines = capsys.readouterr().out.splitlines()
    assert "Item" not in "".join(lines)
    assert [line.strip() for line in lines[-4:]] == [
        "Of the view.",
        "A remark.",
        "Selection: since 2021.",
        "There is more with --table: sales.",
    ]


def test_the_first_rows_alone_are_counted_out(capsys: Written) -> None:
    give(Shop(), "table", table="sales", top=2)
    written = capsys.readouterr().out
    assert "plain" not in written
    assert "2 of 3 rows" in written
