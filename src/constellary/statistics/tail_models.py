"""A power law is only as good as its rivals: lognormal, exponential, and the test between them.

All three are fitted to the same tail by maximum likelihood and compared in pairs by Vuong's test. The
sentence that `tail_fits` writes says when the data do not decide, which with a few hundred firms is the
usual case.

References
----------
Clauset, Shalizi and Newman (2009), doi 10.1137/070710111; Vuong (1989), Likelihood ratio tests for model
selection and non-nested hypotheses, Econometrica 57(2), 307-333, doi 10.2307/1912557.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
from scipy.optimize import minimize
from scipy.special import log_ndtr, ndtr, zeta

from constellary.statistics.estimates import say_p, say_simulated_p
from constellary.statistics.tails import PowerLaw, fit_power_law, goodness_of_fit

if TYPE_CHECKING:
    from constellary.statistics.tails import Floats, Integers

ENOUGH = 100
"""With fewer observations in the tail the three shapes can hardly be told apart (Clauset et al., 3.3)."""
IMPLAUSIBLE = 0.1
"""A power law is not plausible if its goodness-of-fit p is at most this (Clauset et al., 4.1)."""


@dataclass(frozen=True, slots=True)
class TailModel:
    """One shape of the tail: its name, its parameters by name, its log-likelihood."""

    name: str
    parameters: dict[str, float]
    log_likelihood: float


@dataclass(frozen=True, slots=True)
class VuongTest:
    """Which of two shapes fits the tail better.

    Attributes
    ----------
    first, second
        The shapes by name.
    log_likelihood_ratio
        Log-likelihood of the first less that of the second: above 0 the first fits better.
    statistic, p
        Vuong's z and its two-sided p; None where the two fits are equal at every value.
    """

    first: str
    second: str
    log_likelihood_ratio: float
    statistic: float | None
    p: float | None


@dataclass(frozen=True, slots=True)
class TailFits:
    """The tail of a count distribution in three shapes.

    Attributes
    ----------
    power_law
        The power law with its threshold.
    models
        `power law`, `lognormal`, `exponential`, all above the same threshold.
    tests
        Vuong's test for each pair.
    goodness
        Share of simulated samples farther from a power law than the data; None: not simulated.
    replicates
        Number of simulated samples.
    verdict
        What all this says, in one or two sentences.
    """

    power_law: PowerLaw
    models: tuple[TailModel, ...]
    tests: tuple[VuongTest, ...]
    goodness: float | None
    replicates: int
    verdict: str

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `tail_models` (`model`, `parameter`, `value`, `log_likelihood`) and `tail_tests`."""
        models = [
            (model.name, name, value, model.log_likelihood)
            for model in self.models
            for name, value in model.parameters.items()
        ]
        tests = [
            (test.first, test.second, test.log_likelihood_ratio, test.statistic, test.p)
            for test in self.tests
        ]
        return {
            "tail_models": pl.DataFrame(
                models,
                schema={
                    "model": pl.String,
                    "parameter": pl.String,
                    "value": pl.Float64,
                    "log_likelihood": pl.Float64,
                },
                orient="row",
            ),
            "tail_tests": pl.DataFrame(
                tests,
                schema={
                    "first": pl.String,
                    "second": pl.String,
                    "log_likelihood_ratio": pl.Float64,
                    "vuong_z": pl.Float64,
                    "p": pl.Float64,
                },
                orient="row",
            ),
        }

    def numbers(self) -> dict[str, object]:
        """Return `xmin`, `alpha`, `n`, `distance`, `models`, `tests`, `goodness_p` and the `verdict`."""
        fit = self.power_law
        return {
            "xmin": fit.xmin,
            "n": fit.tail,
            "alpha": fit.alpha,
            "alpha_standard_error": fit.standard_error,
            "distance": fit.distance,
            "models": {
                model.name.replace(" ", "_"): {**model.parameters, "log_likelihood": model.log_likelihood}
                for model in self.models
            },
            "tests": self.tables()["tail_tests"].to_dicts(),
            "goodness_p": self.goodness,
            "goodness_replicates": self.replicates,
            "verdict": self.verdict,
        }


def tail_fits(
    values: Integers,
    counts: Integers,
    *,
    xmin: int | None = None,
    replicates: int = 0,
    seed: int = 20180101,
    level: float = 0.95,
    unit: str = "firms",
) -> TailFits | None:
    """Return power law, lognormal and exponential for the tail of whole numbers, and what tells them apart.

    Parameters
    ----------
    values, counts
        The distinct values (>= 1), rising, and how often each occurs.
    xmin
        Where the tail begins; None: chosen by Kolmogorov-Smirnov distance.
    replicates, seed
        Simulated samples for the goodness of fit of the power law (0: none).
    level
        A Vuong test separates two shapes if its p is below 1 - level.
    unit
        What is counted, in the plural, for the verdict.

    Returns
    -------
    TailFits or None
        None where no power law can be fitted: fewer than ten observations or one distinct value.

    References
    ----------
    R package poweRlaw (`displ`, `dislnorm`, `disexp`, `compare_distributions`) defines the same models.

    Examples
    --------
    Half of the firms have one alliance, a quarter two and so on: a discrete exponential with rate log 2.

    >>> values = np.arange(1, 12)
    >>> counts = np.array([512, 256, 128, 64, 32, 16, 8, 4, 2, 1, 1])
    >>> fits = tail_fits(values, counts, xmin=1)
    >>> exponential = fits.models[2]
    >>> exponential.name, round(exponential.parameters["rate"], 2)
    ('exponential', 0.69)
    >>> fits.verdict.split(", ")[1]
    'the data speak against the power law and do not decide between the lognormal and the exponential.'
    """
    fit = fit_power_law(values, counts, xmin=xmin)
    if fit is None:
        return None
    inside = values >= fit.xmin
    x, weights = values[inside].astype(np.float64), counts[inside].astype(np.float64)
    densities = {
        "power law": ({"alpha": fit.alpha}, -fit.alpha * np.log(x) - np.log(zeta(fit.alpha, fit.xmin))),
        "lognormal": _lognormal(x, weights, fit.xmin),
        "exponential": _exponential(x, weights, fit.xmin),
    }
    models = tuple(
        TailModel(name, parameters, float(weights @ density))
        for name, (parameters, density) in densities.items()
    )
    tests = tuple(
        _vuong(first, second, densities[first][1], densities[second][1], weights)
        for first, second in combinations(densities, 2)
    )
    goodness = goodness_of_fit(values, counts, fit, replicates=replicates, seed=seed)
    verdict = _verdict(fit, tests, alpha=1 - level, unit=unit)
    if goodness is not None:
        judged = "is not plausible" if goodness <= IMPLAUSIBLE else "cannot be ruled out"
        verdict += f" By goodness of fit a power law {judged} ({say_simulated_p(goodness, replicates)})."
    return TailFits(fit, models, tests, goodness, replicates if goodness is not None else 0, verdict)


