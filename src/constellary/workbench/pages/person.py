"""Who works here, and in which light: kept in the browser, not in the study."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse

from constellary.workbench.answers import THEMES
from constellary.workbench.needs import LONGEST_NAME, WHO_COOKIE

router = APIRouter(include_in_schema=False)
YEAR = 365 * 24 * 3600


@router.post("/person")
def set_person(request: Request, who: Annotated[str, Form(max_length=LONGEST_NAME)] = "") -> RedirectResponse:
    """Keep the name under which decisions are written down."""
    answer = RedirectResponse(came_from(request), status_code=303)
    answer.set_cookie(WHO_COOKIE, quote(who.strip()), max_age=YEAR, samesite="strict", httponly=True)
    return answer


@router.post("/theme")
def set_theme(request: Request, theme: Annotated[str, Form(max_length=5)] = "") -> RedirectResponse:
    """Keep the theme; anything but `light` and `dark` means: as the system has it."""
    answer = RedirectResponse(came_from(request), status_code=303)
    if theme in THEMES:
        answer.set_cookie("theme", theme, max_age=YEAR, samesite="strict", httponly=True)
    else:
        answer.delete_cookie("theme")
    return answer


def came_from(request: Request) -> str:
    """Return the path of the page that a form was sent from; never another site's."""
    try:
        parts = urlsplit(request.headers.get("referer", ""))
    except ValueError:  # no address at all
        return "/"
    path = "/" + parts.path.lstrip("/\\")
    return path + (f"?{parts.query}" if parts.query else "")
