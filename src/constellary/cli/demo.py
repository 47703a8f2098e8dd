"""`constellary demo`."""

from __future__ import annotations

from pathlib import Path

import click

from constellary.cli.options import example, person


@click.command(epilog=example("demo"))
@click.argument("folder", default="out", type=click.Path(path_type=Path))
@click.option(
    "--fresh", is_flag=True, help="Build the study anew, also where there is one; its changes are lost."
)
def command(folder: Path, fresh: bool) -> None:
    """Build the demo study and write its whole report.

    The open data on automotive alliances, and an example review of the literature, become
    FOLDER/automotive.study; its report goes to FOLDER/report. FOLDER is `out` unless another one is given. A
    demo study that is there is kept with all that was changed in it; only its report is written again.
    FOLDER/article.study has the flow of the article whose design this is, by its printed numbers.
    """
    from constellary.cli.report import say_paths, write
    from constellary.study.study import open_study

    room(folder)
    path = folder / "automotive.study"
    build(path, fresh=fresh)
    build_article(folder / "article.study", fresh=fresh)
    with open_study(path) as study:
        paths = write(study, folder / "report")
    say_paths(paths)
    click.echo(f"\nThe study is {path}. Look around in it: constellary serve {path}")


def room(folder: Path) -> None:
    """Make the folder of the demo where it is missing."""
    from constellary.errors import InputError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise InputError(f"{folder}: is a file; the demo needs a folder.") from None


def build(path: Path, *, fresh: bool) -> None:
    """Make the demo study by the same import that users have, unless it is there already."""
    from constellary.cli.import_files import read_for, say_outcome
    from constellary.coding.plan import SETTING
    from constellary.data import automotive_codebook, automotive_files, automotive_folder
    from constellary.data.review import add_review
    from constellary.study.codebook_file import read_codebook
    from constellary.study.decisions import RowChange
    from constellary.study.study import create_study, open_study

    if fresh:
        clear(path)
    who = person(None)
    if not path.exists():
        create_study(path, read_codebook(automotive_codebook()), who=who).close()
    with open_study(path) as study:
        if study.known_alliances():
            click.echo(f"{path}: is there already and is kept; --fresh builds it anew.")
            return
        published = (automotive_folder() / "published.toml").read_text(encoding="utf-8")
        plan = (automotive_folder() / "coding_plan.json").read_text(encoding="utf-8")
        settings = [RowChange(None, ("published", published)), RowChange(None, (SETTING, plan))]
        study.history.record(
            {"setting": settings}, kind="edit", who=who, summary="the published values to compare with"
        )
        add_review(study, who=who)
        reading = read_for(study, automotive_files(), {})
        say_outcome(study.take(reading.batch, who=who, summary="import of the open data"))


def build_article(path: Path, *, fresh: bool) -> None:
    """Make the study that has the flow of Carrillo, Vallejo and Gomis (2024), unless it is there already."""
    from constellary.data import automotive_codebook
    from constellary.data.review import article_protocol
    from constellary.study.codebook_file import read_codebook
    from constellary.study.study import create_study, open_study

    if fresh:
        clear(path)
    who = person(None)
    if not path.exists():
        create_study(path, read_codebook(automotive_codebook()), who=who).close()
    with open_study(path) as study:
        if not study.literature.any():
            study.literature.set_protocol(article_protocol().read_text(encoding="utf-8"), who=who)


def clear(path: Path) -> None:
    """Take a study away; what is no study is left, and said."""
    from constellary.study.study import open_study

    if path.exists():
        open_study(path).close()
        path.unlink()