def _lognormal(x: Floats, weights: Floats, xmin: int) -> tuple[dict[str, float], Floats]:
    """Fit a rounded lognormal cut off below xmin - 1/2; return its parameters and log P at each value.

    A straight tail lets mu run off to minus infinity. The fit is therefore sought in the slope at the
    threshold, (log xmin - mu) / sigma^2, which stays finite there, and log sigma, which is bounded.
    """
    edge = np.log(xmin - 0.5)
    below, above = np.log(x - 0.5), np.log(x + 0.5)

    def log_density(parameters: Floats) -> Floats:
        slope, sigma = parameters[0], np.exp(parameters[1])
        mu = edge - slope * sigma**2
        upper, lower, cut = (-(at - mu) / sigma for at in (above, below, edge))
        # P(below < log X < above) as a difference of upper tails, in logarithms: exact far out.
        gap = log_ndtr(upper) - log_ndtr(lower)
        density: Floats = log_ndtr(lower) + np.log(-np.expm1(np.minimum(gap, -1e-300))) - log_ndtr(cut)
        return density

    def loss(parameters: Floats) -> float:
        return -float(weights @ log_density(parameters)) / float(weights.sum())

    bounds = [(-20.0, 20.0), (np.log(0.05), 4.0)]
    starts = [np.array([slope, log_sigma]) for slope, log_sigma in ((-0.5, 0.0), (1.0, 0.5), (1.0, 2.5))]
    found = [
        minimize(loss, start, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-14, "gtol": 1e-9})
        for start in starts
    ]
    best = min(found, key=lambda result: float(result.fun))
    sigma = float(np.exp(best.x[1]))
    return {"mu": float(edge - best.x[0] * sigma**2), "sigma": sigma}, log_density(best.x)


def _exponential(x: Floats, weights: Floats, xmin: int) -> tuple[dict[str, float], Floats]:
    """Fit the discrete exponential (geometric) above xmin; the maximum has a closed form."""
    rate = float(np.log1p(1 / (weights @ x / weights.sum() - xmin)))
    return {"rate": rate}, np.log(-np.expm1(-rate)) - rate * (x - xmin)


def _vuong(first: str, second: str, one: Floats, other: Floats, weights: Floats) -> VuongTest:
    n = float(weights.sum())
    difference = one - other
    mean = float(weights @ difference) / n
    spread = float(np.sqrt(weights @ (difference - mean) ** 2 / (n - 1)))
    if spread < 1e-12:
        return VuongTest(first, second, mean * n, None, None)
    statistic = float(np.sqrt(n) * mean / spread)
    return VuongTest(first, second, mean * n, statistic, float(2 * ndtr(-abs(statistic))))


def _verdict(fit: PowerLaw, tests: tuple[VuongTest, ...], *, alpha: float, unit: str) -> str:
    """Write what the tests say of the three shapes; silence where they separate nothing is not an option."""
    names = ("power law", "lognormal", "exponential")
    parted = [test for test in tests if test.p is not None and test.p < alpha]
    beaten = {test.second if test.log_likelihood_ratio > 0 else test.first for test in parted}
    left = [name for name in names if name not in beaten]
    tail = f"the tail of {fit.tail:,} {unit} with {fit.xmin:,} or more"
    if fit.tail < ENOUGH:
        said = (
            f"With fewer than {ENOUGH} observations in {tail}, the data do not decide between a power law, "
            "a lognormal and an exponential."
        )
    elif not parted:
        said = (
            f"In {tail}, no test separates a power law, a lognormal and an exponential: "
            "the data do not decide."
        )
    elif len(left) == 1:
        said = f"Of the three shapes, the {left[0]} describes {tail} best ({_evidence(parted, left[0])})."
    else:
        rest = " and ".join(f"the {name}" for name in names if name in beaten)
        said = (
            f"In {tail}, the data speak against {rest} and do not decide between "
            f"{' and '.join(f'the {name}' for name in left)}."
        )
    return said


def _evidence(parted: list[VuongTest], winner: str) -> str:
    words = []
    for test in parted:
        if winner in (test.first, test.second) and test.statistic is not None and test.p is not None:
            other = test.second if test.first == winner else test.first
            words.append(f"against the {other} Vuong's z = {abs(test.statistic):.2f}, {say_p(test.p)}")
    return "; ".join(words)
