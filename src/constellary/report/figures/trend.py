"""Change over the years: counts with fitted models, and shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.report import theme
from constellary.report.figures.base import (
    LINKED,
    Spec,
    between,
    coloured,
    frame_of,
    in_order,
    palette,
    quantity,
    rows_of,
    share_text,
    whiskers,
    years,
)
from constellary.report.prose import plural

if TYPE_CHECKING:
    import polars as pl

    from constellary.report.document import Width

DASHES = ([1, 0], [5, 2], [1.5, 1.5], [6, 2, 1.5, 2])


def yearly(
    counts: pl.DataFrame,
    fits: pl.DataFrame | None = None,
    *,
    axis: str = "Alliances announced",
    width: Width = "full",
) -> Spec:
    """Return a bar a year with its interval, and a line for each fitted model.

    Parameters
    ----------
    counts
        `year` (Int), `count` (Int), `low`, `high` (null: none), `partial` (Boolean: the period covers
        only a part of the year, drawn pale with a dashed outline), `key`.
    fits
        `year`, `fitted`, `model` (name in the legend); None: no lines.
    axis
        Title of the measured axis.
    """
    rows = rows_of(
        counts,
        (
            f"{row['year']}: {plural(row['count'], 'alliance')}"
            + between(row["low"], row["high"], percent=False)
            + (" (part of the year)" if row["partial"] else "")
            for row in counts.iter_rows(named=True)
        ),
    )
    for row in rows:
        row["fill"] = theme.PALE if row["partial"] else theme.BAR
        row["text"] = f"{row['count']:,}"
    lines = [] if fits is None else fits["fitted"].to_list()
    top = max([1, *(row["high"] or row["count"] for row in rows), *lines]) * 1.03
    x = years({"paddingInner": 0.38, "paddingOuter": 0.25})
    dashed = {"condition": {"test": "datum.partial", "value": [2, 1.5]}, "value": [1, 0]}
    layers: list[Spec] = [
        {
            "mark": {"type": "bar", "stroke": theme.ACCENT},
            "encoding": {
                "x": x,
                "y": quantity("count", title=axis, percent=False, domain=[0, top], nice=True),
                "color": {"field": "fill", "type": "nominal", "scale": None},
                "strokeDash": dashed,
                "strokeWidth": {"condition": {"test": "datum.partial", "value": 0.8}, "value": 0},
                **LINKED,
            },
        },
        whiskers("y", {"x": x}),
        {
            "mark": {"type": "text", "baseline": "bottom", "dy": -4, "aria": False},
            "encoding": {"x": x, "y": {"datum": 0}, "text": {"field": "text"}},
        },
    ]
    if fits is not None and fits.height:
        layers.append(fitted_lines(fits, x))
    return frame_of(layers, width=width, height=205, data={"values": rows})


def fitted_lines(fits: pl.DataFrame, x: Spec) -> Spec:
    """Return a layer with one line for each model, told apart by colour and dash."""
    models = in_order(fits["model"].to_list())
    shades = dict(zip(models, (theme.PALETTE[i] for i in (4, 2, 3, 1, 0)), strict=False))
    lines = [
        row | {"description": f"{row['model']} model, {row['year']}: {row['fitted']:.1f}"}
        for row in fits.select("year", "fitted", "model").iter_rows(named=True)
    ]
    stroke = {"title": None, "symbolType": "stroke", "symbolSize": 220, "symbolStrokeWidth": 1.4}
    scale = {"domain": models, "range": [DASHES[i % len(DASHES)] for i in range(len(models))]}
    return {
        "data": {"values": lines},
        "mark": {"type": "line", "strokeWidth": 1.4},
        "encoding": {
            "x": x,
            "y": {"field": "fitted", "type": "quantitative"},
            "color": coloured("model", models, shades, **stroke),
            "strokeDash": {"field": "model", "type": "nominal", "scale": scale, "legend": stroke},
            "description": {"field": "description"},
        },
    }


def shares_by_year(frame: pl.DataFrame, *, axis: str, width: Width = "full") -> Spec:
    """Return lines of shares over the years with their intervals as whiskers.

    Parameters
    ----------
    frame
        `year` (Int), `series`, `value` (share 0..1; null leaves a gap), `low`, `high`, `count` (Int),
        `key`. One series needs no legend.
    axis
        Title of the measured axis.
    """
    series = in_order(frame["series"].to_list())
    shades = {series[0]: theme.ACCENT} if len(series) == 1 else palette(series, None)
    rows = rows_of(
        frame,
        (
            f"{row['year']}, {row['series']}: {row['count']:,} ({share_text(row['value'])})"
            + between(row["low"], row["high"], percent=True)
            for row in frame.iter_rows(named=True)
        ),
    )
    x = years({"padding": 0.5})
    beside = {"field": "series", "type": "nominal", "sort": series, "scale": {"paddingOuter": 0.45}}
    shift: Spec = {"xOffset": beside} if len(series) > 1 else {}
    legend = coloured("series", series, shades, title=None)
    if len(series) == 1:
        legend["legend"] = None
    top = max((row["high"] or row["value"] or 0 for row in rows), default=1) * 1.05
    y = quantity("value", title=axis, percent=True, domain=[0, top], nice=False)
    layers: list[Spec] = [
        {
            "mark": {"type": "line", "strokeWidth": 1.1, "aria": False},
            "encoding": {"x": x, "y": y, "color": legend, **shift},
        },
        whiskers("y", {"x": x, "color": legend, **shift}),
        {
            "mark": {"type": "point", "filled": True, "size": 38, "opacity": 1},
            "encoding": {"x": x, "y": y, "color": legend, **shift, **LINKED},
        },
    ]
    return frame_of(layers, width=width, height=170, data={"values": rows})
