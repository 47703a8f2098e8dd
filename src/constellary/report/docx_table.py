"""A table as Word's XML: booktabs rules, widths from its content, a head that repeats on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from constellary.report.labels import text_width

if TYPE_CHECKING:
    from constellary.report.printed import Data

TWENTIETHS = 20
ROOM = 9354
"""Width of the text in twentieths of a point (165 mm)."""
PADDING = 11.0
LABEL = 70.0
"""Up to this width a head stands on one line."""
TOGETHER = 18
"""Tables of up to so many rows stay on one page."""


def table_xml(table: Data, *, font: str, declared: str) -> str:
    """Return `w:tbl`; `declared` are the namespace declarations."""
    size = 7.0 if len(table["columns"]) > 8 else 8.5
    widths = column_widths(table, size)
    heads = [row_xml(group_cells(table, widths, font, size), head=True)] if table["groups"] else []
    heads.append(
        row_xml(
            [
                cell_xml(
                    column["label"],
                    width,
                    column["align"],
                    font,
                    size,
                    bottom=8,
                    top=0 if heads else 12,
                    tied=True,
                )
                for column, width in zip(table["columns"], widths, strict=True)
            ],
            head=True,
        )
    )
    last, split = len(table["rows"]) - 1, len(table["rows"]) - table["totals"]
    rows = [
        row_xml(
            [
                cell_xml(
                    text,
                    width,
                    column["align"],
                    font,
                    size,
                    top=4 if table["totals"] and place == split else 0,
                    bottom=12 if place == last else 0,
                    tied=len(table["rows"]) <= TOGETHER and place < last,
                )
                for text, column, width in zip(row, table["columns"], widths, strict=True)
            ]
        )
        for place, row in enumerate(table["rows"])
    ]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl {declared}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/>'
        '<w:right w:w="60" w:type="dxa"/></w:tblCellMar><w:tblLook w:firstRow="1"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(heads)}{''.join(rows)}</w:tbl>"
    )


def column_widths(table: Data, size: float) -> list[int]:
    """Return widths that hold the longest cell, narrowed to the page where they must be."""
    wanted = []
    for place, column in enumerate(table["columns"]):
        cells = [text_width(row[place], size) for row in table["rows"]]
        words = [text_width(word, size) for word in column["label"].split()]
        label = min(text_width(column["label"], size), LABEL)
        wanted.append((max([*cells, *words, label]) + PADDING) * TWENTIETHS)
    over = sum(wanted) - ROOM
    if over > 0:
        wide = max(range(len(wanted)), key=lambda place: wanted[place])
        if wanted[wide] - over > ROOM / 4:
            wanted[wide] -= over
        else:
            wanted = [width * ROOM / sum(wanted) for width in wanted]
    return [int(width) for width in wanted]


def group_cells(table: Data, widths: list[int], font: str, size: float) -> list[str]:
    """Return the cells of the row of shared heads."""
    cells, start = [], 0
    for group in table["groups"]:
        width = sum(widths[start : start + group["span"]])
        start += group["span"]
        cells.append(
            cell_xml(
                group["label"],
                width,
                "center",
                font,
                size,
                top=12,
                bottom=4 if group["label"] else 0,
                span=group["span"],
                tied=True,
            )
        )
    return cells


def row_xml(cells: list[str], *, head: bool = False) -> str:
    """Return a row that no page break splits; heads repeat."""
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(cells)}</w:tr>"


def cell_xml(
    text: str,
    width: int,
    align: str,
    font: str,
    size: float,
    *,
    top: int = 0,
    bottom: int = 0,
    span: int = 1,
    tied: bool = False,
) -> str:
    """Return one cell; rules are in eighths of a point, 0 is none.

    A tied cell stays on the page of the next row.
    """
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{weight}" w:space="0" w:color="1F2328"/>'
        for side, weight in (("top", top), ("bottom", bottom))
        if weight
    )
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    borders = f"<w:tcBorders>{rules}</w:tcBorders>" if rules else ""
    keep = "<w:keepNext/>" if tied else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{borders}</w:tcPr>'
        f'<w:p><w:pPr>{keep}<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>'
        f'<w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>'
        f'<w:sz w:val="{round(size * 2)}"/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:tc>'
    )
