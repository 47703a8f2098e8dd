"""ProQuest's export as text: `Name: text`, a blank line between fields, a line of underscores between records.

ProQuest describes the fields in the help of its platform ('Working with your results: Export/Save, Text only');
no specification of the layout is public, so that names are recognised by a list and all others stay in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constellary.errors import InputError
from constellary.exchange.bibliography import dates, values
from constellary.exchange.bibliography.export import Entry, Export, Remark
from constellary.exchange.bibliography.limits import check_fields, check_records
from constellary.exchange.bibliography.names import names
from constellary.exchange.bibliography.tagged import Chunk, gathered, lines_of
from constellary.literature.record import Record

if TYPE_CHECKING:
    from constellary.literature.record import Raw

NAME = "ProQuest text"
AGAIN = "Export it again from ProQuest as 'Text only', or as RIS."

_FIELDS = (
    "Abstract|Accession number|Advisor|Alternate title|Author affiliation|Author|Broad subject|CODEN|Classification"
    "|Committee member|Company / organization|Conference|Conference title|Copyright|Correspondence author"
    "|Country of publication|DOI|Database|Degree|Department|Digital object identifier|Dissertation/thesis number"
    "|Document URL|Document feature|Document type|Document title|e-ISSN|Edition|Editor|Entry date|First page"
    "|Full text|Identifier / keyword|Identifiers / keywords|ISBN|ISSN|Issue|Keywords?|Language of publication"
    "|Language|Last updated|Links|Location|Narrow subject|Notes?|Number of pages|Number of references"
    "|Online publication date|Pages|People|Place of publication|ProQuest document ID|Product name|Publication date"
    "|Publication history|Publication info|Publication subject|Publication title|Publication year|Publisher"
    "|References|School|School location|Section|Source|Source attribution|Source type|Start page|Subject|Subtitle"
    "|Supplement|Title|University/institution|University location|URL|Volume|Year"
)
_FIELD = re.compile(rf"\n({_FIELDS}):(?:[ \t]+|(?=\n)|\Z)", re.IGNORECASE)
_RULE = re.compile(r"\n_{20,}[ \t]*(?=\n|\Z)")
_LOOKS = re.compile(
    r"^ProQuest document ID: *\S|^Report Information from ProQuest", re.MULTILINE | re.IGNORECASE
)
_COUNTED = re.compile(r"\s*Document \d+ of \d+\s*", re.IGNORECASE)
_FRAME = re.compile(
    r"\s*(?:Report Information from ProQuest|Table of contents|Search Strategy|Contact us at|Bibliography"
    r"|Database copyright|Set No\.|[\w .,:/-]*ProQuest(?: LLC)?\.? All rights reserved)",
    re.IGNORECASE,
)
_IDENTITY = frozenset({"title", "author", "publication title", "proquest document id"})
NOTHING = (None,)


def looks_like(head: str) -> bool:
    """Tell whether a file is in this format: it says that it is a report of ProQuest, or gives its identifiers."""
    return "proquest" in head.casefold() and bool(_LOOKS.search(head))


def read(text: str, file: str) -> Export:
    """Return what a text export of ProQuest holds.

    Raises
    ------
    InputError
        It has no record, ends in the middle of one, or is beyond the limits.
    """
    text = lines_of(text, file)
    parts = _RULE.split(text)
    check_records(len(parts), file)
    chunks: list[Chunk] = []
    remarks: list[Remark] = []
    line = 0
    for part in parts:
        fields = _fields(part)
        tags = {tag.lower() for tag, _ in fields}
        start = line + len(part) - len(part.lstrip("\n"))
        check_fields(len(fields), file, start)
        if tags & _IDENTITY:
            chunks.append(Chunk(start, fields, "proquest document id" in tags))
        elif part.strip() and not _FRAME.match(part):
            remarks.append(
                Remark(start, "this part names neither title nor author and could not be read", lost=True)
            )
        line += part.count("\n") + 1
    if not chunks:
        raise InputError(f"{file} has no record. {AGAIN}")
    if len(chunks) > 1 and not chunks[-1].closed and all(chunk.closed for chunk in chunks[:-1]):
        raise InputError(
            f"{file} ends in the middle of the record that begins in line {chunks[-1].line:,}: it has no ProQuest "
            f"document ID, which all others have; nothing was read. {AGAIN}"
        )
    entries = tuple([Entry(_record(chunk, file), chunk.fields) for chunk in chunks])
    found = {entry.record.database for entry in entries}
    return Export(file, NAME, found.pop() if len(found) == 1 else None, entries, tuple(remarks))


def _fields(part: str) -> Raw:
    """Return name and text of each field; the lines before the first have the empty name."""
    first, *rest = _FIELD.split(part)
    stray = _COUNTED.sub("", first).strip()
    texts = [text.strip() for text in rest[1::2]]
    return (*((("", stray),) if stray else ()), *zip(rest[::2], texts, strict=True))


def _record(chunk: Chunk, file: str) -> Record:
    """Return a record of its fields."""
    told = gathered([(tag.lower(), text) for tag, text in chunk.fields])
    get = told.get
    when = (get("publication date") or get("publication year") or get("year") or NOTHING)[0]
    year = dates.year(get("publication year", get("year", NOTHING))[0]) or dates.year(when)
    serial = (*get("issn", ()), *get("e-issn", ()))
    words = [
        word
        for tag in ("identifier / keyword", "identifiers / keywords", "keyword", "keywords", "subject")
        for text in get(tag, ())
        for word in text.replace("\n", ";").split(";")
    ]
    return Record(
        title=values.title((get("title") or get("document title") or get("") or NOTHING)[0]),
        authors=names([name for text in get("author", ()) for name in text.replace("\n", ";").split(";")]),
        year=year,
        venue=values.title((get("publication title") or get("university/institution") or NOTHING)[0]),
        volume=values.clean(get("volume", NOTHING)[0]),
        issue=values.clean(get("issue", NOTHING)[0]),
        pages=values.pages((get("pages") or get("first page") or get("start page") or NOTHING)[0]),
        doi=values.doi((get("doi") or get("digital object identifier") or NOTHING)[0]),
        abstract=values.plain(get("abstract", NOTHING)[0]),
        keywords=values.unique(words),
        type=values.csl_type(*get("document type", ()), *get("source type", ()), default="article-journal"),
        date=dates.date(when, year),
        editors=names([name for text in get("editor", ()) for name in text.split(";")]),
        publisher=values.clean(get("publisher", NOTHING)[0]),
        place=values.clean(get("place of publication", NOTHING)[0]),
        edition=values.clean(get("edition", NOTHING)[0]),
        issn=values.issn(*serial),
        isbn=values.isbn(*get("isbn", ())),
        url=values.clean((get("document url") or get("url") or NOTHING)[0]),
        language=values.language((get("language of publication") or get("language") or NOTHING)[0]),
        accession=values.clean((get("proquest document id") or get("accession number") or NOTHING)[0]),
        database=values.clean(get("database", NOTHING)[0]) or "ProQuest",
        notes=tuple(
            [note for tag in ("note", "notes") for text in get(tag, ()) if (note := values.plain(text))]
        ),
        file=file,
        line=chunk.line,
        format=NAME,
    )
