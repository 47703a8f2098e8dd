"""Partners per alliance: the mean's interval against R, the rest by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import polars as pl
import pytest

from constellary.statistics.intervals import wilson
from constellary.statistics.sizes import partners_per_alliance
from constellary.study.frames import Frames

MakeFrames = Callable[..., Frames]


def test_the_means_interval_is_that_of_rs_t_test(make_frames: MakeFrames) -> None:
    # R: x <- rep(2:8, c(614, 102, 26, 14, 17, 5, 9)); t.test(x)$conf.int; sd(x)
    sizes = {2: 614, 3: 102, 4: 26, 5: 14, 6: 17, 7: 5, 8: 9}
    members = {
        f"a{size}-{number}": [f"f{at}" for at in range(size)]
        for size, count in sizes.items()
        for number in range(count)
    }
    result = partners_per_alliance(make_frames(members))
    assert result.mean.value == pytest.approx(2.43583227, abs=5e-9)
    assert result.mean.low == pytest.approx(2.3608109, abs=5e-8)
    assert result.mean.high == pytest.approx(2.5108537, abs=5e-8)
    assert result.standard_deviation == pytest.approx(1.07214888, abs=5e-9)
    assert dict(result.distribution.select("partners", "alliances").rows()) == sizes
    assert (result.dyads.count, result.multi.count) == (614, 173)
    assert (result.dyads.low, result.dyads.high) == wilson(614, 787)


def test_the_small_study_by_hand(tiny: Frames) -> None:
    result = partners_per_alliance(tiny)
    assert result.distribution.select("partners", "alliances", "evidence").rows() == [
        (2, 5, ["a1", "a3", "a4", "a5", "a6"]),
        (3, 1, ["a2"]),
    ]
    assert result.mean.value == 13 / 6
    assert (result.median, result.minimum, result.maximum) == (2, 2, 3)


def test_alliances_without_partners_are_missing_and_not_zero(make_frames: MakeFrames) -> None:
    result = partners_per_alliance(make_frames({"a": ["X", "Y", "X"], "b": []}))
    assert (result.alliances, result.missing) == (1, 1)
    assert result.distribution["partners"].to_list() == [2]
    assert result.mean.numbers() == {"value": 2.0, "low": None, "high": None}
    assert "Left out: 1 alliance without partners." in result.remarks[0]


def test_an_empty_selection_has_no_measure(tiny: Frames) -> None:
    empty = replace(tiny, alliances=tiny.alliances.clear(), partners=tiny.partners.clear())
    numbers = partners_per_alliance(empty).numbers()
    assert numbers["median"] is None
    assert json.loads(json.dumps(numbers, allow_nan=False)) == numbers


def test_the_order_of_rows_does_not_matter(automotive: Frames) -> None:
    shuffled = replace(automotive, partners=automotive.partners.sample(fraction=1, shuffle=True, seed=1))
    one, other = partners_per_alliance(automotive), partners_per_alliance(shuffled)
    assert one.numbers() == other.numbers()
    assert one.distribution.equals(other.distribution)
    assert isinstance(one.distribution, pl.DataFrame)
