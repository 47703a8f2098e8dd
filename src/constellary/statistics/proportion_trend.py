"""Does a share rise or fall over ordered groups? The Cochran-Armitage test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import chdtrc

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class ProportionTrend:
    """The test and the slope of the share.

    Attributes
    ----------
    chi_square, p
        With one degree of freedom, two-sided.
    slope
        Change of the share for a step of 1 in the scores, weighted by group size.
    """

    chi_square: float
    p: float
    slope: float

    def numbers(self) -> dict[str, object]:
        """Return `chi_square`, `p`, `slope`."""
        return {"chi_square": self.chi_square, "p": self.p, "slope": self.slope}


def proportion_trend(counts: ArrayLike, n: ArrayLike, scores: ArrayLike) -> ProportionTrend | None:
    r"""Return the Cochran-Armitage test of a linear trend in shares.

    .. math:: \chi^2 = \frac{\left(\sum_i (s_i - \bar s) x_i\right)^2}{p (1 - p) \sum_i n_i (s_i - \bar s)^2}

    The variance has n, as in R's `prop.trend.test`; programs that treat the table as a permutation (such as
    the linear-by-linear test) have n - 1 and print the value times (n - 1) / n.

    Parameters
    ----------
    counts, n
        Cases with the property and all cases, one a group; groups with n of 0 are passed over.
    scores
        Place of each group on the scale, such as the year.

    Returns
    -------
    ProportionTrend or None
        None with fewer than two groups of cases, or where all or none of the cases have the property.

    References
    ----------
    Armitage (1955), Tests for linear trends in proportions and frequencies, Biometrics 11(3), 375-386,
    doi 10.2307/3001775. Smokers among lung cancer patients (Fleiss 1981; R): 8.2249.

    Examples
    --------
    >>> test = proportion_trend([83, 90, 129, 70], [86, 93, 136, 82], [1, 2, 3, 4])
    >>> round(test.chi_square, 4), round(test.p, 6)
    (8.2249, 0.004132)
    """
    x, total, at = (np.asarray(values, dtype=np.float64) for values in (counts, n, scores))
    if total.sum() == 0:
        return None
    share = float(x.sum() / total.sum())
    centred = at - float(at @ total / total.sum())
    spread = float(total @ centred**2)
    if spread <= 0 or share in {0.0, 1.0}:
        return None
    together = float(centred @ x)
    chi_square = together**2 / (share * (1 - share) * spread)
    return ProportionTrend(chi_square, float(chdtrc(1, chi_square)), together / spread)
