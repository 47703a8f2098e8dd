"""Keys: what lets a browser or a script in.

The address that the terminal shows holds a token that works once; it is exchanged for a cookie, so that
no address in a history or a log lets anybody in.
"""

from __future__ import annotations

import hmac
import secrets
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ENTER = "/enter"
BYTES = 32
"""Length of a key: 256 bits."""


class Keys:
    """The keys of one server, made when it starts and forgotten when it ends.

    Attributes
    ----------
    session
        What the cookie of a browser that was let in holds.
    bearer
        What a script sends as `Authorization: Bearer`; None: no script is let in.

    Examples
    --------
    >>> keys = Keys()
    >>> token = keys.entry
    >>> keys.enter(token), keys.enter(token), keys.enter(keys.entry)
    (True, False, True)
    """

    def __init__(self, *, scripts: bool = False, used: Callable[[], None] | None = None) -> None:
        """Make keys; `used` is called when the token was used and there is a new one."""
        self.session = secrets.token_urlsafe(BYTES)
        self.bearer = secrets.token_urlsafe(BYTES) if scripts else None
        self.used = used
        self._entry = secrets.token_urlsafe(BYTES)
        self._lock = Lock()

    @property
    def entry(self) -> str:
        """The token that lets the next browser in, once."""
        return self._entry

    def enter(self, given: str) -> bool:
        """Return whether a token is the one that lets in; if so, it is none any more."""
        with self._lock:
            right = same(given, self._entry)
            if right:
                self._entry = secrets.token_urlsafe(BYTES)
        if right and self.used is not None:
            self.used()
        return right

    def entrance(self, address: str) -> str:
        """Return where the next browser is let in, once, at the address of a server."""
        return f"{address}{ENTER}?token={self._entry}"

    def knows_session(self, given: str | None) -> bool:
        """Return whether a cookie is of a browser that was let in."""
        return same(given or "", self.session)

    def knows_bearer(self, authorization: str | None) -> bool:
        """Return whether an `Authorization` header holds the key for scripts."""
        kind, _, given = (authorization or "").partition(" ")
        return kind.lower() == "bearer" and self.bearer is not None and same(given.strip(), self.bearer)


def same(given: str, right: str) -> bool:
    """Compare in a time that tells nothing of how much of it is right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), right.encode())
