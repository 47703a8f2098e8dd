"""Count regressions for a series of years: Poisson and negative binomial, log or identity link.

A handful of years, a mean that is a straight line or a constant rate of growth, and counts that may vary
more than Poisson's law allows: that takes Fisher scoring on a design of one or two columns, and no library.

References
----------
McCullagh and Nelder (1989), Generalized Linear Models; Venables and Ripley (2002), Modern Applied
Statistics with S, section 7.4, for the negative binomial with theta by maximum likelihood (R's
`MASS::glm.nb`), whose numbers these are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import chdtrc, gammaln, xlogy

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

Link = Literal["log", "identity"]

LEAST_MEAN = 1e-9
THETA_RANGE = (-5.0, 14.0)
"""Where log theta is looked for; at its upper end the negative binomial is Poisson's law."""


@dataclass(frozen=True, slots=True)
class CountFit:
    """A count regression.

    Attributes
    ----------
    coefficients, standard_errors
        One a column of the design; the errors from the expected information, theta held at its estimate
        (as R does). NaN where the information is singular.
    fitted
        Mean of each observation.
    log_likelihood, deviance
        The full log-likelihood, constants included, and the deviance of the family at its theta.
    pearson
        Sum of squared Pearson residuals.
    theta
        Of the negative binomial, whose variance is mean + mean^2 / theta; None for Poisson.
    parameters
        How many were estimated, theta included.
    converged
        False where the maximum lies at infinity or at a mean of 0.
    """

    coefficients: Floats
    standard_errors: Floats
    fitted: Floats
    log_likelihood: float
    deviance: float
    pearson: float
    theta: float | None
    parameters: int
    converged: bool

    @property
    def aic(self) -> float:
        """Akaike's information criterion."""
        return 2 * self.parameters - 2 * self.log_likelihood

    @property
    def residual_degrees(self) -> int:
        """Observations less coefficients."""
        return self.fitted.size - self.coefficients.size

    @property
    def scale(self) -> float | None:
        """The quasi-Poisson scale, Pearson's chi-square over its degrees of freedom; None without any."""
        return self.pearson / self.residual_degrees if self.residual_degrees > 0 else None


def poisson_fit(counts: Floats, design: Floats, *, exposure: Floats, link: Link) -> CountFit:
    """Return a Poisson regression by maximum likelihood.

    Parameters
    ----------
    counts
        Whole numbers >= 0, not all 0.
    design
        One row an observation, one column a coefficient.
    exposure
        How much of a full period each observation covers (> 0): the mean is exposure x exp(design b)
        with the log link, exposure x (design b) with the identity link.
    link
        `log` or `identity`; with the latter, steps that would make a mean negative are shortened.

    References
    ----------
    AIDS deaths in Australia (Whyte 1987; Dobson): b .33963, .25652, deviance 29.6535, AIC 86.58.

    Examples
    --------
    >>> deaths = np.array([0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45.0])
    >>> design = np.column_stack([np.ones(14), np.arange(1, 15)])
    >>> fit = poisson_fit(deaths, design, exposure=np.ones(14), link="log")
    >>> fit.coefficients.round(5).tolist(), round(fit.deviance, 4), round(fit.aic, 2)
    ([0.33963, 0.25652], 29.6535, 86.58)
    """
    return _fit(counts, design, exposure, link, theta=None)


def negative_binomial_fit(counts: Floats, design: Floats, *, exposure: Floats, link: Link) -> CountFit:
    """Return a negative binomial regression (variance mean + mean^2 / theta), theta by maximum likelihood.

    Where the counts vary no more than Poisson's law says, theta is infinite: the fit is then Poisson's,
    with theta None and the parameter still counted.

    See `poisson_fit` for the parameters.

    References
    ----------
    R's `MASS::glm.nb` on the AIDS deaths: theta 10.7033, AIC 84.03.

    Examples
    --------
    >>> deaths = np.array([0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45.0])
    >>> design = np.column_stack([np.ones(14), np.arange(1, 15)])
    >>> fit = negative_binomial_fit(deaths, design, exposure=np.ones(14), link="log")
    >>> round(fit.theta, 3), round(fit.aic, 2)
    (10.703, 84.03)
    """

    def loss(log_theta: float) -> float:
        return -_fit(counts, design, exposure, link, theta=float(np.exp(log_theta))).log_likelihood

    # A coarse look first: the profile can be flat far out, where a bracketing search would stop.
    grid = np.linspace(*THETA_RANGE, 39)
    heights = [loss(at) for at in grid]
    best = int(np.argmin(heights))
    bracket = (grid[max(best - 1, 0)], grid[min(best + 1, grid.size - 1)])
    found = minimize_scalar(loss, bounds=bracket, method="bounded", options={"xatol": 1e-9})
    poisson = _fit(counts, design, exposure, link, theta=None)
    if -float(found.fun) <= poisson.log_likelihood + 1e-6:
        return _replace_parameters(poisson)
    return _fit(counts, design, exposure, link, theta=float(np.exp(found.x)))


