"""Text made of tagged lines, as Web of Science, RIS and MEDLINE write it, cut into records and fields.

It is done by few passes over the whole text: lines that continue a field are folded into it, with a carriage
return where the line feed was, so that afterwards every line is a field and splitting does the rest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from constellary.errors import InputError
from constellary.exchange.bibliography.export import Remark
from constellary.exchange.bibliography.limits import check_fields, check_lines, check_records

if TYPE_CHECKING:
    from collections.abc import Sequence

_NUMBERING = re.compile(r"\r(?:\s|<?\d{1,7}[.>:)]?(?=\s|$)|Record \d+ of \d+)*\Z")


class Chunk(NamedTuple):
    """What a file says of one record.

    Attributes
    ----------
    line
        At which it begins.
    fields
        Tag and text in the file's order, the tag that opens the record first, the one that closes it left out.
        The lines of a field are divided by a line feed.
    closed
        Whether the closing tag was there.
    """

    line: int
    fields: tuple[tuple[str, str], ...]
    closed: bool


class Cut(NamedTuple):
    """A file cut into records, and what stands before the first."""

    before: str
    chunks: list[Chunk]


def lines_of(text: str, file: str) -> str:
    r"""Return a text whose lines begin with a line feed, the first included; `\r\n` and a bare `\r` become one.

    Other signs that some programs take for the end of a line (U+2028, form feed) stand inside of fields and stay.

    Raises
    ------
    InputError
        A line is too long (`limits.LINE`).

    Examples
    --------
    >>> lines_of("TY  - JOUR\rAU  - A\r\nER  -", "a.ris")
    '\nTY  - JOUR\nAU  - A\nER  -'
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    check_lines(text, file)
    return "\n" + text


def cut(text: str, *, opening: str, closing: str, width: int, file: str) -> Cut:
    r"""Cut a folded text at the tags that open and close a record.

    Fields that stand behind the closing tag belong to the record that it closes, and so does text without a tag,
    which gets the empty tag; numbers that count records are left out.

    Parameters
    ----------
    text
        Every line of it is a field; what continues one is folded in by a carriage return.
    opening, closing
        The tags.
    width
        Of a tag with the signs that divide it from its text.
    file
        For messages.

    Raises
    ------
    InputError
        There are too many records, or fields in one (`limits`).

    Examples
    --------
    >>> cut("\nFN X\nPT J\nTI On\rtwo lines\nER\r\nEF", opening="PT", closing="ER", width=3, file="a.txt").chunks
    [Chunk(line=2, fields=(('PT', 'J'), ('TI', 'On\ntwo lines'), ('EF', '')), closed=True)]
    """
    before, *parts = text.split(f"\n{opening}")
    check_records(len(parts), file)
    end = f"\n{closing}"
    line = 1 + before.count("\n") + before.count("\r")
    chunks = []
    for part in parts:
        body, closed, tail = part.partition(end)
        body = opening + body
        breaks = body.count("\n")
        check_fields(breaks, file, line)
        folded = "\r" in body
        if folded:
            fields = [(row[:2], row[width:].replace("\r", "\n").rstrip("\n")) for row in body.split("\n")]
        else:
            fields = [(row[:2], row[width:]) for row in body.split("\n")]
        if tail and not tail.isspace():
            fields += _behind(tail, width)
        chunks.append(Chunk(line, tuple(fields), bool(closed)))
        line += breaks + 1 + tail.count("\n") + tail.count("\r") + bool(closed)
        if folded:
            line += body.count("\r")
    return Cut(before, chunks)


def _behind(tail: str, width: int) -> list[tuple[str, str]]:
    """Return the fields that stand behind the closing tag, of which `tail` is the rest of the line."""
    stray, *rows = _NUMBERING.sub("", tail).split("\n")
    stray = stray.partition("\r")[2].strip()
    fields = [("", stray.replace("\r", "\n"))] if stray else []
    return fields + [(row[:2], row[width:].replace("\r", "\n").rstrip("\n")) for row in rows]


def check_end(chunks: Sequence[Chunk], file: str, closing: str, again: str) -> list[Remark]:
    """Refuse a file that ends in the middle of a record; return remarks on records that nothing closes.

    Raises
    ------
    InputError
        There is no record, or the last one is not closed though others are.
    """
    if not chunks:
        raise InputError(f"{file} has no record. {again}")
    if all(chunk.closed for chunk in chunks):
        return []
    if not any(chunk.closed for chunk in chunks):
        return [
            Remark(0, f"no record is closed by {closing}, so that nothing tells whether the last is whole")
        ]
    if not chunks[-1].closed:
        raise InputError(
            f"{file} ends in the middle of the record that begins in line {chunks[-1].line:,}: it is cut off, and "
            f"nothing was read. {again}"
        )
    return [
        Remark(chunk.line, f"this record is not closed by {closing}; it was read up to the next")
        for chunk in chunks
        if not chunk.closed
    ]


def gathered(fields: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the texts of each tag, in their order.

    Examples
    --------
    >>> gathered([("AU", "Carrillo"), ("AU", "Vallejo"), ("PY", "2020")])
    {'AU': ['Carrillo', 'Vallejo'], 'PY': ['2020']}
    """
    found: dict[str, list[str]] = {}
    for tag, text in fields:
        if tag in found:
            found[tag].append(text)
        else:
            found[tag] = [text]
    return found
