"""Firms: the table of them, and a page of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from constellary.workbench.answers import page
from constellary.workbench.listings.answers import FileKind, listing_file, listing_page
from constellary.workbench.listings.ask import read_ask
from constellary.workbench.listings.firms import firms_listing
from constellary.workbench.listings.view import listing_view
from constellary.workbench.needs import Bench, Chosen, Now
from constellary.workbench.portraits.firm import firm_view
from constellary.workbench.portraits.position import position_view

if TYPE_CHECKING:
    from constellary.workbench.filters import Filter
    from constellary.workbench.listings.ask import Ask
    from constellary.workbench.moments import Moment

router = APIRouter(include_in_schema=False)


def view(moment: Moment, chosen: Filter, ask: Ask, *, whole: bool = False) -> dict[str, Any]:
    """Return what the table of firms shows; see `listing_view`."""
    listing = firms_listing(moment, chosen)
    return listing_view(moment, chosen, listing, ask, path="firms", whole=whole)


@router.get("/firms")
def firms(request: Request, now: Now, chosen: Chosen) -> Response:
    """Show the table of firms."""
    ask = read_ask(request.query_params.multi_items())
    return listing_page(request, "firms.html", chosen, view(now, chosen, ask))


@router.get("/firms.{kind}")
def firms_file(request: Request, now: Now, chosen: Chosen, kind: FileKind) -> Response:
    """Give the table of firms as a file."""
    ask = read_ask(request.query_params.multi_items())
    return listing_file(now, chosen, firms_listing(now, chosen), ask, kind)


@router.get("/firms/{firm:name}")
def firm(request: Request, now: Now, chosen: Chosen, bench: Bench, firm: str) -> Response:
    """Show the page of a firm."""
    ask = read_ask(request.query_params.multi_items())
    content = firm_view(now, chosen, ask, firm, history=bench.study.history.about("firms", firm))
    return page(request, "firm.html", chosen=chosen, **{**content, **position_view(now, firm, begin=False)})


@router.get("/firms/{firm:name}/position")
def firm_position(request: Request, now: Now, firm: str) -> Response:
    """Show where a firm stands in the constellation, as a part of its page."""
    return page(request, "firm_position.html", **position_view(now, firm))
