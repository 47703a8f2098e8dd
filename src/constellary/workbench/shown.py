"""Sections as templates want them: text in spans, tables with heads that sort and cells that lead to evidence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from constellary.report.cells import show
from constellary.report.document import Bullets, Document, Figure, Note, Paragraph, Table
from constellary.report.inline import Span, parse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.report.document import Block, Section
    from constellary.report.document import Cell as Value

FEW = 25
"""Rows of a table before the rest is a link away."""
MOST = 1_000
"""Rows that a page holds of a table; all of them are in its CSV."""


@dataclass(frozen=True, slots=True)
class Order:
    """By which column which table is sorted, as the address says it: `firms.4`, `-firms.4`.

    Examples
    --------
    >>> Order.read("-firms.4")
    Order(table='firms', column=4, descending=True)
    >>> str(Order.read("-firms.4")), Order.read("nonsense")
    ('-firms.4', None)
    """

    table: str
    column: int
    descending: bool = False

    @classmethod
    def read(cls, text: str) -> Order | None:
        """Return the order that a text means; None: none."""
        table, _, column = text.removeprefix("-").rpartition(".")
        return cls(table, int(column), text.startswith("-")) if table and column.isdecimal() else None

    def __str__(self) -> str:
        return f"{'-' if self.descending else ''}{self.table}.{self.column}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, whether it stands right, the key of its evidence, the tint of its tag (empty: none)."""

    text: str
    right: bool
    key: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: how it is sorted now (`ascending`, `descending`, empty), and its next order."""

    label: str
    right: bool
    sorted: str
    order: str


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table for the page: those of its rows that are shown, in the order that was asked for."""

    key: str
    caption: tuple[Span, ...]
    groups: tuple[tuple[str, int], ...]
    heads: tuple[Head, ...]
    body: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Cell, ...], ...]
    notes: tuple[tuple[Span, ...], ...]
    rows: int
    """How many there are, totals left out."""
    unfolded: bool


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure for the page; `spec` None: it is an image, drawn by the server, of a `size` (width, height)."""

    key: str
    caption: tuple[Span, ...]
    alt: str
    note: tuple[Span, ...]
    width: str
    spec: dict[str, Any] | None
    size: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block of a section: one of `spans` (a paragraph or a note), `items`, `table`, `figure`."""

    kind: str
    spans: tuple[Span, ...] = ()
    items: tuple[tuple[Span, ...], ...] = ()
    table: ShownTable | None = None
    figure: ShownFigure | None = None


def shown_blocks(
    section: Section, order: Order | None = None, unfolded: str = ""
) -> tuple[list[ShownBlock], dict[str, str]]:
    """Return the blocks of a section for a template, and how its figures and tables are numbered.

    Parameters
    ----------
    section
        What was written.
    order
        Of one of its tables.
    unfolded
        The table of which all rows are shown.
    """
    numbers = Document("", (section,)).numbers()
    return [_block(block, order, unfolded) for block in section.blocks], numbers


def _block(block: Block, order: Order | None, unfolded: str) -> ShownBlock:
    if isinstance(block, Paragraph):
        return ShownBlock("paragraph", parse(block.text))
    if isinstance(block, Note):
        return ShownBlock("note", parse(block.text))
    if isinstance(block, Bullets):
        return ShownBlock("bullets", items=tuple(map(parse, block.items)))
    if isinstance(block, Figure):
        return ShownBlock("figure", figure=_figure(block))
    return ShownBlock("table", table=shown_table(block, order, unfolded=unfolded == block.key))


def _figure(figure: Figure) -> ShownFigure:
    spec = None if figure.spec is None else {**figure.spec, "description": figure.alt}
    note = parse(figure.note) if figure.note else ()
    size = (0, 0) if figure.svg is None else drawn_size(figure.svg)
    return ShownFigure(figure.key, parse(figure.caption), figure.alt, note, figure.width, spec, size)


def drawn_size(svg: str) -> tuple[int, int]:
    """Return width and height of a drawing in whole units, which give a page its shape before it is there.

    Examples
    --------
    >>> drawn_size('<svg viewBox="0 0 482.5 460">')
    (482, 460)
    """
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return (0, 0) if found is None else (int(float(found[1])), int(float(found[2])))


def shown_table(table: Table, order: Order | None = None, *, unfolded: bool = False) -> ShownTable:
    """Return a table for a template: sorted as asked, cut to what a page holds, totals at the foot."""
    own = order if order is not None and order.table == table.key else None
    if own is not None and own.column >= len(table.columns):
        own = None
    split = len(table.rows) - table.totals
    places = list(range(split)) if own is None else sorted_places(table.rows[:split], own)
    shown = places[: MOST if unfolded else (table.shown or FEW)]
    groups = (
        tuple((name, len(list(members))) for name, members in groupby(table.columns, lambda one: one.group))
        if any(column.group for column in table.columns)
        else ()
    )
    return ShownTable(
        key=table.key,
        caption=parse(table.caption),
        groups=groups,
        heads=tuple(_head(table, place, own) for place in range(len(table.columns))),
        body=tuple(_row(table, place) for place in shown),
        foot=tuple(_row(table, place) for place in range(split, len(table.rows))),
        notes=tuple(map(parse, table.notes)),
        rows=split,
        unfolded=unfolded,
    )


def sorted_places(rows: Sequence[tuple[Value, ...]], order: Order) -> list[int]:
    """Return the places of rows in an order; missing values come last in both directions.

    Examples
    --------
    >>> sorted_places([(2,), (None,), (3,)], Order("x", 0, descending=True))
    [2, 0, 1]
    """

    def value(place: int) -> Any:
        found = rows[place][order.column]
        found = found[0] if isinstance(found, tuple) else found
        return found.casefold() if isinstance(found, str) else found

    known = [place for place in range(len(rows)) if value(place) not in (None, "")]
    missing = [place for place in range(len(rows)) if value(place) in (None, "")]
    return sorted(known, key=value, reverse=order.descending) + missing


def _head(table: Table, place: int, own: Order | None) -> Head:
    column = table.columns[place]
    by_this = own is not None and own.column == place
    now = "" if own is None or not by_this else ("descending" if own.descending else "ascending")
    # Numbers are first asked for from the largest, texts from A.
    first = column.kind != "text"
    descending = first if not by_this else now == "ascending"
    return Head(column.label, column.align == "right", now, str(Order(table.key, place, descending)))


def _row(table: Table, place: int) -> tuple[Cell, ...]:
    return tuple(
        Cell(show(value, column), column.align == "right", table.evidence.get((place, index), ""))
        for index, (value, column) in enumerate(zip(table.rows[place], table.columns, strict=True))
    )
