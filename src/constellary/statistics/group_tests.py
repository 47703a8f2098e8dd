"""Every measure of two groups of firms, tested and with intervals, one row a measure."""

from __future__ import annotations

import numpy as np
import polars as pl

from constellary.errors import UsageError
from constellary.statistics.intervals import clopper_pearson
from constellary.statistics.resampling import bootstrap_difference, cliffs_delta, permutation_p
from constellary.statistics.residuals import holm

REPLICATES = 2_000
ALLIANCES = "alliances"


def with_measures(table: pl.DataFrame, measures: pl.DataFrame) -> pl.DataFrame:
    """Return the table with the number columns of the measures; a firm without a row has null.

    Raises
    ------
    UsageError
        If `measures` has no column `firm` or a firm twice.
    """
    if "firm" not in measures.columns:
        raise UsageError(f"Measures of firms need a column 'firm'; got {', '.join(measures.columns)}.")
    if measures["firm"].is_duplicated().any():
        raise UsageError("Measures of firms have one row a firm; a firm occurs twice.")
    numbers = [
        name
        for name, kind in measures.schema.items()
        if kind.is_numeric() and name not in {"firm", "group", ALLIANCES}
    ]
    return table.join(measures.select("firm", *numbers), on="firm", how="left", maintain_order="left")


def compared(
    table: pl.DataFrame, groups: tuple[str, str], *, permutations: int, level: float, seed: int
) -> pl.DataFrame:
    """Return each measure of two groups set against each other; the columns are those of `FirmComparison`.

    Parameters
    ----------
    table
        `firm`, `group`, then one number column a measure; null, NaN and infinite are missing.
    groups
        First and second group.
    permutations, level, seed
        See `comparison.compare_firms`.
    """
    rows = []
    for name in table.columns[2:]:
        known = table.select("group", pl.col(name).cast(pl.Float64).alias("value")).filter(
            pl.col("value").is_finite()
        )
        first, second = (
            known.filter(pl.col("group") == group)["value"].sort().to_numpy() for group in groups
        )
        difference = bootstrap_difference(first, second, replicates=REPLICATES, level=level, seed=seed)
        test = permutation_p(first, second, permutations=permutations, seed=seed)
        p, reached, made = test if test is not None else (None, 0, 0)
        limits = clopper_pearson(reached, made, level) or (None, None)
        delta = cliffs_delta(first, second, level)
        rows.append(
            {
                "measure": name,
                "first_n": first.size,
                "second_n": second.size,
                "first_mean": float(first.mean()) if first.size else None,
                "second_mean": float(second.mean()) if second.size else None,
                "first_median": float(np.median(first)) if first.size else None,
                "second_median": float(np.median(second)) if second.size else None,
                "difference": difference.value,
                "low": difference.low,
                "high": difference.high,
                "p": p,
                "p_low": limits[0],
                "p_high": limits[1],
                "permutations": made,
                "delta": delta.value,
                "delta_low": delta.low,
                "delta_high": delta.high,
            }
        )
    whole = {
        "measure": pl.String(),
        "first_n": pl.Int64(),
        "second_n": pl.Int64(),
        "permutations": pl.Int64(),
    }
    frame = pl.DataFrame(rows, schema={name: whole.get(name, pl.Float64()) for name in rows[0]})
    adjusted = pl.Series("p_holm", holm(frame["p"].to_numpy()), dtype=pl.Float64).fill_nan(None)
    return frame.insert_column(frame.get_column_index("permutations"), adjusted)
