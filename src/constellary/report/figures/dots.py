"""Dots with intervals: agreement coefficients, comparisons, ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constellary.report import theme
from constellary.report.figures.base import (
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
    from collections.abc import Mapping, Sequence

    import polars as pl

    from constellary.report.document import Width


def dots(
    frame: pl.DataFrame,
    *,
    axis: str,
    width: Width = "full",
    percent: bool = False,
    marks: Sequence[float] = (),
    domain: tuple[float, float] | None = None,
    colours: Mapping[str, str] | None = None,
) -> Spec:
    """Return a dot with its interval for each series within each label.

    Parameters
    ----------
    frame
        `label`, `series`, `value` (null: no dot), `low`, `high` (null: none), `key`.
    axis
        Title of the measured axis.
    percent
        Whether values are shares.
    marks
        Values at which a dashed line helps to read, such as .667 and .8 for agreement.
    domain
        Ends of the axis; None: as the data ask.
    colours
        Colour of each series; by position where absent.
    """
    series = in_order(frame["series"].to_list())
    shades = palette(series, colours)
    rows = rows_of(frame, (describe(row, percent=percent) for row in frame.iter_rows(named=True)))
    scale: Spec = {"domain": list(domain or ends(rows, marks)), "nice": False}
    y = categories("label", scale={"paddingInner": 0.2})
    y["axis"] = y["axis"] | {"grid": False}
    across = {"field": "label", "type": "nominal", "sort": None}
    beside = {"field": "series", "type": "nominal", "sort": series}
    colour = coloured("series", series, shades, title=None)
    if len(series) == 1:
        colour["legend"] = None
    shape = {"field": "series", "type": "nominal", "scale": {"domain": series, "range": shapes(series)}}
    layers: list[Spec] = [
        whiskers("x", {"y": across, "yOffset": beside, "color": colour}, scale=scale, pen=1.1),
        {
            "transform": [{"filter": "datum.value != null"}],
            "mark": {"type": "point", "filled": True, "size": 42, "opacity": 1},
            "encoding": {
                "y": y,
                "yOffset": beside,
                "x": quantity("value", title=axis, percent=percent, **scale),
                "color": colour,
                "shape": shape | {"legend": colour["legend"]},
                **LINKED,
            },
        },
    ]
    if marks:
        layers.insert(0, reading_lines(marks, scale))
    labels = len(in_order(frame["label"].to_list()))
    height = labels * max(16, 9 * len(series) + 5) + (34 if len(series) == 1 else 56)
    return frame_of(layers, width=width, height=height, data={"values": rows})


def reading_lines(marks: Sequence[float], scale: Spec) -> Spec:
    """Return the layer of dashed lines at the marks."""
    return {
        "data": {"values": [{"at": value} for value in marks]},
        "mark": {"type": "rule", "strokeDash": [3, 2], "color": theme.LINE, "aria": False},
        "encoding": {"x": {"field": "at", "type": "quantitative", "scale": scale}},
    }


def ends(rows: Sequence[Mapping[str, Any]], marks: Sequence[float]) -> tuple[float, float]:
    """Return the ends of an axis that shows every dot, interval and mark with a little room."""
    seen = [row[name] for row in rows for name in ("value", "low", "high") if row[name] is not None]
    least, most = min([*seen, *marks], default=0.0), max([*seen, *marks], default=1.0)
    room = 0.05 * (most - least) or 0.05
    return least - room, most + room


def describe(row: Mapping[str, Any], *, percent: bool) -> str:
    """Return a dot in words."""
    value = "undefined" if row["value"] is None else f"{row['value']:.3f}"
    if percent:
        value = share_text(row["value"])
    return f"{row['label']}, {row['series']}: {value}" + between(row["low"], row["high"], percent=percent)


def shapes(series: Sequence[str]) -> list[str]:
    """Return a shape for each series."""
    kinds = ("circle", "diamond", "square", "triangle-up", "triangle-down", "cross")
    return [kinds[place % len(kinds)] for place in range(len(series))]


def ranks(
    frame: pl.DataFrame,
    *,
    axis: str = "Rank, with the interval over resampled alliances",
    width: Width = "full",
    colours: Mapping[str, str] | None = None,
) -> Spec:
    """Return the rank of each firm with its interval; the first rank stands left.

    Parameters
    ----------
    frame
        `label`, `rank`, `low`, `high` (ranks; null: none), `series` (what colours the dot, such as the
        type of firm; null: missing), `text` (written behind, such as the measure), `key`.
    axis
        Title of the axis of ranks.
    colours
        Colour of each series; by position where absent.
    """
    series = in_order(value for value in frame["series"].to_list() if value is not None)
    shades = palette(series, colours)
    rows = rows_of(
        frame,
        (
            f"{row['label']}: rank {row['rank']:g}"
            + (f", interval {row['low']:g} to {row['high']:g}" if row["low"] is not None else "")
            + (f"; {row['text']}" if row["text"] else "")
            for row in frame.iter_rows(named=True)
        ),
    )
    last = max((row["high"] or row["rank"] for row in rows), default=1)
    for row in rows:
        row["end"] = row["high"] or row["rank"]
    across = {"field": "label", "type": "nominal", "sort": None}
    colour = coloured("series", series, shades, title=None)
    x = quantity("rank", title=axis, percent=False, domain=[0, last * 1.14], nice=False)
    step = next(step for step in (5, 10, 20, 50, 100, 200, 500, 10**9) if last / step <= 8)
    x["axis"]["values"] = [1, *range(step, int(last * 1.14) + 1, step)]
    y = categories("label")
    y["axis"] = y["axis"] | {"grid": True, "gridDash": [1, 2]}
    layers: list[Spec] = [
        whiskers("x", {"y": across, "color": colour}, pen=1.1),
        {
            "mark": {"type": "point", "filled": True, "size": 42, "opacity": 1},
            "encoding": {"y": y, "x": x, "color": colour, **LINKED},
        },
        {
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 6,
                "color": theme.SOFT,
                "fontSize": 7.5,
                "aria": False,
            },
            "encoding": {
                "y": across,
                "x": {"field": "end", "type": "quantitative"},
                "text": {"field": "text", "type": "nominal"},
            },
        },
    ]
    return frame_of(layers, width=width, height=len(rows) * 13.5 + 56, data={"values": rows})
