"""Frequencies, by hand on the small study and by simple counting on the open data."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace

import polars as pl
import pytest

from constellary.errors import UnknownName, UsageError
from constellary.statistics.frequency import Frequency, frequency
from constellary.statistics.intervals import goodman, wilson
from constellary.study.frames import Frames


def _column(result: Frequency, name: str) -> list[object]:
    return result.rows.get_column(name).to_list()


def test_counts_shares_and_evidence_of_a_single_choice(tiny: Frames) -> None:
    result = frequency(tiny, "purpose")
    assert _column(result, "value") == ["network", "cost", "loyalty"]
    assert _column(result, "label") == ["Network", "Cost", "Loyalty"]
    assert _column(result, "count") == [2, 2, 1]
    assert _column(result, "share") == pytest.approx([0.4, 0.4, 0.2])
    assert _column(result, "share_of_all") == pytest.approx([2 / 6, 2 / 6, 1 / 6])
    assert _column(result, "evidence") == [["a1", "a2"], ["a3", "a6"], ["a4"]]
    assert (result.n, result.missing, result.total, result.responses) == (5, 1, 6, 5)
    assert result.missing_evidence == ("a5",)


def test_intervals_are_wilson_and_goodman(tiny: Frames) -> None:
    result = frequency(tiny, "purpose", level=0.9)
    low, high = goodman([2, 2, 1], 0.9)
    row = result.rows.row(2, named=True)
    assert (row["low"], row["high"]) == wilson(1, 5, 0.9)
    assert (row["simultaneous_low"], row["simultaneous_high"]) == pytest.approx((low[2], high[2]))


def test_firms_are_those_that_sign_and_their_alliances_are_the_evidence(tiny: Frames) -> None:
    result = frequency(tiny, "kind")
    assert (result.unit, result.n, result.missing, result.total) == ("firm", 5, 1, 6)
    assert _column(result, "count") == [3, 1, 1]
    assert _column(result, "firms") == [["Finnair", "Iberia", "Qantas"], ["Ryanair"], ["Renfe"]]
    assert _column(result, "evidence") == [["a1", "a2", "a4", "a5", "a6"], ["a3", "a6"], ["a3", "a4"]]
    assert result.missing_evidence == ("a5",)


def test_multiple_choice_has_shares_of_cases_and_of_responses(tiny: Frames) -> None:
    """As IBM's MULT RESPONSE: 5 responses of 4 cases; % of cases adds to 125, % of responses to 100."""
    result = frequency(tiny, "routes")
    assert _column(result, "value") == ["atlantic", "pacific", "rail"]  # tags: by count, then name
    assert _column(result, "count") == [2, 2, 1]
    assert _column(result, "share") == pytest.approx([0.5, 0.5, 0.25])
    assert _column(result, "share_of_responses") == pytest.approx([0.4, 0.4, 0.2])
    assert (result.n, result.missing, result.responses) == (4, 2, 5)
    assert any("more than 100%" in remark for remark in result.remarks)


def test_a_tag_that_an_alliance_has_twice_counts_once(tiny: Frames) -> None:
    doubled = tiny.alliances.with_columns(
        pl.when(pl.col("id") == "a1")
        .then(pl.lit(["atlantic", "atlantic", None, ""]))
        .when(pl.col("id") == "a4")
        .then(pl.lit([], dtype=pl.List(pl.String)))
        .otherwise(pl.col("routes"))
        .alias("routes")
    )
    result = frequency(replace(tiny, alliances=doubled), "routes")
    assert dict(zip(_column(result, "value"), _column(result, "count"), strict=True)) == {
        "atlantic": 2,
        "pacific": 2,
    }
    assert result.missing_evidence == ("a3", "a4", "a6")


def test_categories_that_nobody_has_are_shown_with_zero(tiny: Frames) -> None:
    none = tiny.alliances.filter(pl.col("purpose") != "cost")
    result = frequency(replace(tiny, alliances=none), "purpose")
    assert _column(result, "count") == [2, 0, 1]
    assert _column(result, "evidence")[1] == []
    assert _column(result, "low")[1] == 0


