"""How a result is given out: a table for people, JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from constellary.cli.terminal import draw_note, draw_table, in_words, paint, terminal_width, visible
from constellary.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from constellary.result import Result


def give(
    result: Result, form: str, *, table: str | None = None, selection: str = "", top: int | None = None
) -> None:
    """Write a result to standard output.

    Parameters
    ----------
    result
        An analysis of a selection.
    form
        `table`, `json` (every number, by stable keys) or `csv` (one table).
    table
        The name of the table to write; None: all of them, or for CSV the first.
    selection
        The filter in words, shown above the tables.
    top
        The number of rows to show of each table; None: all.

    Raises
    ------
    UnknownName
        If there is no table of that name.
    """
    if form == "json":
        give_json(
            {
                "title": result.title,
                "selection": selection,
                "numbers": result.numbers(),
                "remarks": list(result.remarks),
            }
        )
        return
    tables = result.tables()
    if table is not None:
        if table not in tables:
            raise UnknownName("table", table, tuple(tables))
        tables = {table: tables[table]}
    if form == "csv":
        give_csv(next(iter(tables.values())))
        if len(tables) > 1:
            others = ", ".join(list(tables)[1:])
            click.echo(f"This is the table '{next(iter(tables))}'. With --table: {others}.", err=True)
        return
    give_tables(
        result.title,
        tables,
        result.remarks,
        selection=selection,
        top=top,
        level=getattr(result, "level", 0.95),
    )


def give_tables(
    title: str,
    tables: dict[str, pl.DataFrame],
    remarks: Sequence[str] = (),
    *,
    selection: str = "",
    top: int | None = None,
    level: float = 0.95,
) -> None:
    """Write tables for people: title, selection, each table under its name, remarks beneath."""
    from constellary.cli.columns import text_columns

    width = terminal_width()
    lines = [paint(visible(title), "bold")]
    if selection:
        lines.append(f"Selection: {visible(selection)}")
    for name, frame in tables.items():
        lines.append("")
        if len(tables) > 1:
            lines.append(paint(in_words(name), "bold"))
        if frame.is_empty():
            lines.append("  (nothing)")
            continue
        shown = frame if top is None else frame.head(top)
        lines += draw_table(text_columns(shown, level=level), width=width)
        if shown.height < frame.height:
            lines += draw_note(f"{shown.height:,} of {frame.height:,} rows; --top shows more.", width=width)
    if remarks:
        lines.append("")
    for remark in remarks:
        if selection and remark == f"Selection: {selection}.":
            continue
        lines += draw_note(remark, width=width)
    click.echo("\n".join(lines), color=True)


def give_json(content: object) -> None:
    """Write a value as JSON: UTF-8, indented; a number that JSON cannot hold is a fault of ours."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False))


def give_csv(frame: pl.DataFrame) -> None:
    """Write a table as CSV: UTF-8, numbers in full, lists joined by `;`, missing as empty.

    A cell of text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    import polars as pl

    from constellary.exchange.writers.tables import neutralise

    texts = []
    for name, kind in frame.schema.items():
        column = pl.col(name)
        if isinstance(kind, pl.List):
            texts.append(neutralise(column.cast(pl.List(pl.String)).list.join(";")).alias(name))
        elif kind == pl.String:
            texts.append(neutralise(column).alias(name))
        else:
            texts.append(column)
    click.echo(frame.select(texts).write_csv(), nl=False)
