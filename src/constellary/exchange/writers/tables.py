"""The five tables of a study as text, in the columns of the open data.

Only what was entered is in them; groupings, year and size are derived again by whoever reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import InputError

if TYPE_CHECKING:
    from constellary.study.codebook import Codebook, Grouping, Variable
    from constellary.study.frames import Frames

TABLES = ("alliances", "partners", "firms", "sources", "codings")

_STARTS_FORMULA = r"^'*[=+\-@\t\r]"


def columns(codebook: Codebook, table: str) -> list[str]:
    """Return the columns of a table in order: the structural ones, and the codebook's between them.

    Examples
    --------
    >>> from constellary.study.codebook import Codebook
    >>> columns(Codebook("example", "Example", ()), "firms")
    ['firm', 'aliases', 'parent']
    """
    alliance = [variable.name for variable in codebook.of_level("alliance")]
    firm = [variable.name for variable in codebook.of_level("firm")]
    return {
        "alliances": ["id", "name", "announced", *alliance],
        "partners": ["alliance", "firm", "position"],
        "firms": ["firm", "aliases", *firm, "parent"],
        "sources": ["alliance", "url", "publisher", "published"],
        "codings": ["alliance", "variable", "coder", "value", "sure"],
    }[table]


def everything(codebook: Codebook) -> tuple[Variable | Grouping, ...]:
    """Return the variables and then the groupings, in order."""
    return (*codebook.variables, *codebook.groupings)


def text_tables(frames: Frames) -> dict[str, pl.DataFrame]:
    """Return the tables with every column as String: lists joined by `;`, true and false as `y` and `n`.

    Raises
    ------
    InputError
        If an item of a list holds `;`: it would be read back as two.
    """
    return {table: _as_text(getattr(frames, table), frames.codebook, table) for table in TABLES}


def csv_bytes(table: pl.DataFrame, *, neutral: bool = False) -> bytes:
    """Return a table of text as CSV: UTF-8, comma, a header, quotes where needed, missing as empty.

    Parameters
    ----------
    table
        Columns of String.
    neutral
        Whether a cell that a spreadsheet would take for a formula is made harmless; see `neutralise`.
    """
    if neutral:
        table = table.with_columns(neutralise(pl.col(name)) for name in table.columns)
    return table.write_csv(quote_style="necessary", line_terminator="\n").encode()


def neutralise(text: pl.Expr) -> pl.Expr:
    """Put an apostrophe before text that begins with `=`, `+`, `-`, `@`, tab or carriage return.

    Spreadsheets run such a cell of a CSV file as a formula. Text that begins with apostrophes and then
    one of these gets one more, so that taking one off gives back exactly what was there.
    """
    return text.str.replace(_STARTS_FORMULA, "'${0}")


def joined(frame: pl.DataFrame, name: str, table: str, separator: str = ";") -> pl.Expr:
    """Return a column of lists as text; an empty list is missing.

    Raises
    ------
    InputError
        If an item holds `;`, with the row's id and the item.
    """
    items = frame.select(frame.columns[0], pl.col(name)).explode(name)
    bad = items.filter(pl.col(name).str.contains(";", literal=True))
    if bad.height:
        row, item = bad.row(0)
        raise InputError(
            f"{table} '{row}', column '{name}': '{item}' holds ';', which separates the items of a list. "
            "Change the item in the study."
        )
    filled = pl.col(name).list.drop_nulls()
    return pl.when(filled.list.len() > 0).then(filled.list.join(separator)).alias(name)


def _as_text(frame: pl.DataFrame, codebook: Codebook, table: str) -> pl.DataFrame:
    expressions = []
    for name in columns(codebook, table):
        kind = frame.schema[name]
        if isinstance(kind, pl.List):
            expressions.append(joined(frame, name, table))
        elif kind == pl.Boolean:
            yes_no = pl.when(pl.col(name)).then(pl.lit("y")).when(~pl.col(name)).then(pl.lit("n"))
            expressions.append(yes_no.alias(name))
        else:
            expressions.append(pl.col(name).cast(pl.String))
    return frame.select(expressions)