def test_values_outside_the_codebook_come_last_in_order(tiny: Frames) -> None:
    odd = tiny.alliances.with_columns(
        purpose=pl.Series(["zeal", "network", "alms", "zeal", "zeal", None], dtype=pl.String)
    )
    result = frequency(replace(tiny, alliances=odd), "purpose")
    assert _column(result, "value") == ["network", "cost", "loyalty", "alms", "zeal"]
    assert _column(result, "label")[3:] == ["alms", "zeal"]


def test_years_have_no_gaps_and_sizes_are_in_numeric_order(tiny: Frames) -> None:
    apart = tiny.alliances.with_columns(
        year=pl.Series([2019, 2019, 2022, None, None, None], dtype=pl.Int32),
        size=pl.Series([10, 9, 2, 2, 2, 2], dtype=pl.Int32),
    )
    frames = replace(tiny, alliances=apart)
    assert _column(frequency(frames, "year"), "value") == ["2019", "2020", "2021", "2022"]
    assert _column(frequency(frames, "year"), "count") == [2, 0, 0, 1]
    assert _column(frequency(frames, "size"), "value") == ["2", "9", "10"]
    assert frequency(frames, "size").label == "Number of partners"


def test_groupings_are_variables_too(tiny: Frames) -> None:
    result = frequency(tiny, "binding")
    assert _column(result, "count") == [2, 4]
    assert _column(result, "label") == ["Tight", "Loose"]


def test_nothing_to_count_is_undefined_and_not_zero(tiny: Frames) -> None:
    nothing = replace(tiny, alliances=tiny.alliances.clear(), partners=tiny.partners.clear())
    for variable in ("purpose", "kind", "routes", "year"):
        result = frequency(nothing, variable)
        assert result.total == 0
        assert set(_column(result, "share")) <= {None}
        assert set(_column(result, "low")) <= {None}
        json.dumps(result.numbers(), allow_nan=False)


def test_an_unknown_variable_names_the_near_ones(tiny: Frames) -> None:
    with pytest.raises(UnknownName, match="purpose"):
        frequency(tiny, "purpos")
    with pytest.raises(UsageError, match="confidence level"):
        frequency(tiny, "purpose", level=95)


@pytest.mark.parametrize("variable", ["purpose", "kind", "routes", "year", "size", "mix"])
def test_order_of_rows_does_not_matter(tiny: Frames, variable: str) -> None:
    shuffled = replace(
        tiny,
        alliances=tiny.alliances.reverse(),
        partners=tiny.partners.reverse(),
        firms=tiny.firms.reverse(),
    )
    result, other = frequency(tiny, variable), frequency(shuffled, variable)
    assert result.rows.equals(other.rows)
    assert result.numbers() == other.numbers()


def test_results_show_themselves_and_are_plain_numbers(tiny: Frames) -> None:
    result = frequency(tiny, "kind")
    assert set(result.tables()) == {"frequency"}
    assert not {"evidence", "firms"} & set(result.tables()["frequency"].columns)
    numbers = json.loads(json.dumps(result.numbers(), allow_nan=False))
    assert numbers["categories"]["flag"]["count"] == 3
    assert "Flag carrier" in result._repr_html_()
    assert "n = 5 of 6 firms; 1 without a value." in result.remarks


def test_the_selection_is_said(tiny: Frames) -> None:
    assert "Selection: since 2020." in frequency(replace(tiny, selection="since 2020"), "purpose").remarks


@pytest.mark.parametrize("variable", ["form", "motivation", "place", "industries", "technology"])
def test_the_open_data_are_counted_as_python_counts_them(automotive: Frames, variable: str) -> None:
    values = automotive.alliances.get_column(variable).to_list()
    flat = [tag for value in values if value for tag in (set(value) if isinstance(value, list) else [value])]
    result = frequency(automotive, variable)
    assert dict(zip(_column(result, "value"), _column(result, "count"), strict=True)) == Counter(flat)
    assert result.total == 787
    assert result.rows.get_column("evidence").list.len().to_list() == _column(result, "count")
    assert [sorted(ids) for ids in _column(result, "evidence")] == _column(result, "evidence")  # type: ignore[call-overload] # lists of text
