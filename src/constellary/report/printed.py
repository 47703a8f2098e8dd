"""The document as plain data for print: numbers resolved, values as text, nothing left to decide."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from constellary.report.cells import show
from constellary.report.document import Bullets, Figure, Note, Paragraph, Table
from constellary.report.inline import Span, parse
from constellary.report.web_address import web_address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.report.document import Block, Document

Data = dict[str, Any]
BREAKS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def printed(document: Document) -> Data:
    """Return the document as dicts, lists and texts, for a typesetter that reads JSON.

    Control characters and separators of lines, which would break or fill lines, become spaces.
    """
    numbers = document.numbers()
    data: Data = {
        "title": document.title,
        "subtitle": document.subtitle,
        "authors": list(document.authors),
        "language": document.language,
        "meta": [list(pair) for pair in document.meta],
        "summary": [spans(text, numbers) for text in document.summary],
        "sections": [
            {
                "id": f"section-{section.key}",
                "number": numbers[f"section:{section.key}"],
                "title": section.title,
                "blocks": [block_data(block, numbers) for block in section.blocks],
            }
            for section in document.sections
        ],
        "references": [
            {"spans": spans(reference.text, numbers), "url": web_address(reference.url)}
            for reference in document.references
        ],
    }
    return {name: flat(value) for name, value in data.items()}


def flat(value: Any) -> Any:
    """Return data with every text on one line."""
    if isinstance(value, str):
        return BREAKS.sub(" ", value)
    if isinstance(value, list):
        return [flat(one) for one in value]
    if isinstance(value, dict):
        return {name: flat(one) for name, one in value.items()}
    return value


def spans(text: str, numbers: Mapping[str, str]) -> list[Data]:
    """Return running text as spans: `text`, `style`, `url` (outward) and `to` (an anchor here)."""
    return [span_data(span, numbers) for span in parse(text)]


def span_data(span: Span, numbers: Mapping[str, str]) -> Data:
    """Return one span; links to the evidence, which print cannot follow, are plain text."""
    if span.reference:
        known = span.reference in numbers
        to = span.reference.replace(":", "-", 1) if known else ""
        return {"text": numbers.get(span.reference, span.reference), "style": "plain", "url": "", "to": to}
    return {"text": span.text, "style": span.style, "url": web_address(span.link), "to": ""}


def block_data(block: Block, numbers: Mapping[str, str]) -> Data:
    """Return one block with its `kind`."""
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "spans": spans(block.text, numbers)}
    if isinstance(block, Note):
        return {"kind": "note", "spans": spans(block.text, numbers)}
    if isinstance(block, Bullets):
        return {"kind": "bullets", "items": [spans(item, numbers) for item in block.items]}
    if isinstance(block, Figure):
        return figure_data(block, numbers)
    return table_data(block, numbers)


def figure_data(figure: Figure, numbers: Mapping[str, str]) -> Data:
    """Return a figure without its drawing."""
    return {
        "kind": "figure",
        "id": f"figure-{figure.key}",
        "key": figure.key,
        "number": numbers[f"figure:{figure.key}"],
        "caption": spans(figure.caption, numbers),
        "alt": figure.alt,
        "note": spans(figure.note, numbers),
    }


def table_data(table: Table, numbers: Mapping[str, str]) -> Data:
    """Return a table with its printed cells."""
    rows = table.printed
    notes = [*table.notes, *([table.cut] if table.cut else [])]
    return {
        "kind": "table",
        "id": f"table-{table.key}",
        "number": numbers[f"table:{table.key}"],
        "caption": spans(table.caption, numbers),
        "columns": [{"label": column.label, "align": column.align} for column in table.columns],
        "groups": groups(table),
        "rows": [
            [show(value, column) for value, column in zip(row, table.columns, strict=True)] for row in rows
        ],
        "totals": 0 if table.cut else table.totals,
        "notes": [spans(note, numbers) for note in notes],
    }


def groups(table: Table) -> list[Data]:
    """Return the shared heads with how many columns each spans; empty where there are none."""
    if not any(column.group for column in table.columns):
        return []
    return [
        {"label": label, "span": len(list(members))}
        for label, members in groupby(table.columns, key=lambda column: column.group)
    ]
