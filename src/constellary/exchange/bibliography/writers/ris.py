"""RIS, for reference managers and other screening tools."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constellary.exchange.bibliography.writers.decided import noted
from constellary.exchange.writers.texts import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from constellary.exchange.bibliography.writers.decided import Decided
    from constellary.literature.record import Record

KINDS = {
    "article-journal": "JOUR",
    "chapter": "CHAP",
    "paper-conference": "CONF",
    "book": "BOOK",
    "report": "RPRT",
    "thesis": "THES",
    "article": "UNPB",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "dataset": "DATA",
    "webpage": "ELEC",
    "document": "GEN",
}
PMID = {"PubMed": "AN", "Scopus": "C2", "Embase": "C5"}
"""Database -> the tag under which its own exports give the number in PubMed."""

_PAGES = re.compile(r"([A-Za-z]*\d+)-([A-Za-z]*\d+)")


def write(records: Sequence[Record], decided: Decided | None = None) -> bytes:
    r"""Return the records as RIS in UTF-8, lines ending as the format demands; decisions are notes (N1).

    Examples
    --------
    >>> from constellary.literature.record import Name, Record
    >>> one = Record(title="Alliances", authors=(Name("Vallejo", "B."),), year=2020)
    >>> print(write([one]).decode().replace("\r", "").strip())
    TY  - JOUR
    TI  - Alliances
    AU  - Vallejo, B.
    PY  - 2020
    ER  -
    """
    lines: list[str] = []
    for record in records:
        for tag, text in _fields(noted(record, decided)):
            lines.append(f"{tag}  - {text}")
        lines += ["ER  - ", ""]
    return "\r\n".join(lines).encode("utf-8", "replace")


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    yield "TY", KINDS.get(record.type, "GEN")
    for tag, value in _single(record):
        if value is not None and (text := one_line(str(value))):
            yield tag, text
    for tag, values in _repeated(record):
        for value in values:
            if text := one_line(str(value)):
                yield tag, text
    if record.abstract:
        paragraphs = [text for line in record.abstract.split("\n") if (text := one_line(line))]
        yield "AB", "\r\n ".join(paragraphs)


def _single(record: Record) -> Iterator[tuple[str, object]]:
    yield "TI", record.title
    yield from (("AU", name) for name in record.authors)
    yield from (("ED", name) for name in record.editors)
    yield "PY", record.year
    yield "DA", record.date.replace("-", "/") + "/" * (2 - record.date.count("-")) if record.date else None
    yield "T2", record.venue
    yield "VL", record.volume
    yield "IS", record.issue
    pages = _PAGES.fullmatch(record.pages or "")
    yield "SP", pages[1] if pages else record.pages
    yield "EP", pages[2] if pages else None
    yield "PB", record.publisher
    yield "CY", record.place
    yield "ET", record.edition
    yield "DO", record.doi
    yield "SN", record.issn
    yield "SN", record.isbn
    yield "UR", record.url
    yield "LA", record.language
    yield "DB", record.database
    yield "AN", record.accession
    tag = PMID.get(record.database or "", "PM")
    yield tag, None if tag == "AN" and record.accession else record.pmid
    yield "TC", record.times_cited


def _repeated(record: Record) -> Iterator[tuple[str, Sequence[object]]]:
    yield "KW", record.keywords
    yield "N1", record.notes
    yield "CR", record.cited
