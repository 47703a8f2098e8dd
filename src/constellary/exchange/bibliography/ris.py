"""RIS as the databases and reference managers write it: tags of two letters, two spaces and a hyphen.

The tags are those of 'RIS Format Specifications' (Research Information Systems, 2011) and what vendors made of
them; where two tags hold one fact in different exports, the order in which they are looked up is written here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constellary.exchange.bibliography import ris_vendors, values
from constellary.exchange.bibliography.dates import date, year
from constellary.exchange.bibliography.export import Entry, Export, Remark
from constellary.exchange.bibliography.names import names
from constellary.exchange.bibliography.tagged import Tags, check_end, cut, gathered, lines_of
from constellary.literature.record import Record

if TYPE_CHECKING:
    from constellary.exchange.bibliography.ris_vendors import Told
    from constellary.exchange.bibliography.tagged import Chunk
    from constellary.literature.record import Name

NAME = "RIS"
AGAIN = "Export it again as RIS."

_OPENS = re.compile(r"^[ \t]*TY(?:  | ?\t| )-", re.MULTILINE)
_STRICT = Tags(
    opens=re.compile(r"\nTY(?:  | ?\t)-[ \t]?"),
    opening="TY",
    closing="\nER",
    closes=re.compile(r"\nER(?:  | ?\t)-[ \t]*(?=\n|\Z)"),
    field=re.compile(r"\n\n{0,3}+([A-Z][A-Z0-9])(?:  | ?\t)-[ \t]*+"),
)
_LOOSE = Tags(
    opens=re.compile(r"\n[ \t]{0,20}TY {0,3}\t?-[ \t]*"),
    opening="TY",
    closing="\nER",
    closes=re.compile(r"\n[ \t]{0,20}ER {0,3}\t?-[ \t]*(?=\n|\Z)"),
    field=re.compile(r"\n\n{0,3}[ \t]{0,20}([A-Z][A-Z0-9]) {0,3}\t?-(?:[ \t]+|(?=\n|\Z))"),
)
"""For files whose every record opens with one space before the hyphen, or is indented."""

NOTHING = (None,)
"""Stands in for the texts of a tag that is not there."""
_ARTICLE_TAGS = ("JF", "T2", "JO", "BT", "J2", "JA", "J1", "T3")
_VENUE = {"BOOK": ("T2", "T3", "BT"), "CHAP": ("T2", "BT", "JF", "T3"), "THES": ()}


def looks_like(head: str) -> bool:
    """Tell whether a file is in this format: a line opens a record with TY."""
    return "TY" in head and bool(_OPENS.search(head))


def read(text: str, file: str) -> Export:
    """Return what a RIS export holds.

    Raises
    ------
    InputError
        It has no record, ends in the middle of one, or is beyond the limits.
    """
    text = lines_of(text, file)
    before, chunks = cut(text, _STRICT if _STRICT.opens.search(text) else _LOOSE, file)
    remarks = check_end(chunks, file, "ER", AGAIN)
    if (lead := before.strip()) and not lead.rstrip(".").isdigit():
        remarks.insert(0, Remark(1, f"what stands before the first record is left out: '{lead[:60]}'"))
    entries = tuple([Entry(_record(chunk, file), chunk.fields) for chunk in chunks])
    found = {entry.record.database for entry in entries}
    return Export(file, NAME, found.pop() if len(found) == 1 else None, entries, tuple(remarks))


def _record(chunk: Chunk, file: str) -> Record:
    """Return a record of its fields."""
    told = gathered(chunk.fields)
    get = told.get
    opening = get("TY", NOTHING)[0] or ""
    kind = ris_vendors.kind(opening, get("M3", NOTHING)[0])
    database = ris_vendors.database(told)
    notes = get("N1", ())
    day = get("Y1") or get("PY") or NOTHING
    known = year((get("PY") or day)[0]) or year(day[0]) or year(get("DA", NOTHING)[0])
    serial = get("SN", ())
    return Record(  # by place: to call the fields by name takes three times as long
        values.title((get("TI") or get("T1") or get("CT") or get("BT") or NOTHING)[0]),  # title
        names(get("AU") or get("A1") or ()),  # authors
        known,  # year
        _venue(told, opening),  # venue
        values.clean((get("VL") or get("VO") or NOTHING)[0]),  # volume
        values.clean((get("IS") or get("CP") or NOTHING)[0]),  # issue
        _pages(told),  # pages
        _doi(told),  # doi
        values.plain((get("AB") or get("N2") or NOTHING)[0]),  # abstract
        _keywords(get("KW")),  # keywords
        kind,  # type
        date((get("DA") or day)[0], known),  # date
        _editors(told, kind),  # editors
        values.clean((get("PB") or get("PU") or NOTHING)[0]),  # publisher
        values.clean((get("CY") or get("PP") or get("PI") or NOTHING)[0]),  # place
        ris_vendors.edition(get("ET", NOTHING)[0]),  # edition
        ris_vendors.pmid(told, database),  # pmid
        values.issn(*serial),  # issn
        values.isbn(*serial),  # isbn
        values.clean((get("UR") or get("L2") or get("LK") or NOTHING)[0]),  # url
        values.language(get("LA", NOTHING)[0]),  # language
        ris_vendors.cited(notes, get("CR")),  # cited
        ris_vendors.times_cited(notes, get("TC")),  # times_cited
        ris_vendors.accession(told),  # accession
        database,  # database
        ris_vendors.notes(notes, get("RN")),  # notes
        "",  # id
        file,  # file
        chunk.line,  # line
        "",  # search
        NAME,  # format
    )


def _venue(told: Told, opening: str) -> str | None:
    """Return the journal, proceedings, book or series, whose tag hangs on the kind of the record."""
    for tag in _VENUE.get(opening, _ARTICLE_TAGS):
        if tag in told:
            return values.title(told[tag][0])
    return None


def _pages(told: Told) -> str | None:
    """Return the pages, or the number of the article, which Scopus gives in C7."""
    if "SP" in told or "EP" in told:
        found = values.pages(told.get("SP", NOTHING)[0], told.get("EP", NOTHING)[0])
        if found:
            return found
    return values.clean((told.get("C7") or told.get("AR") or NOTHING)[0])


def _doi(told: Told) -> str | None:
    for tag in ("DO", "DI", "M3", "L3", "L2", "UR", "LK"):
        for text in told.get(tag, ()):
            if "10." in text and (found := values.doi(text)):
                return found
    return None


def _keywords(texts: list[str] | None) -> tuple[str, ...]:
    """Return the keywords: one in each field, or several in one, on lines or divided by semicolons."""
    if texts is None:
        return ()
    if len(texts) == 1:
        return values.unique(texts[0].replace(";", "\n").split("\n"))
    return values.unique("\n".join(texts).split("\n"))


def _editors(told: Told, kind: str) -> tuple[Name, ...]:
    """Return the editors; A2 holds them in parts of books, and anything in others."""
    if "ED" in told:
        return names(told["ED"])
    if kind in ("chapter", "book", "paper-conference"):
        return names(told.get("A2", ()))
    return ()
