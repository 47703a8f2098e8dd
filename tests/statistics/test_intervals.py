"""Intervals of shares, against R and the printed examples."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from constellary.errors import UsageError
from constellary.statistics.intervals import (
    clopper_pearson,
    goodman,
    sison_glaz,
    wilson,
    wilson_many,
)

SISON_GLAZ_1 = [56, 72, 73, 59, 62, 87, 58]


@pytest.mark.parametrize(
    ("count", "n", "expected"),
    [
        (94, 309, (0.255573386261, 0.357649233094)),
        (0, 20, (0.0, 0.161125158053)),
        (20, 20, (0.838874841947, 1.0)),
    ],
)
def test_wilson_equals_prop_test_of_r(count: int, n: int, expected: tuple[float, float]) -> None:
    """R 4.2.2: prop.test(94, 309, correct = FALSE)$conf.int."""
    assert wilson(count, n) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("count", "n", "expected"),
    [(94, 309, (0.253388261755, 0.358826577967)), (0, 20, (0.0, 0.168433470983))],
)
def test_clopper_pearson_equals_binom_test_of_r(count: int, n: int, expected: tuple[float, float]) -> None:
    """R 4.2.2: binom.test(94, 309)$conf.int."""
    assert clopper_pearson(count, n) == pytest.approx(expected, abs=1e-12)


def test_a_share_of_nothing_has_no_interval() -> None:
    assert wilson(0, 0) is None
    assert clopper_pearson(0, 0) is None
    assert np.isnan(wilson_many([0, 1], [0, 2])[0]).tolist() == [True, False]


@pytest.mark.parametrize("level", [0, 1, -0.5, 95, float("nan")])
def test_an_impossible_level_is_refused(level: float) -> None:
    with pytest.raises(UsageError, match="between 0 and 1"):
        wilson(1, 2, level)


def test_a_count_above_n_is_refused() -> None:
    with pytest.raises(UsageError, match="3 of 2"):
        wilson(3, 2)


def test_goodman_equals_the_printed_example_of_sison_and_glaz() -> None:
    """Sison and Glaz (1995), example 1, column Goodman: three decimals."""
    low, high = goodman(SISON_GLAZ_1)
    assert low == pytest.approx([0.085, 0.115, 0.116, 0.091, 0.096, 0.143, 0.089], abs=0.0005)
    assert high == pytest.approx([0.166, 0.204, 0.207, 0.173, 0.181, 0.239, 0.171], abs=0.0005)


def test_goodman_equals_score_intervals_of_r_at_the_bonferroni_level() -> None:
    """R: prop.test(276, 774, conf.level = 1 - .05 / 3, correct = FALSE); Fagerland et al. (2017), table 3."""
    low, high = goodman([276, 380, 118])
    assert low == pytest.approx([0.3165642896, 0.4481630058, 0.1240859130], abs=1e-10)
    assert high == pytest.approx([0.3987221869, 0.5338820873, 0.1859326653], abs=1e-10)


def test_sison_glaz_equals_its_printed_example() -> None:
    """Sison and Glaz (1995), example 1, column Sison-Glaz: three decimals."""
    low, high = sison_glaz(SISON_GLAZ_1)
    assert low == pytest.approx([0.079, 0.114, 0.116, 0.086, 0.092, 0.146, 0.084], abs=0.0006)
    assert high == pytest.approx([0.164, 0.199, 0.201, 0.171, 0.177, 0.231, 0.169], abs=0.0006)


def _exact_sison_glaz_width(counts: list[int], level: float) -> float:
    """The upper width in cases, with the multinomial chance summed exactly instead of expanded."""
    n = sum(counts)
    numbers = np.arange(n + 1)

    def coverage(width: int) -> float:
        total = np.array([1.0])
        for count in counts:
            chances = stats.poisson.pmf(numbers, count)
            chances[np.abs(numbers - count) > width] = 0
            total = np.convolve(total, chances)[: n + 1]
        return float(total[n] / stats.poisson.pmf(n, n))

    width = next(width for width in range(1, n) if coverage(width) > level)
    below, above = coverage(width - 1), coverage(width)
    return width - 1 + 2 * (level - below) / (above - below)


@pytest.mark.parametrize(
    "counts", [SISON_GLAZ_1, [5] * 50, [1] * 10 + [12] * 10 + [5] * 10 + [3] * 10 + [4] * 10]
)
def test_sison_glaz_expansion_is_close_to_the_exact_chance(counts: list[int]) -> None:
    """The three examples of the article; the expansion is off by less than 0.001 of a case."""
    _, high = sison_glaz(counts)
    width = (high - np.array(counts) / sum(counts)) * sum(counts)
    assert width == pytest.approx(np.full(len(counts), _exact_sison_glaz_width(counts, 0.95)), abs=1e-3)


def test_simultaneous_intervals_of_nothing_are_undefined() -> None:
    for method in (goodman, sison_glaz):
        low, high = method([0, 0])
        assert np.isnan(low).all()
        assert np.isnan(high).all()


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_intervals_hold_the_share_and_mirror(case: tuple[int, int]) -> None:
    count, n = case
    for method in (wilson, clopper_pearson):
        interval = method(count, n)
        mirrored = method(n - count, n)
        assert interval is not None
        assert mirrored is not None
        assert 0 <= interval[0] <= count / n <= interval[1] <= 1
        assert interval == pytest.approx((1 - mirrored[1], 1 - mirrored[0]), abs=1e-9)


@given(st.lists(st.integers(0, 60), min_size=2, max_size=8).filter(lambda counts: sum(counts) > 0))
def test_simultaneous_intervals_are_wider_than_single_ones_and_hold_the_shares(counts: list[int]) -> None:
    n = sum(counts)
    shares = np.array(counts) / n
    single_low, single_high = wilson_many(counts, n)
    low, high = goodman(counts)
    assert (low <= single_low + 1e-12).all()
    assert (high >= single_high - 1e-12).all()
    low, high = sison_glaz(counts)
    assert (low <= shares).all()
    assert (shares <= high).all()
