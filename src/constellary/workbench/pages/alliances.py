"""Alliances: the table of them, and a page of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from constellary.workbench.answers import page
from constellary.workbench.coding.kept_back import kept_back, without_codes
from constellary.workbench.listings.alliances import alliances_listing
from constellary.workbench.listings.answers import FileKind, listing_file, listing_page
from constellary.workbench.listings.ask import read_ask
from constellary.workbench.listings.view import listing_view
from constellary.workbench.needs import Bench, Chosen, Now, Person
from constellary.workbench.portraits.alliance import alliance_view
from constellary.workbench.portraits.findings import findings_view

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


@router.get("/alliances/{key:name}")
def alliance(request: Request, now: Now, chosen: Chosen, bench: Bench, who: Person, key: str) -> Response:
    """Show the page of an alliance."""
    ask = read_ask(request.query_params.multi_items())
    hidden = kept_back(now, bench.study, who, key)
    content = alliance_view(
        now,
        chosen,
        ask,
        key,
        history=without_codes(bench.study.history.about("alliances", key), hidden),
        adjudications=bench.study.codings.adjudications(),
        notes=bench.study.codings.notes(),
        hidden=hidden,
    )
    found = findings_view(now, bench.study.acceptances.all(), alliance=key, begin=False)
    return page(request, "alliance.html", chosen=chosen, **content, **found)


@router.get("/alliances/{key:name}/findings")
def alliance_findings(request: Request, now: Now, bench: Bench, key: str) -> Response:
    """Show what the checks find about an alliance, as a part of its page."""
    content = findings_view(now, bench.study.acceptances.all(), alliance=key)
    return page(request, "alliance_findings.html", key=key, **content)
