"""The guard before the application: it asks all questions of trust, in one place and in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.middleware.gzip import GZipMiddleware

from constellary.workbench.trust import refusals
from constellary.workbench.trust.headers import with_headers
from constellary.workbench.trust.hosts import meant_for_us
from constellary.workbench.trust.keys import ENTER
from constellary.workbench.trust.limits import limited, too_long
from constellary.workbench.trust.origins import SAFE, comes_from_us

if TYPE_CHECKING:
    from fastapi import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from constellary.workbench.trust.keys import Keys
    from constellary.workbench.trust.refusals import Refusal

WORTH_PACKING = 1000
"""Bytes from which on an answer is compressed."""
EFFORT = 5
"""Of compressing; more costs time and saves little."""


class Guard:
    """Lets through to an application what may be answered, and answers the rest itself.

    Parameters
    ----------
    app
        The application.
    keys
        What lets a browser or a script in.
    port
        On which the server listens.
    """

    def __init__(self, app: ASGIApp, *, keys: Keys, port: int) -> None:
        self.keys = keys
        self.port = port
        self._app = app

    @property
    def cookie(self) -> str:
        """The name of the cookie. Browsers do not tell cookies by port, so that it stands in the name."""
        return f"constellary-{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            request = Request(scope)
            answer = self.answer(request) or self._app
            await answer(scope, limited(receive, request.headers, scope["path"]), with_headers(scope, send))
        else:  # a WebSocket: closed before it was opened, which the server answers with 403
            await send({"type": "websocket.close", "code": 1008})

    def answer(self, request: Request) -> Response | None:
        """Return the guard's own answer to a request; None: the application answers."""
        refusal = self.stranger(request)
        if refusal is not None:
            return refusal.answer(request)
        if request.scope["path"] == ENTER and request.method == "GET":
            return self.enter(request)
        refusal = self.unwelcome(request)
        return None if refusal is None else refusal.answer(request)

    def stranger(self, request: Request) -> Refusal | None:
        """Return why a request is not for us at all."""
        if not meant_for_us(request.headers.getlist("host"), self.port):
            return refusals.WRONG_HOST
        return refusals.UPGRADE if "upgrade" in request.headers else None

    def enter(self, request: Request) -> Response:
        """Exchange the token of the address for the cookie, and leave that address at once."""
        inside = self.keys.knows_session(request.cookies.get(self.cookie))
        if not self.keys.enter(request.query_params.get("token", "")) and not inside:
            answer = refusals.NO_KEY.answer(request)
        else:
            answer = RedirectResponse("/", status_code=303)
            answer.set_cookie(self.cookie, self.keys.session, path="/", httponly=True, samesite="strict")
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    def unwelcome(self, request: Request) -> Refusal | None:
        """Return why a request that is meant for us is not let through."""
        api = request.scope["path"].startswith("/api/")
        bearer = api and self.keys.knows_bearer(request.headers.get("authorization"))
        if not bearer and not self.keys.knows_session(request.cookies.get(self.cookie)):
            return refusals.NO_KEY
        if request.method not in SAFE and not comes_from_us(
            request.headers, request.scope["scheme"], bearer=bearer
        ):
            return refusals.CROSS_SITE
        return refusals.TOO_LONG if too_long(request.headers, request.scope["path"]) else None


def guarded(app: ASGIApp, *, keys: Keys, port: int) -> Guard:
    """Return an application behind its guard, with texts compressed."""
    packed = GZipMiddleware(app, minimum_size=WORTH_PACKING, compresslevel=EFFORT)
    return Guard(packed, keys=keys, port=port)
