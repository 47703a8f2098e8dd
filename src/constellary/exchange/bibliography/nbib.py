"""PubMed and MEDLINE (`.nbib`): tags of up to four letters, continuation lines indented by six spaces.

The tags are those of 'MEDLINE/PubMed Data Element (Field) Descriptions'
(https://www.nlm.nih.gov/bsd/mms/medlineelements.html).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from constellary.errors import InputError
from constellary.exchange.bibliography import dates, values
from constellary.exchange.bibliography.export import Entry, Export, Remark
from constellary.exchange.bibliography.limits import check_fields, check_records
from constellary.exchange.bibliography.names import names
from constellary.exchange.bibliography.tagged import Chunk, gathered, lines_of
from constellary.literature.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from constellary.literature.record import Raw

NAME = "PubMed (MEDLINE, nbib)"
DATABASE = "PubMed"
AGAIN = "Export it again from PubMed in the format 'PubMed'."

_LOOKS = re.compile(r"^PMID- {0,2}\d{1,9}\s*$", re.MULTILINE)
_BETWEEN = re.compile(r"\n[ \t]*\n(?=[A-Z][A-Z0-9 ]{3}- )")
_PMID = re.compile(r"(?:\A|\n)PMID- ")
_FIELD = re.compile(r"\n\n{0,3}([A-Z][A-Z0-9]{1,3}) {0,2}-(?: |(?=\n)|\Z)")
_INDENT = re.compile(r"\n {4,6}")
_DOI = "[doi]"
_GENERAL = frozenset({"journal article", "review", "comment", "english abstract"})
NOTHING = (None,)


def looks_like(head: str) -> bool:
    """Tell whether a file is in this format: a line gives a PubMed identifier."""
    return "PMID-" in head and bool(_LOOKS.search(head))


def read(text: str, file: str) -> Export:
    """Return what an export of PubMed holds.

    Raises
    ------
    InputError
        It has no record, ends in the middle of one, or is beyond the limits.
    """
    chunks, remarks = _cut(lines_of(text, file), file)
    if not chunks:
        raise InputError(f"{file} has no record. {AGAIN}")
    _check_end(chunks, file)
    entries = tuple([Entry(_record(chunk, file), chunk.fields) for chunk in chunks])
    return Export(file, NAME, DATABASE, entries, tuple(remarks))


def _cut(text: str, file: str) -> tuple[list[Chunk], list[Remark]]:
    """Return the fields of each record; records are divided by blank lines, or begin with the next PMID.

    What a blank line divides from its record, and has neither PMID nor title, is joined to it again.
    """
    check_records(text.count("\nPMID-"), file)
    chunks: list[Chunk] = []
    remarks: list[Remark] = []
    line = 1
    for block in _blocks(text):
        fields = _fields(block)
        check_fields(len(fields), file, line)
        tags = {tag for tag, _ in fields}
        if "PMID" in tags or "TI" in tags:
            chunks.append(Chunk(line, fields, "SO" in tags))
        elif chunks:
            last = chunks[-1]
            chunks[-1] = Chunk(last.line, last.fields + fields, last.closed or "SO" in tags)
        elif fields:
            remarks.append(
                Remark(line, f"what stands before the first record is left out: '{block.strip()[:60]}'")
            )
        line += block.count("\n")
    return chunks, remarks


def _blocks(text: str) -> Iterator[str]:
    """Yield the text of each record with the line feeds behind it; together they are the text."""
    starts = [1, *(found.end() for found in _BETWEEN.finditer(text)), len(text)]
    for start, end in pairwise(starts):
        block = text[start:end]
        if block.count("PMID- ") < 2:
            yield block
            continue
        begins = [found.start() + (found.start() > 0) for found in _PMID.finditer(block)] or [0]
        begins[0] = 0  # what stands before the first PMID, as PMC does, belongs to it
        yield from (block[a:b] for a, b in pairwise([*begins, len(block)]))


def _fields(block: str) -> Raw:
    """Return tag and text of each field, and text without a tag under the empty tag."""
    first, *rest = _FIELD.split("\n" + block.rstrip("\n"))
    texts = [_INDENT.sub("\n", part) if "\n" in part else part for part in rest[1::2]]
    stray = first.strip()
    return (*((("", stray),) if stray else ()), *zip(rest[::2], texts, strict=True))


def _check_end(chunks: Sequence[Chunk], file: str) -> None:
    """Refuse a file whose last record alone lacks the source line, with which every record of PubMed ends."""
    if len(chunks) > 1 and not chunks[-1].closed and all(chunk.closed for chunk in chunks[:-1]):
        raise InputError(
            f"{file} ends in the middle of the record that begins in line {chunks[-1].line:,}: it has no SO, which "
            f"ends all others; nothing was read. {AGAIN}"
        )


def _record(chunk: Chunk, file: str) -> Record:
    """Return a record of its fields."""
    told = gathered(chunk.fields)
    get = told.get
    pmid = values.clean(get("PMID", NOTHING)[0])
    when = get("DP", NOTHING)[0] or get("DEP", NOTHING)[0]
    serial = [text for text in get("IS", ()) if "Linking" not in text] or get("IS", [])
    words = [part.replace("\n", " ") for tag in ("OT", "MH") for part in get(tag, ())]
    return Record(
        title=values.title((get("TI") or get("BTI") or get("TT") or NOTHING)[0]),
        authors=names(get("FAU") or get("AU") or ()) + names(get("CN", ())),
        year=dates.year(when) or dates.year(get("DEP", NOTHING)[0]),
        venue=values.title((get("JT") or get("TA") or get("BTI") or NOTHING)[0]),
        volume=values.clean(get("VI", NOTHING)[0]),
        issue=values.clean(get("IP", NOTHING)[0]),
        pages=_pages(told),
        doi=_doi(told),
        abstract=_abstract((get("AB") or get("OAB") or NOTHING)[0]),
        keywords=values.unique(words) if words else (),
        type=_kind(get("PT", ())),
        date=dates.date(when),
        editors=names(get("FED") or get("ED") or ()),
        publisher=values.clean(get("PB", NOTHING)[0]),
        place=values.clean(get("PL", NOTHING)[0]),
        edition=values.clean(get("EN", NOTHING)[0]),
        pmid=pmid,
        issn=values.issn(*serial),
        isbn=values.isbn(*get("ISBN", ())),
        language=values.language(get("LA", NOTHING)[0]),
        accession=pmid or values.clean(get("PMC", NOTHING)[0]),
        database=DATABASE,
        notes=tuple([note for text in get("GN", ()) if (note := values.plain(text))]),
        file=file,
        line=chunk.line,
        format=NAME,
    )


def _pages(told: Mapping[str, list[str]]) -> str | None:
    """Return the pages, or the number of the article where a publisher's identifier is one."""
    if "PG" in told:
        return values.pages(told["PG"][0])
    for text in told.get("LID", ()):
        if "[" not in text:
            return values.pages(text)
    return None


def _doi(told: Mapping[str, list[str]]) -> str | None:
    for tag in ("LID", "AID"):
        for text in told.get(tag, ()):
            if _DOI in text:
                return values.doi(text)
    return None


def _abstract(text: str | None) -> str | None:
    """Return an abstract; its lines are wrapped, and only blank ones divide paragraphs."""
    if text is None:
        return None
    return values.plain("\n".join(part.replace("\n", " ") for part in text.split("\n\n")))


def _kind(words: Sequence[str]) -> str:
    """Return the kind of publication: the first type that is not general, or an article."""
    special = [word for word in words if word.lower() not in _GENERAL]
    return values.csl_type(*special, default="article-journal")
