"""The matrix: studies down, codes or groups across, and in each cell how many passages bear it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import polars as pl

from constellary.literature.citing import alphabetical
from constellary.literature.coded import coded, dimension_of, group_of_code, groups_of
from constellary.result import Result

if TYPE_CHECKING:
    from constellary.literature.review import Review

By = Literal["code", "group"]
TAKEN = ("study", "year", "work")


@dataclass(frozen=True, repr=False, eq=False)
class Matrix(Result):
    """Studies by codes or groups.

    Attributes
    ----------
    title
        What stands over it.
    by
        `code` or `group`.
    columns
        Name -> label of each code or group, in the taxonomy's order.
    cells
        One row a study and column where there is a passage: `work`, `study`, `column`, `passages`, `coders`
        (names, sorted).
    works
        One row an included work, by how it is cited: `work`, `study`, `year`, `passages`.
    """

    title: str
    by: By
    columns: dict[str, str]
    cells: pl.DataFrame
    works: pl.DataFrame

    def counts(self) -> dict[tuple[str, str], int]:
        """Return (work, column) -> passages; what is not there is 0."""
        return {
            (work, column): count
            for work, column, count in self.cells.select("work", "column", "passages").rows()
        }

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `matrix` (a column a code or group, by name; 0 is left null) and `cells`."""
        counts = self.counts()
        works = self.works["work"].to_list()
        wide = self.works.select("study", "year", "work").with_columns(
            pl.Series(
                f"{name}_code" if name in TAKEN else name,
                [counts.get((work, name)) for work in works],
                pl.Int64,
            )
            for name in self.columns
        )
        return {"matrix": wide, "cells": self.cells}

    def numbers(self) -> dict[str, object]:
        """Return the columns, and work -> column -> passages, where there are any."""
        found: dict[str, dict[str, int]] = {}
        for (work, column), count in self.counts().items():
            found.setdefault(work, {})[column] = count
        return {"by": self.by, "columns": list(self.columns), "works": found}

    @property
    def remarks(self) -> tuple[str, ...]:
        """What a cell counts."""
        return ("A cell counts the passages of a study that bear the code, or a code of the group.",)


def matrix(review: Review, by: By = "code", dimension: str | None = None, *, every: bool = False) -> Matrix:
    """Return the matrix of studies by codes, or by the groups of a dimension.

    Parameters
    ----------
    dimension
        The groups' dimension; None: `motivation`, or the first. Without meaning for codes.
    every
        Whether works count that are not included.

    Raises
    ------
    UnknownName
        If there is no such dimension.
    """
    taxonomy = review.taxonomy
    found = coded(review, every=every)
    if by == "code":
        columns = {code.name: code.label for code in taxonomy.codes}
        stands = {name: name for name in columns}
    else:
        name = dimension_of(taxonomy, dimension)
        columns = {group.name: group.label for group in groups_of(taxonomy, name)}
        stands = group_of_code(taxonomy, name)
    counted: dict[tuple[str, str], list[str]] = {}
    totals: dict[str, int] = {}
    for work, passage in found.passages:
        totals[work] = totals.get(work, 0) + 1
        if passage.code in stands:
            counted.setdefault((work, stands[passage.code]), []).append(passage.coder)
    order = sorted(found.works, key=lambda work: (alphabetical(found.cited[work.id]), work.id))
    rows = [(work.id, found.cited[work.id], work.record.year, totals.get(work.id, 0)) for work in order]
    cells = [
        (work.id, found.cited[work.id], column, len(coders), sorted(set(coders)))
        for work in order
        for column in columns
        if (coders := counted.get((work.id, column)))
    ]
    return Matrix(
        title=f"Studies by {'codes' if by == 'code' else 'groups'}",
        by=by,
        columns=columns,
        cells=pl.DataFrame(
            cells,
            schema={
                "work": pl.String,
                "study": pl.String,
                "column": pl.String,
                "passages": pl.Int64,
                "coders": pl.List(pl.String),
            },
            orient="row",
        ),
        works=pl.DataFrame(
            rows,
            schema={"work": pl.String, "study": pl.String, "year": pl.Int64, "passages": pl.Int64},
            orient="row",
        ),
    )
