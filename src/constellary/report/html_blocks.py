"""Blocks of a document as HTML. Every text from outside is escaped; every link is checked."""

from __future__ import annotations

import re
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from constellary.report.cells import show
from constellary.report.document import Bullets, Figure, Note, Paragraph, Table
from constellary.report.evidence import anchor
from constellary.report.inline import Span, parse
from constellary.report.web_address import web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.report.document import Block, Cell, Column

OUTWARD = 'rel="noopener noreferrer nofollow" target="_blank"'


def inline(text: str, numbers: Mapping[str, str]) -> str:
    """Return running text with its markup as HTML."""
    return "".join(span_html(span, numbers) for span in parse(text))


def span_html(span: Span, numbers: Mapping[str, str]) -> str:
    """Return one span."""
    if span.reference:
        kind, _, key = span.reference.partition(":")
        return f'<a href="#{kind}-{escape(key)}">{escape(numbers.get(span.reference, span.reference))}</a>'
    text = escape(span.text)
    if span.link.startswith("#"):
        return f'<a class="evidence" href="{escape(anchor(span.link[1:]))}">{text}</a>'
    if span.link and web_address(span.link):
        return f'<a href="{escape(span.link)}" {OUTWARD}>{text}</a>'
    return {"emphasis": f"<em>{text}</em>", "strong": f"<strong>{text}</strong>"}.get(span.style, text)


def block_html(block: Block, drawings: Mapping[str, str], numbers: Mapping[str, str]) -> str:
    """Return one block."""
    if isinstance(block, Paragraph):
        return f"<p>{inline(block.text, numbers)}</p>"
    if isinstance(block, Note):
        return f'<p class="note">{inline(block.text, numbers)}</p>'
    if isinstance(block, Bullets):
        return "<ul>" + "".join(f"<li>{inline(item, numbers)}</li>" for item in block.items) + "</ul>"
    if isinstance(block, Figure):
        return figure_html(block, drawings[block.key], numbers)
    return table_html(block, numbers)


def figure_html(figure: Figure, svg: str, numbers: Mapping[str, str]) -> str:
    """Return a figure with its drawing inline."""
    note = f'<p class="note">{inline(figure.note, numbers)}</p>' if figure.note else ""
    return (
        f'<figure id="figure-{figure.key}" class="{figure.width}">'
        f'<div class="drawing">{inlined(svg)}</div>'
        f"<figcaption><p><b>{numbers[f'figure:{figure.key}']}.</b> {inline(figure.caption, numbers)}</p>"
        f"{note}</figcaption></figure>"
    )


def inlined(svg: str) -> str:
    """Return an SVG for a page: its size left to the style sheet, its descriptions without roles."""
    head, _, rest = svg.partition(">")
    head = re.sub(r' (?:width|height|xmlns)="[^"]*"', "", head)
    return f"{head}>" + re.sub(r' aria-roledescription="[^"]*"', "", rest)


def table_html(table: Table, numbers: Mapping[str, str]) -> str:
    """Return a table with all its rows; those past `shown` carry a class."""
    split = len(table.rows) - table.totals
    shown = len(table.rows) if table.shown is None else table.shown
    body = "".join(
        row_html(table, place, ' class="more"' if place >= shown else "") for place in range(split)
    )
    foot = "".join(row_html(table, place, "") for place in range(split, len(table.rows)))
    notes = "".join(f'<p class="note">{inline(note, numbers)}</p>' for note in table.notes)
    return (
        f'<div class="table" id="table-{table.key}"><div class="scroll"><table>'
        f"<caption><b>{numbers[f'table:{table.key}']}.</b> {inline(table.caption, numbers)}</caption>"
        f"<thead>{heads_html(table)}</thead><tbody>{body}</tbody>"
        + (f"<tfoot>{foot}</tfoot>" if foot else "")
        + f"</table></div>{notes}</div>"
    )


def heads_html(table: Table) -> str:
    """Return the heads of the columns, with a row of shared heads above where there are such."""
    single = "".join(
        f'<th scope="col" class="{column.align}">{escape(column.label)}</th>' for column in table.columns
    )
    if not any(column.group for column in table.columns):
        return f"<tr>{single}</tr>"
    groups = "".join(
        f'<th scope="colgroup" colspan="{len(list(members))}" class="{"group" if name else "none"}">'
        f"{escape(name)}</th>"
        for name, members in groupby(table.columns, key=lambda column: column.group)
    )
    return f'<tr class="groups">{groups}</tr><tr>{single}</tr>'


def row_html(table: Table, place: int, look: str) -> str:
    """Return one row; the first cell of text heads it."""
    cells = [
        cell_html(value, column, table.evidence.get((place, index)), first=index == 0)
        for index, (value, column) in enumerate(zip(table.rows[place], table.columns, strict=True))
    ]
    return f"<tr{look}>{''.join(cells)}</tr>"


def cell_html(value: Cell, column: Column, key: str | None, *, first: bool) -> str:
    """Return one cell, with its value to sort by and its link to the evidence."""
    text = escape(show(value, column))
    if key:
        text = f'<a class="evidence" href="{escape(anchor(key))}">{text}</a>'
    low = value[0] if isinstance(value, tuple) else value
    sort = f' data-sort="{low:.9g}"' if isinstance(low, (int, float)) else ""
    if first and column.kind == "text":
        return f'<th scope="row">{text}</th>'
    return f'<td class="{column.align}"{sort}>{text}</td>'
