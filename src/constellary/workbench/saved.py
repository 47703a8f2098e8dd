"""Saved: after a decision the next page says so, with its undo. The number waits in a cookie for one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi.responses import RedirectResponse

if TYPE_CHECKING:
    from fastapi import Request, Response

    from constellary.study.decisions import Decision
    from constellary.study.history import History

COOKIE = "saved"
SECONDS = 60


def saved(address: str, decision: Decision | None) -> RedirectResponse:
    """Go on to a page, which then tells of a decision; None: of nothing."""
    answer = RedirectResponse(address, status_code=303)
    if decision is not None:
        answer.set_cookie(COOKIE, str(decision.id), max_age=SECONDS, samesite="strict", httponly=True)
    return answer


def told_on(request: Request, history: History) -> Decision | None:
    """Return the decision that a whole page has to tell of, if any; parts of pages tell of none."""
    number = request.cookies.get(COOKIE, "")
    if request.headers.get("HX-Request") or not (number.isascii() and number.isdigit() and len(number) < 16):
        return None
    return history.get(int(number))


def forget(answer: Response) -> None:
    """Let a page tell of its decision once."""
    answer.delete_cookie(COOKIE, samesite="strict", httponly=True)
