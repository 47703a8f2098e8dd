"""How strong an association is: Cramer's V, its interval and its bias-corrected form."""

from __future__ import annotations

import numpy as np
from scipy import optimize, special

from constellary.errors import UsageError
from constellary.statistics.intervals import check_level


def cramers_v(chi2: float, n: int, rows: int, columns: int) -> float:
    """Return Cramer's V: 0 without association, 1 where one variable fixes the other.

    The square root of chi2 / (n (k - 1)), k the lesser of rows and columns (empty ones not counted).

    References
    ----------
    Cramer (1946), Mathematical Methods of Statistics, p. 282.

    Examples
    --------
    >>> round(cramers_v(138.28984162608274, 592, 4, 4), 4)
    0.279
    """
    return float(min(1.0, np.sqrt(chi2 / (n * _degrees(rows, columns)))))


def corrected_cramers_v(chi2: float, n: int, rows: int, columns: int) -> float | None:
    """Return V without its upward bias in small samples; 0 where chi2 is below what chance gives.

    None where n is so small that the correction leaves no dimension.

    References
    ----------
    Bergsma (2013), doi:10.1016/j.jkss.2012.10.002.

    Examples
    --------
    >>> round(corrected_cramers_v(29.1512770702, 309, 4, 3), 4)
    0.1941
    """
    if n < 2:
        return None
    phi2 = max(0.0, chi2 / n - (rows - 1) * (columns - 1) / (n - 1))
    least = min(rows - (rows - 1) ** 2 / (n - 1), columns - (columns - 1) ** 2 / (n - 1))
    return float(min(1.0, np.sqrt(phi2 / (least - 1)))) if least > 1 else None


def cramers_v_interval(
    chi2: float, n: int, rows: int, columns: int, level: float = 0.95, *, adjusted: bool = False
) -> tuple[float, float]:
    """Return an interval of Cramer's V by inverting the noncentral chi-square distribution.

    The limits are the noncentralities under which the observed chi2 is at the upper or lower
    `(1 - level) / 2`, turned into V. The lower limit is 0 where chi2 itself is not significant.

    Parameters
    ----------
    chi2, n, rows, columns
        The test statistic and the size of its table, without empty rows and columns.
    level
        Confidence level in (0, 1).
    adjusted
        Add the degrees of freedom to the noncentrality, so that the interval is about the sample's V,
        which is biased upward, rather than the population's.

    Returns
    -------
    (low, high)
        In 0..1.

    References
    ----------
    Smithson (2003), Confidence Intervals, p. 39, doi:10.4135/9781412983761. Equal to DescTools'
    `CramerV(method = "ncchisq")` and, adjusted, `"ncchisqadj"`.

    Examples
    --------
    >>> low, high = cramers_v_interval(29.1512770702, 309, 4, 3)
    >>> round(low, 4), round(high, 4)
    (0.1128, 0.2796)
    """
    check_level(level)
    degrees = (rows - 1) * (columns - 1)
    scale = n * _degrees(rows, columns)
    shift = degrees if adjusted else 0
    limits = (_noncentrality(chi2, degrees, tail) for tail in ((1 + level) / 2, (1 - level) / 2))
    low, high = (float(min(1.0, np.sqrt((limit + shift) / scale))) if limit > 0 else 0.0 for limit in limits)
    return low, high


def _noncentrality(chi2: float, degrees: int, below: float) -> float:
    """Return the noncentrality with chance `below` of a statistic under chi2; 0 where none has it."""
    if special.chdtr(degrees, chi2) <= below:
        return 0.0

    def excess(noncentrality: float) -> float:
        return float(special.chndtr(chi2, degrees, noncentrality)) - below

    upper = chi2 + 10 * np.sqrt(chi2 + degrees) + 10
    while excess(upper) > 0:
        upper *= 2
    return float(optimize.brentq(excess, 0.0, upper, xtol=1e-10, rtol=1e-12))


def _degrees(rows: int, columns: int) -> int:
    least = min(rows, columns) - 1
    if least < 1:
        raise UsageError(f"Association needs two rows and two columns; the table is {rows} x {columns}.")
    return least
