"""A flow as a file: the drawing, or its numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from constellary.errors import UnknownName

if TYPE_CHECKING:
    from constellary.literature.flow import Flow

KINDS = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "json": "application/json",
}
"""Kinds of files, by the ending of their name."""


def file_of(flow: Flow, kind: str, *, title: str = "") -> bytes:
    """Return a flow as a file; the same flow gives the same bytes.

    Parameters
    ----------
    flow
        What is shown.
    kind
        One of `KINDS`.
    title
        Of the review, for those who do not see the drawing.

    Raises
    ------
    UnknownName
        If there is no such kind.
    """
    if kind not in KINDS:
        raise UnknownName("kind of file", kind, list(KINDS))
    if kind == "json":
        said = {"title": flow.title, "remarks": list(flow.remarks), "numbers": flow.numbers()}
        return (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode()
    if kind == "csv":
        import polars as pl

        from constellary.exchange.writers.tables import csv_bytes

        return csv_bytes(flow.tables()["flow"].cast(pl.String), neutral=True)
    from constellary.report.flow.svg import flow_svg

    svg = flow_svg(flow, title=title)
    if kind == "svg":
        return svg.encode()
    from constellary.report.drawing import to_pdf, to_png

    return to_png(svg) if kind == "png" else to_pdf(svg)
