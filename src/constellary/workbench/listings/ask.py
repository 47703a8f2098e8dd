"""What is asked of a listing, as its address says it: a search, an order, columns, a page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_SEARCH = 300
LAST_PAGE = 1_000_000


@dataclass(frozen=True, slots=True)
class Ask:
    """A search, an order, columns and a page.

    Attributes
    ----------
    search
        Words that a row must all have; empty: any row.
    sort
        Name of a column, after `-` where the greatest comes first; empty: the listing's own order.
    columns
        Names of the columns that are shown; empty: the usual ones.
    page
        From 1.
    """

    search: str = ""
    sort: str = ""
    columns: tuple[str, ...] = ()
    page: int = 1

    @property
    def sorted_by(self) -> str:
        """The column of the order; empty: none."""
        return self.sort.removeprefix("-")

    @property
    def descending(self) -> bool:
        """Whether the greatest comes first."""
        return self.sort.startswith("-")

    @property
    def query(self) -> dict[str, str | int | None]:
        """The same as parts of an address, for `link.page`; what is as usual is left out.

        Examples
        --------
        >>> Ask(search="tesla", sort="-year", columns=("name", "year")).query
        {'q': 'tesla', 'sort': '-year', 'columns': 'name,year', 'page': None}
        """
        return {
            "q": self.search or None,
            "sort": self.sort or None,
            "columns": ",".join(self.columns) or None,
            "page": self.page if self.page > 1 else None,
        }

    def on(self, page: int) -> Ask:
        """Return the same on another page."""
        return replace(self, page=page)

    def by(self, column: str, *, first_descending: bool = False) -> Ask:
        """Return the same by a column; a second time turns the order round, a third gives the usual one.

        Examples
        --------
        >>> [Ask(sort=now).by("year").sort for now in ("", "year", "-year")]
        ['year', '-year', '']
        """
        turns = [f"-{column}", column] if first_descending else [column, f"-{column}"]
        following = dict(zip(["", *turns], [*turns, ""], strict=True))
        return replace(self, sort=following.get(self.sort, turns[0]), page=1)


def read_ask(pairs: Iterable[tuple[str, str]]) -> Ask:
    """Return what an address asks for; what cannot be a page is the first one.

    `usual`, with any value, takes back a choice of columns: a form can say that with a button.

    Examples
    --------
    >>> read_ask([("q", " Ford "), ("columns", "name"), ("columns", "place,year"), ("page", "x")])
    Ask(search='Ford', sort='', columns=('name', 'place', 'year'), page=1)
    """
    found: dict[str, str] = {}
    columns: list[str] = []
    usual = False
    for name, value in pairs:
        if name == "columns":
            columns += [column for column in value.split(",") if column and column not in columns]
        elif name in ("q", "sort", "page"):
            found[name] = value.strip()
        elif name == "usual":
            usual = True
    page = found.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) <= len(str(LAST_PAGE)) else 1
    search = found.get("q", "")[:LONGEST_SEARCH]
    return Ask(search, found.get("sort", ""), () if usual else tuple(columns), max(1, number))
