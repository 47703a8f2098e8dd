"""OpenAlex JSON: works as its API gives them, a page, several pages, an array or one a line.

Source: https://docs.openalex.org/api-entities/works/work-object.
"""

from __future__ import annotations

import re
from typing import Any

from constellary.exchange.bibliography import dates, names, values
from constellary.exchange.bibliography.export import Entry, Export
from constellary.exchange.bibliography.json_items import items_of, list_at, number_at, raw_of, text_at
from constellary.literature.record import Name, Record

NAME = "OpenAlex JSON"
DATABASE = "OpenAlex"
INDEX = "abstract_inverted_index"

_ID = re.compile(r'"id"\s*:\s*"https://openalex\.org/W\d')
_KNOWN = re.compile(
    r'"(?:authorships|publication_year|abstract_inverted_index|primary_location|host_venue)"\s*:'
)
_LAST = re.compile(r"[^/]+$")


def looks_like(head: str) -> bool:
    """Tell whether a file is JSON that holds works of OpenAlex."""
    return head.lstrip()[:1] in ("{", "[") and bool(_ID.search(head)) and bool(_KNOWN.search(head))


def read(text: str, file: str) -> Export:
    """Return the works of OpenAlex JSON; `raw` holds each path with its text, the abstract's index as one."""
    items, remarks = items_of(text, file, "results")
    entries = [
        Entry(
            _record(item)._replace(file=file, line=number, format=NAME),
            raw_of(item, file, number, whole=(INDEX,)),
        )
        for number, item in items
    ]
    return Export(file, NAME, DATABASE, tuple(entries), tuple(remarks))


def abstract_of(index: Any) -> str | None:
    """Return the abstract of which OpenAlex gives each word with its places.

    Examples
    --------
    >>> abstract_of({"alliances": [1, 3], "Strategic": [0], "and": [2]})
    'Strategic alliances and alliances'
    """
    if not isinstance(index, dict):
        return None
    places = [
        (place, str(word))
        for word, where in index.items()
        if isinstance(where, list)
        for place in where
        if isinstance(place, int)
    ]
    return values.plain(" ".join(word for _, word in sorted(places)))


def _authors(item: dict[str, Any]) -> tuple[Name, ...]:
    found = []
    for one in list_at(item, "authorships"):
        shown = text_at(one, "author.display_name") or text_at(one, "raw_author_name")
        if shown and (name := names.given_first(shown)):
            found.append(name)
    return tuple(found)


def _kind(item: dict[str, Any]) -> str:
    raw = text_at(item, "primary_location.raw_type") or text_at(item, "type_crossref") or ""
    kind = text_at(item, "type") or ""
    found = values.csl_type(raw, raw.replace("-", " "), default="")
    if kind in {"preprint", "dissertation", "dataset"} or not found:
        return values.csl_type(kind, default="document")
    if found == "article-journal" and text_at(item, "primary_location.source.type") == "conference":
        return "paper-conference"
    return found


def _record(item: dict[str, Any]) -> Record:
    def get(path: str) -> str | None:
        return values.clean(text_at(item, path))

    source = "primary_location.source" if item.get("primary_location") else "host_venue"
    identifier = _LAST.search(get("id") or "")
    pmid = _LAST.search(get("ids.pmid") or "")
    words = [text_at(word, "display_name") or text_at(word, "keyword") for word in list_at(item, "keywords")]
    cited = [_LAST.search(str(work)) for work in list_at(item, "referenced_works")]
    year = dates.year(get("publication_year"))
    return Record(
        title=values.title(get("display_name") or get("title")),
        authors=_authors(item),
        year=year,
        date=dates.date(get("publication_date"), year),
        venue=values.title(get(f"{source}.display_name") or get("primary_location.raw_source_name")),
        volume=get("biblio.volume"),
        issue=get("biblio.issue"),
        pages=values.pages(get("biblio.first_page"), get("biblio.last_page")),
        doi=values.doi(get("doi") or get("ids.doi")),
        abstract=abstract_of(item.get(INDEX)),
        keywords=values.unique(word for word in words if word),
        type=_kind(item),
        publisher=get(f"{source}.host_organization_name") or get(f"{source}.publisher"),
        pmid=pmid[0] if pmid else None,
        issn=values.issn(get(f"{source}.issn_l"), get(f"{source}.issn")),
        url=get("primary_location.landing_page_url"),
        language=values.language(get("language")),
        cited=tuple(work[0] for work in cited if work),
        times_cited=number_at(item, "cited_by_count"),
        accession=identifier[0] if identifier else None,
        database=DATABASE,
    )
