"""How much a request may bring: bytes, and parts of a form with files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import HTTPException
from python_multipart.multipart import parse_options_header

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import Message, Receive

MEBIBYTE = 1024 * 1024
UPLOAD = 64 * MEBIBYTE
"""What a request with files may bring."""
ELSEWHERE = MEBIBYTE
"""What any other request may bring."""
PARTS = 20
"""How many files and fields a form with files may hold."""
UPLOADS = ("/import", "/api/v1/import")
"""Paths that files are sent to, and all below them."""


def allowed(path: str) -> int:
    """Return how many bytes a request to a path may bring.

    Examples
    --------
    >>> allowed("/import/files") // MEBIBYTE, allowed("/imports") // MEBIBYTE, allowed("/undo") // MEBIBYTE
    (64, 1, 1)
    """
    upload = any(path == start or path.startswith(f"{start}/") for start in UPLOADS)
    return UPLOAD if upload else ELSEWHERE


def too_long(headers: Headers, path: str) -> bool:
    """Return whether a request says itself that it brings more than it may, or says nonsense."""
    length = headers.get("content-length")
    return length is not None and (
        not length.isascii() or not length.isdigit() or int(length) > allowed(path)
    )


def limited(receive: Receive, headers: Headers, path: str) -> Receive:
    """Return a `receive` that ends the request with 413 when more comes than may.

    What a request says of its length is not believed: what arrives is counted.
    """
    room, count = allowed(path), Parts(boundary_of(headers))
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        if message["type"] == "http.request":
            body = message.get("body", b"")
            seen += len(body)
            if seen > room:
                raise HTTPException(
                    413, f"This is more than {room // MEBIBYTE} MiB, too much for one request."
                )
            if count.add(body) > PARTS + 1:  # one more stands at the end
                raise HTTPException(413, f"This form has more than {PARTS} files and fields.")
        return message

    return counted


def boundary_of(headers: Headers) -> bytes:
    """Return what stands between the parts of a form with files; empty where there are none."""
    kind, options = parse_options_header(headers.get("content-type"))
    return (
        b"--" + options[b"boundary"] if kind == b"multipart/form-data" and options.get(b"boundary") else b""
    )


class Parts:
    """Counts what stands between the parts of a form, in a body that comes in pieces.

    Examples
    --------
    >>> parts = Parts(b"--x")
    >>> [parts.add(piece) for piece in (b"--x one -", b"-x two", b" --x--")]
    [1, 2, 3]
    """

    def __init__(self, boundary: bytes) -> None:
        self._boundary = boundary
        self._tail = b""
        self._found = 0

    def add(self, piece: bytes) -> int:
        """Return how many boundaries have come with this piece."""
        if not self._boundary:
            return 0
        text = self._tail + piece
        self._found += text.count(self._boundary)
        self._tail = text[1 - len(self._boundary) :]
        return self._found
