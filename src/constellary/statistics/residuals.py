"""Which cells of a table differ from independence: expected counts, adjusted residuals, Holm's p."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import special

if TYPE_CHECKING:
    from constellary.statistics.intervals import Floats


def expected_counts(table: npt.ArrayLike) -> Floats:
    """Return the counts that row and column totals alone would give: row total x column total / n.

    Parameters
    ----------
    table
        Counts, rows x columns. A row or column of zeros gives expected counts of 0; an empty table NaN.

    Examples
    --------
    >>> expected_counts([[8, 2], [2, 8]]).tolist()
    [[5.0, 5.0], [5.0, 5.0]]
    """
    counts = np.asarray(table, dtype=np.float64)
    n = counts.sum()
    return np.outer(counts.sum(axis=1), counts.sum(axis=0)) / (n if n > 0 else np.nan)


def adjusted_residuals(table: npt.ArrayLike) -> Floats:
    """Return (count - expected) / its standard error under independence: about normal, beyond 2 is unusual.

    The zero cells of a table stay zero: no constant is added to any count.

    Returns
    -------
    array
        Rows x columns; NaN where the standard error is 0 (a total is 0 or n).

    References
    ----------
    Haberman (1973), doi:10.2307/2529686. Equal to `stdres` of R's `chisq.test` and ASRESID of SPSS.

    Examples
    --------
    >>> adjusted_residuals([[8, 2], [2, 8]]).round(4).tolist()
    [[2.6833, -2.6833], [-2.6833, 2.6833]]
    """
    counts = np.asarray(table, dtype=np.float64)
    n = counts.sum()
    expected = expected_counts(counts)
    if n == 0:
        return expected
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    variance = expected * np.outer(1 - rows / n, 1 - columns / n)
    # A total of n leaves a variance that rounding can make 1e-17 instead of 0.
    fixed = np.logical_or.outer((rows == 0) | (rows == n), (columns == 0) | (columns == n))
    return (counts - expected) / np.sqrt(np.where(fixed, np.nan, variance))


def two_sided(z: npt.ArrayLike) -> Floats:
    """Return the two-sided normal p of each z; from the lower tail, so that small p do not become 0.

    Examples
    --------
    >>> two_sided([1.959964, -1.959964, 0]).round(4).tolist()
    [0.05, 0.05, 1.0]
    """
    return np.asarray(2 * special.ndtr(-np.abs(np.asarray(z, dtype=np.float64))))


def holm(p: npt.ArrayLike) -> Floats:
    """Return p values adjusted for their number by Holm's step-down rule; NaN stays NaN, uncounted.

    References
    ----------
    Holm (1979), Scandinavian Journal of Statistics 6, 65-70. Equal to R's `p.adjust(p, "holm")`.

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03]).tolist()
    [0.03, 0.06, 0.06]
    """
    values = np.asarray(p, dtype=np.float64)
    known = np.flatnonzero(~np.isnan(values.ravel()))
    adjusted = values.copy().ravel()
    order = known[np.argsort(adjusted[known], kind="stable")]
    factors = np.arange(order.size, 0, -1)
    adjusted[order] = np.minimum(1, np.maximum.accumulate(adjusted[order] * factors))
    return adjusted.reshape(values.shape)


def bonferroni(p: npt.ArrayLike) -> Floats:
    """Return p values times their number, at most 1; NaN stays NaN, uncounted.

    Examples
    --------
    >>> bonferroni([0.01, 0.04, 0.5]).tolist()
    [0.03, 0.12, 1.0]
    """
    values = np.asarray(p, dtype=np.float64)
    return np.minimum(1, values * np.count_nonzero(~np.isnan(values)))
