"""Permutation test, bootstrap and Cliff's delta against R (coin 1.4-2, wilcox.test) and enumeration."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.statistics.intervals import clopper_pearson
from constellary.statistics.resampling import bootstrap_difference, cliffs_delta, permutation_p

SKEWED = np.array([1, 1, 2, 3, 5, 8, 12, 20, 31, 62, 4, 2], dtype=np.float64)
SMALL = np.array([1, 1, 1, 2, 2, 3, 1, 7, 4], dtype=np.float64)
MANY = np.array([83, 85, 64, 58, 93, 77], dtype=np.float64)
FEW = np.array([45, 52, 61, 70, 49], dtype=np.float64)

samples = st.lists(st.integers(0, 9), min_size=2, max_size=7).map(lambda x: np.array(x, dtype=np.float64))


@pytest.mark.parametrize(("first", "second", "exact"), [(SKEWED, SMALL, 0.08153), (MANY, FEW, 0.02381)])
def test_the_permutation_p_covers_coins_exact_one(
    first: np.ndarray, second: np.ndarray, exact: float
) -> None:
    # R: coin::pvalue(oneway_test(v ~ g, d, distribution = "exact"))
    test = permutation_p(first, second, permutations=50_000, seed=1)
    assert test is not None
    p, reached, made = test
    assert p == (reached + 1) / (made + 1)
    limits = clopper_pearson(reached, made, 0.999)
    assert limits is not None
    assert limits[0] <= exact <= limits[1]


def test_the_exact_p_is_that_of_every_reshuffle() -> None:
    pooled = np.concatenate([MANY, FEW])
    observed = abs(MANY.mean() - FEW.mean())
    differences = [
        abs(pooled[list(chosen)].mean() - np.delete(pooled, list(chosen)).mean())
        for chosen in combinations(range(11), 6)
    ]
    assert np.mean(np.array(differences) >= observed - 1e-9) == pytest.approx(0.02381, abs=5e-6)


@given(samples, samples)
def test_swapping_the_groups_changes_nothing_but_the_sign(first: np.ndarray, second: np.ndarray) -> None:
    one = permutation_p(first, second, permutations=99, seed=4)
    other = permutation_p(second, first, permutations=99, seed=4)
    assert one == other
    delta, mirrored = cliffs_delta(first, second), cliffs_delta(second, first)
    assert delta.value == -(mirrored.value or 0.0)
    assert delta.low == pytest.approx(-(mirrored.high or 0.0))


@given(samples, samples)
def test_delta_counts_every_pair(first: np.ndarray, second: np.ndarray) -> None:
    signs = np.sign(np.subtract.outer(first, second))
    delta = cliffs_delta(first, second)
    assert delta.value == pytest.approx(signs.mean(), abs=1e-12)
    assert delta.low is not None
    assert delta.high is not None
    assert -1 <= delta.low <= delta.high <= 1


def test_equal_groups_reach_every_time() -> None:
    assert permutation_p(np.ones(4), np.ones(3), permutations=200, seed=1) == (1.0, 200, 200)


def test_delta_is_wilcoxons_rank_biserial() -> None:
    # R: wilcox.test(x, y, exact = FALSE)$statistic is 81, and 2 * 81 / (12 * 9) - 1 is .5.
    # The interval is Feng and Cliff's, by their formula in R over outer(x, y, "-"):
    #    .03015, .78888 (variance .0431397) and, for the other pair of samples, .28939, .95618.
    delta = cliffs_delta(SKEWED, SMALL)
    assert delta.value == 0.5
    assert (delta.low, delta.high) == pytest.approx((0.03015059, 0.78887751), abs=5e-9)
    other = cliffs_delta(MANY, FEW)
    assert other.value == pytest.approx(0.8)
    assert (other.low, other.high) == pytest.approx((0.28939042, 0.95617953), abs=5e-9)


def test_delta_at_its_edge_has_an_interval_of_some_length() -> None:
    delta = cliffs_delta(np.array([7.0, 8, 9, 10, 11]), np.array([1.0, 2, 3, 4, 5, 6]))
    assert delta.value == 1
    assert delta.high == 1
    assert delta.low == pytest.approx((5 - 1.959964**2) / (5 + 1.959964**2), abs=1e-6)


def test_the_bootstrap_of_normal_data_is_near_welchs_interval() -> None:
    random = np.random.default_rng(3)
    first, second = random.normal(5, 2, 300), random.normal(4, 1, 200)
    estimate = bootstrap_difference(first, second, replicates=4_000, level=0.95, seed=1)
    reach = 1.96 * np.sqrt(first.var(ddof=1) / 300 + second.var(ddof=1) / 200)
    assert estimate.value == pytest.approx(first.mean() - second.mean())
    assert estimate.low == pytest.approx(first.mean() - second.mean() - reach, abs=0.03)
    assert estimate.high == pytest.approx(first.mean() - second.mean() + reach, abs=0.03)


def test_very_many_values_take_the_limit_of_the_bootstrap() -> None:
    random = np.random.default_rng(5)
    first, second = random.normal(5, 2, 6_000), random.normal(4, 1, 5_000)
    limit = bootstrap_difference(first, second, replicates=10, level=0.95, seed=1)
    reach = 1.959964 * np.sqrt(first.var(ddof=1) / 6_000 + second.var(ddof=1) / 5_000)
    assert limit.high == pytest.approx(first.mean() - second.mean() + reach, abs=1e-6)


def test_an_empty_group_has_no_test() -> None:
    nothing = np.array([])
    assert permutation_p(nothing, FEW, permutations=10, seed=1) is None
    assert cliffs_delta(nothing, FEW).value is None
    assert bootstrap_difference(FEW, nothing, replicates=10, level=0.9, seed=1).value is None
    assert bootstrap_difference(FEW, np.ones(1), replicates=10, level=0.9, seed=1).low is None
