"""`constellary firms`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import Output, Selection, example, gives, selects, study_argument

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    epilog=example(
        "firms out/automotive.study --by betweenness",
        "firms out/automotive.study --by strength --top 50 --since 2022 --format csv",
    )
)
@study_argument
@click.option(
    "--by",
    "measure",
    metavar="MEASURE",
    default="alliances",
    show_default=True,
    help="Rank by this measure: alliances, partners, strength, betweenness, closeness, eigenvector ...",
)
@click.option(
    "--top",
    metavar="N",
    type=click.IntRange(min=1),
    help="Only the first N firms.  [default: 20 in a table, all in json and csv]",
)
@selects
@gives
def command(study: Path, measure: str, top: int | None, selection: Selection, output: Output) -> None:
    """Rank the firms of the constellation.

    A tie joins two firms that are partners of the same alliance. Each firm comes with its measures, and
    with how sure its rank is: the interval that holds it when the alliances are drawn anew.
    """
    raise NotImplementedError((study, measure, top, selection, output))
