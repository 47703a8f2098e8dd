"""A listing: rows that are ready to be searched, sorted and shown a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from constellary.errors import UnknownName
from constellary.workbench.listings.folding import folded, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.workbench.listings.ask import Ask

Kind = Literal["text", "number", "date", "code", "tags", "alliance", "firm", "firms", "publisher", "address"]
"""How a column is shown; `alliance`, `firm`, `firms`, `publisher` and `address` lead somewhere."""

PAGE = 50
"""Rows that one page holds; twice as many are twice as slow to write and to load, and no screen shows them."""
KEY = "~key"
"""The column that tells rows apart. No variable of a codebook can be called so, nor like the others with `~`."""
APART = "\x1f"
"""Between the texts of a row that are searched, so that nothing is found that runs from one into the next."""
TEXT = "~text"
"""The column that is searched: all text of a row, folded."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a listing.

    Attributes
    ----------
    name, label
        As in the address, and as printed.
    kind
        How it is shown.
    usual
        Whether it is there when nobody has chosen columns.
    order
        The printed values in the order by which they are sorted; empty: as text, number or date.
    """

    name: str
    label: str
    kind: Kind = "text"
    usual: bool = True
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Listing:
    """Rows with columns.

    Attributes
    ----------
    what, one
        What the rows are (`alliances`, `alliance`).
    columns
        All there are, in order; the first names the row and is always shown.
    rows
        `~key`, a column of each name with printed values (String, whole numbers or List(String); missing
        null), `~text`, and what else cells need; in the order that breaks ties.
    sort
        The usual order, as an `Ask` has it.
    """

    what: str
    one: str
    columns: tuple[Column, ...]
    rows: pl.DataFrame
    sort: str

    def only(self, keys: pl.Series, by: str = KEY) -> Listing:
        """Return the same with some of its rows: those whose key, or another column, is one of `keys`."""
        return replace(self, rows=self.rows.filter(pl.col(by).is_in(keys.implode())))

    def column(self, name: str) -> Column:
        """Return a column by its name.

        Raises
        ------
        UnknownName
            If there is none; the message names near ones.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise UnknownName("column", name, [column.name for column in self.columns])

    def shown(self, ask: Ask) -> tuple[Column, ...]:
        """Return the columns that are asked for, in the listing's order.

        Raises
        ------
        UnknownName
            If one does not exist.
        """
        wanted = {self.column(name).name for name in ask.columns}
        if not wanted:
            return tuple(column for column in self.columns if column.usual)
        first, *rest = self.columns
        return (first, *(column for column in rest if column.name in wanted))

    def found(self, ask: Ask) -> pl.Series:
        """Return the rows that are asked for, as their places in `rows`, in the order asked for.

        Raises
        ------
        UnknownName
            If the column of the order does not exist.
        """
        rows = self.rows.with_row_index("~row")
        for word in words(ask.search):
            rows = rows.filter(pl.col(TEXT).str.contains(word, literal=True))
        sort = ask.sort or self.sort
        column = self.column(sort.removeprefix("-"))
        rows = rows.select("~row", self._sorting(column).alias("~by"))
        # Stable, so that equal rows stay in the listing's own order, whichever way it is sorted.
        ordered = rows.sort("~by", descending=sort.startswith("-"), nulls_last=True, maintain_order=True)
        return ordered["~row"]

    def taken(self, places: pl.Series) -> list[dict[str, Any]]:
        """Return the rows of some places, by column."""
        return self.rows[places].drop(TEXT).to_dicts()

    def _sorting(self, column: Column) -> pl.Expr:
        value = pl.col(column.name)
        if column.order:
            ranks = {text: place for place, text in enumerate(column.order)}
            unknown = pl.lit(len(ranks), dtype=pl.Int32)
            return pl.when(value.is_not_null()).then(
                value.replace_strict(ranks, default=None, return_dtype=pl.Int32).fill_null(unknown)
            )
        if self.rows.schema[column.name] == pl.List(pl.String):
            return folded(value.list.join(" "))
        return folded(value) if self.rows.schema[column.name] == pl.String else value


def pages(rows: int, size: int = PAGE) -> int:
    """Return how many pages so many rows fill; nothing fills one.

    Examples
    --------
    >>> pages(0), pages(50), pages(51)
    (1, 1, 2)
    """
    return max(1, -(-rows // size))


def all_text(columns: Sequence[pl.Expr]) -> pl.Expr:
    """Return texts of a row as one that is searched; lists and missing values may be among them."""
    return folded(pl.concat_str(*columns, separator=APART, ignore_nulls=True)).alias(TEXT)


def printed(column: str, labels: Mapping[str, str], schema: Mapping[str, pl.DataType]) -> pl.Expr:
    """Return codes as they are printed: by their labels, or as they stand where there is none."""
    value = pl.col(column)
    if not labels:
        return value
    if schema[column] == pl.List(pl.String):
        return value.list.eval(pl.element().replace(dict(labels)))
    return value.replace(dict(labels))
