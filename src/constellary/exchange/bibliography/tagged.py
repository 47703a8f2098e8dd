"""Text made of tagged lines, as Web of Science, RIS and MEDLINE write it, cut into records and fields.

It is done by splitting alone: the text at the tags that open a record, and a record at its tags, so that no line
and no sign is looked at one by one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from constellary.errors import InputError
from constellary.exchange.bibliography.export import Remark
from constellary.exchange.bibliography.limits import check_fields, check_lines, check_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.literature.record import Raw

_NUMBERING = re.compile(r"\n[ \t]*(?:<?\d{1,7}[.>:)]?|Record \d{1,7} of \d{1,7})[ \t]*\Z")


class Tags(NamedTuple):
    r"""How a format writes its tags, each pattern beginning with the line feed before the tag.

    Attributes
    ----------
    opens
        The tag that opens a record, up to its text.
    opening
        That tag as it is kept.
    closing, closes
        How the line begins that closes a record, and the whole of it, without the line feed behind it.
    field
        Any tag, in a group, up to its text; with it go blank lines before it.
    indent
        What a line begins with that continues a field, after a line feed; empty where nothing marks it.
    """

    opens: re.Pattern[str]
    opening: str
    closing: str
    closes: re.Pattern[str]
    field: re.Pattern[str]
    indent: str = ""


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
    fields: Raw
    closed: bool


class Cut(NamedTuple):
    """A file cut into records, and what stands before the first."""

    before: str
    chunks: list[Chunk]


def lines_of(text: str, file: str) -> str:
    r"""Return a text whose lines begin with a line feed, the first included; `\r\n` and a bare `\r` become one.

    Where files were joined, a byte order mark stands before the second; it is left out. Other signs that some
    programs take for the end of a line (U+2028, form feed) stand inside of fields and stay.

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
    if "\ufeff" in text:
        text = text.replace("\n\ufeff", "\n")
    check_lines(text, file)
    return "\n" + text


def cut(text: str, tags: Tags, file: str) -> Cut:
    r"""Cut a text whose lines begin with a line feed into records and their fields.

    Fields that stand behind the closing tag belong to the record that it closes, and so does text without a tag,
    which gets the empty tag; numbers that count records are left out.

    Raises
    ------
    InputError
        There are too many records, or fields in one (`limits`).

    Examples
    --------
    >>> tags = Tags(re.compile("\nPT "), "PT", "\nER", re.compile("\nER"), re.compile("\n([A-Z]{2}) ?"), "   ")
    >>> cut("\nFN X\nPT J\nTI On\n   two lines\nER\n\nEF", tags, "a.txt").chunks
    [Chunk(line=2, fields=(('PT', 'J'), ('TI', 'On\ntwo lines'), ('EF', '')), closed=True)]
    """
    before, *parts = tags.opens.split(text)
    check_records(len(parts), file)
    line = before.count("\n") + 1
    split, opening, closing = tags.field.split, tags.opening, tags.closing[1:]
    chunks = []
    for part in parts:
        pieces = split(part)
        if pieces[-2:-1] == [closing] and pieces[-1].isspace() and pieces[-3][-1:] != "\n":
            del pieces[-2:]  # as it mostly is: the closing tag stands last, and nothing behind it
            fields, closed = _paired(opening, pieces, tags.indent), True
        else:
            fields, closed = _closed_within(part, tags)
        check_fields(len(fields), file, line)
        chunks.append(Chunk(line, fields, closed))
        line += part.count("\n") + 1
    return Cut(before, chunks)


def _paired(opening: str, pieces: list[str], indent: str) -> Raw:
    """Return the fields of a text split at its tags: what stands before the first gets the tag `opening`."""
    texts = pieces[::2]
    if indent:
        indent = "\n" + indent
        texts = ["\n".join(text.split(indent)) if "\n" in text else text for text in texts]
    return tuple(zip([opening, *pieces[1::2]], texts, strict=True))


def _closed_within(part: str, tags: Tags) -> tuple[Raw, bool]:
    """Return the fields of a record, with those behind its closing tag, and whether it has that."""
    end = tags.closes.match(part, max(part.rfind(tags.closing), 0)) or tags.closes.search(part)
    text = (part[: end.start()] if end else part).rstrip("\n")
    fields = _paired(tags.opening, tags.field.split(text), tags.indent)
    if end and end.end() < len(part) and (tail := part[end.end() :]) and not tail.isspace():
        fields += _behind(tail, tags)
    return fields, end is not None


def _behind(tail: str, tags: Tags) -> Raw:
    """Return the fields that stand behind the closing tag; numbers that count records are none."""
    tail = tail.rstrip()
    stray, *rest = _paired("", tags.field.split(_NUMBERING.sub("", tail)), tags.indent)
    text = stray[1].strip()
    return (("", text), *rest) if text else tuple(rest)


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
    """Return the texts of each tag, in their order; a tag begins with the first text that is not empty.

    Examples
    --------
    >>> gathered([("AU", "Carrillo"), ("AU", "Vallejo"), ("PY", "2020")])
    {'AU': ['Carrillo', 'Vallejo'], 'PY': ['2020']}
    """
    found: dict[str, list[str]] = {}
    for tag, text in fields:
        if tag in found:
            found[tag].append(text)
        elif text:
            found[tag] = [text]
    return found
