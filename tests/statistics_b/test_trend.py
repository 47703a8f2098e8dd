"""Trend: exposure, missing years, R's intervals and what the verdict says of series whose shape is known."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from constellary.errors import UsageError
from constellary.statistics.trend import garwood, trend
from constellary.statistics.trend_shapes import fit_shapes, verdict
from constellary.study.frames import Frames

MakeFrames = Callable[..., Frames]

DEATHS = np.array([0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45], dtype=np.float64)


def _said(counts: list[float]) -> str:
    return verdict(fit_shapes(np.array(counts, dtype=np.float64), np.ones(len(counts))))


def test_garwood_is_rs_poisson_test() -> None:
    # R: for (k in c(0, 1, 10, 192)) poisson.test(k)$conf.int
    low, high = garwood(np.array([0, 1, 10, 192], dtype=np.float64))
    assert low == pytest.approx([0, 0.025317808, 4.7953887, 165.801137], abs=5e-7)
    assert high == pytest.approx([3.68887945, 5.571643391, 18.3903560, 221.163124], abs=5e-7)


def test_the_growth_of_the_deaths_is_rs() -> None:
    # R: a <- glm(y ~ t, poisson); exp(coef(a)[2]) - 1; exp(confint.default(a)[2, ]) - 1
    #    s <- summary(glm(y ~ t, quasipoisson)); the interval with qt(.975, 12)
    shapes = fit_shapes(DEATHS, np.ones(14))
    assert shapes is not None
    growth = {row["family"]: row for row in shapes.growth.to_dicts()}
    poisson, quasi = growth["Poisson"], growth["quasi-Poisson"]
    assert poisson["rate"] == pytest.approx(0.292429, abs=5e-7)
    assert (poisson["low"], poisson["high"]) == pytest.approx((0.237790, 0.349480), abs=5e-7)
    assert (quasi["low"], quasi["high"]) == pytest.approx((0.199700, 0.392326), abs=5e-7)
    assert poisson["doubling_time"] == pytest.approx(np.log(2) / 0.25652359, abs=1e-7)
    negative = growth["negative binomial"]
    assert negative["rate"] == pytest.approx(np.expm1(0.2962748), abs=1e-7)
    assert negative["high"] == pytest.approx(np.expm1(0.2962748 + 1.959964 * 0.0347331), abs=1e-6)
    assert shapes.family == "negative binomial"
    assert shapes.aic["exponential"] == pytest.approx(84.02988, abs=5e-6)


def test_akaike_weights_sum_to_one_in_each_family() -> None:
    shapes = fit_shapes(DEATHS, np.ones(14))
    assert shapes is not None
    for _, rows in shapes.models.group_by("family"):
        assert rows["weight"].sum() == pytest.approx(1)
        assert rows["difference"].min() == 0
        odds = np.exp(-(rows["aic"].to_numpy() - rows["aic"].min()) / 2)
        assert rows["weight"].to_numpy() == pytest.approx(odds / odds.sum())


def test_the_verdict_knows_the_shapes_that_it_was_given() -> None:
    assert "The data support the claim that the number of alliances increased exponentially." in _said(
        [10, 20, 40, 80, 160, 320]
    )
    assert "a straight line describes them better" in _said([10, 60, 110, 160, 210, 260, 310])
    assert "a constant number explains them as well" in _said([100, 104, 97, 101, 99, 103])
    assert "it fell" in _said([320, 160, 80, 40, 20, 10])
    assert "a straight line explains them as well as constant growth" in _said([20, 26, 29, 37, 41, 50])
    assert "no shape of growth can be told" in _said([4, 8])
    assert "no shape of growth can be told" in _said([0, 0, 0])
    assert "cannot be estimated" in _said([0, 0, 0, 0, 0, 40])


def test_the_open_data_did_not_grow_exponentially(automotive: Frames) -> None:
    result = trend(automotive)
    assert result.shapes is not None
    assert result.shapes.family == "negative binomial"
    assert result.yearly["alliances"].sum() == automotive.alliances.height
    assert result.yearly["exposure"].to_list() == [1.0] * 6
    assert "do not support the claim" in result.verdict
    assert "effort of collecting" in result.remarks[1]


def test_the_small_study_by_hand(tiny: Frames) -> None:
    # a1 2019; a2, a3 2020; a4 2021; a5 2022; a6 without a date. Collected from 1 March 2019.
    result = trend(tiny)
    assert result.yearly.select("year", "alliances", "exposure", "evidence").rows() == [
        (2019, 1, 10 / 12, ["a1"]),
        (2020, 2, 1.0, ["a2", "a3"]),
        (2021, 1, 1.0, ["a4"]),
        (2022, 1, 1.0, ["a5"]),
    ]
    assert (result.alliances, result.missing, result.outside) == (5, 1, 0)
    assert result.yearly["annualised"][0] == pytest.approx(1.2)
    assert any("only part of 2019 (83% of it)" in remark for remark in result.remarks)


def test_years_without_alliances_are_zero_within_the_period(make_frames: MakeFrames) -> None:
    frames = make_frames(
        {key: ["X", "Y"] for key in "abcd"},
        announced={"a": "2018", "b": "2021-02", "c": "2030", "d": "2017-12-31"},
        period=("2018", "2021-06-15"),
    )
    result = trend(frames)
    assert result.yearly.select("year", "alliances").rows() == [(2018, 1), (2019, 0), (2020, 0), (2021, 1)]
    assert result.yearly["exposure"][-1] == pytest.approx(5.5 / 12)
    assert result.outside == 2
    assert result.yearly["high"][1] == pytest.approx(3.6889, abs=5e-5)


def test_without_a_period_the_years_seen_are_taken(make_frames: MakeFrames) -> None:
    frames = make_frames({"a": ["X", "Y"], "b": ["X", "Y"]}, announced={"a": "2018", "b": "2020"})
    assert trend(frames).yearly["year"].to_list() == [2018, 2019, 2020]
    assert trend(frames, period=("2019", None)).yearly["year"].to_list() == [2019, 2020]
    assert trend(frames).yearly["constant"].null_count() == 0
    assert trend(frames, period=("2019", None)).yearly["constant"].null_count() == 2


def test_a_part_of_a_year_is_not_taken_for_a_rise(make_frames: MakeFrames) -> None:
    # 60 a year and 5 a month throughout; collection began in November of the first year.
    years = {"2018": 10, "2019": 60, "2020": 60, "2021": 60, "2022": 60}
    announced = {f"{year}-{at}": year for year, count in years.items() for at in range(count)}
    frames = make_frames({key: ["X", "Y"] for key in announced}, announced=announced)
    naive = trend(frames, period=("2018", "2022"))
    allowed = trend(frames, period=("2018-11-01", "2022-12-31"))
    assert naive.shapes is not None
    assert allowed.shapes is not None
    assert naive.shapes.chosen_growth["rate"] != pytest.approx(0, abs=0.05)
    assert allowed.shapes.chosen_growth["rate"] == pytest.approx(0, abs=1e-9)
    assert allowed.yearly["constant"].to_list() == pytest.approx([10, 60, 60, 60, 60])


@pytest.mark.parametrize(
    "period", [("2020", "2019"), ("soon", None), ("2018-13", None), ("2018-02-30", None)]
)
def test_a_period_that_is_none_is_refused(tiny: Frames, period: tuple[str | None, str | None]) -> None:
    with pytest.raises(UsageError, match="period"):
        trend(tiny, period=period)


def test_an_empty_selection_has_no_shape(tiny: Frames) -> None:
    empty = replace(tiny, alliances=tiny.alliances.clear(), partners=tiny.partners.clear())
    result = trend(empty)
    assert result.shapes is None
    assert result.yearly["alliances"].to_list() == [0, 0, 0, 0]
    assert json.loads(json.dumps(result.numbers(), allow_nan=False)) == result.numbers()
    assert trend(empty, period=(None, None)).yearly.is_empty()


def test_the_numbers_are_plain_json_and_the_order_of_rows_does_not_matter(automotive: Frames) -> None:
    shuffled = replace(automotive, alliances=automotive.alliances.sample(fraction=1, shuffle=True, seed=1))
    one, other = trend(automotive), trend(shuffled)
    assert json.loads(json.dumps(one.numbers(), allow_nan=False)) == one.numbers() == other.numbers()
    assert one.yearly.equals(other.yearly)
