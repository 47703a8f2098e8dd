"""Answers: pages and parts of pages for a request, and errors in words."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fastapi.responses import HTMLResponse, JSONResponse

from constellary.errors import ConstellaryError, EditConflict, ProblemsFound, UnknownName
from constellary.workbench.filters import Filter
from constellary.workbench.links import LiveLinks
from constellary.workbench.needs import person_of
from constellary.workbench.render import asset_versions, to_html
from constellary.workbench.review.rail import rail_of
from constellary.workbench.saved import forget, told_on
from constellary.workbench.surroundings import Surroundings

if TYPE_CHECKING:
    from fastapi import Request, Response

    from constellary.workbench.workbench import Workbench

THEMES = ("light", "dark")


def around(request: Request, chosen: Filter | None = None) -> Surroundings:
    """Return what stands around a page that answers a request."""
    bench: Workbench = request.app.state.workbench
    moment = bench.moments.now()
    theme = request.cookies.get("theme", "")
    of_literature, absent = rail_of(bench.study)
    return Surroundings(
        link=LiveLinks(asset_versions()),
        live=True,
        study=moment.codebook.title,
        file=bench.study.path.name,
        codebook=moment.codebook,
        who=person_of(request),
        theme=theme if theme in THEMES else "",
        counts={
            "alliances": moment.frames.alliances.height,
            "firms": moment.frames.firms.height,
            "sources": moment.frames.sources.height,
            **of_literature,
        },
        absent=absent,
        undo=moment.memory.get(("next undo",), bench.study.history.next_undo),
        redo=moment.memory.get(("next redo",), bench.study.history.next_redo),
        chosen=chosen or Filter(),
        jobs=bench.jobs.glance(),
        saved=told_on(request, bench.study.history),
    )


def page(
    request: Request, template: str, *, chosen: Filter | None = None, status: int = 200, **content: Any
) -> HTMLResponse:
    """Return a page, or the part of it that a template is, as the answer to a request."""
    surroundings = around(request, chosen)
    answer = HTMLResponse(to_html(template, surroundings, **content), status_code=status)
    if surroundings.saved is not None:
        forget(answer)
    return answer


def wants_json(request: Request) -> bool:
    """Return whether a request is one of the API's."""
    return request.url.path.startswith("/api/")


def conflict_of(error: EditConflict) -> dict[str, Any]:
    """Return a conflict for the API: the record as it stands, and the decision that came in between."""
    return {
        "record": None if error.record is None else asdict(error.record),
        "decision": None if error.decision is None else asdict(error.decision),
    }


def refuse(request: Request, error: ConstellaryError) -> Response:
    """Return an error of ours as the answer: a page in words, or JSON for the API."""
    status = 404 if isinstance(error, UnknownName) and request.method == "GET" else 422
    if isinstance(error, EditConflict):
        status = 409
    problems = [
        {"message": item.message, "place": item.place, "column": item.column, "value": item.value}
        for item in (error.problems if isinstance(error, ProblemsFound) else ())
    ]
    if wants_json(request):
        conflict = conflict_of(error) if isinstance(error, EditConflict) else None
        return JSONResponse(
            {"error": str(error), "problems": problems, "conflict": conflict}, status_code=status
        )
    title = "Not found" if status == 404 else "This cannot be done"
    return page(request, "error.html", status=status, title=title, message=str(error))
