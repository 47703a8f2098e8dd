"""All coefficients of one coded variable, with analytic and bootstrap intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from constellary.statistics.estimate import UNDEFINED, Estimate, percentile_interval
from constellary.statistics.kappa import (
    CHANCES,
    brennan_prediger,
    chance_corrected,
    cohen_kappa,
    conger_kappa,
    fleiss_kappa,
    gwet_ac,
    holsti,
    percent_agreement,
)
from constellary.statistics.krippendorff import alphas, krippendorff_alpha, masi_distance, paired

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from constellary.statistics.codings import Coded
    from constellary.statistics.intervals import Floats
    from constellary.statistics.ratings import Patterns

COEFFICIENTS = ("percent", "cohen", "fleiss", "ac1", "alpha")  # in the short table
ALL = ("percent", "holsti", "cohen", "fleiss", "conger", "brennan_prediger", "ac1", "alpha")
MOST = 20_000_000  # patterns x values beyond which open values are not compared by coefficients

SCHEMA = {
    "variable": pl.String,
    "coefficient": pl.String,
    "value": pl.Float64,
    "se": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "boot_low": pl.Float64,
    "boot_high": pl.Float64,
}


def coefficient_frame(
    variables: Sequence[Coded], *, level: float, replicates: int, seed: int
) -> pl.DataFrame:
    """Return one row a variable and coefficient: see `Agreement.coefficients`."""
    rows = []
    for one in variables:
        estimates = estimate(one, level)
        boot = bootstrap(one, level=level, replicates=replicates, seed=seed)
        for name in ALL:
            value = estimates[name]
            low, high = boot.get(name) or (None, None)
            if value.value is None:
                low = high = None
            rows.append((one.variable, name, value.value, value.se, value.low, value.high, low, high))
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def estimate(one: Coded, level: float) -> dict[str, Estimate]:
    """Return every coefficient of a variable with its analytic interval."""
    patterns = one.patterns
    found = dict.fromkeys(ALL, UNDEFINED)
    if patterns.weights.size * patterns.categories > MOST:
        return found
    found["percent"] = percent_agreement(patterns, level=level)
    found["holsti"] = Estimate(holsti(patterns))
    found["alpha"] = krippendorff_alpha(patterns, distance=_distance(one), level=level)
    if not one.multiple:
        if len(one.coders) == 2:
            found["cohen"] = cohen_kappa(patterns, level=level)
        found["fleiss"] = fleiss_kappa(patterns, level=level)
        found["conger"] = conger_kappa(patterns, level=level)
        found["brennan_prediger"] = brennan_prediger(patterns, level=level)
        found["ac1"] = gwet_ac(patterns, level=level)
    return found


def bootstrap(
    one: Coded, *, level: float, replicates: int, seed: int
) -> dict[str, tuple[float, float] | None]:
    """Return percentile intervals over samples of the units, the same samples for every coefficient."""
    patterns = one.patterns
    if patterns.paired_units < 2 or patterns.weights.size * patterns.categories > MOST:
        return {}
    measures = _measures(one, patterns)
    drawn: dict[str, list[Floats]] = {name: [] for name in measures}
    for weights in patterns.resampled(replicates, seed):
        for name, measure in measures.items():
            drawn[name].append(measure(weights))
    return {
        name: percentile_interval(np.concatenate(values), level) if values else None
        for name, values in drawn.items()
    }


def _measures(one: Coded, patterns: Patterns) -> dict[str, Callable[[Floats], Floats]]:
    both, shared, distance = paired(patterns), patterns.paired > 0, _distance(one)

    def alpha(weights: Floats) -> Floats:
        return alphas(both, weights[:, shared], distance=distance)

    measures: dict[str, Callable[[Floats], Floats]] = {"alpha": alpha}
    if one.multiple or patterns.categories < 2:
        return measures

    def corrected(name: str) -> Callable[[Floats], Floats]:
        return lambda weights: chance_corrected(patterns, weights, CHANCES[name])

    measures |= {name: corrected(name) for name in CHANCES if len(one.coders) > 1 or name != "conger"}
    if len(one.coders) == 2:
        measures["cohen"] = lambda weights: chance_corrected(both, weights[:, shared], CHANCES["conger"])
    return measures


def _distance(one: Coded) -> Floats | None:
    if not one.multiple:
        return None
    return np.array([[masi_distance(first, second) for second in one.sets] for first in one.sets])
