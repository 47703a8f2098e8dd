"""Frequencies: how often each value of a variable occurs, with intervals and the alliances behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from constellary.result import Result
from constellary.statistics.cases import PLURAL, Cases, Unit, cases, evidence_by, evidence_of, say_cases
from constellary.statistics.estimates import say_count
from constellary.statistics.intervals import check_level, score_at_once, wilson_many

if TYPE_CHECKING:
    from constellary.study.codebook import Category, Kind
    from constellary.study.frames import Frames


@dataclass(frozen=True, repr=False, eq=False)
class Frequency(Result):
    """How often each value of one variable occurs.

    Attributes
    ----------
    title
        The variable's label and what is counted.
    variable, label, kind
        Of the variable or grouping.
    unit
        What is counted: `alliance` or `firm`.
    rows
        One row a category, in the codebook's order, then values outside of it: `value`, `label`, `count`,
        `share` (of the valid cases, 0..1), `low`, `high` (Wilson), `simultaneous_low`,
        `simultaneous_high` (Goodman: all hold together), `share_of_all` (of all cases, missing included),
        `share_of_responses` (multiple choice: of all values given), for firms `firms` (names, sorted), and
        `evidence` (alliance ids, sorted). Shares of nothing are null.
    n, missing, total
        Cases with a value, without one, and all.
    responses
        Values given; equals `n` unless the variable is multiple choice.
    missing_evidence
        The alliances without a value, or of the firms without one.
    level
        Confidence level of the intervals.
    selection
        The filter in words; empty: the whole study.
    """

    title: str
    variable: str
    label: str
    kind: Kind
    unit: Unit
    rows: pl.DataFrame
    n: int
    missing: int
    total: int
    responses: int
    missing_evidence: tuple[str, ...]
    level: float
    selection: str = ""

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `frequency`: the rows without the lists of ids."""
        hidden = ["evidence", "firms"] if "firms" in self.rows.columns else ["evidence"]
        return {"frequency": self.rows.drop(hidden)}

    def numbers(self) -> dict[str, object]:
        """Return n, missing, total, and for each category (by value) its count, shares and intervals."""
        plain = self.tables()["frequency"]
        return {
            "variable": self.variable,
            "unit": self.unit,
            "n": self.n,
            "missing": self.missing,
            "total": self.total,
            "responses": self.responses,
            "level": self.level,
            "categories": {row.pop("value"): row for row in plain.to_dicts()},
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the shares are of, and how the intervals were made."""
        unit = PLURAL[self.unit]
        percent = f"{100 * self.level:g}%"
        said = [
            f"n = {self.n:,} of {say_cases(self.total, self.unit)}; {self.missing:,} without a value."
            if self.missing
            else f"n = {say_cases(self.n, self.unit)}, none without a value."
        ]
        if self.kind == "multiple":
            verb = "was" if self.responses == 1 else "were"
            said.append(
                f"Several values are possible: {say_count(self.responses, 'value')} {verb} given, shares "
                f"are of {unit} with a value and add to more than 100%."
            )
        said.append(
            f"Intervals are Wilson's at {percent}; the simultaneous ones (Goodman) hold together at "
            f"{percent}."
        )
        if self.selection:
            said.append(f"Selection: {self.selection}.")
        return tuple(said)


def frequency(frames: Frames, variable: str, *, level: float = 0.95) -> Frequency:
    """Return how often each value of a variable occurs.

    Parameters
    ----------
    frames
        A study or a selection of it.
    variable
        A variable or grouping of alliances or firms, or `year` or `size`. Firms are those that sign at
        least one alliance here.
    level
        Confidence level of the intervals, in (0, 1).

    Returns
    -------
    Frequency
        Categories that nobody has are there with count 0. In multiple choice a case counts once for each
        of its values, and is missing when it has none (as in SPSS's MULT RESPONSE).

    Raises
    ------
    UnknownName
        If there is no such variable.
    UsageError
        If the level is not in (0, 1).

    References
    ----------
    Wilson (1927), doi:10.1080/01621459.1927.10502953; Goodman (1965),
    doi:10.1080/00401706.1965.10490252.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> found = frequency(example_frames(), "motivation")
    >>> found.n, found.missing, found.missing_evidence
    (5, 1, ('a6',))
    >>> found.rows.select("value", "count", "share", "evidence").row(2)
    ('services', 2, 0.4, ['a3', 'a4'])
    >>> low, high = found.rows.select("low", "high").row(2)
    >>> round(low, 3), round(high, 3)  # of 2 in 5
    (0.118, 0.769)
    """
    check_level(level)
    counted = cases(frames, variable)
    return Frequency(
        title=f"{counted.label}: {PLURAL[counted.unit]}",
        variable=counted.name,
        label=counted.label,
        kind=counted.kind,
        unit=counted.unit,
        rows=_rows(frames, counted, level),
        n=counted.total - counted.missing.len(),
        missing=counted.missing.len(),
        total=counted.total,
        responses=counted.values.height,
        missing_evidence=tuple(evidence_of(frames, counted.unit, counted.missing)),
        level=level,
        selection=frames.selection,
    )


def _rows(frames: Frames, counted: Cases, level: float) -> pl.DataFrame:
    seen = counted.values.group_by("value").agg(pl.len().alias("count"), pl.col("case").sort().alias("firms"))
    found = seen.join(evidence_by(frames, counted.unit, counted.values, ["value"]), on="value", how="left")
    empty = pl.lit([], dtype=pl.List(pl.String))
    rows = (
        _frame(counted.ordered(seen))
        .join(found, on="value", how="left", maintain_order="left")
        .with_columns(
            pl.col("count").fill_null(0).cast(pl.Int64),
            pl.col("firms").fill_null(empty),
            pl.col("evidence").fill_null(empty),
        )
    )
    n = counted.total - counted.missing.len()
    rows = rows.with_columns(*_shares(rows.get_column("count").to_numpy(), n, counted, level))
    names = ["value", "label", "count", "share", "low", "high", "simultaneous_low", "simultaneous_high"]
    names += ["share_of_all", *(["share_of_responses"] if counted.kind == "multiple" else [])]
    return rows.select(*names, *(["firms"] if counted.unit == "firm" else []), "evidence")


def _frame(categories: list[Category]) -> pl.DataFrame:
    return pl.DataFrame(
        {"value": [c.value for c in categories], "label": [c.label for c in categories]},
        schema={"value": pl.String, "label": pl.String},
    )


def _shares(counts: np.ndarray, n: int, counted: Cases, level: float) -> list[pl.Series]:
    low, high = wilson_many(counts, n, level)
    joint_low, joint_high = score_at_once(counts, n, level)
    columns = {
        "share": counts / n if n else np.full(counts.size, np.nan),
        "low": low,
        "high": high,
        "simultaneous_low": joint_low,
        "simultaneous_high": joint_high,
        "share_of_all": counts / counted.total if counted.total else np.full(counts.size, np.nan),
        "share_of_responses": counts / max(1, counted.values.height) if n else np.full(counts.size, np.nan),
    }
    return [pl.Series(name, values, dtype=pl.Float64).fill_nan(None) for name, values in columns.items()]
