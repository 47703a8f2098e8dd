"""Two groups of firms: by hand on the small study, by loops on the open data."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from constellary.errors import UnknownName, UsageError
from constellary.statistics.comparison import compare_firms
from constellary.statistics.resampling import cliffs_delta
from constellary.study.codebook import Comparison
from constellary.study.frames import Frames

ERAS = Comparison("era", "old", "new")


def test_the_small_study_by_hand(tiny: Frames) -> None:
    # Old: Iberia 4, Finnair 2, Qantas 2. New: Ryanair 2. Without: Renfe and Mystery.
    result = compare_firms(tiny, ERAS)
    assert result.groups.select("group", "label", "firms", "alliances", "memberships").rows() == [
        ("old", "Old", 3, 5, 8),
        ("new", "New", 1, 2, 2),
    ]
    assert result.groups.select("mean", "median", "maximum", "one").rows() == [
        (8 / 3, 2.0, 4, 0),
        (2.0, 2.0, 2, 0),
    ]
    assert (result.without_group, result.elsewhere) == (2, 0)
    assert result.participation.select("partners", "alliances", "evidence").rows() == [
        ("first", 5, ["a1", "a2", "a4", "a5", "a6"]),
        ("second", 2, ["a3", "a6"]),
        ("both", 1, ["a6"]),
        ("neither", 0, []),
    ]
    assert result.participation["share"].to_list() == pytest.approx([5 / 6, 2 / 6, 1 / 6, 0])
    row = result.measures.row(0, named=True)
    assert row["measure"] == "alliances"
    assert row["difference"] == pytest.approx(2 / 3)
    assert row["delta"] == pytest.approx(1 / 3)
    assert row["low"] is None


def test_firms_elsewhere_are_counted(tiny: Frames) -> None:
    result = compare_firms(tiny, Comparison("kind", "flag", "low_cost"))
    assert (result.without_group, result.elsewhere) == (1, 1)
    assert "1 firm without a value and 1 firm with another one" in result.remarks[-1]


def test_measures_join_by_firm_and_missing_is_missing(tiny: Frames) -> None:
    measures = pl.DataFrame(
        {
            "firm": ["Ryanair", "Qantas", "Iberia", "Finnair", "Nobody"],
            "degree": [1, 3, 5, None, 9],
            "note": ["a", "b", "c", "d", "e"],
            "closeness": [0.5, float("nan"), 0.2, 0.1, 0.0],
        }
    )
    result = compare_firms(tiny, ERAS, measures)
    columns = ["measure", "first_n", "second_n", "first_mean", "second_mean"]
    assert result.measures["measure"].to_list() == ["alliances", "degree", "closeness"]
    assert result.measures.select(columns).row(1) == ("degree", 2, 1, 4.0, 1.0)
    assert result.measures.select(columns).row(2)[1:3] == (2, 1)


def test_the_open_data_are_compared_as_plain_loops_compare_them(automotive: Frames) -> None:
    comparison = automotive.codebook.design.comparison
    assert comparison is not None
    group = dict(automotive.firms.select("firm", comparison.variable).rows())
    counts: dict[str, list[int]] = {comparison.first: [], comparison.second: []}
    per_firm = automotive.partners.group_by("firm").len().sort("firm")
    for firm, count in per_firm.rows():
        if group[firm] in counts:
            counts[group[firm]].append(count)
    result = compare_firms(automotive, comparison, permutations=999)
    first, second = (np.array(counts[key], dtype=np.float64) for key in counts)
    assert result.groups["firms"].to_list() == [first.size, second.size]
    assert result.groups["mean"].to_list() == pytest.approx([first.mean(), second.mean()])
    row = result.measures.row(0, named=True)
    assert row["difference"] == pytest.approx(first.mean() - second.mean())
    assert row["delta"] == pytest.approx(cliffs_delta(first, second).value)
    assert row["low"] < row["difference"] < row["high"]
    assert row["p_low"] < row["p"] < row["p_high"]
    assert row["permutations"] == 999
    shares = dict(result.participation.select("partners", "alliances").rows())
    total = shares["first"] + shares["second"] - shares["both"] + shares["neither"]
    assert total == automotive.alliances.height


def test_holm_counts_the_measures(automotive: Frames) -> None:
    comparison = automotive.codebook.design.comparison
    assert comparison is not None
    noise = automotive.firms.select("firm").with_columns(
        pl.Series("noise", np.random.default_rng(1).random(automotive.firms.height))
    )
    alone = compare_firms(automotive, comparison, permutations=499)
    together = compare_firms(automotive, comparison, noise, permutations=499)
    assert alone.measures["p_holm"][0] == alone.measures["p"][0] == together.measures["p"][0]
    assert together.measures["p_holm"][0] == pytest.approx(2 * together.measures["p"][0])


def test_a_group_without_firms_has_no_test(tiny: Frames) -> None:
    none_new = replace(tiny, partners=tiny.partners.filter(pl.col("firm") != "Ryanair"))
    result = compare_firms(none_new, ERAS)
    row = result.measures.row(0, named=True)
    assert row["p"] is row["delta"] is row["difference"] is row["p_holm"] is None
    assert result.groups.row(1, named=True)["firms"] == 0
    assert result.groups.row(1, named=True)["one_share"] is None
    assert json.loads(json.dumps(result.numbers(), allow_nan=False)) == result.numbers()


def test_the_order_of_rows_does_not_matter(automotive: Frames) -> None:
    comparison = automotive.codebook.design.comparison
    assert comparison is not None
    shuffled = replace(
        automotive,
        partners=automotive.partners.sample(fraction=1, shuffle=True, seed=1),
        firms=automotive.firms.sample(fraction=1, shuffle=True, seed=2),
    )
    one, other = (compare_firms(frames, comparison, permutations=199) for frames in (automotive, shuffled))
    assert one.numbers() == other.numbers()


def test_what_the_codebook_does_not_have_is_refused(tiny: Frames) -> None:
    with pytest.raises(UnknownName, match="'epoch'"):
        compare_firms(tiny, Comparison("epoch", "old", "new"))
    with pytest.raises(UnknownName, match="category of 'era'"):
        compare_firms(tiny, Comparison("era", "old", "newer"))
    with pytest.raises(UsageError, match="need a column 'firm'"):
        compare_firms(tiny, ERAS, pl.DataFrame({"degree": [1]}))
    with pytest.raises(UsageError, match="a firm occurs twice"):
        compare_firms(tiny, ERAS, pl.DataFrame({"firm": ["X", "X"], "degree": [1, 2]}))
