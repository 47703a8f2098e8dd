"""Three shapes of a series of counts: constant, linear, exponential; and what the data say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl
from scipy.special import ndtri, stdtrit

from constellary.statistics.estimates import say_number
from constellary.statistics.growth_models import (
    CountFit,
    Link,
    negative_binomial_fit,
    overdispersion_p,
    poisson_fit,
)

if TYPE_CHECKING:
    from constellary.statistics.growth_models import Floats

Family = Literal["Poisson", "negative binomial"]

SHAPES = ("constant", "linear", "exponential")
FAMILIES: tuple[Family, ...] = ("Poisson", "negative binomial")
LEAST_YEARS = 3
TOLD_APART = 2.0
"""AIC differences below 2 leave both models with substantial support (Burnham and Anderson 2002, p. 70)."""


@dataclass(frozen=True)
class Shapes:
    """The shapes fitted to a series, in both families.

    Attributes
    ----------
    models
        One row a family and shape: `family`, `shape`, `parameters`, `log_likelihood`, `deviance`, `aic`,
        `aicc` (null with too few years), `difference` from the family's lowest AIC, `weight` (Akaike, sums
        to 1 within the family), `converged`.
    growth
        Constant yearly growth from the exponential shape, by family and as `quasi-Poisson`: `family`,
        `rate` with `low` and `high` (.05 is 5% a year), `doubling_time` in years with limits. Null where
        there is no finite estimate; a doubling time is null where growth is not above 0, its upper limit
        where zero growth is within the interval.
    fitted
        `constant`, `linear`, `exponential`: expected counts a year in the chosen family.
    family
        Negative binomial if the test of over-dispersion is significant, else Poisson.
    scale
        Pearson's chi-square over its degrees of freedom under the better of the Poisson shapes.
    theta
        Of the negative binomial in that shape; None: no over-dispersion at all.
    overdispersion_p
        Likelihood-ratio test, halved.
    """

    models: pl.DataFrame
    growth: pl.DataFrame
    fitted: pl.DataFrame
    family: Family
    scale: float | None
    theta: float | None
    overdispersion_p: float

    @property
    def aic(self) -> dict[str, float]:
        """Shape -> AIC in the chosen family."""
        chosen = self.models.filter(pl.col("family") == self.family)
        return dict(zip(chosen["shape"], chosen["aic"], strict=True))

    @property
    def chosen_growth(self) -> dict[str, float | None]:
        """The row of `growth` of the chosen family."""
        return self.growth.filter(pl.col("family") == self.family).drop("family").row(0, named=True)


def fit_shapes(counts: Floats, exposure: Floats, *, level: float = 0.95) -> Shapes | None:
    """Return constant, linear and exponential trend by maximum likelihood.

    Parameters
    ----------
    counts
        One a year, without gaps.
    exposure
        The part of each year that was observed, in (0, 1].
    level
        Of the growth intervals; 1 - level is the size of the test of over-dispersion.

    Returns
    -------
    Shapes or None
        None with fewer than three years or no count above 0.

    References
    ----------
    Burnham and Anderson (2002), Model Selection and Multimodel Inference, doi 10.1007/b97636, for AIC,
    AICc and weights; see `growth_models` for the fits.

    Examples
    --------
    >>> shapes = fit_shapes(np.array([10.0, 20, 40, 80]), np.ones(4))  # twice as many each year
    >>> min(shapes.aic, key=shapes.aic.get)
    'exponential'
    >>> round(shapes.chosen_growth["rate"], 4), round(shapes.chosen_growth["doubling_time"], 4)
    (1.0, 1.0)
    """
    if counts.size < LEAST_YEARS or counts.sum() == 0:
        return None
    ones, time = np.ones(counts.size), np.arange(counts.size, dtype=np.float64)
    line = np.column_stack([ones, time])
    designs: dict[str, tuple[Floats, Link]] = {
        "constant": (ones[:, None], "log"),
        "linear": (line, "identity"),
        "exponential": (line, "log"),
    }
    fits = {
        (family, shape): fit(counts, design, exposure=exposure, link=link)
        for family, fit in zip(FAMILIES, (poisson_fit, negative_binomial_fit), strict=True)
        for shape, (design, link) in designs.items()
    }
    best = min(SHAPES, key=lambda shape: fits["Poisson", shape].aic)
    poisson, negative = fits["Poisson", best], fits["negative binomial", best]
    p = overdispersion_p(poisson, negative)
    family: Family = "negative binomial" if p < 1 - level else "Poisson"
    return Shapes(
        models=_models(fits, counts.size),
        growth=_growth(fits["Poisson", "exponential"], fits["negative binomial", "exponential"], level),
        fitted=pl.DataFrame({shape: fits[family, shape].fitted for shape in SHAPES}),
        family=family,
        scale=poisson.scale,
        theta=negative.theta,
        overdispersion_p=p,
    )


def _models(fits: dict[tuple[Family, str], CountFit], years: int) -> pl.DataFrame:
    rows = []
    for family in FAMILIES:
        lowest = min(fits[family, shape].aic for shape in SHAPES)
        odds = {shape: float(np.exp((lowest - fits[family, shape].aic) / 2)) for shape in SHAPES}
        for shape in SHAPES:
            fit = fits[family, shape]
            spare = years - fit.parameters - 1
            rows.append(
                {
                    "family": family,
                    "shape": shape,
                    "parameters": fit.parameters,
                    "log_likelihood": fit.log_likelihood,
                    "deviance": fit.deviance,
                    "aic": fit.aic,
                    "aicc": fit.aic + 2 * fit.parameters * (fit.parameters + 1) / spare
                    if spare > 0
                    else None,
                    "difference": fit.aic - lowest,
                    "weight": odds[shape] / sum(odds.values()),
                    "converged": fit.converged,
                }
            )
    return pl.DataFrame(rows, schema_overrides={"aicc": pl.Float64})


def _growth(poisson: CountFit, negative: CountFit, level: float) -> pl.DataFrame:
    normal = float(ndtri((1 + level) / 2))
    scale, degrees = poisson.scale, poisson.residual_degrees
    reaches = [
        ("Poisson", poisson, normal),
        ("negative binomial", negative, normal),
        # The scale is estimated too, so its interval is Student's.
        ("quasi-Poisson", poisson, float(stdtrit(degrees, (1 + level) / 2)) * float(np.sqrt(scale or 0))),
    ]
    return pl.DataFrame(
        [{"family": name, **_rate(fit, reach)} for name, fit, reach in reaches],
        schema={"family": pl.String} | dict.fromkeys(_RATE, pl.Float64()),
    )


_RATE = ("rate", "low", "high", "doubling_time", "doubling_low", "doubling_high")


def _rate(fit: CountFit, reach: float) -> dict[str, float | None]:
    slope, error = float(fit.coefficients[1]), float(fit.standard_errors[1])
    if not fit.converged or not np.isfinite(error):
        return dict.fromkeys(_RATE)
    low, high = slope - reach * error, slope + reach * error
    return {
        "rate": float(np.expm1(slope)),
        "low": float(np.expm1(low)),
        "high": float(np.expm1(high)),
        "doubling_time": _doubling(slope),
        "doubling_low": _doubling(high) if slope > 0 else None,
        "doubling_high": _doubling(low) if slope > 0 else None,
    }


def _doubling(slope: float) -> float | None:
    return float(np.log(2) / slope) if slope > 0 else None


def verdict(shapes: Shapes | None, *, what: str = "alliances", level: float = 0.95) -> str:
    """Return in sentences whether the counts rose exponentially, from the fits alone.

    Examples
    --------
    >>> verdict(None)
    'With fewer than 3 years, or no count above 0, no shape of growth can be told from another.'
    """
    if shapes is None:
        return (
            f"With fewer than {LEAST_YEARS} years, or no count above 0, no shape of growth can be told "
            "from another."
        )
    aic, rate = shapes.aic, shapes.chosen_growth
    best = min(SHAPES, key=lambda shape: aic[shape])
    listed = ", ".join(f"{shape} {aic[shape]:.1f}" for shape in SHAPES)
    said = [f"Of the three shapes, {_named(best)} has the lowest AIC ({listed}; {shapes.family} models)."]
    if shapes.family == "negative binomial":
        scale = "" if shapes.scale is None else f" (scale {shapes.scale:.1f})"
        said.append(f"The counts vary more than a Poisson law allows{scale}, and the models account for it.")
    if rate["rate"] is not None:
        said.append(
            f"At a constant rate the number changes by {_percent(rate['rate'])} a year "
            f"({100 * level:g}% interval {_percent(rate['low'])} to {_percent(rate['high'])})."
        )
    said.append(_judgement(aic, rate, what))
    return " ".join(said)


def _judgement(aic: dict[str, float], rate: dict[str, float | None], what: str) -> str:
    claim = f"the claim that the number of {what} increased exponentially"
    rising = min(aic["linear"], aic["exponential"])
    apart = aic["exponential"] - aic["linear"]
    if aic["constant"] - rising < TOLD_APART:
        return f"The data do not support {claim}: a constant number explains them as well."
    if rate["rate"] is None or rate["low"] is None:
        return f"The rate of growth cannot be estimated, and {claim} cannot be judged."
    if rate["rate"] < 0:
        return f"The data contradict {claim}: it fell."
    if apart > -TOLD_APART:
        well = "describes them better" if apart >= TOLD_APART else "explains them as well as constant growth"
        return f"The data support an increase, but not {claim}: a straight line {well}."
    if rate["low"] <= 0:
        return f"The data do not support {claim}: the interval of the growth rate includes zero."
    return f"The data support {claim}."


def _named(shape: str) -> str:
    return f"{'an' if shape[0] == 'e' else 'a'} {shape} trend"


def _percent(rate: float | None) -> str:
    return "–" if rate is None else f"{say_number(100 * rate)}%"
