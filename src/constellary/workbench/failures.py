"""What cannot be answered: no such page, a form that is not understood, and faults of our own."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from constellary.errors import ConstellaryError
from constellary.fault_file import write_fault
from constellary.workbench.answers import page, refuse, wants_json
from constellary.workbench.trust.refusals import Refusal

if TYPE_CHECKING:
    from fastapi import FastAPI, Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

WORDS = {
    404: (
        "There is no such page",
        "The address may be mistyped, or what it showed was renamed, merged or removed since.",
    ),
    405: ("This cannot be asked like that", "The page is there, but it does not take this kind of request."),
}
"""Status -> title and message, where the framework's own word says nothing to a person."""


def tell_failures(app: FastAPI) -> None:
    """Make an application tell in words whatever it cannot answer."""
    app.add_exception_handler(ConstellaryError, refuse)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, missing)  # type: ignore[arg-type]
    app.add_exception_handler(RequestValidationError, misunderstood)  # type: ignore[arg-type]
    app.add_middleware(Faults)


def missing(request: Request, error: HTTPException) -> Response:
    """Answer what the framework refuses: no such page, no such method, too long a body."""
    plain = HTTPStatus(error.status_code).phrase
    title, message = WORDS.get(error.status_code, (plain, ""))
    detail = "" if error.detail == plain else str(error.detail)
    return told(request, error.status_code, title, detail or message, headers=error.headers)


def misunderstood(request: Request, error: RequestValidationError) -> Response:
    """Answer a request whose fields are not what they should be, naming each."""
    problems = [
        {"field": ".".join(str(part) for part in item["loc"][1:]), "message": str(item["msg"])}
        for item in error.errors()
    ]
    message = "\n".join(f"{item['field'] or 'body'}: {item['message']}" for item in problems)
    return told(request, 422, "This was not understood", message, problems=problems)


def told(
    request: Request,
    status: int,
    title: str,
    message: str,
    *,
    problems: list[dict[str, str]] | None = None,
    headers: object = None,
) -> Response:
    """Return an answer that says what is wrong: a page, or JSON for the API."""
    if wants_json(request):
        answer: Response = JSONResponse({"error": message or title, "problems": problems or []}, status)
    else:
        answer = page(request, "error.html", status=status, title=title, message=message)
    if isinstance(headers, dict):
        answer.headers.update(headers)  # such as `Allow`
    return answer


class Faults:
    """Answers with an error number where the application fails, and leaves the traceback in a file.

    The page says nothing of what went wrong, which may hold data of the study.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception as error:
            if begun or scope["type"] != "http":
                raise  # the server can only break the answer off
            await failed(Request(scope), error)(scope, receive, send)


def failed(request: Request, error: Exception) -> Response:
    """Return the answer to a request that failed, in words."""
    if isinstance(error, ConstellaryError):  # not even the frame of a page could be read
        return Refusal(503, "The study cannot be read now", str(error)).answer(request)
    route = getattr(request.scope.get("route"), "path", "a page")  # the pattern: an address may hold names
    file = write_fault(error, f"constellary serve: {request.method} {route}")
    number = file.stem.removeprefix("fault-") if file else "unknown"
    where = f"The details are in {file}. Please report it with that text." if file else ""
    message = f"Error {number}. What you did was not kept if you did not see it kept.\n{where}"
    title = "This is a fault of Constellary"
    try:
        return told(request, 500, title, message)
    except Exception:  # what failed may stand on every page
        return Refusal(500, title, message).answer(request)
