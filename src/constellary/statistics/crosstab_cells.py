"""The cells and margins of a crosstab, counted from cases."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import polars as pl

from constellary.statistics.cases import evidence_by, evidence_of
from constellary.statistics.letters import column_letters, letter
from constellary.statistics.residuals import adjusted_residuals, expected_counts, holm, two_sided

if TYPE_CHECKING:
    from constellary.statistics.cases import Cases, Unit
    from constellary.statistics.letters import Adjustment
    from constellary.study.codebook import Category
    from constellary.study.frames import Frames

EMPTY = pl.lit([], dtype=pl.List(pl.String))


@dataclass(frozen=True)
class Counted:
    """Two variables brought to one unit.

    Attributes
    ----------
    pairs
        One row a case, row value and column value: `case`, `row`, `column`, and for partners `alliance`.
    n, total
        Cases with both values, and all.
    without
        The cases with either value missing: `case`, and for partners `alliance`.
    """

    frames: Frames
    rows: Cases
    columns: Cases
    unit: Unit
    pairs: pl.DataFrame
    n: int
    total: int
    without: pl.DataFrame

    @property
    def multiple(self) -> bool:
        """Whether a case can be in several cells."""
        return "multiple" in {self.rows.kind, self.columns.kind}

    @cached_property
    def row_order(self) -> list[Category]:
        """The row categories in order."""
        return self.rows.ordered(self.margin("row").rename({"row": "value"}))

    @cached_property
    def column_order(self) -> list[Category]:
        """The column categories in order."""
        return self.columns.ordered(self.margin("column").rename({"column": "value"}))

    def margin(self, side: Literal["row", "column"]) -> pl.DataFrame:
        """Return the number of cases for each value of one side."""
        # Only multiple choice repeats a case within one side; counting rows is quicker.
        count = pl.col("case").n_unique() if self.multiple else pl.len()
        return self.pairs.group_by(side).agg(count.cast(pl.Int64).alias("count"))

    def evidence(self, by: list[str]) -> pl.DataFrame:
        """Return the alliances for each combination of the columns `by`."""
        if self.unit != "partner":
            return evidence_by(self.frames, self.unit, self.pairs, by)
        return self.pairs.group_by(by).agg(pl.col("alliance").unique().sort().alias("evidence"))

    @property
    def missing_evidence(self) -> tuple[str, ...]:
        """The alliances of the cases with either value missing, sorted."""
        if self.unit == "partner":
            return tuple(self.without.get_column("alliance").unique().sort().to_list())
        return tuple(evidence_of(self.frames, self.unit, self.without.get_column("case")))

    @cached_property
    def grid(self) -> pl.DataFrame:
        """Every cell, row by row: `row`, `row_label`, `column`, `column_label`, `count`, `evidence`."""
        rows, columns = self.row_order, self.column_order
        cells = pl.DataFrame(
            {
                "row": [r.value for r in rows for _ in columns],
                "row_label": [r.label for r in rows for _ in columns],
                "column": [c.value for _ in rows for c in columns],
                "column_label": [c.label for _ in rows for c in columns],
            },
            schema=dict.fromkeys(("row", "row_label", "column", "column_label"), pl.String),
        )
        by = ["row", "column"]
        counts = self.pairs.group_by(by).agg(pl.len().cast(pl.Int64).alias("count"))
        return (
            cells.join(counts, on=by, how="left", maintain_order="left")
            .join(self.evidence(by), on=by, how="left", maintain_order="left")
            .with_columns(pl.col("count").fill_null(0), pl.col("evidence").fill_null(EMPTY))
        )

    @property
    def matrix(self) -> np.ndarray:
        """The counts, rows x columns."""
        counts = self.grid.get_column("count").to_numpy()
        return counts.reshape(len(self.row_order), len(self.column_order))

    @cached_property
    def row_totals(self) -> pl.DataFrame:
        """`value`, `label`, `count`, `share` (of n), `evidence` of each row."""
        return self._totals("row").drop("letter")

    @cached_property
    def column_totals(self) -> pl.DataFrame:
        """`value`, `label`, `count`, `share` (of n), `letter`, `evidence` of each column."""
        return self._totals("column")

    def _totals(self, side: Literal["row", "column"]) -> pl.DataFrame:
        order = self.row_order if side == "row" else self.column_order
        found = self.margin(side).join(self.evidence([side]), on=side, how="left")
        frame = pl.DataFrame(
            {
                "value": [category.value for category in order],
                "label": [category.label for category in order],
                "letter": [letter(number) for number in range(len(order))],
            },
            schema={"value": pl.String, "label": pl.String, "letter": pl.String},
        ).join(found.rename({side: "value"}), on="value", how="left", maintain_order="left")
        share = pl.col("count") / self.n if self.n else pl.lit(None, dtype=pl.Float64)
        return (
            frame.with_columns(pl.col("count").fill_null(0), pl.col("evidence").fill_null(EMPTY))
            .with_columns(share.alias("share"))
            .select("value", "label", "count", "share", "letter", "evidence")
        )


def cell_frame(counted: Counted, *, tested: bool, level: float, adjust: Adjustment) -> pl.DataFrame:
    """Return the cells with shares and, where the table is tested, expected counts, residuals, letters."""
    table = counted.matrix
    rows = counted.row_totals.get_column("count").to_numpy()
    columns = counted.column_totals.get_column("count").to_numpy()
    numbers = {
        "row_share": table / _known(rows)[:, None],
        "column_share": table / _known(columns)[None, :],
        "total_share": table / (counted.n or np.nan),
    }
    undefined = np.full(table.shape, np.nan)
    numbers["expected"] = expected_counts(table) if tested else undefined
    numbers["residual"] = adjusted_residuals(table) if tested else undefined
    numbers["p"] = holm(two_sided(numbers["residual"])) if tested else undefined
    series = [
        pl.Series(name, values.ravel(), dtype=pl.Float64).fill_nan(None) for name, values in numbers.items()
    ]
    marks = [mark for row in column_letters(table, level, adjust) for mark in row] if tested else None
    letters = pl.Series("letters", marks if tested else [None] * table.size, dtype=pl.String)
    return counted.grid.with_columns(*series, letters).select(pl.exclude("evidence"), "evidence")


def _known(totals: np.ndarray) -> np.ndarray:
    return np.where(totals > 0, totals, np.nan)
