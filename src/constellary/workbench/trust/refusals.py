"""Refusals: what somebody reads who is not let in, in words and with what to do."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from fastapi.responses import HTMLResponse, JSONResponse

from constellary.workbench.trust.headers import policy

if TYPE_CHECKING:
    from fastapi import Request, Response

STYLE = """
:root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif; }
body { max-width: 34rem; margin: 18vh auto 0; padding: 0 1.5rem; }
h1 { font: 600 1.6rem/1.3 Georgia, serif; }
code { font-size: 0.95em; }
"""
"""The page has its style in itself: our files are not given to who is not let in."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered: status, what is wrong, and what to do."""

    status: int
    title: str
    message: str

    def answer(self, request: Request) -> Response:
        """Return the refusal as a page, or as JSON for the API."""
        if request.scope["path"].startswith("/api/"):
            return JSONResponse({"error": f"{self.title}. {self.message}", "problems": []}, self.status)
        answer = HTMLResponse(self.page(), self.status)
        answer.headers["Content-Security-Policy"] = policy(script_src="'none'", style_src=f"'{digest()}'")
        if self.status == NO_KEY.status and "hx-request" in request.headers:
            answer.headers["HX-Refresh"] = "true"  # a part of a page: the whole one shows this
        return answer

    def page(self) -> str:
        """Return the page; a paragraph for each of the message."""
        told = "".join(f"<p>{escape(part)}</p>" for part in self.message.split("\n"))
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1">'
            f'<title>{escape(self.title)} · Constellary</title><link rel="icon" href="data:,">'
            f"<style>{STYLE}</style></head><body><main><h1>{escape(self.title)}</h1>{told}</main></body></html>"
        )


def digest() -> str:
    """Return the digest of the style, by which the page's own policy allows it and nothing else."""
    return "sha256-" + b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()


NO_KEY = Refusal(
    401,
    "This workbench needs its key",
    "Open the address that the terminal shows where Constellary was started: it ends in a key that lets one "
    "browser in, once. After that the terminal shows a new one.\n"
    "Has Constellary been started anew since? Then its earlier keys are void, and the terminal shows another.",
)
WRONG_HOST = Refusal(
    400,
    "This is not the address of the workbench",
    "Use the address that the terminal shows, as it is there.",
)
UPGRADE = Refusal(400, "Only plain requests are answered", "The workbench opens no other kind of connection.")
CROSS_SITE = Refusal(
    403,
    "This did not come from the workbench's own pages",
    "Nothing was changed. Another site, or another program in this browser, may have tried to.\n"
    "If it was you: go back, reload the page and try again.",
)
TOO_LONG = Refusal(
    413,
    "This is too much for one request",
    "Up to 64 MiB can be imported at once, and 1 MiB sent elsewhere. Nothing was changed.",
)
