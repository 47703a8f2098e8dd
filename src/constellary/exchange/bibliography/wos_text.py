"""Web of Science plain text, of all vintages: tags of two letters, continuation lines indented by three spaces.

The tags are described in 'Web of Science Core Collection Field Tags'
(https://webofscience.help.clarivate.com/en-us/Content/wos-core-collection/woscc-field-tags.htm); Zoological
Record and other databases of the platform use AN for UT and PS for BP and EP.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from constellary.exchange.bibliography import dates, values
from constellary.exchange.bibliography.export import Entry, Export, Remark
from constellary.exchange.bibliography.names import names
from constellary.exchange.bibliography.tagged import Tags, check_end, cut, lines_of
from constellary.literature.record import Record

if TYPE_CHECKING:
    from constellary.exchange.bibliography.tagged import Chunk
    from constellary.literature.record import Name

NAME = "Web of Science plain text"
DATABASE = "Web of Science"
AGAIN = "Export it again from Web of Science as 'Plain text file'."

_OPENS = re.compile(r"^PT [A-Z]\s*$", re.MULTILINE)
_TAGGED = re.compile(r"^(?:AU|TI|AF|SO|UT|AN|FN|VR) ", re.MULTILINE)
_TAGS = Tags(
    opens=re.compile(r"\nPT "),
    opening="PT",
    closing="\nER",
    closes=re.compile(r"\nER[ \t]*(?=\n|\Z)"),
    field=re.compile(r"\n\n{0,3}+([A-Z][A-Z0-9])(?: |(?=\n)|\Z)"),
    indent="   ",
)
_FRAME = frozenset({"EF", "FN", "VR"})
_WRAPPED = 82
"""Web of Science wraps some fields at 80 characters; a longer line ends a paragraph."""
_DATABASES = {
    "ZOOREC": "Zoological Record",
    "MEDLINE": "MEDLINE",
    "BCI": "BIOSIS Citation Index",
    "BIOSIS": "BIOSIS Previews",
    "CABI": "CAB Abstracts",
    "CCC": "Current Contents Connect",
    "DIIDW": "Derwent Innovations Index",
    "FSTA": "FSTA",
    "INSPEC": "Inspec",
    "KJD": "KCI-Korean Journal Database",
    "PPRN": "Preprint Citation Index",
    "RSCI": "Russian Science Citation Index",
    "SCIELO": "SciELO Citation Index",
}
"""Prefix of an accession number -> the database of the platform; all others are the Core Collection."""
_KINDS = {"B": "book", "C": "paper-conference", "S": "paper-conference", "P": "document"}


def looks_like(head: str) -> bool:
    """Tell whether a file is in this format: a record opens with PT, and other tags of the kind are there."""
    return "PT " in head and bool(_OPENS.search(head)) and bool(_TAGGED.search(head))


def read(text: str, file: str) -> Export:
    """Return what a plain text export of Web of Science holds.

    A file without the closing EF is read, with a remark: old exports and joined files lack it.

    Raises
    ------
    InputError
        It has no record, ends in the middle of one, or is beyond the limits.
    """
    _, chunks = cut(lines_of(text, file), _TAGS, file)
    remarks = check_end(chunks, file, "ER", AGAIN)
    if "EF" not in [tag for tag, _ in chunks[-1].fields[-3:]]:
        said = "1 record stands" if len(chunks) == 1 else f"{len(chunks):,} records stand"
        ending = f"does not end with EF; {said} in it and could be read, look whether all are there"
        remarks.append(Remark(0, ending))
    chunks = [_without_frame(chunk) if chunk.fields[-1][0] in _FRAME else chunk for chunk in chunks]
    entries = tuple([Entry(record_of(chunk, file), chunk.fields) for chunk in chunks])
    found = {entry.record.database for entry in entries}
    return Export(file, NAME, found.pop() if len(found) == 1 else None, entries, tuple(remarks))


def _without_frame(chunk: Chunk) -> Chunk:
    """Return a record without the tags that close its file and, where files were joined, open the next."""
    return chunk._replace(fields=tuple([field for field in chunk.fields if field[0] not in _FRAME]))


def record_of(chunk: Chunk, file: str) -> Record:
    """Return a record of its fields."""
    told = dict(chunk.fields)
    if len(told) < len(chunk.fields):
        told = _joined(chunk)
    get = told.get
    year = dates.year(get("PY")) or dates.year(get("EA"))
    accession = values.clean(get("UT") or get("AN"))
    keywords = _words(get("DE")) + _words(get("ID"))
    cited = get("CR")
    return Record(  # by place: to call the fields by name takes three times as long
        values.title(get("TI")),  # title
        _people(get("AF") or get("AU")) + _people(get("BF") or get("BA")) + _people(get("CA")),  # authors
        year,  # year
        values.title(get("SO")),  # venue
        values.clean(get("VL")),  # volume
        values.clean(get("IS")),  # issue
        values.pages(get("BP"), get("EP")) or values.pages(get("AR")) or values.pages(get("PS")),  # pages
        values.doi(get("DI")),  # doi
        _paragraphs(get("AB")),  # abstract
        values.unique(keywords) if keywords else (),  # keywords
        _kind(get("PT"), get("DT")),  # type
        dates.date(get("PD") or get("EA"), year),  # date
        _people(get("BE") or get("ED")),  # editors
        values.clean(get("PU")),  # publisher
        values.clean(get("PI")),  # place
        None,  # edition
        values.clean(get("PM")),  # pmid
        values.issn(get("SN"), get("EI")),  # issn
        values.isbn(get("BN")),  # isbn
        None,  # url
        values.language(get("LA")),  # language
        tuple(cited.split("\n")) if cited else (),  # cited
        values.count(get("TC") or get("Z9")),  # times_cited
        accession,  # accession
        _DATABASES.get(accession.partition(":")[0], DATABASE) if accession else DATABASE,  # database
        (),  # notes
        "",  # id
        file,  # file
        chunk.line,  # line
        "",  # search
        NAME,  # format
    )


def _joined(chunk: Chunk) -> dict[str, str]:
    """Return the text of each tag, the lines of a repeated one behind each other."""
    told: dict[str, str] = {}
    for tag, text in chunk.fields:
        told[tag] = f"{told[tag]}\n{text}" if tag in told else text
    return told


def _people(text: str | None) -> tuple[Name, ...]:
    return names(text.split("\n")) if text else ()


def _words(text: str | None) -> list[str]:
    """Return the keywords of a field that divides them by semicolons and wraps its lines anywhere."""
    return text.replace("\n", " ").split(";") if text else []


def _paragraphs(text: str | None) -> str | None:
    """Return an abstract; where its lines are wrapped, they are joined."""
    if text is not None and "\n" in text:
        lines = text.split("\n")
        if max(map(len, lines)) <= _WRAPPED:
            text = " ".join(lines)
    return values.plain(text)


@lru_cache(maxsize=1024)
def _kind(publication: str | None, document: str | None) -> str:
    """Return the kind of publication as CSL names it, from PT and DT."""
    document = values.clean(document) or ""
    if "Book Chapter" in document:
        return "chapter"
    if publication == "B":
        return "paper-conference" if "Proceedings" in document else "book"
    return values.csl_type(document, default=_KINDS.get(publication or "", "article-journal"))
