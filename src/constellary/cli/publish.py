"""`constellary publish`."""

from __future__ import annotations

from pathlib import Path

import click

from constellary.cli.options import example, may_write, study_argument


@click.command(
    epilog=example(
        "publish out/automotive.study -o out/site",
        'publish out/automotive.study -o out/site --author "A. Author" --licence CC-BY-4.0',
        note="The site works from any file server, and from disk: open index.html.",
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
    help="A new or empty folder, or that of an earlier site, which is written anew.",
)
@click.option("--author", "authors", metavar="NAME", multiple=True, help="Who is cited; may be given again.")
@click.option("--year", metavar="YYYY", default="", help="The year of the citation.")
@click.option(
    "--licence", metavar="ID", default="", help="Licence of the data: CC-BY-4.0, CC0-1.0, ODbL-1.0 ..."
)
@click.option("--address", metavar="URL", default="", help="Where the site will be found.")
def command(
    study: Path, folder: Path, *, authors: tuple[str, ...], year: str, licence: str, address: str
) -> None:
    """Write the study as a static site that only shows.

    The pages of the workbench without what changes a study: the constellation, figures and tables with
    their evidence, alliances, firms and sources, the citation and the data. No server is needed. The
    history stays at home; the codes of each coder are part of it, under the names that the data give.
    """
    from constellary.cli.progress import Progress
    from constellary.study.study import open_study
    from constellary.workbench.publish.about import About
    from constellary.workbench.publish.site import write_site

    about = About(tuple(name.strip() for name in authors if name.strip()), year.strip(), licence, address)
    with open_study(study, read_only=not may_write(study)) as found, Progress() as progress:
        written = write_site(found, folder, about=about, progress=progress)
    click.echo(f"The site is in {folder}: {len(written):,} files. Open {(folder / 'index.html').resolve()}")
