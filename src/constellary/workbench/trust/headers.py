"""What every answer tells the browser that it may do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import Message, Scope, Send

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""Where a page may take anything from; nothing inline, nothing from elsewhere."""


def policy(**instead: str) -> str:
    """Return the content security policy, with other values for some directives (`style_src="..."`).

    Examples
    --------
    >>> policy()[:54]
    "default-src 'none'; script-src 'self'; style-src 'self"
    """
    found = POLICY | {name.replace("_", "-"): value for name, value in instead.items()}
    return "; ".join(f"{name} {value}" for name, value in found.items())


ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
UNLESS_SAID = {
    "Content-Security-Policy": policy(),
    "Referrer-Policy": "same-origin",
}
NEVER_KEPT = "no-store"
KEPT_FOR_EVER = "private, max-age=31536000, immutable"
ASKED_AGAIN = "no-cache"


def keeping(scope: Scope) -> str:
    """Return how long a browser may keep an answer: files of a version for ever, data not at all."""
    if not scope["path"].startswith("/static/"):
        return NEVER_KEPT
    versioned = any(pair.startswith(b"v=") for pair in scope["query_string"].split(b"&"))
    return KEPT_FOR_EVER if versioned else ASKED_AGAIN


def with_headers(scope: Scope, send: Send) -> Send:
    """Return a `send` that adds our headers to the answer to a request."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(ALWAYS)
            for name, value in UNLESS_SAID.items():
                headers.setdefault(name, value)
            good = message["status"] < 400
            headers.setdefault("Cache-Control", keeping(scope) if good else NEVER_KEPT)
        await send(message)

    return sent
