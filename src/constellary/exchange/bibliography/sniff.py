"""What the bytes of a file are: text, and in which encoding, or a thing that is no export at all.

Content decides and never the suffix: databases write RIS into `.txt`, and people rename what they cannot open.
"""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from constellary.errors import InputError
from constellary.exchange.bibliography.export import Remark
from constellary.exchange.bibliography.limits import HEAD, check_size

SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of old Microsoft Office"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "compressed by gzip"),
    (b"BZh", "compressed by bzip2"),
    (b"\xfd7zXZ\x00", "compressed by xz"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x7fELF", "a program"),
)
ZIPPED = (
    (b"xl/", "an Excel workbook"),
    (b"word/", "a Word document"),
    (b"mimetypeapplication/", "an OpenDocument file"),
)
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
AGAIN = "Export the search again as plain text, RIS, BibTeX or CSV."

_BLANK = b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")
_WEB_PAGE = re.compile(r"\s*(?:<!doctype\s+html|<html\b)", re.IGNORECASE)


def decoded(data: bytes, file: str) -> tuple[str, list[Remark]]:
    """Return the text of a file without its byte order mark, and what was noticed of its encoding.

    UTF-8, UTF-16 (by its mark, or by the zeros that stand at every other place) and, where neither fits,
    Windows-1252, with a remark.

    Raises
    ------
    InputError
        The file is empty, too large, a PDF, archive, image or another thing that is no text, or has bytes that
        are text in none of these encodings; the message names the first of them.
    """
    check_size(len(data), file)
    if not data[:HEAD].strip(_BLANK) and not data.strip(_BLANK):
        raise InputError(f"{file} is empty. {AGAIN}")
    if what := signature(data):
        raise InputError(f"{file} is {what}, whatever its name says. {AGAIN}")
    mark, encoding = next(((mark, name) for mark, name in BOMS if data.startswith(mark)), (b"", ""))
    body = data[len(mark) :]
    text, remarks = _text(body, encoding, file)
    text = text.removesuffix("\x1a")  # the end of a file, to old programs
    if (nul := text.find("\0")) >= 0:
        raise InputError(
            f"{file}, line {text.count(chr(10), 0, nul) + 1:,} holds a zero byte, which stands in no text; the file "
            f"is damaged or no export. {AGAIN}"
        )
    if _WEB_PAGE.match(text[:HEAD]):
        raise InputError(f"{file} is a web page, whatever its name says. {AGAIN}")
    return text, remarks


def head(data: bytes) -> str:
    """Return the first characters of a file as far as they are text; empty where it is none. Never raises."""
    start = data[:HEAD]
    if signature(start):
        return ""
    mark, encoding = next(((mark, name) for mark, name in BOMS if start.startswith(mark)), (b"", ""))
    start = start[len(mark) :]
    encoding = encoding if encoding.startswith("utf-16") and b"\0" in start else _by_zeros(start) or "utf-8"
    text = start.decode(encoding, errors="replace")
    return "" if "\0" in text or _WEB_PAGE.match(text) else text


def signature(data: bytes) -> str | None:
    """Return what a file is by the bytes it begins with, where it is no text.

    Examples
    --------
    >>> signature(b"%PDF-1.7"), signature(b"TY  - JOUR")
    ('a PDF', None)
    """
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for mark, what in SIGNATURES:
        if start.startswith(mark):
            inside = data[:HEAD] + data[-HEAD:]
            return (
                next((name for part, name in ZIPPED if part in inside), what) if mark[:2] == b"PK" else what
            )
    return None


def _text(body: bytes, encoding: str, file: str) -> tuple[str, list[Remark]]:
    """Return the text of bytes that have lost their mark, and the remarks."""
    remarks = []
    if encoding.startswith("utf-16") and b"\0" not in body[:HEAD] and len(body) > 8:
        remarks.append(
            Remark(1, "begins with the mark of UTF-16 but is not written in it; the mark is left out")
        )
        encoding = ""
    if not encoding.startswith("utf-16"):
        encoding = _by_zeros(body) or "utf-8"
    try:
        return body.decode(encoding), remarks
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise InputError(
                f"{file} is written in UTF-16 and ends in the middle of a character, or is damaged at byte "
                f"{error.start:,}. {AGAIN}"
            ) from None
        return _by_windows(body, error, file), [*remarks, _windows_remark(body, error)]


def _by_zeros(body: bytes) -> str:
    """Return which UTF-16 a text without mark is written in, by where its zeros stand; empty where in none."""
    start = body[: HEAD & ~1]
    half = len(start) // 2
    if half and start[1::2].count(0) > 0.4 * half:
        return "utf-16-le"
    if half and start[0::2].count(0) > 0.4 * half:
        return "utf-16-be"
    return ""


def _by_windows(body: bytes, error: UnicodeDecodeError, file: str) -> str:
    """Return text that is not UTF-8 as Windows-1252, or refuse it with its place."""
    line = body.count(b"\n", 0, error.start) + 1
    marred = body.decode("utf-8", errors="replace")
    wrong = marred.count("\ufffd")
    right = len(_BEYOND_ASCII.findall(marred))
    if right and error.reason == "unexpected end of data":
        raise InputError(
            f"{file}, line {line:,} ends in the middle of a character: the file is cut off. {AGAIN}"
        )
    if right <= wrong:
        with suppress(UnicodeDecodeError):
            return body.decode("cp1252")
    raise InputError(
        f"{file}, line {line:,} holds the byte 0x{body[error.start]:02x}, which is no text in UTF-8"
        f"{', in which the rest is written' if right > wrong else ' nor in Windows-1252'}. "
        "Open the file in an editor, mend the place and save it as UTF-8, or export the search again."
    )


def _windows_remark(body: bytes, error: UnicodeDecodeError) -> Remark:
    line = body.count(b"\n", 0, error.start) + 1
    return Remark(line, "is not written in UTF-8; read as Windows-1252, so look at letters with accents")
