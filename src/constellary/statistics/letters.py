"""Column letters: which columns of a table differ in the share of a row, as survey tables print it.

Columns are lettered A, B, C ... In each row, the shares of every two columns are compared by a z test with
pooled variance; the letter of the smaller one stands in the cell of the greater one.
"""

from __future__ import annotations

from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt

from constellary.errors import UsageError
from constellary.statistics.intervals import check_level
from constellary.statistics.residuals import bonferroni, holm, two_sided

Adjustment = Literal["holm", "bonferroni", "none"]
ADJUSTMENTS: tuple[Adjustment, ...] = ("holm", "bonferroni", "none")


def letter(number: int) -> str:
    """Return the letter of a column: A for 0, Z for 25, AA for 26.

    Examples
    --------
    >>> [letter(number) for number in (0, 1, 25, 26)]
    ['A', 'B', 'Z', 'AA']
    """
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def column_comparisons(table: npt.ArrayLike, adjust: Adjustment = "bonferroni") -> npt.NDArray[np.float64]:
    """Return p for every two columns in every row: array rows x columns x columns, symmetric.

    Parameters
    ----------
    table
        Counts. The share of a cell is its count over its column total.
    adjust
        For the number of comparisons within the row: `bonferroni` (as SPSS), `holm` or `none`.

    Returns
    -------
    array
        NaN on the diagonal, and where a share is 0 or 1 (or its column empty): there the variance of
        the share is unknown, and the column is not compared in that row.

    References
    ----------
    IBM SPSS Statistics Algorithms, CTABLES, column proportions test; equal to R's
    `pairwise.prop.test(correct = FALSE)`.

    Examples
    --------
    >>> p = column_comparisons([[68, 73, 33, 46], [9, 9, 0, 23], [17, 9, 4, 18]])
    >>> p[0, 0].round(4).tolist()
    [nan, 1.0, 0.2329, 0.0404]
    """
    if adjust not in ADJUSTMENTS:
        raise UsageError(f"Comparisons are adjusted by one of {', '.join(ADJUSTMENTS)}; got '{adjust}'.")
    counts = np.asarray(table, dtype=np.float64)
    totals = counts.sum(axis=0)
    known = np.where(totals > 0, totals, np.nan)
    shares = counts / known
    shares = np.where((shares > 0) & (shares < 1), shares, np.nan)
    rows, columns = counts.shape
    result = np.full((rows, columns, columns), np.nan)
    if columns < 2:
        return result
    first, second = (np.array(side) for side in zip(*combinations(range(columns), 2), strict=True))
    pooled = (counts[:, first] + counts[:, second]) / (known[first] + known[second])
    error = np.sqrt(pooled * (1 - pooled) * (1 / known[first] + 1 / known[second]))
    difference = shares[:, first] - shares[:, second]
    p = two_sided(np.divide(difference, error, out=np.full_like(difference, np.nan), where=error > 0))
    if adjust != "none":
        correct = holm if adjust == "holm" else bonferroni
        p = np.stack([correct(row) for row in p])
    result[:, first, second] = p
    result[:, second, first] = p
    return result


def column_letters(
    table: npt.ArrayLike, level: float = 0.95, adjust: Adjustment = "bonferroni"
) -> list[list[str]]:
    """Return for each cell the letters of the columns whose share in that row is significantly smaller.

    Letters are joined by spaces; empty where there is none. See `column_comparisons`.

    Examples
    --------
    >>> column_letters([[68, 73, 33, 46], [9, 9, 0, 23], [17, 9, 4, 18]])[0]
    ['D', 'D', 'D', '']
    """
    check_level(level)
    counts = np.asarray(table, dtype=np.float64)
    p = column_comparisons(counts, adjust)
    totals = counts.sum(axis=0)
    shares = counts / np.where(totals > 0, totals, np.nan)
    alpha = 1 - level
    greater = shares[:, :, None] > shares[:, None, :]
    marked = greater & (p < alpha)
    return [
        [" ".join(letter(int(other)) for other in np.flatnonzero(cell)) for cell in row] for row in marked
    ]
