"""`constellary report`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from constellary.cli.options import Selection, example, may_write, selects, study_argument

if TYPE_CHECKING:
    from constellary.report.build import ReportPaths
    from constellary.study.study import Study

DESCRIPTIONS = {
    "report.html": "the page, with the evidence behind every number",
    "report.pdf": "for print",
    "report.docx": "to go on writing",
    "tables.xlsx": "every table, a sheet each",
    "results.json": "every number under a stable name",
    "methods.md": "definitions, versions and seeds",
}


def _formats(context: click.Context, parameter: click.Parameter, given: str | None) -> tuple[str, ...] | None:
    """Return the formats of a list with commas; None: all."""
    if given is None:
        return None
    from constellary.errors import UnknownName
    from constellary.report.build import FORMATS

    names = tuple(name.strip().lower() for name in given.split(",") if name.strip())
    for name in names:
        if name not in FORMATS:
            raise click.BadParameter(
                str(UnknownName("format", name, tuple(FORMATS))), ctx=context, param=parameter
            )
    return names or None


@click.command(
    epilog=example(
        "report out/automotive.study -o out/report",
        'report out/automotive.study -o out/china --formats html --where "place = China"',
    )
)
@study_argument
@click.option(
    "-o",
    "--output",
    "folder",
    metavar="DIR",
    required=True,
    type=click.Path(path_type=Path),
    help="The folder to write into; it is made where it is missing.",
)
@click.option(
    "--formats",
    metavar="LIST",
    callback=_formats,
    help="Only these, with commas between them: html, pdf, docx, figures, tables.  [default: all]",
)
@click.option(
    "--published",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Published values to set beside this study's, as TOML.",
)
@click.option(
    "--references",
    metavar="STYLE",
    help="Citation style of the included works: apa, chicago, harvard, ieee or vancouver.  [default: apa]",
)
@selects
def command(
    *,
    study: Path,
    folder: Path,
    formats: tuple[str, ...] | None,
    published: Path | None,
    references: str | None,
    selection: Selection,
) -> None:
    """Write the report: page, documents, figures and tables.

    One interactive page that needs no network, PDF, Word, the figures, the tables as CSV and as a
    workbook, every number as JSON, and the methods with versions and seeds. The same study gives the same
    bytes.
    """
    from constellary.study.study import open_study

    with open_study(study, read_only=not may_write(study)) as found:
        paths = write(
            found,
            folder,
            formats=formats,
            published=published,
            references=references,
            selection=selection,
        )
    say_paths(paths)


def write(
    study: Study,
    folder: Path,
    *,
    formats: tuple[str, ...] | None = None,
    published: Path | None = None,
    references: str | None = None,
    selection: Selection | None = None,
) -> ReportPaths:
    """Write the report of a study, telling of the progress."""
    from constellary.cli.progress import Progress
    from constellary.report.build import write_report

    chosen = selection or Selection()
    with Progress() as progress:
        return write_report(
            study,
            folder,
            formats=formats,
            since=chosen.since,
            until=chosen.until,
            where=chosen.where,
            published=published,
            references=references,
            progress=progress,
        )


def say_paths(paths: ReportPaths) -> None:
    """Print what was written and where to look first."""
    from constellary.cli.terminal import paint

    order = list(DESCRIPTIONS)
    shown = sorted(
        (path for path in paths.files if path.parent == paths.folder),
        key=lambda path: order.index(path.name) if path.name in order else len(order),
    )
    nested = sorted({path.parent for path in paths.files} - {paths.folder})
    click.echo(f"The report is in {paths.folder}:")
    for path in shown:
        click.echo(f"  {path.name:<14} {DESCRIPTIONS.get(path.name, '')}".rstrip())
    for folder in nested:
        count = sum(path.parent == folder for path in paths.files)
        click.echo(f"  {folder.name + '/':<14} {count} files")
    first = paths.page or (shown[0] if shown else paths.folder)
    click.echo(f"Open {paint(str(first.resolve()), 'bold')}", color=True)
