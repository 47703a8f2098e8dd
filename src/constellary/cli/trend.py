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
    result = trend(frames, period=_period(frames.codebook.period, selection))
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


def _period(whole: tuple[str | None, str | None], selection: Selection) -> tuple[str | None, str | None]:
    """Return the part of the study's period that a selection covers."""
    first, last = _later(whole[0], selection.since), _earlier(whole[1], selection.until)
    if first and last and first > f"{last}~":
        asked = [
            f"{word} {day}" for word, day in (("since", selection.since), ("until", selection.until)) if day
        ]
        known = " to ".join(day or "open" for day in whole)
        raise UsageError(f"There is no time {' and '.join(asked)} in the period of the study, {known}.")
    return first, last


def _later(day: str | None, limit: str | None) -> str | None:
    """Return the later of two first days, each as exact as `2021`, `2021-05` or `2021-05-20`."""
    return max(filter(None, (day, limit)), default=None)


def _earlier(day: str | None, limit: str | None) -> str | None:
    """Return the earlier of two last days; `2021-05` ends after every day of that month."""
    return min(filter(None, (day, limit)), key=lambda text: f"{text}~", default=None)
