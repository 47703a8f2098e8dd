"""Bars: shares with intervals, grouped and stacked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.report import theme
from constellary.report.figures.base import (
    AVERAGE_LETTER,
    INKED,
    LINKED,
    Spec,
    between,
    categories,
    coloured,
    frame_of,
    in_order,
    palette,
    quantity,
    rows_of,
    share_text,
    whiskers,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def stacked(
    frame: pl.DataFrame,
    *,
    axis: str,
    width: Width = "full",
    colours: Mapping[str, str] | None = None,
) -> Spec:
    """Return bars of 100% that are divided into series, each part with its count.

    Parameters
    ----------
    frame
        `label` (one bar each), `series`, `count` (Int), `share` (within the bar, 0..1), `key`.
    axis
        Title of the measured axis.
    colours
        Colour of each series; by position where absent.
    """
    series = in_order(frame["series"].to_list())
    shades = palette(series, colours)
    rows = rows_of(
        frame,
        (
            f"{row['label']}, {row['series']}: {row['count']:,} ({share_text(row['share'])})"
            for row in frame.iter_rows(named=True)
        ),
    )
    ends: dict[str, float] = {}
    for row in rows:
        start = ends.get(row["label"], 0.0)
        ends[row["label"]] = row["to"] = start + (row["share"] or 0.0)
        row["from"], row["middle"] = start, start + (row["share"] or 0.0) / 2
        row["text"] = f"{row['count']:,}" if (row["share"] or 0) >= 0.035 else ""
        row["ink"] = theme.ink_on(shades[row["series"]])
    across = {"field": "label", "type": "nominal", "sort": None}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "stroke": theme.PAPER, "strokeWidth": 0.8},
            "encoding": {
                "y": categories("label", padding=0.25),
                "x": quantity("from", title=axis, percent=True, domain=[0, 1]),
                "x2": {"field": "to"},
                "color": coloured("series", series, shades, title=None, symbolType="square"),
                **LINKED,
            },
        },
        {
            "mark": {"type": "text", "fontSize": 7.5, "aria": False},
            "encoding": {
                "y": across,
                "x": {"field": "middle", "type": "quantitative"},
                "text": {"field": "text"},
                **INKED,
            },
        },
    ]
    height = len(ends) * (STEP + 1) + 58
    return frame_of(layers, width=width, height=height, data={"values": rows})


def grouped(
    frame: pl.DataFrame,
    *,
    axis: str,
    width: Width = "full",
    percent: bool = True,
    colours: Mapping[str, str] | None = None,
) -> Spec:
    """Return bars side by side within each label, with intervals.

    Parameters
    ----------
    frame
        `label`, `series`, `value`, `low`, `high` (null: none), `count` (Int), `key`.
    axis
        Title of the measured axis.
    percent
        Whether values are shares.
    colours
        Colour of each series; by position where absent.
    """
    series = in_order(frame["series"].to_list())
    shades = palette(series, colours)
    rows = rows_of(
        frame,
        (
            f"{row['label']}, {row['series']}: "
            + (f"{row['count']:,} ({share_text(row['value'])})" if percent else f"{row['value']:.4g}")
            + between(row["low"], row["high"], percent=percent)
            for row in frame.iter_rows(named=True)
        ),
    )
    across = {"field": "label", "type": "nominal", "sort": None, "scale": {"paddingInner": 0.3}}
    beside = {"field": "series", "type": "nominal", "sort": series}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar"},
            "encoding": {
                "y": categories("label", scale={"paddingInner": 0.3}),
                "yOffset": beside,
                "x": quantity("value", title=axis, percent=percent),
                "color": coloured("series", series, shades, title=None, symbolType="square"),
                **LINKED,
            },
        },
        whiskers("x", {"y": across, "yOffset": beside}),
    ]
    height = len(in_order(frame["label"].to_list())) * (len(series) * 11 + 9) + 58
    return frame_of(layers, width=width, height=height, data={"values": rows})
