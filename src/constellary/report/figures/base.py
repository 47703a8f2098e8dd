"""What the figure specifications share: the frame around layers, links, descriptions, widths of text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constellary.report import theme
from constellary.report.evidence import anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from constellary.report.document import Width

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
LINKED: Spec = {"href": {"field": "href"}, "description": {"field": "description"}}
"""The encoding that every mark of data carries."""
INKED: Spec = {
    "color": {
        "condition": {"test": f"datum.ink == '{theme.PAPER}'", "value": theme.PAPER},
        "value": theme.INK,
    }
}
"""The encoding of text that is written onto a coloured mark; rows carry `ink`."""
AVERAGE_LETTER = 0.53
"""Width of an average letter of the theme's font, in font sizes."""


def frame_of(layers: Sequence[Spec], *, width: Width, height: float, **more: Any) -> Spec:
    """Return layers as one figure of the printed width; `height` holds axes and legend too."""
    return {
        "$schema": SCHEMA,
        "config": theme.CONFIG,
        "width": theme.WIDTHS[width],
        "height": round(height),
        "autosize": {"type": "fit", "contains": "padding"},
        "layer": list(layers),
        **more,
    }


def rows_of(frame: pl.DataFrame, describe: Iterable[str]) -> list[Spec]:
    """Return the frame's rows with `href` made of `key`, and the descriptions given."""
    return [
        {name: value for name, value in row.items() if name != "key"}
        | {"href": anchor(row["key"]) if row.get("key") else None, "description": text}
        for row, text in zip(frame.iter_rows(named=True), describe, strict=True)
    ]


def quantity(field: str, *, title: str | None, percent: bool, **scale: Any) -> Spec:
    """Return the encoding of a measured axis."""
    axis: Spec = {"title": title, "tickCount": 5, "domain": False, "ticks": False, "labelColor": theme.SOFT}
    if percent:
        axis["format"] = "%"
    return {"field": field, "type": "quantitative", "axis": axis, "scale": scale or {"zero": True}}


def whiskers(along: str, others: Spec, *, scale: Spec | None = None, pen: float | None = None) -> Spec:
    """Return the layer of intervals from `low` to `high`, along x or y; rows without one are left out."""
    start: Spec = {"field": "low", "type": "quantitative"} | ({"scale": scale} if scale else {})
    mark: Spec = {"type": "rule", "aria": False} | ({"strokeWidth": pen} if pen else {})
    return {
        "transform": [{"filter": "datum.low != null"}],
        "mark": mark,
        "encoding": {along: start, f"{along}2": {"field": "high"}, **others},
    }


def years(scale: Spec) -> Spec:
    """Return the encoding of an axis of years; where there are many, only some are written."""
    axis: Spec = {"title": None, "labelAngle": 0, "ticks": False, "labelPadding": 5}
    axis |= {"labelOverlap": "parity", "labelSeparation": 6}
    return {"field": "year", "type": "ordinal", "axis": axis, "scale": scale}


def categories(field: str, *, padding: float = 0.35, **more: Any) -> Spec:
    """Return the encoding of a list of categories down the page, in the order of the data."""
    axis = {"title": None, "ticks": False, "domain": False, "labelPadding": 6, "grid": False}
    return {"field": field, "type": "nominal", "sort": None, "axis": axis, **more} | (
        {} if "scale" in more else {"scale": {"padding": padding}}
    )


def coloured(field: str, order: Sequence[str], colours: Mapping[str, str], **legend: Any) -> Spec:
    """Return the encoding of a colour by category, with its legend."""
    scale = {"domain": list(order), "range": [colours[name] for name in order]}
    return {"field": field, "type": "nominal", "scale": scale, "legend": legend or {"title": None}}


def palette(order: Sequence[str], given: Mapping[str, str] | None) -> dict[str, str]:
    """Return a colour for each name: the given one, else by position."""
    return {name: (given or {}).get(name) or theme.colour(place) for place, name in enumerate(order)}


def in_order(values: Iterable[str]) -> list[str]:
    """Return the distinct values in the order of their first appearance."""
    return list(dict.fromkeys(values))


def share_text(value: float | None) -> str:
    """Return a share as a reader reads it: 30.4%, missing as a dash."""
    return "–" if value is None else f"{100 * value:.1f}%"


def between(low: float | None, high: float | None, *, percent: bool) -> str:
    """Return ", 95% interval 25.6 to 35.8%", or nothing where there is no interval."""
    if low is None or high is None:
        return ""
    bounds = f"{100 * low:.1f} to {100 * high:.1f}%" if percent else f"{low:.3g} to {high:.3g}"
    return f", 95% interval {bounds}"


def wrapped(text: str, *, width: float, size: float = 8) -> list[str]:
    """Break a label into lines that fit a width in points; a long word stays whole."""
    room = max(1, int(width / (AVERAGE_LETTER * size)))
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]
