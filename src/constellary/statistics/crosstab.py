"""Crosstabs: two variables against each other, with tests, residuals and the alliances behind each cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import UsageError
from constellary.result import Result
from constellary.statistics.cases import PLURAL, Cases, Unit, cases
from constellary.statistics.crosstab_cells import Counted, cell_frame
from constellary.statistics.crosstab_tables import crosstab_remarks, crosstab_tables
from constellary.statistics.crosstab_tests import SEED, ContingencyTests, contingency_tests, untestable
from constellary.statistics.intervals import check_level
from constellary.statistics.letters import ADJUSTMENTS, Adjustment

if TYPE_CHECKING:
    import numpy as np

    from constellary.study.frames import Frames

MOST_VALUES = 500
"""Of a row or column variable; open text and free tags of a large study have more."""


@dataclass(frozen=True, repr=False, eq=False)
class Crosstab(Result):
    """Two variables against each other.

    Attributes
    ----------
    title
        Both labels and what is counted.
    row, column, row_label, column_label
        The variables.
    unit
        What is counted: `alliance`, `firm`, or `partner` (an alliance and a firm in it) where one
        variable is of alliances and the other of firms.
    cells
        One row a cell, row by row in the codebook's order, empty cells included: `row`, `row_label`,
        `column`, `column_label`, `count`, `row_share`, `column_share`, `total_share` (0..1), `expected`,
        `residual` (adjusted), `p` (of the residual, two-sided, Holm over all cells), `letters` (columns
        whose share in this row is significantly smaller), `evidence` (alliance ids, sorted). Null where
        undefined: shares of an empty row, residuals of an empty row or column, tests that do not apply.
    row_totals, column_totals
        One row a category: `value`, `label`, `count`, `share` (of n), `evidence`; columns also `letter`.
    n, missing, total
        Cases with both values, with either missing, and all.
    missing_evidence
        The alliances of the cases with either missing.
    tests
        Tests of independence, or None with the reason in `untested`.
    untested
        Why there is no test, in a sentence; None where there is one.
    multiple
        Whether a case can be in several cells.
    level, adjust
        Of the intervals and the letters.
    selection
        The filter in words; empty: the whole study.
    """

    title: str
    row: str
    column: str
    row_label: str
    column_label: str
    unit: Unit
    cells: pl.DataFrame
    row_totals: pl.DataFrame
    column_totals: pl.DataFrame
    n: int
    missing: int
    total: int
    missing_evidence: tuple[str, ...]
    tests: ContingencyTests | None
    untested: str | None
    multiple: bool
    level: float
    adjust: Adjustment
    selection: str = ""

    def counts(self) -> np.ndarray:
        """Return the counts as an array, rows x columns in the order of the totals."""
        shape = (self.row_totals.height, self.column_totals.height)
        return self.cells.get_column("count").to_numpy().reshape(shape)

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `table` (n and row shares), `counts`, `residuals`, `letters`, `tests`: see the module."""
        return crosstab_tables(self)

    def numbers(self) -> dict[str, object]:
        """Return n, totals, cells by row value and column value, and the tests."""
        plain = self.cells.drop("evidence", "row_label", "column_label")
        cells: dict[str, dict[str, object]] = {}
        for cell in plain.to_dicts():
            cells.setdefault(cell.pop("row"), {})[cell.pop("column")] = cell
        return {
            "row": self.row,
            "column": self.column,
            "unit": self.unit,
            "n": self.n,
            "missing": self.missing,
            "total": self.total,
            "level": self.level,
            "rows": _totals(self.row_totals),
            "columns": _totals(self.column_totals),
            "cells": cells,
            "tests": self.tests.numbers() if self.tests else None,
            "untested": self.untested,
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was counted, tested, dropped, and how to read residuals and letters."""
        return crosstab_remarks(self)


def crosstab(
    frames: Frames,
    row: str,
    column: str,
    *,
    level: float = 0.95,
    draws: int = 100_000,
    seed: int = SEED,
    adjust: Adjustment = "bonferroni",
) -> Crosstab:
    """Return two variables against each other, with tests of independence.

    Parameters
    ----------
    frames
        A study or a selection of it.
    row, column
        Variables or groupings, `year` or `size`. Both of alliances: alliances are counted. Both of firms:
        the firms that sign. One of each: partners, without tests, since a firm or an alliance occurs more
        than once. Multiple choice is counted, without tests, since a case can be in several cells.
    level
        Of the interval of Cramer's V and of the column letters.
    draws, seed
        Of the Monte Carlo tests.
    adjust
        How the column letters are adjusted within a row: `bonferroni` (as SPSS), `holm` or `none`.

    Raises
    ------
    UnknownName
        If there is no such variable.
    UsageError
        If both variables are the same, or an option is not possible.

    References
    ----------
    Agresti (2013), Categorical Data Analysis, ch. 3; Haberman (1973), doi:10.2307/2529686.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> found = crosstab(example_frames(), "formality", "focus", draws=999)
    >>> found.counts().tolist()  # nobody is in the third column, so the test drops it
    [[2, 0, 0], [1, 3, 0]]
    >>> cell = found.cells.row(0, named=True)
    >>> cell["row"], cell["column"], cell["expected"], cell["evidence"]  # 2 x 3 / 6
    ('formal', 'automotive_items', 1.0, ['a2', 'a6'])
    >>> found.tests.chi2  # 1/1 + 1/1 + 1/2 + 1/2
    3.0
    """
    check_level(level)
    if adjust not in ADJUSTMENTS:
        raise UsageError(f"Letters are adjusted by one of {', '.join(ADJUSTMENTS)}; got '{adjust}'.")
    sides = cases(frames, row), cases(frames, column)
    if sides[0].name == sides[1].name:
        raise UsageError(f"A variable is not crossed with itself: '{sides[0].name}' is both row and column.")
    for side in sides:
        _check_size(side)
    counted = _count(frames, *sides)
    table = counted.matrix
    untested = _untested(counted, table)
    tests = None if untested else contingency_tests(table, level=level, draws=draws, seed=seed)
    return Crosstab(
        title=f"{counted.rows.label} × {counted.columns.label}: {PLURAL[counted.unit]}",
        row=counted.rows.name,
        column=counted.columns.name,
        row_label=counted.rows.label,
        column_label=counted.columns.label,
        unit=counted.unit,
        cells=cell_frame(counted, tested=tests is not None, level=level, adjust=adjust),
        row_totals=counted.row_totals,
        column_totals=counted.column_totals,
        n=counted.n,
        missing=counted.total - counted.n,
        total=counted.total,
        missing_evidence=counted.missing_evidence,
        tests=tests,
        untested=untested,
        multiple=counted.multiple,
        level=level,
        adjust=adjust,
        selection=frames.selection,
    )


def _check_size(side: Cases) -> None:
    """Refuse a variable with so many values that nobody can read the table.

    Raises
    ------
    UsageError
        If it has more than `MOST_VALUES`.
    """
    values = side.values.get_column("value").n_unique()
    if values > MOST_VALUES:
        raise UsageError(
            f"'{side.name}' has {values:,} different values; a crosstab takes {MOST_VALUES} at most. Choose a "
            "variable with categories, or group its values in the codebook."
        )


def _count(frames: Frames, rows: Cases, columns: Cases) -> Counted:
    """Bring both variables to the unit that they share, one row a case, row value and column value."""
    unit: Unit = rows.unit if rows.unit == columns.unit else "partner"
    members = _members(frames, unit)
    left, right = ("case" if unit != "partner" else side.unit for side in (rows, columns))
    pairs = (
        members.join(rows.values.rename({"case": left, "value": "row"}), on=left)
        .join(columns.values.rename({"case": right, "value": "column"}), on=right)
        .select("case", "row", "column", *(["alliance"] if unit == "partner" else []))
    )
    valid = pairs.select("case").unique()
    missing = members.join(valid, on="case", how="anti")
    return Counted(frames, rows, columns, unit, pairs, valid.height, members.height, missing)


def _members(frames: Frames, unit: Unit) -> pl.DataFrame:
    """Return all cases of a unit: `case`, and for partners also `alliance` and `firm`."""
    if unit == "alliance":
        return frames.alliances.select(pl.col("id").alias("case"))
    if unit == "firm":
        return frames.signing.select(pl.col("firm").alias("case"))
    return (
        frames.partners.select("alliance", "firm")
        .unique()
        .sort("alliance", "firm")
        .with_row_index("case")
        .with_columns(pl.col("case").cast(pl.String))
    )


def _untested(counted: Counted, table: np.ndarray) -> str | None:
    if counted.multiple:
        return "A variable with several values per case puts a case into several cells, so there is no test."
    if counted.unit == "partner":
        return (
            "Partners of alliances are counted; a firm or an alliance occurs more than once and the cases "
            "are not independent, so there is no test."
        )
    return untestable(table)


def _totals(frame: pl.DataFrame) -> dict[str, object]:
    return {row.pop("value"): row for row in frame.drop("evidence").to_dicts()}
