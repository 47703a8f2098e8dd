"""What a page shows of a listing: heads that sort, the rows of one page, the way to the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from constellary.report.prose import plural
from constellary.study.facets import facets
from constellary.workbench.listings.listing import APART, KEY, PAGE, TEXT, pages

if TYPE_CHECKING:
    import polars as pl

    from constellary.workbench.filters import Filter
    from constellary.workbench.listings.ask import Ask
    from constellary.workbench.listings.listing import Column, Listing
    from constellary.workbench.moments import Moment


SEARCHED = "~searched"
"""Of a row on a page that searches by itself: its text."""


FOLLOWED = ("alliances", "firms")
"""Lists whose rows have pages of their own, from one of which one goes on to the next."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column: how the table is sorted by it now (empty: it is not), and what it would ask for."""

    column: Column
    sorted: str
    ask: Ask


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Where a row stands in a listing: its place from 1, of how many, and the keys before and after."""

    place: int
    total: int
    before: str | None
    after: str | None


def order_of(moment: Moment, chosen: Filter, listing: Listing, ask: Ask) -> pl.Series:
    """Return the rows that are asked for in their order, remembered: page after page asks for the same."""
    key = ("order", listing.what, chosen, ask.search, ask.sort or listing.sort)
    return moment.memory.get(key, lambda: listing.found(ask))


def listing_view(
    moment: Moment, chosen: Filter, listing: Listing, ask: Ask, *, path: str, whole: bool = False
) -> dict[str, Any]:
    """Return what `listing.html` shows.

    Parameters
    ----------
    moment, chosen
        Under which filter of which study.
    listing
        The rows.
    ask
        What is asked of them; a page beyond the last means the last.
    path
        Where the listing has its page.
    whole
        Whether all rows stand on one page, for where no server is.
    """
    order = order_of(moment, chosen, listing, ask)
    size = max(order.len(), 1) if whole else PAGE
    last = pages(order.len(), size)
    ask = replace(ask, page=1 if whole else min(ask.page, last))
    places = order.slice((ask.page - 1) * size, size)
    rows = listing.taken(places)
    if whole:
        for row, text in zip(rows, listing.rows[TEXT].gather(places), strict=True):
            row[SEARCHED] = searched(text)
    return {
        "path": path,
        "listing": listing,
        "ask": ask,
        "heads": [_head(column, listing, ask) for column in listing.shown(ask)],
        "rows": rows,
        "total": order.len(),
        "all": listing.rows.height,
        "first": (ask.page - 1) * size + 1 if rows else 0,
        "last": (ask.page - 1) * size + len(rows),
        "before": ask.on(ask.page - 1) if ask.page > 1 else None,
        "after": ask.on(ask.page + 1) if ask.page < last else None,
        "trail": trail(chosen, ask) if path in FOLLOWED and not whole else "",
        "whole": whole,
        "facets": moment.memory.get(("facets",), lambda: facets(moment.frames)),
        "said": said(listing, order.len(), ask),
        "kept": kept(ask),
    }


def searched(text: str) -> str:
    r"""Return the text of a row that a page carries for its search: without addresses, which would double it.

    Examples
    --------
    >>> searched("toyota\x1fhttps://example.org/a\x1f2021")
    'toyota 2021'
    """
    return " ".join(part for part in text.split(APART) if not part.startswith(("http:", "https:")))


def neighbours(order: pl.Series, listing: Listing, key: str) -> Neighbours | None:
    """Return where a row stands; None: it is not among those that were asked for."""
    keys = listing.rows[KEY].gather(order)
    found = (keys == key).arg_max()
    if found is None or keys[found] != key:
        return None
    before = keys[found - 1] if found else None
    after = keys[found + 1] if found + 1 < keys.len() else None
    return Neighbours(found + 1, keys.len(), before, after)


def trail(chosen: Filter, ask: Ask) -> str:
    """Return what an address needs for its page to know the list that one comes from.

    Examples
    --------
    >>> from constellary.workbench.filters import Filter
    >>> from constellary.workbench.listings.ask import Ask
    >>> trail(Filter(since="2021"), Ask(search="ford")), trail(Filter(), Ask())
    ('?since=2021&q=ford', '')
    """
    pairs = [*chosen.query, *((name, text) for name, text in (("q", ask.search), ("sort", ask.sort)) if text)]
    return f"?{urlencode(pairs)}" if pairs else ""


def said(listing: Listing, total: int, ask: Ask) -> str:
    """Return how many rows there are, in words."""
    if ask.search:
        return f"{total:,} of {plural(listing.rows.height, listing.one)}"
    return plural(total, listing.one)


def kept(ask: Ask) -> list[tuple[str, str]]:
    """Return what a form with another purpose must send again: all but the page."""
    return [(name, str(value)) for name, value in ask.on(1).query.items() if value]


def _head(column: Column, listing: Listing, ask: Ask) -> Head:
    now = ask.sort or listing.sort
    state = ""
    if now.removeprefix("-") == column.name:
        state = "descending" if now.startswith("-") else "ascending"
    numbers = column.kind in ("number", "date")
    # In the usual order, the first press on its own column turns it round.
    turned = replace(ask, sort=_turned(now), page=1) if state and not ask.sort else None
    return Head(column, state, turned or ask.by(column.name, first_descending=numbers))


def _turned(sort: str) -> str:
    return sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"
