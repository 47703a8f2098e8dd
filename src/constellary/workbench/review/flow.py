"""The flow of a review for its page, and as a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from constellary.errors import InputError
from constellary.literature.flow import flow

if TYPE_CHECKING:
    from constellary.literature.review import Review


def flow_view(review: Review) -> dict[str, Any]:
    """Return the drawing and what is to be known of it; computed once for a review.

    A flow whose sums fail is not drawn: what is wrong is said instead.
    """
    kept = review.memory.get("flow view")
    if kept is None:
        review.memory["flow view"] = kept = _flow_view(review)
    return kept  # type: ignore[return-value]


def _flow_view(review: Review) -> dict[str, Any]:
    from constellary.report.flow.svg import flow_svg

    if not review.records and not review.protocol.declared:
        return {"drawing": None, "flow_wrong": "", "cautions": (), "in_progress": False}
    try:
        found = flow(review)
        # Ours, and every text in it is escaped where it is drawn.
        drawing = Markup(flow_svg(found))  # noqa: S704
    except InputError as error:
        return {"drawing": None, "flow_wrong": str(error), "cautions": (), "in_progress": False}
    return {
        "drawing": drawing,
        "flow_wrong": "",
        "cautions": found.remarks,
        "in_progress": found.in_progress,
    }


def flow_file(review: Review, kind: str) -> bytes:
    """Return the flow as a file of a kind: a drawing (svg, png, pdf), or its numbers (csv, json)."""
    found = flow(review)
    if kind == "json":
        return (json.dumps(found.numbers(), ensure_ascii=False, indent=2) + "\n").encode()
    if kind == "csv":
        import polars as pl

        from constellary.exchange.writers.tables import csv_bytes

        return csv_bytes(found.tables()["flow"].with_columns(pl.all().cast(pl.String)), neutral=True)
    from constellary.report.flow.svg import flow_svg

    drawing = flow_svg(found)
    if kind == "svg":
        return drawing.encode()
    from constellary.report.drawing import to_pdf, to_png

    return to_png(drawing) if kind == "png" else to_pdf(drawing)
