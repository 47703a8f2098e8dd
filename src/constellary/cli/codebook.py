"""`constellary codebook`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import example, study_argument

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=example(
        "codebook out/automotive.study",
        "codebook out/automotive.study > mine.toml",
        note="Change the file in an editor and begin a study with it: "
        "`constellary new mine.study --codebook mine.toml`.",
    )
)
@study_argument
def command(study: Path) -> None:
    """Print the codebook of a study.

    The codebook is written as TOML: variables with their categories and rules, derived groupings, and
    the design of the report.
    """
    from constellary.study.codebook_writer import write_codebook
    from constellary.study.study import open_study

    with open_study(study, read_only=True) as found:
        click.echo(write_codebook(found.codebook), nl=False)
