"""Years, venues and authors: when works appeared, where, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from constellary.literature.context.listing import Listing, h_index, summed
from constellary.literature.context.spellings import Spellings, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from constellary.literature.record import Name
    from constellary.literature.works import Work

TIMES_CITED = (
    "Times cited are as the database told on the day of the export, added up over the works listed; the h-index "
    "is that of the works listed, not of a career."
)
NAMES = (
    "Names are told apart by family name and initials: one name may be several people, one person two names."
)
IDS = pl.List(pl.String)


def yearly_output(works: Sequence[Work]) -> Listing:
    """Return how many works appeared each year, rising, years without a work between the first and the last included.

    Returns
    -------
    Listing
        `year`, `works`, `total` (works up to then), `evidence`.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> from constellary.literature.works import Work
    >>> some = [Record(id=key, year=year) for key, year in (("a", 2019), ("b", 2021), ("c", None))]
    >>> found = yearly_output([Work(one.id, (one,), one, {}) for one in some])
    >>> found.rows.select("year", "works", "total").rows(), found.missing
    ([(2019, 1, 1), (2020, 0, 1), (2021, 1, 2)], 1)
    """
    behind: dict[int, list[str]] = {}
    for work in works:
        if work.record.year is not None:
            behind.setdefault(work.record.year, []).append(work.id)
    years = range(min(behind, default=0), max(behind, default=-1) + 1)
    evidence = [behind.get(year, []) for year in years]
    rows = pl.DataFrame(
        {"year": list(years), "works": [len(ids) for ids in evidence], "evidence": evidence},
        schema={"year": pl.Int32, "works": pl.Int64, "evidence": IDS},
    ).select("year", "works", pl.col("works").cum_sum().alias("total"), "evidence")
    return Listing("Works by year", "years", rows, len(works), len(works) - sum(map(len, evidence)))


def top_venues(works: Sequence[Work]) -> Listing:
    """Return the journals, proceedings and series in which works appeared, the most frequent first.

    Returns
    -------
    Listing
        `venue` (its most frequent spelling), `works`, `share` (of works with a venue), `first_year`,
        `last_year`, `times_cited`, `h_index` (null where no work has a count), `evidence`.
    """
    spellings, behind = Spellings(), dict[str, list["Work"]]()
    for work in works:
        key = folded(work.record.venue or "")
        if key:
            spellings.add(key, work.record.venue or "")
            behind.setdefault(key, []).append(work)
    known = sum(map(len, behind.values()))
    rows = [
        {"venue": spellings.shown(key), "works": len(found), "share": len(found) / known, **_about(found)}
        for key, found in behind.items()
    ]
    schema = {"venue": pl.String, "works": pl.Int64, "share": pl.Float64, **ABOUT}
    notes = (
        "Spellings that differ in case, accents and signs are one venue; abbreviations are not resolved.",
    )
    return Listing(
        "Venues",
        "venues",
        _sorted(rows, schema, "venue"),
        len(works),
        len(works) - known,
        _cited(works, notes),
    )


def top_authors(works: Sequence[Work]) -> Listing:
    """Return who wrote the works, those with most works first.

    Returns
    -------
    Listing
        `author` (the most frequent spelling), `works`, `fractional` (each work counts 1 / number of its
        authors), `leading` (works of which they are the first author), `first_year`, `last_year`,
        `times_cited`, `h_index`, `evidence`.
    """
    spellings, behind = Spellings(), dict[str, list["Work"]]()
    fractions: dict[str, float] = {}
    leading: dict[str, int] = {}
    missing = 0
    for work in works:
        keys = list(dict.fromkeys(filter(None, map(author_key, work.record.authors))))
        missing += not keys
        for name in work.record.authors:
            if key := author_key(name):
                spellings.add(key, str(name))
        for key in keys:
            behind.setdefault(key, []).append(work)
            fractions[key] = fractions.get(key, 0.0) + 1 / len(keys)
        if keys:
            leading[keys[0]] = leading.get(keys[0], 0) + 1
    rows = [
        {
            "author": spellings.shown(key),
            "works": len(found),
            "fractional": round(fractions[key], 6),
            "leading": leading.get(key, 0),
            **_about(found),
        }
        for key, found in behind.items()
    ]
    schema = {
        "author": pl.String,
        "works": pl.Int64,
        "fractional": pl.Float64,
        "leading": pl.Int64,
        **ABOUT,
    }
    return Listing(
        "Authors", "authors", _sorted(rows, schema, "author"), len(works), missing, _cited(works, (NAMES,))
    )


def author_key(name: Name) -> str:
    """Return what an author is known by: family name and initials, without case and accents.

    Examples
    --------
    >>> from constellary.literature.record import Name
    >>> author_key(Name("Müller-Hansen", "Finn")), author_key(Name("MULLER HANSEN", "F.")), author_key(Name("OECD"))
    ('muller hansen f', 'muller hansen f', 'oecd')
    """
    given = name.given
    if given.isupper() and given.isalpha() and len(given) <= 4:
        initials = given.casefold()
    else:
        initials = "".join(word[0] for word in folded(given.replace(".", " ")).split())
    return f"{folded(name.family)} {initials}".strip()


ABOUT: dict[str, Any] = {
    "first_year": pl.Int32,
    "last_year": pl.Int32,
    "times_cited": pl.Int64,
    "h_index": pl.Int64,
    "evidence": IDS,
}


def _about(works: Sequence[Work]) -> dict[str, object]:
    years = [work.record.year for work in works if work.record.year is not None]
    times = [work.record.times_cited for work in works]
    return {
        "first_year": min(years, default=None),
        "last_year": max(years, default=None),
        "times_cited": summed(times),
        "h_index": h_index(times),
        "evidence": [work.id for work in works],
    }


def _sorted(rows: Iterable[dict[str, Any]], schema: dict[str, Any], name: str) -> pl.DataFrame:
    ordered = sorted(rows, key=lambda row: (-row["works"], -(row["times_cited"] or 0), row[name]))
    return pl.DataFrame(ordered, schema=schema, orient="row")


def _cited(works: Sequence[Work], notes: tuple[str, ...]) -> tuple[str, ...]:
    return (*notes, TIMES_CITED) if any(work.record.times_cited is not None for work in works) else notes
