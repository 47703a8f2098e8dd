"""`constellary crosstab`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import Output, Selection, example, gives, selects, study_argument

if TYPE_CHECKING:
    from pathlib import Path


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
    chi-square tests, an exact p-value, Cramer's V with its interval, and residuals that say which cells
    differ from independence.
    """
    from constellary.statistics.crosstab import crosstab
    from constellary.study.study import open_study

    with open_study(study, read_only=True) as found:
        frames = selection.of(found)
    output.give(crosstab(frames, row, column), frames)
