"""Count regressions against R 4.2.2 (glm, MASS::glm.nb)."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.statistics.growth_models import negative_binomial_fit, overdispersion_p, poisson_fit

# Deaths from AIDS in Australia by quarter, 1983 to 1986 (Whyte 1987; Dobson, table 3.4).
DEATHS = np.array([0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45], dtype=np.float64)
ONES, QUARTER = np.ones(14), np.arange(1.0, 15.0)
# A series with ten months of its first year; R: a <- data.frame(y, t = 0:5, e = c(10/12, 1, 1, 1, 1, 1))
COUNTS = np.array([109, 119, 101, 192, 147, 119], dtype=np.float64)
PART = np.array([10 / 12, 1, 1, 1, 1, 1])
LINE = np.column_stack([np.ones(6), np.arange(6.0)])


def test_exponential_growth_of_the_deaths() -> None:
    # R: glm(y ~ t, poisson)
    fit = poisson_fit(DEATHS, np.column_stack([ONES, QUARTER]), exposure=ONES, link="log")
    assert fit.coefficients == pytest.approx([0.33963392, 0.25652359], abs=5e-9)
    assert fit.standard_errors == pytest.approx([0.2511870, 0.0220391], abs=5e-8)
    assert fit.deviance == pytest.approx(29.65351957, abs=5e-9)
    assert fit.aic == pytest.approx(86.58070427, abs=5e-9)
    assert fit.converged
    # R: summary(glm(y ~ t, quasipoisson))$dispersion
    assert fit.scale == pytest.approx(2.40394, abs=5e-6)


def test_quadratic_growth_of_the_deaths() -> None:
    # R: glm(y ~ t + I(t^2), poisson)
    design = np.column_stack([ONES, QUARTER, QUARTER**2])
    fit = poisson_fit(DEATHS, design, exposure=ONES, link="log")
    assert fit.deviance == pytest.approx(16.37079889, abs=5e-9)
    assert fit.aic == pytest.approx(75.29798, abs=5e-6)


def test_negative_binomial_growth_of_the_deaths() -> None:
    # R: MASS::glm.nb(y ~ t)
    fit = negative_binomial_fit(DEATHS, np.column_stack([ONES, QUARTER]), exposure=ONES, link="log")
    assert fit.coefficients == pytest.approx([-0.0377730, 0.2962748], abs=5e-8)
    assert fit.standard_errors == pytest.approx([0.3559920, 0.0347331], abs=5e-8)
    assert fit.theta == pytest.approx(10.70326, abs=5e-6)
    assert fit.aic == pytest.approx(84.02988, abs=5e-6)
    assert fit.deviance == pytest.approx(14.584405, abs=5e-6)


def test_a_constant_mean_of_the_deaths() -> None:
    # R: glm(y ~ 1, poisson); glm.nb(y ~ 1): theta .77214, AIC 109.40488, dev 16.18105
    poisson = poisson_fit(DEATHS, ONES[:, None], exposure=ONES, link="log")
    assert poisson.aic == pytest.approx(262.19949, abs=5e-6)
    negative = negative_binomial_fit(DEATHS, ONES[:, None], exposure=ONES, link="log")
    assert negative.theta == pytest.approx(0.77214, abs=5e-6)
    assert negative.aic == pytest.approx(109.40488, abs=5e-6)
    assert negative.standard_errors == pytest.approx([0.3115670], abs=5e-8)


def test_an_offset_for_a_part_of_a_year() -> None:
    # R: glm(y ~ t + offset(log(e)), poisson, a); glm.nb(y ~ t + offset(log(e)), a)
    poisson = poisson_fit(COUNTS, LINE, exposure=PART, link="log")
    assert poisson.coefficients == pytest.approx([4.83835901, 0.02542212], abs=5e-9)
    assert poisson.standard_errors == pytest.approx([0.06655973, 0.02126787], abs=5e-9)
    negative = negative_binomial_fit(COUNTS, LINE, exposure=PART, link="log")
    assert negative.coefficients == pytest.approx([4.8378801, 0.0259073], abs=5e-8)
    assert negative.standard_errors == pytest.approx([0.1492256, 0.0489593], abs=5e-8)
    assert negative.theta == pytest.approx(29.4454, abs=5e-5)


def test_a_straight_line_for_the_mean() -> None:
    # R: glm(y ~ 0 + e + I(e * t), poisson(link = "identity"), a); glm.nb(..., link = identity)
    poisson = poisson_fit(COUNTS, LINE, exposure=PART, link="identity")
    assert poisson.coefficients == pytest.approx([125.603, 3.621], abs=5e-4)
    assert poisson.standard_errors == pytest.approx([8.6065, 2.8613], abs=5e-4)
    assert poisson.aic == pytest.approx(78.372981, abs=5e-7)
    negative = negative_binomial_fit(COUNTS, LINE, exposure=PART, link="identity")
    assert negative.coefficients == pytest.approx([125.6289, 3.6602], abs=5e-5)
    assert negative.standard_errors == pytest.approx([19.20986, 6.58296], abs=5e-6)
    assert negative.theta == pytest.approx(29.5305, abs=5e-5)
    assert negative.aic == pytest.approx(62.176439, abs=5e-7)


def test_a_straight_line_that_would_fall_below_zero_stops_at_its_edge() -> None:
    # R: glm(y ~ t, poisson(link = "identity"), start = c(1, 2)) stops at the edge too: AIC 98.12312
    fit = poisson_fit(DEATHS, np.column_stack([ONES, QUARTER]), exposure=ONES, link="identity")
    assert fit.aic == pytest.approx(98.12312, abs=5e-6)
    assert (fit.fitted > 0).all()
    assert not fit.converged


def test_growth_at_infinity_is_not_converged() -> None:
    fit = poisson_fit(np.array([0, 0, 0, 0, 5.0]), LINE[:5], exposure=np.ones(5), link="log")
    assert not fit.converged


def test_the_overdispersion_test_halves_its_p() -> None:
    # R: pchisq(2 * (logLik(glm.nb(y ~ t)) - logLik(glm(y ~ t, poisson))), 1, lower = FALSE) / 2 = .01645
    design = np.column_stack([ONES, QUARTER])
    poisson = poisson_fit(DEATHS, design, exposure=ONES, link="log")
    negative = negative_binomial_fit(DEATHS, design, exposure=ONES, link="log")
    assert overdispersion_p(poisson, negative) == pytest.approx(0.01645, abs=5e-6)


def test_counts_that_vary_less_than_poisson_have_no_theta() -> None:
    even = np.array([10, 11, 10, 9, 10, 10], dtype=np.float64)
    poisson = poisson_fit(even, LINE, exposure=np.ones(6), link="log")
    negative = negative_binomial_fit(even, LINE, exposure=np.ones(6), link="log")
    assert negative.theta is None
    assert negative.aic == poisson.aic + 2
    assert overdispersion_p(poisson, negative) == 1.0


@given(st.lists(st.integers(0, 60), min_size=4, max_size=8).filter(any), st.sampled_from(["log", "identity"]))
def test_no_nearby_coefficients_are_likelier(counts: list[int], link: str) -> None:
    y = np.array(counts, dtype=np.float64)
    design = np.column_stack([np.ones(y.size), np.arange(float(y.size))])
    fit = poisson_fit(y, design, exposure=np.ones(y.size), link="log" if link == "log" else "identity")
    assert fit.fitted.min() > 0
    if not fit.converged:
        return
    assert fit.fitted.sum() == pytest.approx(y.sum(), rel=1e-6)
    for shift in ((1e-3, 0), (-1e-3, 0), (0, 1e-3), (0, -1e-3)):
        linear = design @ (fit.coefficients + shift)
        mean = np.exp(linear) if link == "log" else linear
        if (mean > 0).all():
            assert (y * np.log(mean) - mean).sum() <= (y * np.log(fit.fitted) - fit.fitted).sum() + 1e-9
