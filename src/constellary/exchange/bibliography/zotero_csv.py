"""Zotero CSV."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constellary.exchange.bibliography import dates, names, values
from constellary.exchange.bibliography.tables import columns, exported, read_table
from constellary.literature.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.exchange.bibliography.export import Export

NAME = "Zotero CSV"

_PMID = re.compile(r"^PMID:\s*(\d+)", re.MULTILINE)
_CATALOG = re.compile(r"DOI\.org \((\w+)\)")


def looks_like(head: str) -> bool:
    """Tell whether a file is a table with the columns of Zotero."""
    return {"key", "itemtype", "title", "dateadded", "abstractnote"} <= columns(head)


def read(text: str, file: str) -> Export:
    """Return the records of a Zotero CSV; `database` is the library catalogue that Zotero noted."""
    return exported(file, NAME, read_table(text, file), _record)


def _record(cells: Mapping[str, str]) -> Record:
    get = cells.get
    number = _PMID.search(get("extra", ""))
    tags = [*values.listed(get("manualtags", "")), *values.listed(get("automatictags", ""))]
    notes = [values.plain(note) for note in (get("notes"), get("extra"))]
    catalog = values.clean(get("librarycatalog"))
    return Record(
        title=values.title(get("title")),
        authors=names.names(values.listed(get("author", ""))),
        editors=names.names(values.listed(get("editor", ""))),
        year=dates.year(get("publicationyear") or get("date")),
        date=dates.date(get("date"), dates.year(get("publicationyear"))),
        venue=values.title(
            get("publicationtitle") or get("conferencename") or get("seriestitle") or get("series")
        ),
        volume=values.clean(get("volume")),
        issue=values.clean(get("issue") or get("number")),
        pages=values.pages(get("pages")),
        edition=values.clean(get("edition")),
        publisher=values.clean(get("publisher")),
        place=values.clean(get("place")),
        doi=values.doi(get("doi")),
        pmid=number[1] if number else None,
        issn=values.issn(get("issn")),
        isbn=values.isbn(get("isbn")),
        url=values.clean(get("url")),
        language=values.language(get("language")),
        abstract=values.plain(get("abstractnote")),
        keywords=values.unique(tags),
        notes=tuple(note for note in notes if note),
        type=values.csl_type(get("itemtype")),
        database=_CATALOG.sub(r"\1", catalog) if catalog and catalog != "Zotero" else None,
    )
