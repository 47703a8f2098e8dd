"""Tests of independence of a table of counts, wherever the table comes from."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from constellary.errors import UsageError
from constellary.statistics.association import corrected_cramers_v, cramers_v, cramers_v_interval
from constellary.statistics.intervals import check_level
from constellary.statistics.montecarlo import MonteCarlo, monte_carlo
from constellary.statistics.residuals import expected_counts

SEED = 20240524
MOST_CELLS = (
    200_000_000  # drawn in all: a table of thousands of cells is drawn less often, which `exact` says
)


@dataclass(frozen=True, slots=True)
class ContingencyTests:
    """Whether rows and columns are independent, and how strong their association is.

    Attributes
    ----------
    n, rows, columns
        Cases and size of the table that was tested: empty rows and columns are dropped.
    dropped_rows, dropped_columns
        Positions (from 0) of the empty ones.
    chi2, df, p
        Pearson's chi-square without continuity correction.
    likelihood_ratio, likelihood_ratio_p
        G squared, with the same degrees of freedom.
    exact, fisher
        Monte Carlo p of Pearson's chi-square and of Fisher's exact test, with intervals.
    cramers_v, low, high
        Cramer's V in 0..1 with its interval at `level`.
    corrected_v
        V without its small-sample bias; None where n is too small.
    least_expected, few_expected
        Smallest expected count, and share (0..1) of cells that expect fewer than 5.
    """

    n: int
    rows: int
    columns: int
    dropped_rows: tuple[int, ...]
    dropped_columns: tuple[int, ...]
    chi2: float
    df: int
    p: float
    likelihood_ratio: float
    likelihood_ratio_p: float
    exact: MonteCarlo
    fisher: MonteCarlo
    cramers_v: float
    low: float
    high: float
    corrected_v: float | None
    level: float
    least_expected: float
    few_expected: float

    @property
    def sparse(self) -> bool:
        """Whether the chi-square distribution is a poor guide (Cochran's rule): then use `exact`."""
        return self.few_expected > 0.2 or self.least_expected < 1

    def numbers(self) -> dict[str, object]:
        """Return every field as plain values, for `results.json`."""
        return {
            name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()
        } | {"sparse": self.sparse}


def untestable(table: npt.ArrayLike) -> str | None:
    """Return in a sentence why a table has no test of independence; None where it has one.

    Examples
    --------
    >>> untestable([[3, 4], [0, 0]])
    'Only one row has any case, so there is nothing to compare and no test.'
    """
    counts = _counts(table)
    rows, columns = int((counts.sum(axis=1) > 0).sum()), int((counts.sum(axis=0) > 0).sum())
    if not counts.sum():
        return "The table is empty, so there is no test."
    for number, name in ((rows, "row"), (columns, "column")):
        if number == 1:
            return f"Only one {name} has any case, so there is nothing to compare and no test."
    return None


def contingency_tests(
    table: npt.ArrayLike, *, level: float = 0.95, draws: int = 100_000, seed: int = SEED
) -> ContingencyTests | None:
    """Return the tests of independence of a table of counts.

    Nothing is added to zero cells. Empty rows and columns are dropped, and named in the result.

    Parameters
    ----------
    table
        Whole, non-negative counts, rows x columns, such as a published table that was recovered.
    level
        Of the interval of Cramer's V; the Monte Carlo error has 0.99.
    draws, seed
        Of the Monte Carlo tests.

    Returns
    -------
    ContingencyTests or None
        None where fewer than two rows or two columns have any case: see `untestable`.

    Raises
    ------
    UsageError
        If the counts are not whole and non-negative or the table has not two dimensions.

    References
    ----------
    Pearson (1900), doi:10.1080/14786440009463897; Cochran (1954), doi:10.2307/3001616.

    Examples
    --------
    >>> tests = contingency_tests([[68, 9, 17], [73, 9, 9], [33, 0, 4], [46, 23, 18]], draws=1000)
    >>> round(tests.chi2, 4), tests.df, round(tests.p, 8), round(tests.cramers_v, 4)
    (29.1513, 6, 5.695e-05, 0.2172)
    """
    check_level(level)
    counts = _counts(table)
    if untestable(counts) is not None:
        return None
    rows, columns = counts.sum(axis=1) > 0, counts.sum(axis=0) > 0
    kept = counts[np.ix_(rows, columns)]
    n, (r, c) = int(kept.sum()), kept.shape
    expected = expected_counts(kept)
    chi2 = float(((kept - expected) ** 2 / expected).sum())
    ratio = float(2 * special.xlogy(kept, kept / expected).sum())
    df = (r - 1) * (c - 1)
    exact, fisher = monte_carlo(kept, draws=_affordable(draws, kept.size), seed=seed)
    low, high = cramers_v_interval(chi2, n, r, c, level)
    return ContingencyTests(
        n=n,
        rows=r,
        columns=c,
        dropped_rows=tuple(np.flatnonzero(~rows).tolist()),
        dropped_columns=tuple(np.flatnonzero(~columns).tolist()),
        chi2=chi2,
        df=df,
        p=float(special.chdtrc(df, chi2)),
        likelihood_ratio=ratio,
        likelihood_ratio_p=float(special.chdtrc(df, max(0.0, ratio))),
        exact=exact,
        fisher=fisher,
        cramers_v=cramers_v(chi2, n, r, c),
        low=low,
        high=high,
        corrected_v=corrected_cramers_v(chi2, n, r, c),
        level=level,
        least_expected=float(expected.min()),
        few_expected=float((expected < 5).mean()),
    )


def _affordable(draws: int, cells: int) -> int:
    return min(draws, max(1000, MOST_CELLS // cells))


def _counts(table: npt.ArrayLike) -> npt.NDArray[np.int64]:
    given = np.asarray(table)
    if given.ndim != 2:
        raise UsageError(f"A table of counts has two dimensions, rows and columns; got {given.ndim}.")
    if not np.issubdtype(given.dtype, np.number) or not np.all(given >= 0) or not np.all(given % 1 == 0):
        raise UsageError("The counts of a table are whole and not negative.")
    return given.astype(np.int64)
