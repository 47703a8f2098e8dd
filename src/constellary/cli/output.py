"""How a result is given out: a table for people, JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from constellary.cli.tables import draw_table
from constellary.cli.terminal import draw_note, in_words, paint, terminal_width, visible
from constellary.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from constellary.cli.columns import Kind
    from constellary.cli.tables import TextColumn
    from constellary.result import Result

    Table = pl.DataFrame | Sequence[TextColumn]


@dataclass(frozen=True, slots=True)
class View:
    """What people see of a result unless they ask for one table by name.

    Attributes
    ----------
    tables
        The tables to show, as frames or as columns of text; None: all that the result has.
    plain
        Table name -> kind of its numbers, for tables whose column names do not say it.
    remarks
        What is said of these tables, before the result's own remarks.
    own
        Those of the result's own remarks that are about what is shown; None: all.
    """

    tables: Mapping[str, Table] | None = None
    plain: Mapping[str, Kind] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    own: tuple[str, ...] | None = None


def give(
    result: Result,
    form: str,
    *,
    table: str | None = None,
    selection: str = "",
    top: int | None = None,
    view: View | None = None,
) -> None:
    """Write a result to standard output.

    Parameters
    ----------
    result
        An analysis of a selection.
    form
        `table`, `json` (every number, by stable keys) or `csv` (one table).
    table
        The name of the table to write; None: those of the view, or for CSV the first.
    selection
        The filter in words, shown above the tables.
    top
        The number of rows to show of each table; None: all.
    view
        What people see; None: all tables.

    Raises
    ------
    UnknownName
        If there is no table of that name.
    """
    view = view or View()
    tables = result.tables()
    if table is not None and table not in tables:
        raise UnknownName("table", table, tuple(tables))
    if form == "json":
        said = {"title": result.title, "selection": selection, "remarks": list(result.remarks)}
        give_json({**said, "numbers": result.numbers()})
    elif form == "csv":
        name = table or next(iter(tables))
        give_csv(tables[name] if top is None else tables[name].head(top))
        if table is None and len(tables) > 1:
            others = ", ".join(other for other in tables if other != name)
            click.echo(f"This is the table '{name}'. With --table: {others}.", err=True)
    else:
        shown: Mapping[str, Table] = {table: tables[table]} if table else view.tables or tables
        rest = [name for name in tables if name not in shown and not table]
        own = result.remarks if view.own is None else view.own
        remarks = [remark for remark in own if remark != f"Selection: {selection}."]
        if not table:
            remarks = [*view.remarks, *remarks]
        if rest:
            remarks.append(f"There is more with --table: {', '.join(rest)}.")
        level = getattr(result, "level", 0.95)
        give_tables(result.title, shown, remarks, selection=selection, top=top, level=level, plain=view.plain)


def give_tables(
    title: str,
    tables: Mapping[str, Table],
    remarks: Sequence[str] = (),
    *,
    selection: str = "",
    top: int | None = None,
    level: float = 0.95,
    plain: Mapping[str, Kind] | None = None,
) -> None:
    """Write tables for people: title, selection, each table under its name, remarks beneath."""
    import polars as pl

    from constellary.cli.columns import text_columns

    width = terminal_width()
    lines = [paint(visible(title), "bold")]
    if selection:
        lines.append(f"Selection: {visible(selection)}")
    for name, table in tables.items():
        lines.append("")
        if len(tables) > 1:
            lines.append(paint(in_words(name), "bold"))
        kind = (plain or {}).get(name, "number")
        columns = text_columns(table, level=level, plain=kind) if isinstance(table, pl.DataFrame) else table
        rows = len(columns[0].cells) if columns else 0
        shown = rows if top is None else min(top, rows)
        if shown == 0:
            lines.append("  (nothing)")
            continue
        lines += draw_table([column.head_rows(shown) for column in columns], width=width)
        if shown < rows:
            lines += draw_note(f"{shown:,} of {rows:,} rows; --top shows more.", width=width)
    if remarks:
        lines.append("")
    for remark in remarks:
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
