"""`constellary frequency`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import Output, Selection, example, gives, selects, study_argument, top_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=example(
        "frequency out/automotive.study motivation",
        'frequency out/automotive.study type --where "place = China" --format csv',
    )
)
@study_argument
@click.argument("variable")
@top_option
@selects
@gives
def command(study: Path, variable: str, top: int | None, selection: Selection, output: Output) -> None:
    """Count the categories of a variable.

    VARIABLE is one of the codebook's, a grouping of it, `year` or `size`. Each category comes with its
    share of the cases that have a value, an interval, and an interval that holds for all categories
    together. Variables of firms count the firms that are partners of an alliance.
    """
    from constellary.cli.output import View
    from constellary.statistics.frequency import frequency
    from constellary.study.study import open_study

    with open_study(study, read_only=True) as found:
        frames = selection.of(found)
    result = frequency(frames, variable)
    tables = result.tables()
    if not result.missing:
        tables["frequency"] = tables["frequency"].drop("share_of_all")
    output.give(result, frames, top=top, view=View(tables))
