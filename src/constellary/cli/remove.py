"""`constellary remove`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import by_option, example, person, study_argument, why_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=example('remove out/automotive.study siro-2020 --why "out of scope"', "undo out/automotive.study")
)
@study_argument
@click.argument("alliance", metavar="ID")
@why_option
@by_option
def command(*, study: Path, alliance: str, why: str, who: str | None) -> None:
    """Take an alliance out of a study.

    Its partners, sources and codings go with it; its firms stay. The removal is an entry of the log, and
    `constellary undo` takes it back.
    """
    from constellary.cli.terminal import visible
    from constellary.study.study import open_study

    with open_study(study) as found:
        decision = found.remove(alliance, who=person(who), why=why)
    click.echo(f"{study}: {visible(decision.summary)}. `constellary undo` takes it back.")
