"""`constellary redo`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import by_option, example, person, study_argument, why_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog=example("undo out/automotive.study", "redo out/automotive.study"))
@study_argument
@why_option
@by_option
def command(study: Path, why: str, who: str | None) -> None:
    """Bring back what was undone last.

    That can be done as long as nothing else was changed since the undo.
    """
    from constellary.cli.terminal import visible
    from constellary.study.study import open_study

    with open_study(study) as found:
        decision = found.history.redo(who=person(who), why=why)
    click.echo(f"{study}: {visible(decision.summary)}.")
