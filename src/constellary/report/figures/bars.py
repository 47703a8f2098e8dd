"""Bars: shares with intervals, grouped and stacked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.report import theme
from constellary.report.figures.base import (
    AVERAGE_LETTER,
    LINKED,
    Spec,
    between,
    categories,
    frame_of,
    quantity,
    rows_of,
    share_text,
    whiskers,
)

if TYPE_CHECKING:
    import polars as pl

    from constellary.report.document import Width

STEP = 19


def bars(frame: pl.DataFrame, *, axis: str, width: Width = "column", percent: bool = True) -> Spec:
    """Return horizontal bars with interval whiskers and the count written behind each.

    Parameters
    ----------
    frame
        `label`, `value` (share 0..1, or a number with `percent=False`), `low`, `high` (interval; null:
        none), `count` (Int), `key` (evidence; null: none), and `colour` if bars differ in colour.
    axis
        Title of the measured axis.
    width
        Printed width.
    percent
        Whether values are shares.
    """
    rows = rows_of(
        frame,
        (
            f"{row['label']}: {row['count']:,} ({share_text(row['value'])})"
            + between(row["low"], row["high"], percent=True)
            if percent
            else f"{row['label']}: {row['value']:.4g}" + between(row["low"], row["high"], percent=False)
            for row in frame.iter_rows(named=True)
        ),
    )
    for row in rows:
        row["text"] = f"{row['count']:,} ({share_text(row['value'])})" if percent else f"{row['value']:,.4g}"
        row["end"] = max(row["value"] or 0, row["high"] or 0)
        row.setdefault("colour", theme.BAR)
    longest = max((len(row["text"]) for row in rows), default=0) * 8 * AVERAGE_LETTER
    labels = max((len(row["label"]) for row in rows), default=0) * 8 * AVERAGE_LETTER
    room = max(60.0, theme.WIDTHS[width] - min(labels, 200) - 16)
    top = max((row["end"] for row in rows), default=1) or 1
    limit = top / max(0.3, 1 - (longest + 8) / room)
    across = {"field": "label", "type": "nominal", "sort": None}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar"},
            "encoding": {
                "y": categories("label"),
                "x": quantity("value", title=axis, percent=percent, domain=[0, limit], nice=False),
                "color": {"field": "colour", "type": "nominal", "scale": None},
                **LINKED,
            },
        },
        whiskers("x", {"y": across}),
        {
            "mark": {"type": "text", "align": "left", "dx": 5, "color": theme.INK, "aria": False},
            "encoding": {
                "y": across,
                "x": {"field": "end", "type": "quantitative"},
                "text": {"field": "text"},
            },
        },
    ]
    return frame_of(layers, width=width, height=len(rows) * STEP + 34, data={"values": rows})
