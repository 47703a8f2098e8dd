"""Alliances per firm: inequality against R, the rest by hand and by plain loops."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.errors import UsageError
from constellary.statistics.concentration import alliances_per_firm
from constellary.statistics.inequality import gini, jackknife, lorenz
from constellary.study.frames import Frames

MakeFrames = Callable[..., Frames]

memberships = st.dictionaries(
    st.sampled_from([f"a{number}" for number in range(8)]),
    st.sets(st.sampled_from("ABCDEFG"), min_size=1, max_size=4),
    min_size=1,
)


def pairs(members: dict[str, set[str]]) -> pl.DataFrame:
    rows = [(alliance, firm) for alliance, firms in members.items() for firm in sorted(firms)]
    return pl.DataFrame(rows, schema=["alliance", "firm"], orient="row")


def test_gini_is_that_of_the_r_packages_example() -> None:
    # R: ineq::Gini(x) .46209; DescTools::Gini(x) .51343 (unbiased).
    x = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
    index = gini(x)
    assert index is not None
    assert index == pytest.approx(0.46209, abs=5e-6)
    assert index * 10 / 9 == pytest.approx(0.51343, abs=5e-6)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12))
def test_gini_is_the_mean_difference_over_twice_the_mean(x: list[int]) -> None:
    differences = sum(abs(one - other) for one in x for other in x)
    assert gini(x) == pytest.approx(differences / (2 * len(x) * sum(x)), abs=1e-12)


def test_gini_of_nothing_is_undefined() -> None:
    assert gini([]) is None
    assert gini([0, 0]) is None
    assert gini([3, 3, 3]) == 0


@given(memberships)
def test_the_area_under_the_lorenz_curve_gives_gini(members: dict[str, set[str]]) -> None:
    counts = pairs(members).group_by("firm").agg(pl.len().cast(pl.Int64).alias("alliances"))
    distribution = counts.group_by("alliances").agg(pl.len().cast(pl.Int64).alias("firms")).sort("alliances")
    curve = lorenz(distribution)
    area = np.trapezoid(curve["memberships_share"].to_numpy(), curve["firms_share"].to_numpy())
    assert 1 - 2 * area == pytest.approx(gini(counts["alliances"].to_numpy()), abs=1e-12)


@given(memberships)
def test_the_jackknife_leaves_out_each_alliance_in_turn(members: dict[str, set[str]]) -> None:
    whole = jackknife(pairs(members), 0.95)
    means: list[float] = []
    ginis: list[float] = []
    for left_out in members:
        rest = pairs({key: firms for key, firms in members.items() if key != left_out})
        if rest.is_empty():
            assert whole.mean.low is None
            return
        counts = rest.group_by("firm").len()["len"].to_numpy().astype(np.float64)
        means.append(float(counts.mean()))
        ginis.append(gini(counts) or 0.0)
    for estimate, deletions in ((whole.mean, means), (whole.gini, ginis)):
        n = len(deletions)
        error = np.sqrt((n - 1) / n * np.var(deletions) * n)
        assert estimate.value is not None
        assert estimate.low == pytest.approx(estimate.value - 1.959964 * error, abs=1e-6)
        assert estimate.high == pytest.approx(estimate.value + 1.959964 * error, abs=1e-6)


def test_the_open_data_are_counted_as_plain_loops_count_them(automotive: Frames) -> None:
    of_firm: dict[str, set[str]] = defaultdict(set)
    for alliance, firm in automotive.partners.select("alliance", "firm").rows():
        of_firm[firm].add(alliance)
    counts = sorted((len(alliances) for alliances in of_firm.values()), reverse=True)
    result = alliances_per_firm(automotive, replicates=0)
    expected = sorted(
        ((firm, len(ids), sorted(ids)) for firm, ids in of_firm.items()), key=lambda x: (-x[1], x[0])
    )
    assert result.firms.rows() == expected
    assert result.memberships == sum(counts)
    assert result.median == np.median(counts)
    assert result.standard_deviation == pytest.approx(np.std(counts, ddof=1))
    assert result.maximum == counts[0]
    assert result.one.count == counts.count(1)
    assert result.ten_or_more.count == sum(count >= 10 for count in counts)
    assert result.gini.value == pytest.approx(gini(counts), abs=1e-12)
    for percent, firms, held, share, _ in result.top.rows():
        assert firms == int(np.ceil(len(counts) * percent / 100))
        assert held == sum(counts[:firms])
        assert share == pytest.approx(held / sum(counts))


def test_the_distribution_of_the_small_study_by_hand(tiny: Frames) -> None:
    # Iberia 4 (a1, a2, a4, a6); Finnair, Qantas, Renfe, Ryanair 2; Mystery 1.
    result = alliances_per_firm(tiny)
    assert result.firms["firm"].to_list() == ["Iberia", "Finnair", "Qantas", "Renfe", "Ryanair", "Mystery"]
    assert result.distribution.select("alliances", "firms").rows() == [(1, 1), (2, 4), (4, 1)]
    assert result.distribution["ccdf"].to_list() == pytest.approx([1, 5 / 6, 1 / 6])
    assert result.distribution["names"].to_list() == [
        ["Mystery"],
        ["Finnair", "Qantas", "Renfe", "Ryanair"],
        ["Iberia"],
    ]
    assert result.distribution["evidence"].to_list() == [
        ["a5"],
        ["a1", "a2", "a3", "a4", "a5", "a6"],
        ["a1", "a2", "a4", "a6"],
    ]
    assert (result.alliances, result.firm_count, result.memberships) == (6, 6, 13)
    assert (result.one.count, result.one.n) == (1, 6)
    assert result.tail is None
    assert result.top["evidence"].to_list() == [["a1", "a2", "a4", "a6"]] * 3


def test_a_firm_named_twice_in_an_alliance_counts_once(make_frames: MakeFrames) -> None:
    result = alliances_per_firm(make_frames({"a": ["X", "X", "Y"]}))
    assert result.firms.select("firm", "alliances").rows() == [("X", 1), ("Y", 1)]


def test_an_empty_selection_has_no_measure_and_no_nan(tiny: Frames) -> None:
    empty = replace(tiny, alliances=tiny.alliances.clear(), partners=tiny.partners.clear())
    numbers = alliances_per_firm(empty).numbers()
    assert numbers["firms"] == 0
    assert numbers["mean"] == {"value": None, "low": None, "high": None}
    assert numbers["one"] == {"count": 0, "n": 0, "share": None, "low": None, "high": None}
    assert numbers["distribution"] == []
    assert json.loads(json.dumps(numbers, allow_nan=False)) == numbers


def test_the_order_of_rows_does_not_matter(automotive: Frames) -> None:
    shuffled = replace(automotive, partners=automotive.partners.sample(fraction=1, shuffle=True, seed=3))
    first, second = (alliances_per_firm(frames, replicates=3) for frames in (automotive, shuffled))
    assert first.numbers() == second.numbers()
    assert first.firms.equals(second.firms)
    assert first.distribution.equals(second.distribution)


def test_printed_tables_have_no_evidence(automotive: Frames) -> None:
    result = alliances_per_firm(automotive, replicates=0)
    assert list(result.tables()) == ["firms", "distribution", "top", "lorenz", "tail_models", "tail_tests"]
    assert all("evidence" not in table.columns for table in result.tables().values())
    assert json.loads(json.dumps(result.numbers(), allow_nan=False)) == result.numbers()


def test_a_level_of_one_is_refused(tiny: Frames) -> None:
    with pytest.raises(UsageError, match="between 0 and 1"):
        alliances_per_firm(tiny, level=1)
