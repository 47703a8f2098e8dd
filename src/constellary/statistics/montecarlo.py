"""Exact p of a table by Monte Carlo: tables drawn with the observed row and column totals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from constellary.errors import UsageError
from constellary.statistics.intervals import clopper_pearson
from constellary.statistics.residuals import expected_counts

CHUNK_CELLS = 1_000_000  # integers drawn at a time: 8 MB, whatever the number of draws


@dataclass(frozen=True, slots=True)
class MonteCarlo:
    """A p value estimated by drawing, with an interval of its Monte Carlo error.

    Attributes
    ----------
    p
        (draws at least as extreme + 1) / (draws + 1), so never 0.
    low, high
        Exact binomial interval of the p that endless drawing would give, at `level`.
    level, draws, seed
        As used.
    """

    p: float
    low: float
    high: float
    level: float
    draws: int
    seed: int


def monte_carlo(
    table: npt.ArrayLike, *, draws: int = 100_000, seed: int = 20240524, level: float = 0.99
) -> tuple[MonteCarlo, MonteCarlo]:
    """Return the Monte Carlo p of Pearson's chi-square and of Fisher's exact test.

    Both draw tables at random given the totals; extreme means a chi-square at least as great, for Fisher
    a table at most as probable. Exact in small and sparse tables, where the chi-square distribution is not.

    Parameters
    ----------
    table
        Counts without empty rows and columns, at least 2 x 2.
    draws, seed
        How many tables, and where the random numbers start. Memory does not grow with `draws`.
    level
        Of the intervals of the Monte Carlo error.

    References
    ----------
    Mehta and Patel (2012), IBM SPSS Exact Tests, p. 18; Patefield (1981), doi:10.2307/2346669.

    Examples
    --------
    >>> job = [[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]  # R: fisher.test .7827
    >>> _, fisher = monte_carlo(job, draws=20_000)
    >>> fisher.low < 0.7827 < fisher.high
    True
    """
    if draws < 1:
        raise UsageError(f"A Monte Carlo test needs at least one draw; got {draws}.")
    counts = np.asarray(table, dtype=np.int64)
    reciprocal = 1 / expected_counts(counts)
    biggest = int(min(counts.sum(axis=1).max(), counts.sum(axis=0).max()))
    log_factorial = special.gammaln(np.arange(biggest + 1, dtype=np.float64) + 1)

    def measures(tables: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        chi2 = np.einsum("kij,kij,ij->k", tables, tables, reciprocal)
        return chi2, log_factorial[tables].sum(axis=(1, 2))

    observed = [float(measure[0]) for measure in measures(counts[None])]
    # Equal tables must count as equally extreme although their sums round differently.
    bounds = [value - 1e-9 * max(1.0, abs(value)) for value in observed]
    generator = np.random.default_rng(seed)
    rows, columns = counts.sum(axis=1), counts.sum(axis=0)
    hits = np.zeros(2, dtype=np.int64)
    left = draws
    while left:
        size = min(left, max(1, CHUNK_CELLS // counts.size))
        drawn = random_tables(rows, columns, size, generator)
        hits += [int((m >= b).sum()) for m, b in zip(measures(drawn), bounds, strict=True)]
        left -= size
    pearson, fisher = (_estimate(int(hit), draws, level, seed) for hit in hits)
    return pearson, fisher


def random_tables(
    rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], draws: int, generator: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Return tables drawn at random given their totals, as if the cases were dealt out blindly.

    Row by row, each cell is hypergeometric given what earlier cells left of its column and row. The same law as
    `scipy.stats.random_table`, whose import alone takes longer than all the draws of a report.

    Parameters
    ----------
    rows, columns
        The totals, r and c of them, with the same sum.
    draws
        How many tables.
    generator
        Source of the random numbers.

    Returns
    -------
    array
        draws x r x c counts.
    """
    tables = np.empty((draws, rows.size, columns.size), dtype=np.int64)
    left = np.repeat(columns[None, :], draws, axis=0)
    for row, total in enumerate(rows[:-1]):
        wanted = np.full(draws, total)
        rest = left.sum(axis=1)
        for column in range(columns.size - 1):
            rest -= left[:, column]
            drawn = generator.hypergeometric(left[:, column], rest, wanted)
            tables[:, row, column] = drawn
            wanted -= drawn
        tables[:, row, -1] = wanted
        left -= tables[:, row]
    tables[:, -1] = left
    return tables


def _estimate(hits: int, draws: int, level: float, seed: int) -> MonteCarlo:
    interval = clopper_pearson(hits, draws, level)
    assert interval is not None  # noqa: S101 - draws is at least 1
    return MonteCarlo((hits + 1) / (draws + 1), *interval, level=level, draws=draws, seed=seed)
