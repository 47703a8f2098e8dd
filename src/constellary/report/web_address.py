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


def short_address(url: str, most: int = 72) -> str:
    """Return an address as it is printed where there is little room: without scheme and `www.`, cut.

    Examples
    --------
    >>> short_address("https://www.example.org/news/2021/05/a-very-long-title-of-a-page", 32)
    'example.org/news/2021/05/a-very…'
    """
    text = url.strip().partition("://")[2] or url.strip()
    text = text.removeprefix("www.").rstrip("/")
    return text if len(text) <= most else f"{text[: most - 1]}…"
