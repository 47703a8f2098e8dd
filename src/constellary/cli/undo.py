"""`constellary undo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import by_option, example, person, study_argument, why_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=example('undo out/automotive.study --why "wrong file"', "undo out/automotive.study --decision 2")
)
@study_argument
@click.option(
    "--decision", metavar="N", type=click.IntRange(min=1), help="Take back entry N of the log alone."
)
@why_option
@by_option
def command(study: Path, decision: int | None, why: str, who: str | None) -> None:
    """Take back the latest change of a study.

    The change stays in the log, and `constellary redo` brings it back. Said again, it takes back the
    change before. With --decision it takes one entry back alone, if no later one changed the same rows.
    """
    from constellary.cli.terminal import visible
    from constellary.study.study import open_study

    with open_study(study) as found:
        done = found.history.undo(who=person(who), why=why, decision=decision)
    click.echo(f"{study}: {visible(done.summary)}.")
