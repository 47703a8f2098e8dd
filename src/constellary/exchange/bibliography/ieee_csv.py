"""IEEE Xplore CSV."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constellary.exchange.bibliography import dates, names, values
from constellary.exchange.bibliography.tables import columns, exported, read_table
from constellary.literature.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.exchange.bibliography.export import Export
    from constellary.literature.record import Name

NAME = "IEEE Xplore CSV"
DATABASE = "IEEE Xplore"

KINDS = {
    "conference": "paper-conference",
    "journal": "article-journal",
    "early access": "article-journal",
    "magazine": "article-magazine",
    "book": "chapter",
    "standard": "report",
}
"""Word in the column `Document Identifier` ('IEEE Conferences', 'MIT Press eBook Chapters') -> kind in CSL."""

_NUMBER = re.compile(r"arnumber=(\d+)")


def looks_like(head: str) -> bool:
    """Tell whether a file is a table with the columns of IEEE Xplore."""
    found = columns(head)
    return {"documenttitle", "authors", "publicationtitle"} <= found and bool(
        {"pdflink", "documentidentifier", "dateaddedtoxplore"} & found
    )


def read(text: str, file: str) -> Export:
    """Return the records of an IEEE Xplore CSV."""
    return exported(file, NAME, read_table(text, file), _record, database=DATABASE)


def _authors(text: str) -> tuple[Name, ...]:
    found = [names.given_first(part) for part in values.listed(text)]
    return tuple(name for name in found if name)


def _record(cells: Mapping[str, str]) -> Record:
    get = cells.get
    year = dates.year(get("publicationyear"))
    issue_date = dates.date(get("issuedate") or get("onlinedate"), year)
    kind = (get("documentidentifier") or "").lower()
    link = get("pdflink", "")
    number = _NUMBER.search(link)
    terms = (
        "authorkeywords",
        "ieeeterms",
        "indexterms",
        "inspeccontrolledterms",
        "inspecnoncontrolledterms",
        "meshterms",
    )
    return Record(
        title=values.title(get("documenttitle")),
        authors=_authors(get("authors", "")),
        year=year,
        date=issue_date if dates.year(issue_date) == year else dates.date(get("publicationyear")),
        venue=values.title(get("publicationtitle")),
        volume=values.clean(get("volume")),
        issue=values.clean(get("issue")),
        pages=values.pages(get("startpage"), get("endpage")),
        doi=values.doi(get("doi")),
        abstract=values.plain(get("abstract")),
        keywords=values.unique(word for name in terms for word in values.listed(get(name, ""))),
        type=next((csl for word, csl in KINDS.items() if word in kind), "document"),
        publisher=values.clean(get("publisher")),
        issn=values.issn(get("issn")),
        isbn=values.isbn(get("isbns") or get("isbn")),
        url=values.clean(link),
        times_cited=values.count(get("articlecitationcount")),
        accession=number[1] if number else None,
        database=DATABASE,
    )
