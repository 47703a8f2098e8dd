"""Figures and tables: the chapters of the report under the filter of the address, and any variables beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from constellary.report import theme
from constellary.study.facets import facets
from constellary.workbench.answers import page
from constellary.workbench.background import ready
from constellary.workbench.needs import Bench, Chosen, Now
from constellary.workbench.overview import glances, glimpse
from constellary.workbench.pages import figure_files
from constellary.workbench.same import same_crosstab, same_frequency
from constellary.workbench.shown import Order, shown_blocks
from constellary.workbench.variables import default_pair, known, variables
from constellary.workbench.written import chapter, chapter_of, chapters_of, counting, crossing

if TYPE_CHECKING:
    from concurrent.futures import Future

    from constellary.study.study import Study
    from constellary.workbench.filters import Filter
    from constellary.workbench.moments import Moment
    from constellary.workbench.written import Written

router = APIRouter(include_in_schema=False)
router.include_router(figure_files.router)

Text = Annotated[str, Query(max_length=200)]


@router.get("/figures")
def overview(request: Request, now: Now, chosen: Chosen, bench: Bench) -> Response:
    """Show what there is to look at, with a glimpse of each."""
    return page(request, "figures.html", chosen=chosen, **overview_view(now, chosen, bench.study))


@router.get("/figures/cross")
def cross(
    request: Request,
    now: Now,
    chosen: Chosen,
    bench: Bench,
    row: Text = "",
    column: Text = "",
    sort: Text = "",
    rows: Text = "",
) -> Response:
    """Set any two variables against each other."""
    row, column = default_pair(now, row, column)
    written = crossing(now, chosen, row, column) if has_alliances(now, chosen) and row != column else None
    return page(
        request,
        template(request, "cross"),
        chosen=chosen,
        row=row,
        column=column,
        variables=variables(now),
        same=same_crosstab(bench.study.path.name, row, column, chosen),
        path="figures/cross",
        files="figures/cross/",
        where={"row": row, "column": column},
        more={"row": row, "column": column},
        **surround(now, chosen),
        **section_view(written, sort, rows),
    )


@router.get("/figures/frequency/{variable}")
def frequency(
    request: Request, now: Now, chosen: Chosen, bench: Bench, variable: str, sort: Text = "", rows: Text = ""
) -> Response:
    """Show how often each value of a variable occurs."""
    known(now, variable)
    written = counting(now, chosen, variable) if has_alliances(now, chosen) else None
    return page(
        request,
        template(request, "frequency"),
        chosen=chosen,
        variable=variable,
        label=dict(variables(now))[variable],
        variables=variables(now),
        same=same_frequency(bench.study.path.name, variable, chosen),
        path=f"figures/frequency/{variable}",
        files=f"figures/frequency/{variable}/",
        where={"variable": variable},
        more={},
        **surround(now, chosen),
        **section_view(written, sort, rows),
    )


@router.get("/figures/{key}")
def one_chapter(
    request: Request, now: Now, chosen: Chosen, bench: Bench, key: str, sort: Text = "", rows: Text = ""
) -> Response:
    """Show one chapter of the report under the filter."""
    view = chapter_view(now, key)
    written = chapter(now, chosen, bench.study, key) if has_alliances(now, chosen) else None
    return page(
        request,
        template(request, "chapter"),
        chosen=chosen,
        **view,
        **surround(now, chosen),
        **section_view(written, sort, rows),
    )


def overview_view(moment: Moment, chosen: Filter, study: Study) -> dict[str, Any]:
    """Return what the overview shows: the chapters in order, each with a glimpse once it is there."""
    frames = moment.selected(chosen)
    promised = glances(moment, chosen, study) if frames.alliances.height else None
    found = promised.result() if promised is not None and ready(promised) else None
    return {
        **surround(moment, chosen),
        "entries": [(one, glimpse(one, found)) for one in chapters_of(moment)],
        "computing": promised is not None and found is None,
        "alliances": frames.alliances.height,
        "variables": variables(moment),
    }


def chapter_view(moment: Moment, key: str) -> dict[str, Any]:
    """Return what stands around a chapter: its title and its neighbours."""
    listed = chapters_of(moment)
    wanted = chapter_of(moment, key)
    place = [one.key for one in listed].index(key)
    return {
        "chapter": wanted,
        "before": listed[place - 1] if place else None,
        "after": listed[place + 1] if place + 1 < len(listed) else None,
        "path": f"figures/{key}",
        "files": f"figures/{key}/",
        "where": {"section": key},
        "more": {},
    }


def section_view(written: Future[Written] | None, sort: str = "", rows: str = "") -> dict[str, Any]:
    """Return what a template shows of a section: its blocks, that it is being computed, or that there is none."""
    if written is None:
        return {"state": "empty", "blocks": [], "numbers": {}, "lists": {}}
    if not ready(written):
        return {"state": "computing", "blocks": [], "numbers": {}, "lists": {}}
    found = written.result()
    if found.section is None:
        return {"state": "none", "blocks": [], "numbers": {}, "lists": {}}
    blocks, numbers = shown_blocks(found.section, Order.read(sort), rows)
    return {"state": "ready", "blocks": blocks, "numbers": numbers, "lists": found.lists}


def surround(moment: Moment, chosen: Filter) -> dict[str, Any]:
    """Return what all pages of figures have: facets to filter by, and the chapters."""
    return {
        "facets": moment.memory.get(("facets",), lambda: facets(moment.frames)),
        "chapters": chapters_of(moment),
        "selected": moment.selected(chosen).alliances.height,
        "dark": theme.DARK,
    }


def template(request: Request, name: str) -> str:
    """Return the template of a page, or of its part when a placeholder asks whether it is ready."""
    part = request.headers.get("hx-request") == "true"
    return "figures_section.html" if part else f"figures_{name}.html"


def has_alliances(moment: Moment, chosen: Filter) -> bool:
    """Return whether there is anything to count."""
    frames = moment.selected(chosen)
    return bool(frames.alliances.height and frames.partners.height)
