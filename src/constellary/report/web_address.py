"""Which addresses from outside may become links."""

from __future__ import annotations

from urllib.parse import urlsplit


def web_address(url: str) -> str:
    """Return an address if it is a plain http or https one with a host, else an empty text.

    Examples
    --------
    >>> web_address("https://example.org/a?b=1")
    'https://example.org/a?b=1'
    >>> web_address("javascript:alert(1)"), web_address("//example.org"), web_address("https://a b")
    ('', '', '')
    """
    url = url.strip()
    if any(char.isspace() or ord(char) < 0x20 or char in "<>\"'\\`" for char in url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme.lower() in {"http", "https"} and parts.netloc else ""
