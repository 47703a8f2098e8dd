"""The flow of a review for its page, and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from constellary.errors import InputError
from constellary.literature.flow import flow
from constellary.workbench.links import LiveLinks

if TYPE_CHECKING:
    from constellary.literature.flow import Flow
    from constellary.literature.review import Review


def flow_view(review: Review, *, linked: bool = True) -> dict[str, Any]:
    """Return the drawing and what is to be known of it; computed once for a review.

    `linked`: the boxes lead to the works behind them, as they do in a running workbench.

    A flow whose sums fail is not drawn: what is wrong is said instead.
    """
    key = f"flow view {linked}"
    kept = review.memory.get(key)
    if kept is None:
        review.memory[key] = kept = _flow_view(review, linked=linked)
    return kept  # type: ignore[return-value]


def _flow_view(review: Review, *, linked: bool) -> dict[str, Any]:
    from constellary.report.flow.svg import flow_svg

    if not review.records and not review.protocol.declared:
        return {"drawing": None, "flow_wrong": "", "cautions": (), "in_progress": False}
    try:
        found = flow(review)
        drawn = flow_svg(found, links=links_of(found) if linked else None)
        if linked:  # what leads somewhere is no picture alone
            drawn = drawn.replace(' role="img"', ' role="group"', 1)
        drawing = Markup(drawn)  # noqa: S704 - ours, and every text in it is escaped where it is drawn
    except InputError as error:
        return {"drawing": None, "flow_wrong": str(error), "cautions": (), "in_progress": False}
    return {
        "drawing": drawing,
        "flow_wrong": "",
        "cautions": found.remarks,
        "in_progress": found.in_progress,
    }


def links_of(found: Flow) -> dict[str, str]:
    """Return box -> the list of the works behind it, as far as the list of the records can be narrowed to them."""
    links = LiveLinks({})
    works = {"included": links.page("literature/records", state="included")}
    for route in found.routes:
        for level in route.levels:
            address = links.page("literature/records", state="excluded", stage=level.stage)
            works[level.excluded.box] = address
    return works


def flow_file(review: Review, kind: str) -> bytes:
    """Return the flow as a file of a kind: a drawing (svg, png, pdf), or its numbers (csv, json)."""
    from constellary.report.flow.files import file_of

    return file_of(flow(review), kind, title=review.protocol.question)
