"""Sources: the pages on which the alliances rest, their publishers, and what rests on each of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from fastapi import APIRouter, Request
from fastapi.responses import Response

from constellary.errors import UnknownName
from constellary.report.prose import plural
from constellary.workbench.answers import page
from constellary.workbench.filters import Filter
from constellary.workbench.listings.answers import FileKind, listing_file, listing_page
from constellary.workbench.listings.ask import read_ask
from constellary.workbench.listings.sources import publishers_listing, sources_listing
from constellary.workbench.listings.view import listing_view
from constellary.workbench.moments import Moment
from constellary.workbench.needs import Chosen, Now

if TYPE_CHECKING:
    from constellary.workbench.listings.ask import Ask
    from constellary.workbench.listings.listing import Listing

router = APIRouter(include_in_schema=False)

PAGES, PUBLISHERS = "sources", "sources/publishers"
MOST = 2_000
"""Rows that the page of one publisher holds."""


def view(moment: Moment, chosen: Filter, ask: Ask, path: str, *, whole: bool = False) -> dict[str, Any]:
    """Return what the table of pages (`sources`) or of publishers (`sources/publishers`) shows."""
    listing = _listing(moment, chosen, path)
    return {
        **listing_view(moment, chosen, listing, ask, path=path, whole=whole),
        "summary": summary(moment, chosen),
        "tabs": [("Sources", PAGES, path == PAGES), ("Publishers", PUBLISHERS, path == PUBLISHERS)],
    }


def publisher_view(moment: Moment, publisher: str) -> dict[str, Any]:
    """Return what the page of a publisher shows: its pages, and the alliances that rest on them.

    Raises
    ------
    UnknownName
        If no page is of this publisher.
    """
    rows = sources_listing(moment, Filter()).only(pl.Series([publisher]), "publisher").rows
    if rows.is_empty():
        known = moment.frames.sources["publisher"].drop_nulls().unique()
        raise UnknownName("publisher", publisher, known.to_list())
    dated = rows.sort("published", "url", descending=[True, False], nulls_last=True, maintain_order=True)
    return {
        "publisher": publisher,
        "pages": dated["url"].n_unique(),
        "alliances": dated["id"].n_unique(),
        "first": dated["published"].min(),
        "latest": dated["published"].max(),
        "rows": dated.select("url", "published", "alliance", "id").head(MOST).to_dicts(),
        "total": dated.height,
    }


def summary(moment: Moment, chosen: Filter) -> str:
    """Return in words on how many pages of how many publishers how many alliances rest."""
    sources = moment.selected(chosen).sources
    return (
        f"{plural(sources['url'].n_unique(), 'page')} of "
        f"{plural(sources['publisher'].drop_nulls().n_unique(), 'publisher')} stand behind "
        f"{plural(sources['alliance'].n_unique(), 'alliance')}"
    )


def _listing(moment: Moment, chosen: Filter, path: str) -> Listing:
    return (sources_listing if path == PAGES else publishers_listing)(moment, chosen)


@router.get("/sources")
def sources(request: Request, now: Now, chosen: Chosen) -> Response:
    """Show the table of pages."""
    return _table(request, now, chosen, PAGES)


@router.get("/sources/publishers")
def publishers(request: Request, now: Now, chosen: Chosen) -> Response:
    """Show the table of publishers."""
    return _table(request, now, chosen, PUBLISHERS)


@router.get("/sources.{kind}")
def sources_file(request: Request, now: Now, chosen: Chosen, kind: FileKind) -> Response:
    """Give the table of pages as a file."""
    ask = read_ask(request.query_params.multi_items())
    return listing_file(now, chosen, _listing(now, chosen, PAGES), ask, kind)


@router.get("/sources/publishers.{kind}")
def publishers_file(request: Request, now: Now, chosen: Chosen, kind: FileKind) -> Response:
    """Give the table of publishers as a file."""
    ask = read_ask(request.query_params.multi_items())
    return listing_file(now, chosen, _listing(now, chosen, PUBLISHERS), ask, kind)


@router.get("/sources/publishers/{publisher:name}")
def publisher(request: Request, now: Now, chosen: Chosen, publisher: str) -> Response:
    """Show the page of a publisher."""
    return page(request, "sources_publisher.html", chosen=chosen, **publisher_view(now, publisher))


def _table(request: Request, now: Moment, chosen: Filter, path: str) -> Response:
    ask = read_ask(request.query_params.multi_items())
    return listing_page(request, "sources.html", chosen, view(now, chosen, ask, path))
