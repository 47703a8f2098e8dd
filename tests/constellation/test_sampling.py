"""The intervals that sampled measures state."""

from __future__ import annotations

import numpy as np
import pytest

from constellary.constellation.sampling import simultaneous_interval


@pytest.mark.parametrize("drawn", [50, 400, 900])
def test_intervals_hold_for_all_means_at_once(drawn: int) -> None:
    random = np.random.default_rng(1)
    population = random.beta(0.1, 2.0, size=(1_000, 40))
    missed = 0
    for _ in range(100):
        sample = population[random.choice(1_000, drawn, replace=False)]
        lower, upper = simultaneous_interval(
            sample.mean(axis=0), sample.var(axis=0), drawn=drawn, population=1_000, delta=0.05, means=40
        )
        true = population.mean(axis=0)
        missed += bool(((true < lower) | (true > upper)).any())
    assert missed <= 5


def test_ends_solve_the_relative_entropy_equation() -> None:
    mean, drawn = 0.1, 400
    lower, upper = simultaneous_interval(
        np.array([mean]), np.array([0.09]), drawn=drawn, population=10**6, delta=0.05, means=1
    )
    for end in (float(lower[0]), float(upper[0])):
        entropy = mean * np.log(mean / end) + (1 - mean) * np.log((1 - mean) / (1 - end))
        assert entropy == pytest.approx(np.log(4 / 0.05) / drawn, rel=1e-9)


def test_a_mean_of_zero_still_has_an_upper_end() -> None:
    zero = np.zeros(1)
    lower, upper = simultaneous_interval(zero, zero, drawn=100, population=10_000, delta=0.05, means=1)
    assert lower[0] == 0
    assert upper[0] == pytest.approx(1 - np.exp(-np.log(80) / 100), rel=1e-9)


def test_a_census_has_no_error() -> None:
    mean = np.array([0.25])
    lower, upper = simultaneous_interval(mean, mean, drawn=10, population=10, delta=0.05, means=1)
    assert lower[0] == upper[0] == 0.25
