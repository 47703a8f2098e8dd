"""Citations: what the works cite, and which of the works are cited most."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from constellary.literature.context.listing import Listing
from constellary.literature.context.references import Cited, own_place, read_cited
from constellary.literature.record import cited_as

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from constellary.literature.works import Work

SAME = (
    "Cited references are one where they have the same DOI, or where the first letters of the author, year, volume "
    "and first page agree; others only where they read the same."
)

TIMES_CITED = (
    "Databases count citations differently, and more each day: those of several exports are hard to compare."
)


class References(NamedTuple):
    """What works cite: `of` work -> keys of its references, in order; `cited` key -> reference; `own` key -> work."""

    of: dict[str, tuple[str, ...]]
    cited: dict[str, Cited]
    own: dict[str, str]


def references(works: Sequence[Work]) -> References:
    """Return the references that works cite, each once, and which of them are among the works themselves."""
    read = {work.id: [read_cited(text) for text in work.record.cited] for work in works}
    everything = [one for cited in read.values() for one in cited]
    by_place = _places(everything)
    cited: dict[str, Cited] = {}
    of = {}
    for name, ones in read.items():
        keys = [_key(one, by_place) for one in ones]
        for key, one in zip(keys, ones, strict=True):
            cited.setdefault(key, one)
        of[name] = tuple(dict.fromkeys(keys))
    own: dict[str, str] = {}
    for work in works:
        record = work.record
        place = own_place(record)
        likely = [f"doi {record.doi}"] if record.doi else []
        likely += [by_place.get(place, f"place {place}")] if place else []
        for key in likely:
            if key in cited:
                own.setdefault(key, work.id)
    return References(of, cited, own)


def _places(everything: Iterable[Cited]) -> dict[str, str]:
    """Return place -> key of the DOI that is given with it, where that is one alone."""
    known: dict[str, set[str]] = {}
    for one in everything:
        if one.doi and one.place:
            known.setdefault(one.place, set()).add(one.doi)
    return {place: f"doi {next(iter(dois))}" for place, dois in known.items() if len(dois) == 1}


def _key(one: Cited, by_place: dict[str, str]) -> str:
    if one.doi:
        return f"doi {one.doi}"
    if one.place:
        return by_place.get(one.place, f"place {one.place}")
    return f"text {one.text.casefold()}"


def reference_table(works: Sequence[Work]) -> Listing:
    """Return the references that the works cite, the most cited first.

    Returns
    -------
    Listing
        `reference`, `year` (null where it was not found), `works` (that cite it), `doi`, `work` (id where it
        is one of the works itself), `evidence` (the works that cite it).
    """
    found = references(works)
    behind = cited_by(found)
    rows = [
        (
            found.cited[key].label,
            found.cited[key].year,
            len(ids),
            found.cited[key].doi,
            found.own.get(key),
            ids,
        )
        for key, ids in behind.items()
    ]
    frame = pl.DataFrame(
        sorted(rows, key=lambda row: (-row[2], row[0], row[3] or "")),
        schema={
            "reference": pl.String,
            "year": pl.Int32,
            "works": pl.Int64,
            "doi": pl.String,
            "work": pl.String,
            "evidence": pl.List(pl.String),
        },
        orient="row",
    )
    silent = sum(not keys for keys in found.of.values())
    return Listing("Cited references", "references", frame, len(works), silent, (SAME,))


def cited_by(found: References) -> dict[str, list[str]]:
    """Return reference -> the works that cite it, in their order."""
    behind: dict[str, list[str]] = {}
    for work, keys in found.of.items():
        for key in keys:
            behind.setdefault(key, []).append(work)
    return behind


def most_cited(works: Sequence[Work]) -> Listing:
    """Return the works, those cited most first.

    Returns
    -------
    Listing
        `work` (id), `cited_as`, `title`, `year`, `venue`, `times_cited` (as the database tells; null: it does
        not), `cited_here` (works of this collection that cite it; null where no work tells what it cites),
        `evidence` (those works).
    """
    found = references(works)
    told = any(found.of.values())
    behind: dict[str, list[str]] = {}
    for key, ids in cited_by(found).items():
        if key in found.own:
            citing = behind.setdefault(found.own[key], [])
            citing += [one for one in ids if one not in citing and one != found.own[key]]
    rows = [
        (
            work.id,
            cited_as(work.record),
            work.record.title,
            work.record.year,
            work.record.venue,
            work.record.times_cited,
            len(behind.get(work.id, ())) if told else None,
            behind.get(work.id, []),
        )
        for work in works
    ]
    frame = pl.DataFrame(
        sorted(rows, key=lambda row: (-1 if row[5] is None else row[5], row[6] or 0), reverse=True),
        schema={
            "work": pl.String,
            "cited_as": pl.String,
            "title": pl.String,
            "year": pl.Int32,
            "venue": pl.String,
            "times_cited": pl.Int64,
            "cited_here": pl.Int64,
            "evidence": pl.List(pl.String),
        },
        orient="row",
    )
    missing = sum(work.record.times_cited is None for work in works)
    notes = (TIMES_CITED,) if missing < len(works) else ()
    return Listing("Most cited works", "cited", frame, len(works), missing, (*notes, SAME) if told else notes)
