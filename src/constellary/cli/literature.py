"""`constellary literature`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from constellary.cli.options import example, format_option, study_argument

if TYPE_CHECKING:
    import polars as pl

    from constellary.cli.output import View
    from constellary.literature.context.network import Network
    from constellary.literature.context.overview import Overview
    from constellary.literature.works import Work
    from constellary.study.study import Study

NETWORKS = ("keywords", "cocitation", "coupling", "authors")
SHOWN = 10


@click.command(
    epilog=example(
        "literature out/automotive.study",
        "literature out/automotive.study --included --table authors --format csv",
        "literature out/automotive.study --network authors --least 1 -o authors.svg",
    )
)
@study_argument
@click.option(
    "--included/--all",
    "included_only",
    default=False,
    help="Only works that have passed every stage of screening, or all works.  [default: all]",
)
@click.option(
    "--network",
    "kind",
    type=click.Choice(NETWORKS),
    help="Instead of the lists, a network: of keywords, of references cited together, of works that cite alike, "
    "or of authors.",
)
@click.option(
    "--least",
    metavar="N",
    type=click.IntRange(min=1),
    help="Only keywords, references or authors that occur in at least N works; for coupling, works that share N "
    "references with others.  [default: 2]",
)
@click.option(
    "--nodes",
    metavar="N",
    type=click.IntRange(2, 5_000),
    help="At most N of them in the network, the most frequent.  [default: 150]",
)
@click.option(
    "-o",
    "--output",
    "target",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the network into a file; its ending says the kind: .svg, .png, .gexf, .graphml, .net (Pajek) or "
    ".csv (its ties).",
)
@click.option(
    "--top",
    metavar="N",
    type=click.IntRange(min=1),
    help=f"Only the first N rows of each table.  [default: {SHOWN} in a table, all in json and csv]",
)
@format_option
@click.option(
    "--table", metavar="NAME", help="Only the table of this name; for csv, the first one otherwise."
)
def command(
    *,
    study: Path,
    included_only: bool,
    kind: str | None,
    least: int | None,
    nodes: int | None,
    target: Path | None,
    top: int | None,
    form: str,
    table: str | None,
) -> None:
    """Show years, venues, authors, keywords and citations.

    That is the context of the works, as bibliometrics tells it. Records that are the same work count once. A
    network is measured as the constellation of firms is: works tie what they name together.
    """
    from constellary.cli.output import give
    from constellary.errors import UsageError
    from constellary.study.study import open_study

    if kind is None and (least, nodes, target) != (None, None, None):
        raise UsageError(
            f"--least, --nodes and -o are of a network: say which, --network {' or '.join(NETWORKS)}."
        )
    with open_study(study, read_only=True) as found:
        works, whose = _works(found, included_only)
    result = _network(works, kind, least, nodes) if kind else _overview(works, whose)
    if target is not None:
        from constellary.report.network_drawing import draw_network

        for path in draw_network(result, target):  # type: ignore[arg-type]
            click.echo(path)
        return
    rows = top if top is not None or form != "table" or table else SHOWN
    give(result, form, table=table, selection=whose, top=rows, view=_view(result))


def _works(study: Study, included_only: bool) -> tuple[tuple[Work, ...], str]:
    """Return the works that are asked for, and in words which these are."""
    from constellary.errors import InputError
    from constellary.literature.screening import included
    from constellary.literature.works import works

    review = study.literature.review()
    every = works(review)
    if not every:
        raise InputError("The study has no literature yet. Take an export in: constellary import STUDY FILE.")
    if not included_only:
        return every, ""
    chosen = included(review)
    if not chosen:
        raise InputError(
            f"None of the {len(every):,} works has passed every stage yet; --all shows them all."
        )
    return chosen, f"{len(chosen):,} included works of {len(every):,}"


def _overview(works: tuple[Work, ...], whose: str) -> Overview:
    from constellary.literature.context.overview import overview

    return overview(works, title="Included literature" if whose else "Literature")


def _network(works: tuple[Work, ...], kind: str, least: int | None, nodes: int | None) -> Network:
    from constellary.cli.progress import Progress
    from constellary.literature.context.network import MOST, literature_network

    with Progress() as progress:
        progress("measuring the network")
        return literature_network(works, kind, least=least, most=MOST if nodes is None else nodes)


def _view(result: Overview | Network) -> View:
    """Return what people see: the columns that fit beside each other."""
    from constellary.cli.output import View
    from constellary.literature.context.network import Network

    tables = result.tables()
    if isinstance(result, Network):
        nodes = tables["nodes"].drop("harmonic", "eigenvector", "core", "component")
        ties = tables["ties"].drop("association")
        return View({"nodes": nodes, "ties": ties, "communities": tables["communities"]})
    shown = {
        **tables,
        "keywords": tables["keywords"].drop("spellings"),
        "cited": tables["cited"].select("cited_as", "title", "times_cited", "cited_here"),
        "references": tables["references"].select("reference", "works"),
    }
    return View({name: _told(frame) for name, frame in shown.items() if frame.height})


def _told(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table without the columns of which no work says anything."""
    return frame.select(series for series in frame.get_columns() if series.null_count() < frame.height)
