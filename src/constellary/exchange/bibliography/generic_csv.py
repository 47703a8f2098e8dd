"""Tables of references that people made themselves, or another tool wrote: columns by their names, in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.exchange.bibliography import dates, values
from constellary.exchange.bibliography.columns import FIELDS, MISSING, fields, items, people
from constellary.exchange.bibliography.tables import columns, exported, read_table
from constellary.literature.record import Name, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.exchange.bibliography.export import Export

NAME = "CSV with a header"

DATABASES = {"scopus": "Scopus", "isi": "Web of Science", "wos": "Web of Science", "pubmed": "PubMed"}


def looks_like(head: str) -> bool:
    """Tell whether a file is a table with a title and something else by which a reference is known."""
    found = {FIELDS[name] for name in columns(head) if name in FIELDS}
    return "title" in found and bool(found & {"authors", "year", "date", "abstract", "doi", "venue"})


def read(text: str, file: str) -> Export:
    """Return the records of a table whose columns are named as in `columns.SYNONYMS`; all others are kept raw."""
    return exported(file, NAME, read_table(text, file), _record)


def _record(cells: Mapping[str, str]) -> Record:
    found = fields(cells)
    get = found.get
    authors = people(get("authors", ""))
    if "ti" in cells:
        authors, found["keywords"] = _tagged(cells)
    database = values.clean(get("database"))
    year = dates.year(get("year") or get("date"))
    note = values.plain(get("notes"))
    return Record(
        title=values.title(get("title")),
        authors=authors,
        year=year,
        date=dates.date(get("date") or get("year"), year),
        venue=values.title(get("venue")),
        volume=values.clean(get("volume")),
        issue=values.clean(get("issue")),
        pages=values.pages(get("pages")) or values.pages(get("first"), get("last")),
        doi=values.doi(get("doi")),
        abstract=values.plain(get("abstract")),
        keywords=values.unique(items(get("keywords", ""))),
        type=values.csl_type(get("type"), default="article-journal"),
        editors=people(get("editors", "")),
        publisher=values.clean(get("publisher")),
        place=values.clean(get("place")),
        edition=values.clean(get("edition")),
        pmid=values.clean(get("pmid")),
        issn=values.issn(get("issn")),
        isbn=values.isbn(get("isbn")),
        url=values.clean(get("url")),
        language=values.language(get("language")),
        cited=tuple(values.listed(get("cited", ""))),
        times_cited=values.count((get("times_cited") or "").partition(".")[0]),
        accession=values.clean(get("accession")),
        database=DATABASES.get(database.lower(), database) if database else None,
        notes=(note,) if note else (),
    )


def _tagged(cells: Mapping[str, str]) -> tuple[tuple[Name, ...], str]:
    """Return authors and keywords where columns have the tags of Web of Science, as bibliometrix writes them.

    There `ID` holds keywords, and authors are in capitals without commas: `NAJMI A;RASHIDI TH`.
    """
    filled = (cells.get(tag, "") for tag in ("de", "id"))
    keywords = ";".join(text for text in filled if text.lower() not in MISSING)
    names = people(cells.get("au", ""))
    divided = (name.family.rpartition(" ") if not name.given else ("", "", "") for name in names)
    return tuple(
        Name(family, given) if family and len(given) <= 4 else name
        for name, (family, _, given) in zip(names, divided, strict=True)
    ), keywords
