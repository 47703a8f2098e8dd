"""What a file is, judged by its content: the suffix may lie."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from charset_normalizer import from_bytes

from constellary.errors import InputError

Form = Literal["zip", "text"]

_REFUSED = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": (
        "an old Excel workbook (.xls) or one with a password. Save it as .xlsx without a password."
    ),
    b"%PDF": "a PDF. Tables in a PDF have to be copied into a spreadsheet first.",
    b"SQLite format 3\x00": (
        "a database. If it is a study, open it as one; otherwise export its tables as CSV."
    ),
    b"\x1f\x8b": "packed by gzip. Unpack it first.",
    b"PAR1": "a Parquet file. Save it as CSV.",
    b"\x28\xb5\x2f\xfd": "packed by zstd. Unpack it first.",
    b"BZh": "packed by bzip2. Unpack it first.",
    b"Rar!": "a RAR archive. Unpack it first.",
    b"7z\xbc\xaf": "a 7-Zip archive. Unpack it first.",
    b"\x89PNG": "a picture.",
    b"\xff\xd8\xff": "a picture.",
    b"{\\rtf": "a Rich Text document. Save its table as CSV or XLSX.",
    b"$FL2": "an SPSS file. Save it as CSV.",
    b"<stata_dta>": "a Stata file. Save it as CSV.",
}
_MARKS = (
    (codecs.BOM_UTF8, "UTF-8 with byte order mark", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "UTF-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "UTF-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "UTF-16", "utf-16"),
)
_WESTERN = frozenset("ªº°§«»“”‘’–—…€£©®™·¿¡´") | frozenset(chr(c) for c in range(0xC0, 0x180))
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_OTHER_CODES = ["cp1250", "cp1251", "cp1253", "cp1254", "cp1257", "shift_jis", "gb18030", "euc_kr", "big5"]


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded text, how it was decoded, and whether that was a guess."""

    text: str
    encoding: str
    guessed: bool = False


def form_of(data: bytes) -> Form:
    """Return whether the bytes are a ZIP archive or a text.

    Raises
    ------
    InputError
        If they are something that is known and not read, or nothing at all.
    """
    if not data.strip():
        raise InputError("The file is empty.")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    for mark, what in _REFUSED.items():
        if data.startswith(mark):
            raise InputError(f"The file is {what}")
    start = data[:1000].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise InputError("The file is a web page. Save its table as CSV or XLSX.")
    if start.startswith(b"<?xml"):
        raise InputError("The file is XML. Save its table as CSV or XLSX.")
    return "text"


def decode(data: bytes) -> Text:
    """Return the text of the bytes: UTF-8, UTF-16, UTF-32, else Windows-1252 or the likeliest other.

    Raises
    ------
    InputError
        If the bytes are a damaged UTF-8 or UTF-16, mix encodings, or are no text at all.

    Examples
    --------
    >>> decode("Citroën".encode("utf-16")).encoding, decode("Citroën, Škoda".encode()).encoding
    ('UTF-16', 'UTF-8')
    >>> decode("Citroën, Telefónica".encode("cp1252"))
    Text(text='Citroën, Telefónica', encoding='Windows-1252', guessed=True)
    """
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            try:
                return Text(data.decode(codec), name)
            except UnicodeDecodeError as error:
                raise InputError(
                    f"The file begins as {name} but is damaged at byte {error.start:,}."
                ) from error
    if codec := _silent_utf16(data):
        try:
            return Text(data.decode(codec), "UTF-16", guessed=True)
        except UnicodeDecodeError as error:
            raise InputError(f"The file looks like UTF-16 but is damaged at byte {error.start:,}.") from error
    try:
        return Text(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError as error:
        _refuse_mixture(data, error)
    return _legacy(data)


def _silent_utf16(data: bytes) -> str:
    """Return the byte order of a UTF-16 text without mark: every second byte of western text is zero."""
    sample = data[:4000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return ""


def _refuse_mixture(data: bytes, error: UnicodeDecodeError) -> None:
    """Refuse a file that is UTF-8 in most places: any one encoding would garble part of it."""
    text = data.decode("utf-8", "replace")
    broken = text.count("�")
    sound = len(text) - len(text.encode("ascii", "ignore")) - broken
    if sound > broken:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"The file mixes encodings: it is UTF-8, but line {line:,} holds the byte 0x{data[error.start]:02x}. "
            "Open it in a spreadsheet, mend the garbled letters and save it as UTF-8."
        )


def _legacy(data: bytes) -> Text:
    """Return the text of a file from before UTF-8.

    Every byte string is a text in Windows-1252, so it has to look like one: western letters that stand
    alone among plain ones. Cyrillic or Chinese read that way has runs of them.
    """
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    runs = _FOREIGN.findall(text)[:20_000]
    foreign = "".join(runs)
    western = sum(sign in _WESTERN for sign in foreign)
    if text and western >= 0.9 * len(foreign) and len(runs) >= 0.8 * len(foreign):
        return Text(text, "Windows-1252", guessed=True)
    best = from_bytes(data[:200_000], cp_isolation=_OTHER_CODES).best()
    if best is not None:
        try:
            return Text(data.decode(best.encoding), best.encoding, guessed=True)
        except UnicodeDecodeError:
            pass
    raise InputError("The file is no text in an encoding that can be told. Save it as UTF-8.")
