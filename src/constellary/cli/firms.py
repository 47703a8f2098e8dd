"""`constellary firms`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from constellary.cli.options import Output, Selection, example, gives, selects, study_argument
from constellary.result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import polars as pl

    from constellary.cli.tables import TextColumn
    from constellary.constellation.constellation import Constellation
    from constellary.study.codebook import Codebook

SHOWN = 20
MEASURES = ("alliances", "degree", "strength", "betweenness", "harmonic", "eigenvector", "core")
SUBJECTS = {
    "Betweenness": frozenset({"Betweenness", "Harmonic"}),
    "Eigenvector": frozenset({"Eigenvector"}),
    "Communities": frozenset({"Community"}),
    "Intervals": frozenset({"Rank 95% interval"}),
}
"""First word of a remark -> headings of the columns that it is about."""
OTHER_WORDS = {"partners": "degree", "closeness": "harmonic"}
"""Words by which people ask for a measure that has another name here."""


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
    help=f"Rank by this measure: {', '.join(MEASURES)}.",
)
@click.option(
    "--top",
    metavar="N",
    type=click.IntRange(min=1),
    help=f"Only the first N firms.  [default: {SHOWN} in a table, all in json and csv]",
)
@selects
@gives
def command(study: Path, measure: str, top: int | None, selection: Selection, output: Output) -> None:
    """Rank the firms of the constellation.

    A tie joins two firms that are partners of the same alliance; degree is the number of a firm's
    partners. Each firm comes with its measures, and with how sure its rank is: the interval that holds
    it when the alliances are drawn anew.
    """
    from constellary.cli.output import View
    from constellary.cli.progress import Progress
    from constellary.constellation.constellation import constellation
    from constellary.errors import UnknownName
    from constellary.study.study import open_study

    measure = OTHER_WORDS.get(measure, measure)
    if measure not in MEASURES:
        raise UnknownName("measure", measure, MEASURES)
    with open_study(study, read_only=True) as found:
        frames = selection.of(found)
    with Progress() as progress:
        progress("measuring the constellation")
        sky = constellation(frames, layout=False)
    result = ranked(sky, measure)
    columns = shown_columns(result, frames.codebook)
    view = View({"firms": columns}, own=None if output.table else about(result.remarks, columns))
    output.give(result, frames, view=view, top=top or (SHOWN if output.format == "table" else None))


@dataclass(frozen=True, repr=False)
class Ranking(Result):
    """The firms in the order of one measure.

    Attributes
    ----------
    firms
        One row a firm: `rank` (from 1; firms that are level share the best), then the columns of the
        constellation without positions and evidence; highest first, then by name, undefined last.
    measure, definition
        By which they are ranked, and what it is.
    notes
        The constellation's own remarks.
    """

    firms: pl.DataFrame
    measure: str
    definition: str
    notes: tuple[str, ...]
    title: str = "Firms"

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `firms`."""
        return {"firms": self.firms}

    def numbers(self) -> dict[str, object]:
        """Return the measure and the firms, one object each."""
        return {"measure": self.measure, "definition": self.definition, "firms": self.firms.to_dicts()}

    @property
    def remarks(self) -> tuple[str, ...]:
        """The definition of the measure, and what the constellation says of itself."""
        return (*([self.definition] if self.definition else []), *self.notes)


def ranked(sky: Constellation, measure: str) -> Ranking:
    """Return the firms of a constellation in the order of a measure."""
    import polars as pl

    from constellary.cli.terminal import in_words
    from constellary.report.prose import plural

    hidden = [name for name in ("x", "y", "evidence") if name in sky.firms.columns]
    order = pl.col(measure).rank("min", descending=True).cast(pl.Int64).alias("rank")
    firms = sky.firms.drop(hidden).sort([measure, "firm"], descending=[True, False], nulls_last=True)
    firms = firms.with_columns(order).select("rank", pl.exclude("rank"))
    definitions: Mapping[str, str] = sky.definitions
    return Ranking(
        firms=firms,
        measure=measure,
        definition=definitions.get(measure, ""),
        notes=tuple(sky.remarks),
        title=f"{plural(firms.height, 'firm')} by {in_words(measure).lower()}",
    )


def shown_columns(result: Ranking, codebook: Codebook) -> list[TextColumn]:
    """Return the columns that people see: rank and its interval, firm, type, the measures that fit."""
    import polars as pl

    from constellary.cli.columns import text_columns
    from constellary.cli.tables import fitting
    from constellary.cli.terminal import terminal_width

    firms, measure = result.firms, result.measure
    names = ["rank"]
    low, high = f"rank_{measure}_low", f"rank_{measure}_high"
    if {low, high} <= set(firms.columns):
        firms = firms.rename({low: "rank_low", high: "rank_high"})
        names += ["rank_low", "rank_high"]
    names.append("firm")
    kind = codebook.design.firm_type
    if kind is not None:
        firms = firms.with_columns(pl.col(kind).replace(codebook.labels(kind)))
        names.append(kind)
    names += [measure, *(other for other in MEASURES if other != measure)]
    return fitting(text_columns(firms.select(names)), terminal_width())


def about(remarks: Sequence[str], columns: Sequence[TextColumn]) -> tuple[str, ...]:
    """Return the remarks without those about measures that are in no column."""
    heads = frozenset(column.head for column in columns)
    return tuple(
        remark for remark in remarks if not heads.isdisjoint(SUBJECTS.get(remark.partition(" ")[0], heads))
    )
