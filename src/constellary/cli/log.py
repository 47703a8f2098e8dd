"""`constellary log`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from constellary.cli.options import example, format_option, study_argument

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

    from constellary.study.decision_detail import DecisionDetail
    from constellary.study.history import Decision

KINDS = (
    "new",
    "import",
    "edit",
    "coding",
    "acceptance",
    "matching",
    "screening",
    "reading",
    "undo",
    "redo",
)


@click.command(epilog=example("log out/automotive.study", "log out/automotive.study --last 5 --format json"))
@study_argument
@click.option("--last", metavar="N", type=click.IntRange(min=1), help="Only the latest N entries.")
@click.option("--who", "person", metavar="NAME", help="Only the entries of one person.")
@click.option("--kind", type=click.Choice(KINDS), help="Only the entries of one kind.")
@click.option("--detail", metavar="N", type=click.IntRange(min=1), help="Show what entry N changed.")
@format_option
def command(
    *, study: Path, last: int | None, person: str | None, kind: str | None, detail: int | None, form: str
) -> None:
    """Show what was done to a study.

    Every import, edit, undo and redo is an entry with its moment (UTC), its author and its reason, oldest
    first; with --detail, what one of them changed, field by field. What has been undone is marked; nothing is
    ever taken out of the log.
    """
    from constellary.cli.output import give_csv, give_json, give_tables
    from constellary.study.study import open_study

    with open_study(study, read_only=True) as found:
        if detail is not None:
            _show(found.history.detail(detail), study, form)
            return
        decisions = found.history.log()
    wanted = [one for one in decisions if person in (None, one.who) and kind in (None, one.kind)]
    shown = wanted[-last:] if last else wanted
    if form == "json":
        give_json([_entry(decision) for decision in shown])
    elif form == "csv":
        give_csv(_frame(shown))
    else:
        give_tables(f"Log of {study.name}", {"log": _table(shown)})


def _show(detail: DecisionDetail, study: Path, form: str) -> None:
    import polars as pl

    from constellary.cli.output import give_csv, give_json, give_tables

    fields = ("table", "key", "happened", "field", "before", "after")
    rows: list[tuple[str | None, ...]] = []
    for row in detail.rows:
        what = (row.entity, " / ".join(row.key), row.happened)
        rows += [(*what, field.label, field.before, field.after) for field in row.fields]
        rows += [] if row.fields else [(*what, None, None, None)]
    if form == "json":
        give_json([dict(zip(fields, row, strict=True)) for row in rows])
        return
    frame = pl.DataFrame(rows, schema=dict.fromkeys(fields, pl.String), orient="row")
    if form == "csv":
        give_csv(frame)
        return
    entry = detail.decision
    more = (
        ""
        if len(detail.rows) == detail.total
        else f" (the first {len(detail.rows)} rows of {detail.total:,})"
    )
    give_tables(
        f"Entry {entry.id} of {study.name}: {entry.summary}, by {entry.who}{more}", {"changes": frame}
    )


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
