"""Rows that speak of the same thing: made one where they agree, a problem where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.readers.findings import FIELD, ROW, TABLE, Findings, counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_CARRIED = (TABLE, ROW, FIELD)


def merge_rows(
    frame: pl.DataFrame, keys: Sequence[str], findings: Findings, *, called: Callable[[str], str]
) -> pl.DataFrame:
    """Return one row for each key: of every field the value that its rows agree on.

    An empty cell agrees with anything; two different values are a problem that names both rows. The order is
    that of the first rows.

    Parameters
    ----------
    frame
        Text fields with `_table` and `_row`.
    keys
        What makes rows speak of the same thing; none is null.
    findings
        Takes the conflicts.
    called
        From the first key to what the rows speak of, for messages: `alliance 'a1'`.
    """
    repeated = frame.select(keys).is_duplicated()
    if not repeated.any():
        return frame
    single, several = frame.filter(~repeated), frame.filter(repeated)
    fields = [name for name in frame.columns if name not in keys and name not in _CARRIED]
    for field in fields:
        _report_conflicts(several, keys, field, findings, called)
    carried = [name for name in _CARRIED if name in frame.columns]
    merged = several.group_by(keys, maintain_order=True).agg(
        *(pl.col(field).drop_nulls().first() for field in fields), *(pl.col(name).first() for name in carried)
    )
    return pl.concat([single, merged.select(frame.columns)]).sort(TABLE, ROW, maintain_order=True)


def _report_conflicts(
    frame: pl.DataFrame, keys: Sequence[str], field: str, findings: Findings, called: Callable[[str], str]
) -> None:
    given = frame.filter(pl.col(field).is_not_null())
    first = given.unique(keys, keep="first", maintain_order=True).select(
        *keys,
        pl.col(field).alias("_first"),
        pl.col(ROW).alias("_first_row"),
        pl.col(TABLE).alias("_first_table"),
    )
    bad = given.join(first, on=list(keys), maintain_order="left").filter(pl.col(field) != pl.col("_first"))

    def message(row: dict[str, object]) -> str:
        return (
            f"{called(str(row[keys[0]]))} has '{str(row['_first'])[:60]}' in {place_of_first(row, findings)}; "
            "expected the same in every row"
        )

    findings.rows(bad, column=field, kind="conflict", message=message, value=field)


def place_of_first(row: dict[str, object], findings: Findings) -> str:
    """Return `row 3`, with file and sheet where they differ from the row's own."""
    number = f"row {row['_first_row']}"
    if row["_first_table"] == row[TABLE]:
        return number
    origin = findings.origins[int(str(row["_first_table"]))]
    sheet = f", sheet '{origin.sheet}'" if origin.sheet else ""
    return f"{origin.file}{sheet}, {number}"


def first_distinct(frame: pl.DataFrame, fields: Sequence[str]) -> pl.Series:
    """Return for each row whether no earlier row has the same in all of `fields`."""
    return frame.select(pl.struct(fields).is_first_distinct()).to_series()


def drop_identical(
    frame: pl.DataFrame, fields: Sequence[str], findings: Findings, *, what: str
) -> pl.DataFrame:
    """Return the frame without rows that repeat an earlier one in all of `fields`, and say so; `what` is one row."""
    if not frame.select(fields).is_duplicated().any():
        return frame
    repeated = ~first_distinct(frame, fields)
    gone = frame.filter(repeated)
    origin = findings.origins[gone[TABLE][0]]
    said = counted(gone.height, f"{what} repeats", f"{what}s repeat")
    findings.note(
        f"{origin.file}: {said} an earlier row word for word, first in row {gone[ROW][0]}; each is taken once."
    )
    return frame.filter(~repeated)


def report_repeats(
    frame: pl.DataFrame,
    keys: Sequence[str],
    findings: Findings,
    *,
    column: str,
    kind: str,
    message: Callable[[dict[str, object], str], str],
    value: str | None = None,
) -> None:
    """Report each row whose key stands in an earlier row; `message` gets the row and the earlier's place."""
    repeated = frame.select(keys).is_duplicated()
    if not repeated.any():
        return
    several = frame.filter(repeated)
    first = several.unique(keys, keep="first", maintain_order=True).select(
        *keys, pl.col(ROW).alias("_first_row"), pl.col(TABLE).alias("_first_table")
    )
    later = several.filter(~first_distinct(several, keys))
    findings.rows(
        later.join(first, on=list(keys), maintain_order="left"),
        column=column,
        kind=kind,
        message=lambda row: message(row, place_of_first(row, findings)),
        value=value,
    )
