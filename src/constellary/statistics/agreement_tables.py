"""What coders did not agree on, as tables, and the sentences beneath."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from constellary.statistics.codings import MISSING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.statistics.agreement import Agreement
    from constellary.statistics.codings import Coded

Schema = dict[str, pl.DataType | type[pl.DataType]]

COUNTS: Schema = {
    "variable": pl.String,
    "label": pl.String,
    "coders": pl.Int64,
    "units": pl.Int64,
    "shared": pl.Int64,
    "left_out": pl.Int64,
}
AFTER: Schema = {
    "disagreements": pl.Int64,
    "settled": pl.Int64,
    "changed": pl.Int64,
    "evidence": pl.List(pl.String),
    "changed_evidence": pl.List(pl.String),
}


def variable_frame(
    variables: Sequence[Coded], coefficients: pl.DataFrame, shown: Sequence[str]
) -> pl.DataFrame:
    """Return one row a variable: see `Agreement.variables`. Bootstrap intervals where there are any."""
    columns = [name for each in shown for name in (each, f"{each}_low", f"{each}_high")]
    rows = []
    for one in variables:
        disputed = np.flatnonzero(one.disputed)
        changed = np.flatnonzero(one.changed)
        shared = one.patterns.paired_units
        settled = sum(value is not None for value in one.settled)
        rows.append(
            (
                *(one.variable, one.label, len(one.coders), len(one.units), shared, one.left_out),
                *_intervals(coefficients.filter(pl.col("variable") == one.variable), shown),
                *(disputed.size, settled, changed.size),
                [one.units[number] for number in disputed],
                [one.units[number] for number in changed],
            )
        )
    schema: Schema = COUNTS | dict.fromkeys(columns, pl.Float64) | AFTER
    return pl.DataFrame(rows, schema=schema, orient="row")


def _intervals(own: pl.DataFrame, shown: Sequence[str]) -> list[float | None]:
    found = {row["coefficient"]: row for row in own.to_dicts()}
    values: list[float | None] = []
    for name in shown:
        row = found[name]
        booted = row["boot_low"] is not None
        values += [row["value"], row["boot_low" if booted else "low"], row["boot_high" if booted else "high"]]
    return values


def disagreement_frame(
    variables: Sequence[Coded], coders: Sequence[str], settled: str | None
) -> pl.DataFrame:
    """Return one row a disagreement: `alliance`, `variable`, a column a coder, and the settled value."""
    names = ["alliance", "variable", *coder_columns(coders, settled)]
    rows = []
    for one in variables:
        for number in np.flatnonzero(one.disputed):
            given = dict(zip(one.coders, one.shown(int(number)), strict=True))
            last = [one.settled[number]] if settled is not None and settled not in coders else []
            rows.append((one.units[number], one.variable, *(given.get(name) for name in coders), *last))
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def coder_columns(coders: Sequence[str], settled: str | None) -> list[str]:
    """Return the column of each coder and of the settled value: the name, unless it is taken."""
    names = [*coders, *([settled] if settled is not None and settled not in coders else [])]
    return [f"coder {name}" if name in {"alliance", "variable"} else name for name in names]


def confusion_frame(variables: Sequence[Coded]) -> pl.DataFrame:
    """Return which values stand against each other, most often first: see `Agreement.confusions`."""
    rows: list[tuple[str, str, str, int, list[str]]] = []
    for one in variables:
        found: dict[tuple[int, int], list[str]] = {}
        for number in np.flatnonzero(one.disputed):
            given = sorted(set(one.codes[number].tolist()) - {-1})
            for pair in combinations(given, 2):
                found.setdefault(pair, []).append(one.units[number])
        ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
        rows += [
            (one.variable, one.values[first], one.values[second], len(ids), ids)
            for (first, second), ids in ordered
        ]
    schema: Schema = {
        "variable": pl.String,
        "first": pl.String,
        "second": pl.String,
        "count": pl.Int64,
        "evidence": pl.List(pl.String),
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def agreement_remarks(result: Agreement) -> tuple[str, ...]:
    """Return the sentences beneath the tables."""
    if len(result.coders) < 2:
        return ("Fewer than two coders coded anything here, so there is no agreement to measure.",)
    percent = f"{100 * result.level:g}%"
    said = [
        (
            f"Compared: {', '.join(result.coders)}. Percent: all coders of a unit agree (Wilson's interval). "
            "Cohen, Fleiss and Gwet's AC1 correct for chance, each in its way; alpha is Krippendorff's, nominal "
            "(for multiple choice with MASI distances between sets)."
        )
    ]
    if result.replicates:
        said.append(
            f"Intervals of the coefficients at {percent} are percentiles of {result.replicates:,} samples of "
            f"the units, seed {result.seed}."
        )
    said += _variable_remarks(result)
    if result.settled is not None and result.variables["settled"].sum():
        said.append(
            f"Values settled by '{result.settled}' are not compared; changed counts those that no coder gave."
        )
    if result.selection:
        said.append(f"Selection: {result.selection}.")
    return tuple(said)


def _variable_remarks(result: Agreement) -> list[str]:
    said = []
    rows = result.variables.to_dicts()
    mixed = [row["label"] for row in rows if row["shared"] < row["units"]]
    if mixed:
        said.append(
            f"Units that only one coder coded are counted in units but not compared: {', '.join(mixed)}."
        )
    if result.missing_is_category:
        said.append(
            "A coding without a value says that the sources do not tell; it is a code of its own, shown as "
            f"{MISSING}."
        )
    else:
        left_out = sum(row["left_out"] for row in rows)
        said.append(
            f"{left_out:,} codings without a value are left out. That flatters: whether a value can be told "
            "at all is what coders often differ on."
        )
    undefined = [row["label"] for row in rows if row["alpha"] is None and row["shared"] > 0]
    if undefined:
        said.append(
            "Alpha is undefined where the coders used one category only, or where nearly every unit has a "
            f"value of its own: {', '.join(undefined)}."
        )
    return said