def overdispersion_p(poisson: CountFit, negative_binomial: CountFit) -> float:
    """Return p of the likelihood-ratio test of Poisson against negative binomial.

    Theta lies on the edge of its range under Poisson's law, where the ratio is 0 half of the time, so that
    p is half of the chi-square tail (1 where the ratio is 0).

    References
    ----------
    Self and Liang (1987), doi 10.1080/01621459.1987.10478472, case 5; Cameron and Trivedi (2013),
    Regression Analysis of Count Data, section 3.4.

    Examples
    --------
    >>> deaths = np.array([0, 1, 2, 3, 1, 4, 9, 18, 23, 31, 20, 25, 37, 45.0])
    >>> design = np.column_stack([np.ones(14), np.arange(1, 15)])
    >>> poisson = poisson_fit(deaths, design, exposure=np.ones(14), link="log")
    >>> negative = negative_binomial_fit(deaths, design, exposure=np.ones(14), link="log")
    >>> round(2 * (negative.log_likelihood - poisson.log_likelihood), 2)  # chi-square on the edge
    4.55
    >>> round(overdispersion_p(poisson, negative), 4)
    0.0165
    """
    ratio = 2 * (negative_binomial.log_likelihood - poisson.log_likelihood)
    return float(chdtrc(1, ratio)) / 2 if ratio > 0 else 1.0


def _replace_parameters(poisson: CountFit) -> CountFit:
    return CountFit(
        poisson.coefficients,
        poisson.standard_errors,
        poisson.fitted,
        poisson.log_likelihood,
        poisson.deviance,
        poisson.pearson,
        None,
        poisson.parameters + 1,
        poisson.converged,
    )


def _fit(counts: Floats, design: Floats, exposure: Floats, link: Link, *, theta: float | None) -> CountFit:
    """Maximise by Fisher scoring from a constant mean, halving any step that does not climb."""
    scaled = design if link == "log" else design * exposure[:, None]
    constant = counts.sum() / exposure.sum()
    target = np.full(counts.size, np.log(constant) if link == "log" else constant)
    beta = np.linalg.lstsq(design, target, rcond=None)[0]
    height = _log_likelihood(counts, _mean(beta, scaled, exposure, link), theta)
    converged = False
    for _ in range(100):
        information, score = _information(counts, beta, scaled, exposure, link, theta=theta)
        step = np.linalg.lstsq(information, score, rcond=None)[0]
        if float(score @ step) < 1e-14 * (1 + abs(height)):
            converged = True
            break
        size = 1.0
        while size > 1e-9:
            moved = _log_likelihood(counts, _mean(beta + size * step, scaled, exposure, link), theta)
            if moved >= height:
                break
            size /= 2
        else:
            # No step climbs: at the maximum to within rounding, or at the edge where a mean is 0.
            converged = float(score @ step) < 1e-8 * (1 + abs(height))
            break
        gained, beta, height = moved - height, beta + size * step, moved
        if size < 1 and gained < 1e-11 * (1 + abs(height)):
            break
    information, _ = _information(counts, beta, scaled, exposure, link, theta=theta)
    mean = _mean(beta, scaled, exposure, link)
    return CountFit(
        coefficients=beta,
        standard_errors=_errors(information),
        fitted=mean,
        log_likelihood=height,
        deviance=_deviance(counts, mean, theta),
        pearson=float(((counts - mean) ** 2 / mean).sum()),
        theta=theta,
        parameters=beta.size + (theta is not None),
        converged=converged,
    )


def _information(
    counts: Floats, beta: Floats, scaled: Floats, exposure: Floats, link: Link, *, theta: float | None
) -> tuple[Floats, Floats]:
    """Return the expected information and the score at the given coefficients."""
    mean = _mean(beta, scaled, exposure, link)
    slope = scaled * mean[:, None] if link == "log" else scaled
    variance = mean if theta is None else mean + mean**2 / theta
    return slope.T @ (slope / variance[:, None]), slope.T @ ((counts - mean) / variance)


def _mean(beta: Floats, scaled: Floats, exposure: Floats, link: Link) -> Floats:
    linear = scaled @ beta
    mean = exposure * np.exp(np.clip(linear, -50, 50)) if link == "log" else linear
    return np.asarray(mean, dtype=np.float64)


def _log_likelihood(counts: Floats, mean: Floats, theta: float | None) -> float:
    if (mean < LEAST_MEAN).any():
        return -np.inf
    if theta is None:
        return float((xlogy(counts, mean) - mean - gammaln(counts + 1)).sum())
    shared = gammaln(counts + theta) - gammaln(theta) - gammaln(counts + 1)
    # log1p keeps theta -> infinity exact, where mean + theta would swallow the mean.
    return float((shared + xlogy(counts, mean / (mean + theta)) - theta * np.log1p(mean / theta)).sum())


def _deviance(counts: Floats, mean: Floats, theta: float | None) -> float:
    own = xlogy(counts, np.where(counts > 0, counts, 1) / mean)
    if theta is None:
        return float(2 * (own - (counts - mean)).sum())
    return float(2 * (own - (counts + theta) * np.log((counts + theta) / (mean + theta))).sum())


def _errors(information: Floats) -> Floats:
    if np.linalg.matrix_rank(information) < information.shape[0]:
        return np.full(information.shape[0], np.nan)
    return np.asarray(np.sqrt(np.diag(np.linalg.inv(information))), dtype=np.float64)
