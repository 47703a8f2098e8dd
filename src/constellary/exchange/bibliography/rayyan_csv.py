"""Rayyan CSV: references with what screeners decided, which stands in the notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from constellary.exchange.bibliography import dates, values
from constellary.exchange.bibliography.columns import people
from constellary.exchange.bibliography.tables import columns, exported, read_table
from constellary.literature.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.exchange.bibliography.export import Export

NAME = "Rayyan CSV"

_PART = re.compile(r" ?\| ?(?=RAYYAN-|USER-NOTES)")


def looks_like(head: str) -> bool:
    """Tell whether a file is a table with the columns of Rayyan."""
    found = columns(head)
    return {"key", "title", "authors", "journal", "notes"} <= found and (
        {"location", "issn", "month"} <= found or "RAYYAN-" in head
    )


def read(text: str, file: str) -> Export:
    """Return the records of a Rayyan CSV; each decision, label and reason is a note of its own."""
    return exported(file, NAME, read_table(text, file), _record)


def _record(cells: Mapping[str, str]) -> Record:
    get = cells.get
    written = " ".join(filter(None, map(get, ("year", "month", "day"))))
    numeric = "-".join(filter(None, map(get, ("year", "month", "day"))))
    notes = [values.clean(note) for note in _PART.split(values.clean(get("notes")) or "")]
    return Record(
        title=values.title(get("title")),
        authors=people(get("authors", "")),
        year=dates.year(get("year")),
        date=dates.date(numeric if (get("month") or "").isdigit() else written),
        venue=values.title(get("journal")),
        volume=values.clean(get("volume")),
        issue=values.clean(get("issue")),
        pages=values.pages(get("pages")),
        publisher=values.clean(get("publisher")),
        place=values.clean(get("location")),
        doi=values.doi(get("doi") or get("url")),
        pmid=values.clean(get("pubmedid")),
        issn=values.issn(get("issn")),
        url=values.clean(get("url")),
        language=values.language(get("language")),
        abstract=values.plain(get("abstract")),
        keywords=values.unique(re.split(r"[;,]", get("keywords", ""))),
        notes=tuple(note for note in notes if note),
        type="article-journal",
    )
