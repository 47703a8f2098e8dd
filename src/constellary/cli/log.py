"""`constellary log`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import example, format_option, study_argument

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from constellary.study.history import Decision


@click.command(epilog=example("log out/automotive.study", "log out/automotive.study --last 5 --format json"))
@study_argument
@click.option("--last", metavar="N", type=click.IntRange(min=1), help="Only the latest N entries.")
@format_option
def command(study: Path, last: int | None, form: str) -> None:
    """Show what was done to a study.

    Every import, edit, undo and redo is an entry with its moment (UTC), its author and its reason, oldest
    first. What has been undone is marked; nothing is ever taken out of the log.
    """
    from constellary.cli.output import give_csv, give_json, give_tables
    from constellary.study.study import open_study

    with open_study(study, read_only=True) as found:
        decisions = found.history.log()
    shown = decisions[-last:] if last else decisions
    if form == "json":
        give_json([_entry(decision) for decision in shown])
    elif form == "csv":
        give_csv(_frame(shown))
    else:
        give_tables(f"Log of {study.name}", {"log": _table(shown)})


def _entry(decision: Decision) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(decision)


def _frame(decisions: list[Decision]) -> pl.DataFrame:
    import polars as pl

    schema = {
        "id": pl.Int64,
        "at": pl.String,
        "who": pl.String,
        "kind": pl.String,
        "summary": pl.String,
        "why": pl.String,
        "target": pl.Int64,
        "undone": pl.Boolean,
    }
    return pl.DataFrame([_entry(decision) for decision in decisions], schema=schema)


def _table(decisions: list[Decision]) -> pl.DataFrame:
    import polars as pl

    undone = pl.when("undone").then(pl.lit(" (undone)")).otherwise(pl.lit(""))
    return _frame(decisions).select(
        pl.col("id").alias("nr"),
        pl.col("at").str.slice(0, 16).str.replace("T", " ").alias("when"),
        "who",
        (pl.col("summary") + undone).alias("what"),
        "why",
    )
