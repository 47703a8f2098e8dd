"""`constellary draw`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from constellary.cli.options import Selection, example, may_write, selects, study_argument


@click.command(
    epilog=example(
        "draw out/automotive.study -o sky.svg --size betweenness --colour community",
        "draw out/automotive.study -o toyota.png --ego Toyota --distance 2 --hulls",
    )
)
@study_argument
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; its ending says the kind: .svg, .png, .gexf, or .json for the scene.",
)
@click.option("--size", metavar="MEASURE", help="What areas show, such as betweenness.  [default: alliances]")
@click.option(
    "--colour",
    metavar="VARIABLE",
    help="A variable of firms, community or none.  [default: as the codebook says]",
)
@click.option(
    "--shape", metavar="VARIABLE", help="A variable of firms or none.  [default: as the codebook says]"
)
@click.option("--ego", metavar="FIRM", help="Only the firms around this one.")
@click.option("--distance", metavar="STEPS", help="Steps from it, 1 to 3.  [default: 1]")
@click.option("--hulls", is_flag=True, help="Outline alliances of three and more partners.")
@click.option("--part", metavar="PART", help="main: only the largest component.  [default: all]")
@click.option("--least", metavar="N", help="Only firms with at least N alliances.")
@click.option("--x", metavar="X", help="Where the middle of the picture is, from the left.")
@click.option("--y", metavar="Y", help="The same, from the top.")
@click.option("--z", metavar="ZOOM", help="How near one looks.  [default: 1, all of it]")
@click.option("--width", "w", metavar="PIXELS", help="Width of the picture.  [default: 1200]")
@click.option("--height", "h", metavar="PIXELS", help="Height without the legend.  [default: 860]")
@click.option("--theme", metavar="THEME", help="light or dark.  [default: light]")
@selects
def command(study: Path, target: Path, selection: Selection, **options: Any) -> None:
    """Draw the constellation, or a part of it, as the workbench shows it.

    A firm stands where the whole study has it, whatever is shown; the picture says beneath what that is.
    The options are those of the workbench's address.
    """
    from constellary.cli.progress import Progress
    from constellary.report.sky.draw import draw
    from constellary.study.study import open_study

    given = {name: value for name, value in options.items() if value not in (None, False)}
    with open_study(study, read_only=not may_write(study)) as found, Progress() as progress:
        written = draw(
            found,
            target,
            since=selection.since,
            until=selection.until,
            where=selection.where,
            options=given,
            progress=lambda done, total: progress("placing the firms", done, total),
        )
    click.echo(written)
