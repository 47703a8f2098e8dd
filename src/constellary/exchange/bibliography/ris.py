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
    from collections.abc import Mapping

    from constellary.exchange.bibliography.tagged import Chunk
    from constellary.literature.record import Name

NAME = "RIS"
AGAIN = "Export it again as RIS."

_OPENS = re.compile(r"^[ \t]*TY(?:  | ?\t| )-", re.MULTILINE)
_STRICT = Tags(
    opens=re.compile(r"\nTY(?:  | ?\t)-[ \t]?"),
    opening="TY",
    closing="\nER",
    closes=re.compile(r"\n\n*ER(?:  | ?\t)-[ \t]*(?=\n|\Z)"),
    field=re.compile(r"\n\n*([A-Z][A-Z0-9])(?:  | ?\t)-[ \t]*"),
)
_LOOSE = Tags(
    opens=re.compile(r"\n[ \t]*TY {0,3}\t?-[ \t]*"),
    opening="TY",
    closing="\nER",
    closes=re.compile(r"\n\n*[ \t]*ER {0,3}\t?-[ \t]*(?=\n|\Z)"),
    field=re.compile(r"\n\n*[ \t]*([A-Z][A-Z0-9]) {0,3}\t?-(?:[ \t]+|(?=\n|\Z))"),
)
"""For files whose every record opens with one space before the hyphen, or is indented."""

_ARTICLE_TAGS = ("JF", "T2", "JO", "BT", "J2", "JA", "J1", "T3")
_VENUE = {"BOOK": ("T2", "T3", "BT"), "CHAP": ("T2", "BT", "JF", "T3"), "THES": ()}


def looks_like(head: str) -> bool:
    """Tell whether a file is in this format: a line opens a record with TY."""
    return bool(_OPENS.search(head))


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
    kind = ris_vendors.kind(told)
    database = ris_vendors.database(told)
    notes = told.get("N1")
    when = _first(told, "PY", "Y1", "DA", "Y2")
    known = year(when) or year(_first(told, "Y1", "DA"))
    serial = told.get("SN", ())
    return Record(
        title=values.title(_first(told, "TI", "T1", "CT", "BT")),
        authors=names(told.get("AU") or told.get("A1") or ()),
        year=known,
        venue=values.title(_first(told, *_VENUE.get(told["TY"][0].strip(), _ARTICLE_TAGS))),
        volume=values.clean(_first(told, "VL", "VO")),
        issue=values.clean(_first(told, "IS", "CP")),
        pages=values.pages(_first(told, "SP"), _first(told, "EP")) or values.clean(_first(told, "C7", "AR")),
        doi=_doi(told),
        abstract=values.plain(_first(told, "AB", "N2")),
        keywords=_keywords(told.get("KW")),
        type=kind,
        date=date(_first(told, "DA", "Y1", "PY"), known),
        editors=_editors(told, kind),
        publisher=values.clean(_first(told, "PB", "PU")),
        place=values.clean(_first(told, "CY", "PP", "PI")),
        edition=ris_vendors.edition(told),
        pmid=ris_vendors.pmid(told, database),
        issn=values.issn(*serial),
        isbn=values.isbn(*serial),
        url=values.clean(_first(told, "UR", "L2", "LK")),
        language=values.language(_first(told, "LA")),
        cited=ris_vendors.cited(notes, told),
        times_cited=ris_vendors.times_cited(notes, told),
        accession=ris_vendors.accession(told),
        database=database,
        notes=ris_vendors.notes(notes, told),
        file=file,
        line=chunk.line,
        format=NAME,
    )


def _first(told: Mapping[str, list[str]], *tags: str) -> str | None:
    """Return the first text of the first tag that is there."""
    for tag in tags:
        if tag in told:
            return told[tag][0]
    return None


def _doi(told: Mapping[str, list[str]]) -> str | None:
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


def _editors(told: Mapping[str, list[str]], kind: str) -> tuple[Name, ...]:
    """Return the editors; A2 holds them in parts of books, and anything in others."""
    if "ED" in told:
        return names(told["ED"])
    if kind in ("chapter", "book", "paper-conference"):
        return names(told.get("A2", ()))
    return ()
