"""The tail of a distribution against the R package poweRlaw 0.70.6 and Clauset, Shalizi and Newman (2009)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from constellary.statistics.tail_models import tail_fits
from constellary.statistics.tails import fit_power_law, goodness_of_fit

# Alliances per firm of the open automotive data as first published, as value:number of firms.
FIRMS = (
    "1:292 2:78 3:30 4:23 5:21 6:13 7:9 8:13 9:6 10:5 11:7 12:3 13:3 14:4 15:1 16:2 20:2 21:2 23:1 27:1 28:1 "
    "29:1 30:1 31:1 32:1 38:1 48:2 50:2 62:1"
)
# A made sample whose tail begins late and is short.
LATE = "1:20 2:35 3:40 4:38 5:30 6:24 7:18 8:14 9:11 10:9 11:7 12:6 14:6 16:5 18:4 22:4 27:3 35:2 48:2 90:1"
PLAUSIBLE = "1:300 2:75 3:31 4:17 5:11 6:8 7:5 8:4 9:3 11:4 13:3 17:2 25:2 60:1"


def counted(sample: str) -> tuple[np.ndarray, np.ndarray]:
    rows = np.array([entry.split(":") for entry in sample.split()], dtype=np.int64).reshape(-1, 2)
    return rows[:, 0], rows[:, 1]


@pytest.fixture(scope="module")
def moby_dick() -> tuple[np.ndarray, np.ndarray]:
    """Occurrences of the words of Moby Dick (Newman 2005, doi 10.1080/00107510500052444): 18,855 words."""
    frame = pl.read_csv(Path(__file__).with_name("moby_dick.csv"))
    return frame["occurrences"].to_numpy(), frame["words"].to_numpy()


def test_the_words_of_moby_dick_have_the_published_exponent(moby_dick: tuple[np.ndarray, np.ndarray]) -> None:
    # Clauset and others, table 6.1: n 18,855, xmin 7 +- 2, alpha 1.95(2), n tail 2,958 +- 987.
    # R: m <- displ$new(moby); estimate_xmin(m)  -> 7, 1.952728, gof .008252634
    fit = fit_power_law(*moby_dick)
    assert fit is not None
    assert fit.xmin == 7
    assert fit.tail == 2958
    assert round(fit.alpha, 2) == 1.95
    assert fit.alpha == pytest.approx(1.952728, abs=1e-6)
    assert round(fit.standard_error, 2) == 0.02
    assert fit.distance == pytest.approx(0.008253, abs=5e-7)
    assert fit.log_likelihood == pytest.approx(-11753.8176, abs=5e-5)


def test_the_words_of_moby_dick_are_no_exponential_and_perhaps_a_lognormal(
    moby_dick: tuple[np.ndarray, np.ndarray],
) -> None:
    # Clauset and others, table 6.3: exponential 9.09, p 0.00; lognormal .395, p .69, not separated.
    # R gives 9.142064 with the exponential in closed form (poweRlaw's search for its rate fails here): for
    # x of 7 and more, l = log(1 + 1 / (mean(x) - 7)) and d = dist_pdf(m, x, log = TRUE) less
    # log(1 - exp(-l)) - l * (x - 7), it is sqrt(length(x)) * mean(d) / sd(d).
    fits = tail_fits(*moby_dick)
    assert fits is not None
    tests = {(test.first, test.second): test for test in fits.tests}
    exponential = tests["power law", "exponential"]
    assert exponential.statistic == pytest.approx(9.14206, abs=1e-5)
    assert exponential.p is not None
    assert exponential.p < 0.005
    lognormal = tests["power law", "lognormal"]
    assert lognormal.p is not None
    assert lognormal.p > 0.1
    assert "do not decide between the power law and the lognormal" in fits.verdict


def test_the_words_of_moby_dick_pass_as_a_power_law(moby_dick: tuple[np.ndarray, np.ndarray]) -> None:
    # R: bootstrap_p(m, no_of_sims = 200, xmins = 1:60, seed = 1)$p is .66; print has .49 (table 6.1).
    fit = fit_power_law(*moby_dick)
    assert fit is not None
    p = goodness_of_fit(*moby_dick, fit, replicates=40, seed=1)
    assert p is not None
    assert abs(p - 0.66) < 3 * np.sqrt(0.66 * 0.34 * (1 / 200 + 1 / 40))


def test_the_open_data_have_the_tail_that_powerlaw_finds() -> None:
    # R: x <- rep(values, counts); m <- displ$new(x); m$setXmin(estimate_xmin(m))
    #    l <- dislnorm$new(x); l$setXmin(1); l$setPars(estimate_pars(l)); same with disexp
    #    and compare_distributions of each of the three pairs.
    fits = tail_fits(*counted(FIRMS))
    assert fits is not None
    law, lognormal, exponential = fits.models
    assert (fits.power_law.xmin, fits.power_law.tail) == (1, 527)
    assert law.parameters["alpha"] == pytest.approx(1.89639, abs=5e-6)
    assert fits.power_law.distance == pytest.approx(0.035245, abs=5e-7)
    assert law.log_likelihood == pytest.approx(-969.01358, abs=5e-6)
    assert lognormal.log_likelihood == pytest.approx(-962.77212, abs=5e-6)
    assert lognormal.parameters["mu"] == pytest.approx(-2.1337, abs=5e-5)
    assert lognormal.parameters["sigma"] == pytest.approx(2.1076, abs=5e-5)
    assert exponential.log_likelihood == pytest.approx(-1127.34986, abs=5e-6)
    assert exponential.parameters["rate"] == pytest.approx(0.32146, abs=5e-6)
    assert [test.statistic for test in fits.tests] == pytest.approx([-2.794, 5.593, 6.214], abs=5e-4)
    assert fits.tests[0].p == pytest.approx(0.0052, abs=5e-5)
    assert "the lognormal describes the tail of 527 firms with 1 or more best" in fits.verdict


def test_a_tail_that_begins_late_is_found_where_powerlaw_finds_it() -> None:
    # R as above on LATE: xmin 8, alpha 2.887697, gof .03424943, 74 in the tail.
    fits = tail_fits(*counted(LATE))
    assert fits is not None
    law, lognormal, exponential = fits.models
    assert (fits.power_law.xmin, fits.power_law.tail) == (8, 74)
    assert law.parameters["alpha"] == pytest.approx(2.887697, abs=5e-7)
    assert law.log_likelihood == pytest.approx(-215.738856, abs=5e-7)
    assert lognormal.log_likelihood == pytest.approx(-215.567070, abs=5e-6)
    assert exponential.log_likelihood == pytest.approx(-223.181346, abs=5e-7)
    assert [test.statistic for test in fits.tests] == pytest.approx([-0.3653, 1.3644, 1.5172], abs=5e-4)
    assert [test.p for test in fits.tests] == pytest.approx([0.715, 0.172, 0.129], abs=5e-4)


def test_a_given_threshold_is_kept() -> None:
    # R: m$setXmin(3); m$setPars(estimate_pars(m))
    fits = tail_fits(*counted(LATE), xmin=3)
    assert fits is not None
    law, lognormal, exponential = fits.models
    assert law.parameters["alpha"] == pytest.approx(2.110414, abs=5e-7)
    assert lognormal.parameters["mu"] == pytest.approx(1.38955, abs=5e-5)
    assert lognormal.parameters["sigma"] == pytest.approx(0.89438, abs=5e-5)
    assert lognormal.log_likelihood == pytest.approx(-594.944185, abs=5e-6)
    assert exponential.log_likelihood == pytest.approx(-607.550853, abs=5e-7)
    assert [test.statistic for test in fits.tests] == pytest.approx([-3.3101, -0.5030, 1.7078], abs=5e-4)
    assert fits.verdict == (
        "In the tail of 224 firms with 3 or more, the data speak against the power law and do not decide "
        "between the lognormal and the exponential."
    )


def test_a_short_tail_decides_nothing() -> None:
    fits = tail_fits(*counted(LATE))
    assert fits is not None
    assert fits.verdict == (
        "With fewer than 100 observations in the tail of 74 firms with 8 or more, the data do not decide "
        "between a power law, a lognormal and an exponential."
    )


def test_goodness_of_fit_agrees_with_powerlaws_bootstrap() -> None:
    # R: bootstrap_p(m, no_of_sims = 1500, seed = 2)$p on PLAUSIBLE: .058 (standard error .006).
    values, counts = counted(PLAUSIBLE)
    fit = fit_power_law(values, counts)
    assert fit is not None
    assert fit.alpha == pytest.approx(2.194497, abs=1e-6)
    assert fit.distance == pytest.approx(0.025545, abs=5e-7)
    p = goodness_of_fit(values, counts, fit, replicates=600, seed=1)
    assert p is not None
    # Two simulations differ by at most three standard errors of their difference.
    assert abs(p - 0.058) < 3 * np.sqrt(0.058 * 0.942 * (1 / 1500 + 1 / 600))


def test_the_open_data_are_no_power_law_by_goodness_of_fit() -> None:
    values, counts = counted(FIRMS)
    fit = fit_power_law(values, counts)
    assert fit is not None
    assert goodness_of_fit(values, counts, fit, replicates=99, seed=1) == 0.01


def test_the_verdict_does_not_print_a_simulated_p_more_exactly_than_the_samples_tell() -> None:
    fits = tail_fits(*counted(FIRMS), replicates=99, seed=1)
    assert fits is not None
    assert fits.goodness == fits.numbers()["goodness_p"] == 0.01
    assert fits.verdict.endswith(
        "By goodness of fit a power law is not plausible (p ≤ .01, 99 simulated samples)."
    )


def test_the_goodness_of_fit_of_a_true_power_law_is_not_small() -> None:
    random = np.random.default_rng(7)
    values, counts = np.unique(random.zipf(2.4, size=800), return_counts=True)
    fit = fit_power_law(values, counts)
    assert fit is not None
    assert abs(fit.alpha - 2.4) < 3 * fit.standard_error
    p = goodness_of_fit(values, counts, fit, replicates=60, seed=2)
    assert p is not None
    assert p > 0.1


def test_too_few_or_equal_values_have_no_tail() -> None:
    assert tail_fits(*counted("1:5 2:2")) is None
    assert tail_fits(*counted("2:500")) is None
    assert tail_fits(*counted("")) is None


def test_the_same_seed_gives_the_same_p() -> None:
    values, counts = counted(LATE)
    first, second = (tail_fits(values, counts, replicates=20, seed=5) for _ in range(2))
    assert first == second
