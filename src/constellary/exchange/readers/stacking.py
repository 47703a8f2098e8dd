"""Tables of one kind put one below the other, and what goes wrong when their columns differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import Problem
from constellary.exchange.readers.findings import TABLE, Findings

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

LONGEST_NAME = 500
"""Characters of an id or a firm's name."""


def stacked(frames: Sequence[pl.DataFrame]) -> pl.DataFrame | None:
    """Return the rows of all frames, columns that one lacks empty there; None of none."""
    return pl.concat(frames, how="diagonal_relaxed") if frames else None


def check_columns(
    parts: Sequence[pl.DataFrame], whole: pl.DataFrame, key: str, known: Collection[str], findings: Findings
) -> None:
    """Refuse tables of different columns where that would empty what the study has."""
    if len(parts) < 2 or not known:
        return
    for part in parts:
        absent = [name for name in whole.columns if name not in part.columns]
        others = [
            other.select(key) for other in parts if other is not part and set(absent) & set(other.columns)
        ]
        alone = part.join(pl.concat(others), on=key, how="anti") if others else part
        touched = alone.filter(pl.col(key).is_in(list(known)))
        if absent and touched.height:
            origin = findings.origins[part[TABLE][0]]
            findings.add(
                Problem(
                    f"the table has no {', '.join(absent)}, which another of these files has; {touched.height:,} of "
                    f"its rows are in the study and would lose that. Import the files one after the other",
                    origin.file,
                    origin.sheet,
                    kind="columns",
                )
            )


def check_lengths(frame: pl.DataFrame, column: str, findings: Findings) -> None:
    """Report texts of a column that are no names any more."""
    long = frame.filter(pl.col(column).str.len_chars() > LONGEST_NAME)
    message = f"the {column} is longer than {LONGEST_NAME} characters"
    findings.rows(long, column=column, kind="too-long", message=message, value=column)
