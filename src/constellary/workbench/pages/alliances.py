"""Alliances: the table of them, and a page of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from constellary.workbench.listings.alliances import alliances_listing
from constellary.workbench.listings.answers import FileKind, listing_file, listing_page
from constellary.workbench.listings.ask import read_ask
from constellary.workbench.listings.view import listing_view
from constellary.workbench.needs import Chosen, Now

if TYPE_CHECKING:
    from constellary.workbench.filters import Filter
    from constellary.workbench.listings.ask import Ask
    from constellary.workbench.moments import Moment

router = APIRouter(include_in_schema=False)


def view(moment: Moment, chosen: Filter, ask: Ask, *, whole: bool = False) -> dict[str, Any]:
    """Return what the table of alliances shows; see `listing_view`."""
    listing = alliances_listing(moment, chosen)
    return listing_view(moment, chosen, listing, ask, path="alliances", whole=whole)


@router.get("/alliances")
def alliances(request: Request, now: Now, chosen: Chosen) -> Response:
    """Show the table of alliances."""
    ask = read_ask(request.query_params.multi_items())
    return listing_page(request, "alliances.html", chosen, view(now, chosen, ask))


@router.get("/alliances.{kind}")
def alliances_file(request: Request, now: Now, chosen: Chosen, kind: FileKind) -> Response:
    """Give the table of alliances as a file."""
    ask = read_ask(request.query_params.multi_items())
    return listing_file(now, chosen, alliances_listing(now, chosen), ask, kind)
