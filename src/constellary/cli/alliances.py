"""`constellary alliances`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import Selection, example, format_option, selects, study_argument, top_option

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from constellary.study.frames import Frames


@click.command(
    epilog=example(
        'alliances out/automotive.study --since 2023-10 --where "place = China"',
        'alliances out/automotive.study --where "firm = Toyota" --show form --format csv',
    )
)
@study_argument
@selects
@click.option(
    "--show",
    metavar="VARIABLE",
    multiple=True,
    help="Also this variable of the codebook; can be given several times.",
)
@top_option
@format_option
def command(study: Path, selection: Selection, show: tuple[str, ...], top: int | None, form: str) -> None:
    """List alliances with their partners.

    In the order of their announcement. JSON holds all that the study knows of each, its sources included.
    """
    from constellary.cli.output import give_csv, give_json, give_tables
    from constellary.study.study import open_study

    with open_study(study, read_only=True) as found:
        frames = selection.of(found)
    listed = _listed(frames)
    extra = [frames.codebook.find(name).name for name in show]
    chosen = listed.select("announced", "name", *_alliance_level(frames, extra), "partners", "id")
    total = chosen.height
    if form == "json":
        give_json(_whole(frames, listed.head(top or total)))
    elif form == "csv":
        give_csv(chosen.head(top or total))
    else:
        give_tables(
            f"{total:,} alliance{'s' * (total != 1)} of {study.name}",
            {"alliances": _labelled(chosen, frames, extra)},
            selection=frames.selection,
            top=top,
        )


def _alliance_level(frames: Frames, names: list[str]) -> list[str]:
    from constellary.errors import UsageError

    for name in names:
        if frames.codebook.find(name).level != "alliance":
            raise UsageError(f"'{name}' is a variable of firms; --show takes those of alliances.")
    return names


def _labelled(chosen: pl.DataFrame, frames: Frames, names: list[str]) -> pl.DataFrame:
    """Return the list with the labels of categories in place of their values."""
    import polars as pl

    labels = {name: frames.codebook.labels(name) for name in names if chosen.schema[name] == pl.String}
    return chosen.with_columns(pl.col(name).replace(known) for name, known in labels.items() if known)


def _listed(frames: Frames) -> pl.DataFrame:
    import polars as pl

    partners = frames.partners.group_by("alliance", maintain_order=True).agg(pl.col("firm").alias("partners"))
    return frames.alliances.join(partners, left_on="id", right_on="alliance", how="left").sort(
        "announced", "id", nulls_last=True
    )


def _whole(frames: Frames, listed: pl.DataFrame) -> list[dict[str, object]]:
    """Return alliances with partners and sources, as plain values."""
    sources: dict[str, list[dict[str, object]]] = {}
    for row in frames.sources.iter_rows(named=True):
        sources.setdefault(row.pop("alliance"), []).append(row)
    return [{**row, "sources": sources.get(row["id"], [])} for row in listed.iter_rows(named=True)]
