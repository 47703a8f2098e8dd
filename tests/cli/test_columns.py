from __future__ import annotations

import polars as pl
import pytest

from constellary.cli.columns import text_columns


def shown(**columns: object) -> dict[str, tuple[str, ...]]:
    return {column.head: column.cells for column in text_columns(pl.DataFrame(columns))}


def test_shares_are_percentages_with_their_interval_and_missing_a_dash() -> None:
    assert shown(share=[0.3042, None], low=[0.2556, None], high=[0.3577, None]) == {
        "Share": ("30.4%", "–"),
        "95% interval": ("25.6 to 35.8%", "–"),
    }


def test_an_interval_belongs_to_the_column_of_its_prefix() -> None:
    columns = {"valid_share": [0.5], "n": [10], "valid_low": [0.2], "valid_high": [0.8]}
    assert shown(**columns)["Valid 95% interval"] == ("20.0 to 80.0%",)


def test_an_interval_of_a_number_is_no_percentage() -> None:
    assert shown(alliances=[109], low=[89.5], high=[131.48]) == {
        "Alliances": ("109",),
        "95% interval": ("89.5 to 131.5",),
    }


def test_an_open_bound_is_shown_as_such() -> None:
    assert shown(time=[13.1], low=[4.7], high=[None])["95% interval"] == ("4.70 to –",)


@pytest.mark.parametrize(
    ("name", "values", "texts"),
    [
        ("count", [1917, None], ("1,917", "–")),
        ("year", [2021, 2022], ("2021", "2022")),
        ("p", [0.0414, 0.00001], (".041", "< .001")),
        ("strength", [12.0, 3.25], ("12.0", "3.2")),
        ("residual", [-4.52, 0.0], ("−4.52", "0.00")),
        ("value", [534.217, 0.5831], ("534.22", "0.583")),
        ("converged", [True, False], ("yes", "no")),
        ("name", ["Ford\x1b[2J", ""], ("Ford[2J", "–")),
        ("partners", [["Ford", "VW"], []], ("Ford; VW", "–")),
        ("nothing", [float("nan"), float("inf")], ("–", "–")),
    ],
)
def test_a_column_is_written_by_its_type_and_name(
    name: str, values: list[object], texts: tuple[str, ...]
) -> None:
    (cells,) = shown(**{name: values}).values()
    assert cells == texts


def test_a_category_is_shown_by_its_label() -> None:
    assert shown(value=["x", "y"], label=["Label of x", None], count=[1, 2]) == {
        "Category": ("Label of x", "y"),
        "Count": ("1", "2"),
    }


def test_the_level_is_in_the_heading() -> None:
    frame = pl.DataFrame({"share": [0.5], "low": [0.4], "high": [0.6]})
    assert [column.head for column in text_columns(frame, level=0.99)] == ["Share", "99% interval"]
