"""Crossref JSON: works as its REST API gives them, one, a page, an array or one a line.

Source: https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md.
"""

from __future__ import annotations

import re
from typing import Any

from constellary.exchange.bibliography import values
from constellary.exchange.bibliography.csl import issued, named
from constellary.exchange.bibliography.export import Entry, Export
from constellary.exchange.bibliography.json_items import items_of, list_at, number_at, raw_of, text_at
from constellary.literature.record import Record

NAME = "Crossref JSON"
DATABASE = "Crossref"

_DOI = re.compile(r'"DOI"\s*:')
_KNOWN = re.compile(
    r'"(?:is-referenced-by-count|reference-count|references-count|message-version|short-container-title|member)"\s*:'
)
_DATES = ("published-print", "issued", "published", "published-online", "posted", "created")


def looks_like(head: str) -> bool:
    """Tell whether a file is JSON that holds works of Crossref."""
    return head.lstrip()[:1] in ("{", "[") and bool(_DOI.search(head)) and bool(_KNOWN.search(head))


def read(text: str, file: str) -> Export:
    """Return the works of Crossref JSON."""
    items, remarks = items_of(text, file, "message.items", "message", "items")
    entries = [
        Entry(_record(item)._replace(file=file, line=number, format=NAME), raw_of(item, file, number))
        for number, item in items
    ]
    return Export(file, NAME, DATABASE, tuple(entries), tuple(remarks))


def _title(item: dict[str, Any]) -> str | None:
    title, subtitle = values.title(text_at(item, "title")), values.title(text_at(item, "subtitle"))
    if title and subtitle and subtitle.casefold() not in title.casefold():
        return f"{title.rstrip(':')}: {subtitle}"
    return title


def _reference(one: Any) -> str | None:
    """Return a cited reference as it was deposited: as printed, or put together from its parts."""
    printed = text_at(one, "unstructured")
    if printed:
        return values.title(printed)
    told = ("author", "year", "article-title", "volume-title", "journal-title", "volume", "first-page")
    parts = [text_at(one, name) for name in told]
    parts.append(f"DOI {doi}" if (doi := values.doi(text_at(one, "DOI"))) else None)
    return values.clean(", ".join(part for part in parts if part))


def _record(item: dict[str, Any]) -> Record:
    def get(path: str) -> str | None:
        return values.clean(text_at(item, path))

    year, date = next((found for name in _DATES if (found := issued(item.get(name)))[0]), (None, None))
    kind = get("type") or ""
    cited = [_reference(one) for one in list_at(item, "reference")]
    return Record(
        title=_title(item),
        authors=named(item.get("author")),
        year=year,
        date=date,
        venue=values.title(text_at(item, "container-title")),
        volume=get("volume"),
        issue=get("issue") or get("journal-issue.issue"),
        pages=values.pages(get("page")) or get("article-number"),
        doi=values.doi(get("DOI")),
        abstract=values.plain(text_at(item, "abstract")),
        keywords=values.unique(str(word) for word in list_at(item, "subject")),
        type=values.csl_type(kind, kind.replace("-", " ")),
        editors=named(item.get("editor")),
        publisher=get("publisher"),
        place=get("publisher-location"),
        edition=get("edition-number"),
        issn=values.issn(get("ISSN")),
        isbn=values.isbn(get("ISBN")),
        url=get("URL"),
        language=values.language(get("language")),
        cited=tuple(one for one in cited if one),
        times_cited=number_at(item, "is-referenced-by-count"),
        database=DATABASE,
    )
