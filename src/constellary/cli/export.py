"""`constellary export`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from constellary.cli.options import Selection, example, may_write, selects, study_argument

if TYPE_CHECKING:
    from constellary.exchange.drawing import Drawing
    from constellary.study.frames import Frames
    from constellary.study.study import Study


class FormatName(click.ParamType[str]):
    """The name of a format; the list is read when it is needed."""

    name = "format"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name if there is such a format."""
        from constellary.errors import UnknownName
        from constellary.exchange.export import FORMATS

        if value not in FORMATS:
            self.fail(str(UnknownName("format", value, tuple(FORMATS))), param, ctx)
        return value


def formats_text() -> str:
    """Return the formats with what they are, a line each, for the help."""
    from constellary.exchange.export import FORMATS

    width = max(map(len, FORMATS))
    return "\n".join(f"  {name:<{width}}  {each.description}" for name, each in FORMATS.items())


@click.command(
    epilog=example(
        "export out/automotive.study --to sav -o automotive.sav",
        'export out/automotive.study --to gexf -o china.gexf --where "place = China"',
    ),
)
@study_argument
@click.option(
    "--to", "form", metavar="FORMAT", required=True, type=FormatName(), help="One of the formats above."
)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="PATH",
    required=True,
    type=click.Path(path_type=Path),
    help="The file or folder to write; the format's ending is added where it is missing.",
)
@selects
def command(study: Path, form: str, target: Path, selection: Selection) -> None:
    """Write the data for another program."""
    from constellary.exchange.export import FORMATS, export
    from constellary.study.study import open_study

    with open_study(study, read_only=not may_write(study)) as found:
        frames = selection.of(found)
        drawing = _drawing(found, frames) if FORMATS[form].graph else None
    for path in export(frames, target, form, drawing=drawing):
        click.echo(path)


command.help = f"""{command.help}

The tables go to statistics programs, spreadsheets and archives, the constellation to network programs.
A selection writes its own alliances and their firms alone. Files that are there are replaced. The
formats:

\b
{formats_text()}
"""


def _drawing(study: Study, frames: Frames) -> Drawing:
    """Return the constellation as it is drawn in the report."""
    from constellary.cli.progress import Progress
    from constellary.report.drawing_of import drawing_of

    with Progress() as progress:
        progress("placing the firms")
        return drawing_of(frames, study.frames(), study.layouts)
