"""`constellary redo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import by_option, example, person, study_argument, why_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog=example("undo out/automotive.study", "redo out/automotive.study"))
@study_argument
@click.option(
    "--decision", metavar="N", type=click.IntRange(min=1), help="Bring back entry N of the log alone."
)
@why_option
@by_option
def command(study: Path, decision: int | None, why: str, who: str | None) -> None:
    """Bring back what was undone last.

    That can be done as long as nothing else was changed since the undo. With --decision it brings one entry
    back that was taken back earlier, if its rows are as they were before it.
    """
    from constellary.cli.terminal import visible
    from constellary.study.study import open_study

    with open_study(study) as found:
        done = found.history.redo(who=person(who), why=why, decision=decision)
    click.echo(f"{study}: {visible(done.summary)}.")
