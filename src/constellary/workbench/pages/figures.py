"""Figures and tables: the chapters of the report under the filter of the address, and any variables beside."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from constellary.workbench.answers import page
from constellary.workbench.figure_views import (
    Reading,
    chapter_view,
    cross_view,
    frequency_view,
    overview_view,
)
from constellary.workbench.needs import Bench, Chosen, Now
from constellary.workbench.pages import figure_files

router = APIRouter(include_in_schema=False)
router.include_router(figure_files.router)

Text = Annotated[str, Query(max_length=200)]


def reading_of(sort: Text = "", rows: Text = "") -> Reading:
    """Return how the tables of an address are read."""
    return Reading(sort, rows)


Read = Annotated[Reading, Depends(reading_of)]


@router.get("/figures")
def overview(request: Request, now: Now, chosen: Chosen, bench: Bench) -> Response:
    """Show what there is to look at, with a glimpse of each."""
    return page(request, "figures.html", chosen=chosen, **overview_view(now, chosen, bench.study))


@router.get("/figures/cross")
def cross(
    request: Request, now: Now, chosen: Chosen, bench: Bench, read: Read, row: Text = "", column: Text = ""
) -> Response:
    """Set any two variables against each other."""
    view = cross_view(now, chosen, bench.study.path.name, row, column, read)
    return page(request, template(request, "cross"), chosen=chosen, **view)


@router.get("/figures/frequency/{variable}")
def frequency(
    request: Request, now: Now, chosen: Chosen, bench: Bench, read: Read, variable: str
) -> Response:
    """Show how often each value of a variable occurs."""
    view = frequency_view(now, chosen, bench.study.path.name, variable, read)
    return page(request, template(request, "frequency"), chosen=chosen, **view)


@router.get("/figures/{key}")
def one_chapter(request: Request, now: Now, chosen: Chosen, bench: Bench, read: Read, key: str) -> Response:
    """Show one chapter of the report under the filter."""
    view = chapter_view(now, chosen, bench.study, key, read)
    return page(request, template(request, "chapter"), chosen=chosen, **view)


def template(request: Request, name: str) -> str:
    """Return the template of a page, or of its part when a placeholder asks whether it is ready."""
    part = request.headers.get("hx-request") == "true"
    return "figures_section.html" if part else f"figures_{name}.html"
