"""Files of figures and tables: each figure as SVG and PNG, each table as CSV, as the report writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from constellary.errors import UnknownName
from constellary.report import theme
from constellary.workbench.needs import Bench, Chosen, Now
from constellary.workbench.variables import default_pair, known
from constellary.workbench.written import chapter, counting, crossing

if TYPE_CHECKING:
    from constellary.report.document import Figure, Table
    from constellary.workbench.written import Written

router = APIRouter(include_in_schema=False)

KINDS = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8"}
Text = Annotated[str, Query(max_length=200)]


@router.get("/figures/cross/{name}.{kind}")
def of_crossing(
    now: Now,
    chosen: Chosen,
    name: str,
    kind: str,
    row: Text,
    column: Text,
    shade: Annotated[str, Query(alias="theme", max_length=5)] = "",
) -> Response:
    """Give a file of two variables."""
    return file(crossing(now, chosen, *default_pair(now, row, column)).result(), name, kind, shade)


@router.get("/figures/frequency/{variable}/{name}.{kind}")
def of_counting(
    now: Now,
    chosen: Chosen,
    variable: str,
    name: str,
    kind: str,
    shade: Annotated[str, Query(alias="theme", max_length=5)] = "",
) -> Response:
    """Give a file of one variable."""
    known(now, variable)
    return file(counting(now, chosen, variable).result(), name, kind, shade)


@router.get("/figures/{key}/{name}.{kind}")
def of_chapter(
    now: Now,
    chosen: Chosen,
    bench: Bench,
    key: str,
    name: str,
    kind: str,
    shade: Annotated[str, Query(alias="theme", max_length=5)] = "",
) -> Response:
    """Give a file of a chapter."""
    return file(chapter(now, chosen, bench.study, key).result(), name, kind, shade)


def file(written: Written, name: str, kind: str, shade: str) -> Response:
    """Return a figure or a table of what is written as a file.

    Raises
    ------
    UnknownName
        If there is none of that name and kind.
    """
    from constellary.report.document import Figure, Table

    wanted: type[Figure | Table] = Table if kind == "csv" else Figure
    blocks = written.section.blocks if written.section else ()
    found = {
        block.key: block
        for block in blocks
        if isinstance(block, Figure | Table) and isinstance(block, wanted)
    }
    if name not in found or kind not in KINDS:
        raise UnknownName("file", f"{name}.{kind}", [])
    block = found[name]
    content = csv_of(block) if isinstance(block, Table) else drawn(block, kind, shade)
    return Response(content, media_type=KINDS[kind], headers={"Cache-Control": "no-store"})


def csv_of(table: Table) -> bytes:
    """Return a table as CSV, all rows, unrounded."""
    from constellary.report.workbook import table_csv

    return table_csv(table).encode()


def drawn(figure: Figure, kind: str, shade: str) -> bytes:
    """Return a figure as SVG or PNG; a dark theme turns its inks over."""
    svg = figure.svg
    if svg is None:
        from constellary.report.drawing import draw

        svg = draw(figure)
    if shade == "dark":
        svg = darkened(svg)
    if kind == "svg":
        return svg.encode()
    from constellary.report.drawing import to_png

    return to_png(svg)


def darkened(svg: str) -> str:
    """Return a drawing for a dark page: without its paper, and with the inks that read there.

    Examples
    --------
    >>> darkened('<rect fill="#ffffff"/><text fill="#1f2328"/>')
    '<rect fill="none"/><text fill="#e6e9ed"/>'
    """
    svg = svg.replace(f'fill="{theme.PAPER}"', 'fill="none"', 1)
    svg = svg.replace(f'stroke="{theme.PAPER}"', f'stroke="{theme.NIGHT}"')
    for light, dark in theme.DARK.items():
        svg = svg.replace(f'"{light}"', f'"{dark}"')
    return svg
