"""A frame as columns of text: shares as percentages, bounds as one interval, missing as a dash.

How a column is written follows from its type and from the words that the analyses use in its name:
`share` (a number in 0..1), `low` and `high` (bounds of the column before them), `p`, `year`; a column
`value` holds numbers of different kinds, each written with its own decimals.
"""

from __future__ import annotations

import math
from typing import Literal

import polars as pl

from constellary.cli.tables import TextColumn
from constellary.cli.terminal import in_words, visible
from constellary.report.cells import MISSING, number, p_value

Kind = Literal["text", "whole", "plain", "number", "mixed", "share", "p"]

SHARES = frozenset({"ccdf", "exposure", "percent", "rate"})
"""Columns of parts of one besides those with `share` in their name."""

PLAIN = frozenset({"year", "first_year", "last_year", "rank", "id", "position"})
"""Whole numbers that are written without separators of thousands."""


def text_columns(frame: pl.DataFrame, *, level: float = 0.95, plain: Kind = "number") -> list[TextColumn]:
    """Return the columns of a frame as text.

    Parameters
    ----------
    frame
        Any frame; a pair of columns `low` and `high` (with a common prefix) becomes one.
    level
        Confidence level, for the heading of intervals.
    plain
        The kind of the numbers whose name says nothing.

    Examples
    --------
    >>> frame = pl.DataFrame({"partners": [2, 3], "share": [0.5, None]})
    >>> frame = frame.with_columns(low=pl.Series([0.4, None]), high=pl.Series([0.6, None]))
    >>> for column in text_columns(frame):
    ...     print(column.head, column.cells)
    Partners ('2', '3')
    Share ('50.0%', '–')
    95% interval ('40.0 to 60.0%', '–')
    """
    columns: list[TextColumn] = []
    kind: Kind = "number"
    if {"value", "label"} <= set(frame.columns):
        # A category's label is what people read; values that have none are shown themselves.
        label = pl.coalesce("label", pl.col("value").cast(pl.String)).alias("label")
        frame = frame.with_columns(label).drop("value").rename({"label": "category"})
    names = set(frame.columns)
    for name, series in zip(frame.columns, frame.get_columns(), strict=True):
        pair = _upper(name)
        if pair in names:
            high = frame[pair]
            of = "share" if f"{name.removesuffix('low')}share" in names else kind
            head = _interval_head(name.removesuffix("low"), level)
            columns.append(TextColumn(head, _intervals(series, high, of), "right"))
        elif _lower(name) in names:
            continue
        else:
            kind = _kind(name, series, plain)
            align: Literal["left", "right"] = "left" if kind == "text" else "right"
            columns.append(TextColumn(in_words(name), _cells(series, kind), align))
    return columns


def _upper(name: str) -> str:
    """Return the name of the upper bound that goes with a lower one; empty where it is none."""
    return f"{name.removesuffix('low')}high" if name == "low" or name.endswith("_low") else ""


def _lower(name: str) -> str:
    return f"{name.removesuffix('high')}low" if name == "high" or name.endswith("_high") else ""


def _interval_head(prefix: str, level: float) -> str:
    said = f"{100 * level:.4g}% interval"
    return f"{in_words(prefix.rstrip('_'))} {said}" if prefix else said


def _kind(name: str, series: pl.Series, plain: Kind) -> Kind:
    if series.dtype.is_integer():
        return "plain" if name in PLAIN else "whole"
    if not series.dtype.is_float():
        return "text"
    words = name.split("_")
    if "share" in words or name in SHARES:
        return "share"
    if name == "value":
        return "mixed"
    return "p" if words[0] == "p" or words[-1] == "p" else plain


def _cells(series: pl.Series, kind: Kind) -> tuple[str, ...]:
    digits = _digits(series) if kind == "number" else 1
    return tuple(_cell(value, kind, digits) for value in series.to_list())


def _cell(value: object, kind: Kind, digits: int) -> str:
    match value:
        case None:
            return MISSING
        case bool():
            return "yes" if value else "no"
        case list():
            return visible("; ".join(map(str, value))) or MISSING
        case int() | float():
            return _number(value, kind, digits) if math.isfinite(value) else MISSING
        case _:
            return visible(str(value)) or MISSING


def _number(value: float, kind: Kind, digits: int) -> str:
    if kind == "p":
        return p_value(value)
    if kind == "share":
        return f"{number(100 * value, 1)}%"
    if kind == "mixed":
        return _alone(value)
    return str(value) if kind == "plain" else number(value, 0 if kind == "whole" else digits)


def _digits(series: pl.Series) -> int:
    """Return how many decimals show three digits of the greatest value of a column, at most five."""
    finite = series.drop_nulls().drop_nans()
    greatest = max((abs(value) for value in finite if math.isfinite(value)), default=0.0)
    if greatest == 0:
        return 1
    return min(5, max(1, 2 - math.floor(math.log10(greatest))))


def _alone(value: float) -> str:
    """Return a number with three digits of its own and at least two decimals, a whole one with none."""
    if value and abs(value) < 0.001:
        return "< 0.001" if value > 0 else "> −0.001"
    return number(value, max(2, 2 - math.floor(math.log10(abs(value)))) if value % 1 else 0)


def _intervals(low: pl.Series, high: pl.Series, kind: Kind) -> tuple[str, ...]:
    """Return bounds as text: percent where they bound a share, else with the decimals of the column."""
    pairs = list(zip(low.to_list(), high.to_list(), strict=True))
    if low.dtype.is_integer() and high.dtype.is_integer():
        digits = 0
    else:
        digits = _digits(pl.concat([low.cast(pl.Float64), high.cast(pl.Float64)]))

    def bound(value: float | None) -> str:
        if value is None:
            return MISSING
        if not math.isfinite(value):
            return "∞" if value > 0 else "−∞"
        if kind in ("mixed", "p"):
            return _alone(value)
        return number(100 * value, 1) if kind == "share" else number(value, digits)

    unit = "%" if kind == "share" else ""
    return tuple(
        MISSING if pair == (None, None) else f"{bound(pair[0])} to {bound(pair[1])}{unit}" for pair in pairs
    )
