"""`constellary new`."""

from __future__ import annotations

from pathlib import Path

import click

from constellary.cli.options import by_option, example, person


@click.command(
    epilog=example(
        "new cars.study",
        "new airlines.study --codebook airlines.toml",
        note="`constellary codebook cars.study` prints a codebook that you can change into your own.",
    )
)
@click.argument("study", metavar="NAME.study", type=click.Path(path_type=Path))
@click.option(
    "--codebook",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The variables and categories, as TOML.  [default: the automotive codebook]",
)
@by_option
def command(study: Path, codebook: Path | None, who: str | None) -> None:
    """Make a new, empty study.

    A study is one file. It is made with a codebook, which says what is asked of every alliance and
    firm; then `constellary import` fills it.
    """
    from constellary.cli.terminal import visible
    from constellary.data import automotive_codebook
    from constellary.study.codebook_file import read_codebook
    from constellary.study.study import create_study

    book = read_codebook(codebook or automotive_codebook())
    create_study(study, book, who=person(who)).close()
    alliance, firm = (len(book.of_level(level)) for level in ("alliance", "firm"))
    click.echo(
        f"{study}: a new study with the codebook '{visible(book.title)}' "
        f"({alliance} variable{'s' * (alliance != 1)} of alliances, {firm} of firms).\n"
        f"Next: constellary import {study} FILE..."
    )
