"""Whether what changes something comes from our own pages and not from another site's.

Browsers say where a request comes from: `Sec-Fetch-Site`, which no page can set, and older ones `Origin`.
Other ports of this machine are "same-site" to a browser, cookies and all, so that is not enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from starlette.datastructures import Headers

SAFE = frozenset({"GET", "HEAD"})
"""Methods that change nothing; the others must show where they come from."""
OURS = frozenset({"same-origin", "none"})
"""`none`: the person did it, by the address bar or a reload."""


def comes_from_us(headers: Headers, scheme: str, *, bearer: bool) -> bool:
    """Return whether the headers show that a request comes from our own pages, or from a script with its key.

    Parameters
    ----------
    headers
        Of the request; its `Host` has been checked.
    scheme
        Of the request.
    bearer
        Whether it holds the key for scripts; a script says nothing of where it comes from.

    Examples
    --------
    >>> from starlette.datastructures import Headers
    >>> def asked(bearer=False, **headers):
    ...     given = {"host": "localhost:80", **{key.replace("_", "-"): headers[key] for key in headers}}
    ...     return comes_from_us(Headers(given), "http", bearer=bearer)
    >>> asked(sec_fetch_site="same-origin"), asked(sec_fetch_site="same-site")
    (True, False)
    >>> asked(origin="http://localhost"), asked(origin="https://localhost"), asked(origin="null")
    (True, False, False)
    >>> asked(), asked(bearer=True)
    (False, True)
    """
    sites, origins = headers.getlist("sec-fetch-site"), headers.getlist("origin")
    if sites:
        return len(sites) == 1 and sites[0] in OURS
    if origins:
        ours = parts(f"{scheme}://{headers['host']}")
        return len(origins) == 1 and ours is not None and parts(origins[0]) == ours
    return bearer


def parts(origin: str) -> tuple[str, str, int] | None:
    """Return scheme, host and port of an origin; None for what is none, such as `null`."""
    try:
        split = urlsplit(origin)
        port = split.port or {"http": 80, "https": 443}.get(split.scheme)
    except ValueError:
        return None
    if not split.hostname or port is None or split.path or split.query or split.fragment or split.username:
        return None
    return split.scheme, split.hostname, port
