"""`constellary merge`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import by_option, example, person, study_argument, why_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=example(
        'merge out/automotive.study Cruise "General Motors" --why "one group"', "undo out/automotive.study"
    )
)
@study_argument
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="INTO")
@why_option
@by_option
def command(*, study: Path, source: str, target: str, why: str, who: str | None) -> None:
    """Make one firm of two.

    The alliances of FROM become those of INTO, its names become aliases, and INTO takes over the values that it
    lacks. The merge is an entry of the log, and `constellary undo` takes it back.
    """
    from constellary.cli.terminal import visible
    from constellary.study.study import open_study

    with open_study(study) as found:
        decision = found.merge(source, target, who=person(who), why=why)
    click.echo(f"{study}: {visible(decision.summary)}. `constellary undo` takes it back.")
