"""An estimate with its standard error and interval, and percentile intervals of bootstrap replicates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from constellary.statistics.intervals import Floats, check_level

MOST_UNDEFINED = 0.05  # above this share of undefined replicates an interval would flatter


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with what is known of its error; None where undefined.

    Attributes
    ----------
    value
        The estimate.
    se
        Standard error.
    low, high
        Interval.
    """

    value: float | None
    se: float | None = None
    low: float | None = None
    high: float | None = None

    def numbers(self) -> dict[str, float | None]:
        """Return the fields as plain values."""
        return {"value": self.value, "se": self.se, "low": self.low, "high": self.high}


UNDEFINED = Estimate(None)


def with_error(value: float, se: float, level: float, degrees: float | None = None) -> Estimate:
    """Return the estimate with a t interval (normal without `degrees`), cut off at -1 and 1."""
    check_level(level)
    tail = (1 + level) / 2
    quantile = float(special.ndtri(tail) if degrees is None else special.stdtrit(degrees, tail))
    return Estimate(value, se, max(-1.0, value - quantile * se), min(1.0, value + quantile * se))


def percentile_interval(replicates: Floats, level: float) -> tuple[float, float] | None:
    """Return the percentile interval of bootstrap replicates.

    Undefined replicates (NaN) are left out; None where more than 5% of them are.

    Examples
    --------
    >>> percentile_interval(np.arange(101.0), 0.5)
    (25.0, 75.0)
    """
    check_level(level)
    known = replicates[~np.isnan(replicates)]
    if known.size == 0 or known.size < (1 - MOST_UNDEFINED) * replicates.size:
        return None
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)
