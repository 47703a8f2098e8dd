"""The bibliographic context of a set of works, as one result: years, venues, authors, keywords, citations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.literature.context.citations import most_cited, reference_table
from constellary.literature.context.tallies import top_authors, top_venues, yearly_output
from constellary.literature.context.topics import keyword_table
from constellary.result import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from constellary.literature.context.listing import Listing
    from constellary.literature.works import Work


@dataclass(frozen=True, repr=False, eq=False)
class Overview(Result):
    """The context of works: one listing for each question that it answers.

    Attributes
    ----------
    title
        Which works these are.
    works
        How many.
    listings
        By name: `years`, `venues`, `authors`, `keywords`, `cited`, `references`.
    """

    title: str
    works: int
    listings: dict[str, Listing]

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return the table of each listing by its name."""
        return {name: listing.tables()[name] for name, listing in self.listings.items()}

    def numbers(self) -> dict[str, object]:
        """Return `works`, and for each listing how many works say nothing of it (`missing`) and its rows."""
        found: dict[str, object] = {"works": self.works}
        for name, listing in self.listings.items():
            found[name] = {"missing": listing.missing, "rows": listing.tables()[name].to_dicts()}
        return found

    @property
    def remarks(self) -> tuple[str, ...]:
        """What works do not say, and the notes of the listings, each once."""
        silent = [
            f"{listing.missing:,} for {name}" for name, listing in self.listings.items() if listing.missing
        ]
        notes = [note for listing in self.listings.values() for note in listing.notes]
        said = [f"Works that say nothing: {', '.join(silent)}."] if silent else []
        return tuple(dict.fromkeys([*said, *notes]))


def overview(works: Sequence[Work], *, title: str = "The literature") -> Overview:
    """Return the bibliographic context of works.

    Examples
    --------
    >>> from constellary.literature.record import Record
    >>> from constellary.literature.works import Work
    >>> one = Record(id="a", title="Cars", year=2020, venue="Wheels")
    >>> found = overview([Work("a", (one,), one, {})])
    >>> found.tables()["venues"].select("venue", "works").rows()
    [('Wheels', 1)]
    """
    makers = (yearly_output, top_venues, top_authors, keyword_table, most_cited, reference_table)
    listings = [make(works) for make in makers]
    return Overview(title, len(works), {listing.name: listing for listing in listings})
