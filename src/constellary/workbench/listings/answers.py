"""Listings as answers: a page, the part of it that a search exchanges, or a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from fastapi import Response
from fastapi.responses import RedirectResponse

from constellary.workbench.answers import page
from constellary.workbench.links import LiveLinks
from constellary.workbench.listings.files import as_csv, as_xlsx
from constellary.workbench.listings.view import order_of

if TYPE_CHECKING:
    from fastapi import Request

    from constellary.workbench.filters import Filter
    from constellary.workbench.listings.ask import Ask
    from constellary.workbench.listings.listing import Listing
    from constellary.workbench.moments import Moment

PART = "listing-rows"
"""The element that a search exchanges."""
FileKind = Literal["csv", "xlsx"]
TYPES: dict[FileKind, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def listing_page(request: Request, template: str, chosen: Filter, view: dict[str, Any]) -> Response:
    """Return a listing's page, or its rows alone where these are asked for."""
    part = request.headers.get("hx-target") == PART
    address = LiveLinks({}).page(view["path"], chosen, **view["ask"].query)
    if not part and ("usual" in request.query_params or len(request.query_params.getlist("columns")) > 1):
        # The form of columns can only say it at length; people copy addresses.
        return RedirectResponse(address, status_code=303)
    answer = page(request, "listing_rows.html" if part else template, chosen=chosen, **view)
    # Page and part have one address: what keeps one must not give it out as the other.
    answer.headers["Vary"] = "HX-Target"
    if part:
        answer.headers["HX-Replace-Url"] = address
    return answer


def listing_file(moment: Moment, chosen: Filter, listing: Listing, ask: Ask, kind: FileKind) -> Response:
    """Return a listing as a file, `csv` or `xlsx`."""
    order = order_of(moment, chosen, listing, ask)
    if kind == "csv":
        content = as_csv(listing, order, ask)
    else:
        content = as_xlsx(listing, order, ask, title=moment.codebook.title)
    disposition = f'attachment; filename="{listing.what}.{kind}"'
    return Response(content, media_type=TYPES[kind], headers={"Content-Disposition": disposition})
