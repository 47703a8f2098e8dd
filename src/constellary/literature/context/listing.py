"""A list of what works have in common: a table whose rows name the works behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl


@dataclass(frozen=True, repr=False, eq=False)
class Listing(Result):
    """A table of works by year, venue, author, keyword or citation.

    Attributes
    ----------
    title, name
        'Venues', `venues`.
    rows
        In the order that the function which made it tells; with `evidence` (ids of works, in their order).
    works, missing
        Works in all, and those that say nothing of what is listed.
    notes
        Definitions and cautions.
    """

    title: str
    name: str
    rows: pl.DataFrame
    works: int
    missing: int
    notes: tuple[str, ...] = ()

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return the rows without the lists of ids, under the listing's name."""
        return {self.name: self.rows.drop("evidence", strict=False)}

    def numbers(self) -> dict[str, object]:
        """Return `works`, `missing`, and the rows under the listing's name."""
        return {"works": self.works, "missing": self.missing, self.name: self.tables()[self.name].to_dicts()}

    @property
    def remarks(self) -> tuple[str, ...]:
        """How many works say something, and what the columns mean."""
        said = f"{self.works - self.missing:,} of {self.works:,} works say something of this."
        return ((said,) if self.missing else ()) + self.notes


def h_index(times: Iterable[int | None]) -> int | None:
    """Return the largest h such that h works were cited h times each; None where no count is known.

    References
    ----------
    Hirsch (2005), doi:10.1073/pnas.0507655102.

    Examples
    --------
    >>> h_index([10, 8, 5, 4, 3]), h_index([None, 0]), h_index([None])
    (4, 0, None)
    """
    known = sorted((count for count in times if count is not None), reverse=True)
    if not known:
        return None
    return sum(count >= place for place, count in enumerate(known, 1))


def summed(times: Sequence[int | None]) -> int | None:
    """Return the sum of what is known; None where nothing is."""
    known = [count for count in times if count is not None]
    return sum(known) if known else None
