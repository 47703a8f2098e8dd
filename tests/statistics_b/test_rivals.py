"""Rival pairs: by hand, by plain loops, and the trend against R's prop.trend.test."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import numpy as np
import polars as pl
import pytest

from constellary.errors import UnknownName
from constellary.statistics.proportion_trend import proportion_trend
from constellary.statistics.rivals import rival_pairs
from constellary.study.codebook import Rivals
from constellary.study.frames import Frames

MakeFrames = Callable[..., Frames]

MAKERS = Rivals("kind", ("maker",))
KIND = {"A": "maker", "B": "maker", "C": "maker", "S": "supplier", "T": "supplier"}


def test_the_trend_is_rs_prop_trend_test() -> None:
    # R: prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82)) gives 8.2249, p .004132,
    #    and with the scores c(0, 0, 1, 2) 10.4705, p .001213.
    smokers, patients = [83, 90, 129, 70], [86, 93, 136, 82]
    test = proportion_trend(smokers, patients, [1, 2, 3, 4])
    assert test is not None
    assert test.chi_square == pytest.approx(8.2249223, abs=5e-8)
    assert test.p == pytest.approx(0.004131897, abs=5e-10)
    assert test.slope < 0
    scored = proportion_trend(smokers, patients, [0, 0, 1, 2])
    assert scored is not None
    assert scored.chi_square == pytest.approx(10.470514, abs=5e-7)
    # The form with n - 1, which linear-by-linear tests print: 8.2042.
    assert test.chi_square * 396 / 397 == pytest.approx(8.2042, abs=5e-5)


def test_the_slope_is_that_of_weighted_least_squares() -> None:
    counts, n, years = np.array([3, 5, 9]), np.array([20, 25, 30]), np.array([2019, 2020, 2022])
    test = proportion_trend(counts, n, years)
    assert test is not None
    assert test.slope == pytest.approx(np.polyfit(years, counts / n, 1, w=np.sqrt(n))[0])


def test_no_trend_without_two_groups_or_without_both_outcomes() -> None:
    assert proportion_trend([3], [9], [2020]) is None
    assert proportion_trend([0, 0], [9, 9], [2020, 2021]) is None
    assert proportion_trend([9, 9], [9, 9], [2020, 2021]) is None
    assert proportion_trend([3, 0], [9, 0], [2020, 2021]) is None
    assert proportion_trend([], [], []) is None


def test_pairs_by_hand(make_frames: MakeFrames) -> None:
    frames = make_frames(
        {"a": "AB", "b": "ABS", "c": "ST", "d": "AS", "e": "ABC"},
        announced={"a": "2020", "b": "2020", "c": "2021", "d": "2021", "e": "2021"},
        kind=KIND,
    )
    result = rival_pairs(frames, MAKERS)
    columns = ("year", "alliances", "rival_alliances", "pairs", "rival_pairs", "evidence")
    assert result.yearly.select(columns).rows() == [
        (2020, 2, 2, 4, 2, ["a", "b"]),
        (2021, 3, 1, 5, 3, ["e"]),
    ]
    assert (result.alliances.count, result.alliances.n) == (3, 5)
    assert (result.pairs.count, result.pairs.n) == (5, 9)
    assert result.firm_pairs.rows() == [
        ("A", "B", 3, ["a", "b", "e"]),
        ("A", "C", 1, ["e"]),
        ("B", "C", 1, ["e"]),
    ]
    both = rival_pairs(frames, Rivals("kind", ("maker", "supplier")))
    # A maker and a supplier share no kind; two suppliers do.
    assert both.firm_pairs.filter(pl.col("first") == "S").rows() == [("S", "T", 1, ["c"])]
    assert both.pairs.count == 6


def test_firms_of_one_group_are_no_rivals(make_frames: MakeFrames) -> None:
    frames = make_frames(
        {"child": ["A", "B"], "siblings": ["B", "C"], "grandchild": ["A", "D"], "others": ["A", "E"]},
        kind=dict.fromkeys("ABCDE", "maker"),
        parent={"B": "A", "C": "A", "D": "B", "E": "Holding"},
    )
    result = rival_pairs(frames, MAKERS)
    assert result.same_group == 3
    assert result.firm_pairs["evidence"].to_list() == [["others"]]
    assert (result.alliances.count, result.alliances.n, result.undated) == (1, 4, 4)
    assert "as 3 pairs of one kind are" in result.remarks[0]


def test_a_circle_of_parents_ends(make_frames: MakeFrames) -> None:
    frames = make_frames(
        {"a": ["A", "B"], "b": ["A", "C"]},
        kind=dict.fromkeys("ABC", "maker"),
        parent={"A": "B", "B": "A", "C": "C"},
    )
    assert rival_pairs(frames, MAKERS).pairs.n == 2


def test_an_unknown_kind_is_missing_only_where_it_could_decide(make_frames: MakeFrames) -> None:
    frames = make_frames(
        {"maker": ["A", "X"], "supplier": ["S", "X"], "rest": ["A", "B", "X"], "both": ["X", "Y"]},
        kind=KIND,
    )
    result = rival_pairs(frames, MAKERS)
    # A-X (twice), B-X and X-Y could be rivals; S-X could not; A-B are, whatever X is.
    assert result.missing_pairs == 4
    assert result.missing_alliances == 2
    assert (result.alliances.count, result.alliances.n) == (1, 2)
    assert (result.pairs.count, result.pairs.n) == (1, 2)


def test_the_open_data_are_paired_as_plain_loops_pair_them(automotive: Frames) -> None:
    rivals = automotive.codebook.design.rivals
    assert rivals is not None
    kind = dict(automotive.firms.select("firm", rivals.variable).rows())
    parent = dict(automotive.firms.select("firm", "parent").rows())
    partners: dict[str, list[str]] = {}
    for alliance, firm in automotive.partners.select("alliance", "firm").rows():
        partners.setdefault(alliance, []).append(firm)

    def owner(firm: str) -> str:
        while parent.get(firm):
            firm = parent[firm]
        return firm

    total = rival = 0
    with_rivals = []
    for alliance, firms in partners.items():
        found = [
            kind[one] == kind[other] and kind[one] in rivals.values and owner(one) != owner(other)
            for one, other in combinations(firms, 2)
        ]
        total += len(found)
        rival += sum(found)
        if any(found):
            with_rivals.append(alliance)
    result = rival_pairs(automotive, rivals)
    assert (result.pairs.count, result.pairs.n) == (rival, total)
    assert sorted(id_ for ids in result.yearly["evidence"].to_list() for id_ in ids) == sorted(with_rivals)
    assert result.alliances.count == len(with_rivals)


def test_pairs_of_large_alliances_widen_the_interval(make_frames: MakeFrames) -> None:
    # 45 rival pairs of 75 either way: all in one alliance of ten, or spread over 45 alliances.
    lump = {"big": [f"M{at}" for at in range(10)]} | {f"s{at}": ["A", "S"] for at in range(30)}
    spread = {f"m{at}": ["A", "B"] for at in range(45)} | {f"s{at}": ["A", "S"] for at in range(30)}
    kind = KIND | {f"M{at}": "maker" for at in range(10)}
    lumped, level = (rival_pairs(make_frames(members, kind=kind), MAKERS).pairs for members in (lump, spread))
    assert (lumped.count, lumped.n) == (level.count, level.n) == (45, 75)
    assert lumped.low is not None
    assert lumped.high is not None
    assert level.low is not None
    assert level.high is not None
    # Independent pairs: the binomial limits; a lump: the alliance is in a resample or it is not.
    assert level.low == pytest.approx(0.6 - 1.96 * np.sqrt(0.24 / 75), abs=0.015)
    assert lumped.high - lumped.low > 2 * (level.high - level.low)


def test_rivals_throughout_are_certain_whatever_the_sizes(make_frames: MakeFrames) -> None:
    members = {"big": [f"M{at}" for at in range(10)]} | {f"m{at}": ["A", "B"] for at in range(9)}
    kind = KIND | {f"M{at}": "maker" for at in range(10)}
    pairs = rival_pairs(make_frames(members, kind=kind), MAKERS).pairs
    assert (pairs.share, pairs.low, pairs.high) == (1, 1, 1)


def test_an_empty_selection_has_no_share(tiny: Frames) -> None:
    empty = replace(tiny, alliances=tiny.alliances.clear(), partners=tiny.partners.clear())
    result = rival_pairs(empty, Rivals("kind", ("flag",)))
    assert result.pairs.share is None
    assert result.alliances.share is None
    assert result.trend is None
    assert json.loads(json.dumps(result.numbers(), allow_nan=False)) == result.numbers()


def test_the_order_of_rows_does_not_matter(automotive: Frames) -> None:
    rivals = automotive.codebook.design.rivals
    assert rivals is not None
    shuffled = replace(automotive, partners=automotive.partners.sample(fraction=1, shuffle=True, seed=1))
    one, other = (rival_pairs(frames, rivals) for frames in (automotive, shuffled))
    assert one.numbers() == other.numbers()
    assert one.firm_pairs.equals(other.firm_pairs)


def test_what_the_codebook_does_not_have_is_refused(tiny: Frames) -> None:
    with pytest.raises(UnknownName, match="category of 'kind'"):
        rival_pairs(tiny, Rivals("kind", ("flags",)))
    with pytest.raises(UnknownName, match="'sort'"):
        rival_pairs(tiny, Rivals("sort", ("flag",)))
