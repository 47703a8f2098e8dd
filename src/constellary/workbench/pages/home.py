"""The first page: the constellation of a study that has alliances, and what to do next for one that has none."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from constellary.workbench.answers import page
from constellary.workbench.needs import Now

router = APIRouter(include_in_schema=False)


@router.get("/")
def home(request: Request, now: Now) -> Response:
    """Show the constellation, or where to begin."""
    if now.frames.alliances.height:
        return RedirectResponse("/constellation", status_code=303)
    return page(request, "begin.html")
