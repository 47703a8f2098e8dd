"""Provenance: from which of its records each field of a work is, and what the others say instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary.literature.merging import conflicts as variants_of
from constellary.literature.record import FIELDS

if TYPE_CHECKING:
    from constellary.literature.review import Review
    from constellary.literature.works import Work

LABELS = {
    "title": "Title",
    "authors": "Authors",
    "year": "Year",
    "venue": "Venue",
    "volume": "Volume",
    "issue": "Issue",
    "pages": "Pages",
    "doi": "DOI",
    "abstract": "Abstract",
    "keywords": "Keywords",
    "type": "Type",
    "date": "Date",
    "editors": "Editors",
    "publisher": "Publisher",
    "place": "Place",
    "edition": "Edition",
    "pmid": "PubMed",
    "issn": "ISSN",
    "isbn": "ISBN",
    "url": "Address",
    "language": "Language",
    "cited": "Cited references",
    "times_cited": "Times cited",
    "accession": "Accession number",
    "database": "Database",
    "notes": "Notes",
}
"""Field -> its name, in the order in which fields are shown."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """A field of a merged work: its text, the record that it is from, and what others say instead."""

    name: str
    label: str
    text: str
    source: str
    chosen: bool
    others: tuple[tuple[str, str], ...]
    conflict: bool


def provenance_of(work: Work, review: Review) -> list[Provenance]:
    """Return where each field of a work is from; `others` are record and text of each other thing that is said."""
    ids = {record.id for record in work.records}
    chosen = {one.field for one in review.choices if one.record in ids}
    clash = variants_of(work.records) if len(work.records) > 1 else {}
    found = []
    for name in (name for name in LABELS if name in FIELDS):
        text = text_of(getattr(work.record, name))
        source = work.sources.get(name)
        if not text or source is None:
            continue
        others: dict[str, str] = {}
        for record in work.records:
            said = text_of(getattr(record, name))
            if said and said != text and said not in others.values():
                others[record.id] = said
        found.append(
            Provenance(name, LABELS[name], text, source, name in chosen, tuple(others.items()), name in clash)
        )
    return found


def text_of(value: Any) -> str:
    """Return a field as it is printed; what is missing is empty.

    Examples
    --------
    >>> text_of(("a", "b")), text_of(None), text_of(2020)
    ('a; b', '', '2020')
    """
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
