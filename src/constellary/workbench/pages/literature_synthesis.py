"""Table 1 and the matrix of studies and codes, also as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import polars as pl
from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from constellary.exchange.writers.tables import csv_bytes
from constellary.literature.matrix import matrix
from constellary.workbench.answers import page
from constellary.workbench.job_work import plain_stem
from constellary.workbench.needs import Bench
from constellary.workbench.review.synthesis import synthesis_view

if TYPE_CHECKING:
    from constellary.workbench.workbench import Workbench

router = APIRouter(include_in_schema=False)
Dimension = Annotated[str, Query(max_length=64)]


@router.get("/literature/synthesis")
def table_1(request: Request, bench: Bench, dimension: Dimension = "") -> HTMLResponse:
    """Show the groups of a dimension with examples and studies."""
    content = synthesis_view(bench.study.literature.review(), bench.study.codebook, dimension)
    return page(request, "literature_synthesis.html", **content)


@router.get("/literature/synthesis.csv")
def table_1_file(bench: Bench, dimension: Dimension = "") -> Response:
    """Give Table 1 as CSV."""
    from constellary.literature.synthesis import synthesis

    found = synthesis(bench.study.literature.review(), dimension or None)
    return _file(bench, "synthesis", found.tables()["synthesis"])


@router.get("/literature/matrix.csv")
def matrix_file(bench: Bench) -> Response:
    """Give the matrix of studies and codes as CSV."""
    return _file(bench, "matrix", matrix(bench.study.literature.review()).tables()["matrix"])


def _file(bench: Workbench, what: str, table: pl.DataFrame) -> Response:
    """Return a table as CSV; no cell of it runs as a formula, lists are joined by semicolons."""
    texts = [
        pl.col(name).list.join("; ") if isinstance(kind, pl.List) else pl.col(name).cast(pl.String)
        for name, kind in table.schema.items()
    ]
    name = f"{plain_stem(bench.study.path.stem)}-{what}.csv"
    return Response(
        csv_bytes(table.select(texts), neutral=True),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
