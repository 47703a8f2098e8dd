"""`constellary agreement`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import Output, Selection, example, gives, selects, study_argument

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=example("agreement out/automotive.study", "agreement out/automotive.study --format csv")
)
@study_argument
@selects
@gives
def command(study: Path, selection: Selection, output: Output) -> None:
    """Measure how far the coders agree.

    For each variable that two or more coders have coded: percent agreement, Cohen's and Fleiss' kappa,
    Gwet's AC1 and Krippendorff's alpha, with intervals.
    """
    from constellary.cli.output import View
    from constellary.statistics.agreement import agreement
    from constellary.study.study import open_study

    with open_study(study, read_only=True) as found:
        frames = selection.of(found)
    result = agreement(frames)
    tables = result.tables()
    columns = ("label", "shared", "percent", "cohen", "ac1", "alpha", "alpha_low", "alpha_high")
    shown = tables["agreement"].select(*columns, "disagreements").rename({"label": "variable"})
    output.give(result, frames, view=View({"agreement": shown, "confusions": tables["confusions"]}))
