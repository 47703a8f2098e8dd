"""CSL JSON, as Zotero and other reference managers write it, and as `writers.csl_json` does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from constellary.exchange.bibliography import values
from constellary.exchange.bibliography.csl import OURS, from_csl
from constellary.exchange.bibliography.export import Entry, Export
from constellary.exchange.bibliography.json_items import items_of, raw_of

if TYPE_CHECKING:
    from constellary.literature.record import Record

NAME = "CSL JSON"

_KNOWN = re.compile(r'"(?:title|author|issued|container-title|citation-key|DOI|custom)"\s*:')
_TYPE = re.compile(r'"type"\s*:\s*"[a-z][a-z_-]*"')


def looks_like(head: str) -> bool:
    """Tell whether a file is JSON that holds items as CSL describes them."""
    return head.lstrip()[:1] in ("{", "[") and bool(_TYPE.search(head)) and bool(_KNOWN.search(head))


def read(text: str, file: str) -> Export:
    """Return the records of CSL JSON; those that this program wrote come back exactly as they were."""
    items, remarks = items_of(text, file, "items")
    entries = []
    for number, item in items:
        record = from_csl(item)
        if not _is_ours(item):
            record = _settled(record)
        record = record._replace(id="", search="", file=file, line=number, format=NAME)
        entries.append(Entry(record, raw_of(item, file, number)))
    found = {entry.record.database for entry in entries}
    return Export(file, NAME, found.pop() if len(found) == 1 else None, tuple(entries), tuple(remarks))


def _is_ours(item: dict[str, Any]) -> bool:
    custom = item.get("custom")
    return isinstance(custom, dict) and isinstance(custom.get(OURS), dict)


def _settled(record: Record) -> Record:
    """Return a record with its values in one form, as those of all other formats."""
    return record._replace(
        title=values.title(record.title),
        venue=values.title(record.venue),
        doi=values.doi(record.doi),
        issn=values.issn(record.issn),
        isbn=values.isbn(record.isbn),
        pages=values.pages(record.pages),
        language=values.language(record.language),
        abstract=values.plain(record.abstract),
        keywords=values.unique(record.keywords),
        notes=tuple(note for text in record.notes if (note := values.plain(text))),
    )
