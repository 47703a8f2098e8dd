"""`constellary crosstab`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from constellary.cli.options import Output, Selection, example, gives, selects, study_argument

if TYPE_CHECKING:
    from pathlib import Path

    from constellary.cli.output import Table
    from constellary.cli.tables import TextColumn
    from constellary.statistics.crosstab import Crosstab


@click.command(
    epilog=example(
        "crosstab out/automotive.study motivation focus",
        "crosstab out/automotive.study place motivation --since 2021 --format json",
    )
)
@study_argument
@click.argument("row")
@click.argument("column")
@selects
@gives
def command(study: Path, row: str, column: str, selection: Selection, output: Output) -> None:
    """Cross two variables, with tests.

    ROW and COLUMN are variables or groupings of the codebook. Counts and percentages come with the
    chi-square tests, an exact p-value, Cramér's V with its interval, and residuals that say which cells
    differ from independence. Alliances crossed with firms count partners, without tests.
    """
    from constellary.cli.columns import text_columns
    from constellary.cli.output import View
    from constellary.statistics.crosstab import crosstab
    from constellary.statistics.crosstab_tables import crosstab_remarks
    from constellary.study.study import open_study

    with open_study(study, read_only=True) as found:
        frames = selection.of(found)
    result = crosstab(frames, row, column)
    shown: dict[str, Table] = {"crosstab": in_one(result)}
    remarks: tuple[str, ...] = ()
    if result.tests is not None:
        # The interval of V is at the level of the table, those of simulated p at 99%: see the remarks.
        tests = text_columns(result.tables()["tests"])
        shown["tests"] = [*tests[:-1], replace(tests[-1], head="Interval")]
        percent = 100 * (1 - result.level)
        remarks = (f"+ and − mark cells that hold more and fewer than by chance (residuals, {percent:g}%).",)
    own = crosstab_remarks(result, {output.table} if output.table else {"tests", "residuals"})
    output.give(result, frames, view=View(shown, {"table": "share"}, remarks, own))


def in_one(result: Crosstab) -> list[TextColumn]:
    """Return counts, row percentages and the sign of the significant residuals as one table."""
    from constellary.cli.columns import text_columns
    from constellary.cli.tables import TextColumn

    tables = result.tables()
    columns = text_columns(tables["counts"])
    shares = text_columns(tables["table"], plain="share")
    width = len(columns) - 2
    marks = [
        _mark(residual, p, 1 - result.level) for residual, p in result.cells.select("residual", "p").rows()
    ]
    joined = []
    for place, (count, share) in enumerate(zip(columns[2:], shares[2:], strict=True)):
        column = [*marks[place::width], " "]
        widest = max(map(len, share.cells))
        cells = zip(count.cells, share.cells, column, strict=True)
        joined.append(
            TextColumn(count.head, tuple(f"{n}  {part:>{widest}} {mark}" for n, part, mark in cells), "right")
        )
    return [*columns[:2], *joined]


def _mark(residual: float | None, p: float | None, size: float) -> str:
    if residual is None or p is None or p >= size:
        return " "
    return "+" if residual > 0 else "−"
