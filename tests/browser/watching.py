"""What no page may do: complain in the console, break its own policy, ask another machine for anything."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

LISTEN = """
document.addEventListener("securitypolicyviolation", (event) =>
  window.__policyBroken(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@dataclass
class Watch:
    """Gathers what the pages of a context do wrong."""

    address: str
    wrong: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch all pages of a context, also those that it opens later."""
        context.expose_binding("__policyBroken", lambda _source, what: self.wrong.append(f"policy: {what}"))
        context.add_init_script(LISTEN)
        context.on("request", self._request)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.wrong.append(f"error: {error.error}"))
        context.on("page", self._page)

    def allow(self, part: str) -> None:
        """Let pass what holds these words: a test that asks for an error gets one in the console."""
        self.allowed.append(part)

    def check(self) -> None:
        """Fail if anything was wrong."""
        wrong = [item for item in self.wrong if not any(part in item for part in self.allowed)]
        assert not wrong, "\n".join(wrong)

    def _page(self, page: Page) -> None:
        page.on("dialog", self._dialog)
        page.on("crash", lambda _page: self.wrong.append("the page crashed"))

    def _dialog(self, dialog: Any) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            place = message.location
            self.wrong.append(f"console {message.type}: {message.text} ({place.get('url', '')})")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("data", "blob", "about"):
            return
        if f"{parts.scheme}://{parts.netloc}" != self.address:
            self.wrong.append(f"request to elsewhere: {request.url}")
