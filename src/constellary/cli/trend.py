"""`constellary trend`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import Output, Selection, example, gives, selects, study_argument
from constellary.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from constellary.cli.output import Table
    from constellary.statistics.trend import Trend
    from constellary.study.frames import Frames


@click.command(
    epilog=example(
        "trend out/automotive.study",
        'trend out/automotive.study --where "place = China" --format csv',
    )
)
@study_argument
@selects
@gives
def command(study: Path, selection: Selection, output: Output) -> None:
    """Follow the number of alliances over the years.

    Yearly counts with their intervals, and whether they are better described as constant, as growing by
    a number or as growing by a rate; a first or last year that is covered in part counts as that part.
    """
    from constellary.cli.output import View
    from constellary.statistics.trend import trend
    from constellary.study.study import open_study

    with open_study(study, read_only=True) as found:
        frames = selection.of(found)
    _check_period(frames, selection)
    result = trend(frames)
    output.give(result, frames, view=View(_main_columns(result)))


def _main_columns(result: Trend) -> dict[str, Table]:
    """Return the tables without the columns that say nothing here or serve checking only."""
    tables = dict(result.tables())
    if (result.yearly["exposure"] == 1).all():
        tables["yearly"] = tables["yearly"].drop("exposure", "annualised")
    if result.shapes is not None:
        spare = [
            "log_likelihood",
            "deviance",
            *(["converged"] if tables["models"]["converged"].all() else []),
        ]
        tables["models"] = tables["models"].drop(spare)
    return dict(tables)


def _check_period(frames: Frames, selection: Selection) -> None:
    """Refuse a selection in time that lies outside of the study's period.

    Raises
    ------
    UsageError
        If they have no day in common.
    """
    first, last = frames.period
    if first and last and first > f"{last}~":
        asked = [
            f"{word} {day}" for word, day in (("since", selection.since), ("until", selection.until)) if day
        ]
        known = " to ".join(day or "open" for day in frames.codebook.period)
        raise UsageError(f"There is no time {' and '.join(asked)} in the period of the study, {known}.")
