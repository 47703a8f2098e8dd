"""How unequally alliances are spread over firms: Lorenz curve and tail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.report import theme
from constellary.report.figures.base import LINKED, SCHEMA, Spec, coloured, in_order, rows_of, share_text

if TYPE_CHECKING:
    import polars as pl

PANEL = 175
HEIGHT = 150


def concentration(
    lorenz: pl.DataFrame,
    tail: pl.DataFrame,
    fits: pl.DataFrame | None = None,
    *,
    remark: str = "",
    unit: str = "alliances",
    held: str = "memberships",
) -> Spec:
    """Return the Lorenz curve (left) and the tail on log scales (right), at full width.

    Parameters
    ----------
    lorenz
        `firms`, `alliances`: cumulated shares 0..1 from (0, 0) to (1, 1), poorest firm first.
    tail
        `alliances` (Int, k), `share` (of firms with k or more, 0..1), `firms` (Int, how many), `key`.
    fits
        `alliances`, `share`, `model`: fitted tails; None: none.
    remark
        Written into the Lorenz curve, such as "Gini .52".
    unit
        What a firm has k of, in the titles of the tail.
    held
        What the firms share among them, in the title of the Lorenz curve's axis: an alliance of three
        firms is three memberships.
    """
    panels = [lorenz_panel(lorenz, remark, held), tail_panel(tail, fits, unit)]
    return {
        "$schema": SCHEMA,
        "config": theme.CONFIG,
        "hconcat": panels,
        "spacing": 30,
        "resolve": {"scale": {"color": "independent"}},
    }


def lorenz_panel(lorenz: pl.DataFrame, remark: str, held: str) -> Spec:
    """Return the Lorenz curve over the line of equality."""
    x = share_axis("firms", "Cumulated share of firms", labelFlush=True)
    y = share_axis("alliances", f"Cumulated share of {held}")
    curve = lorenz.select("firms", "alliances").to_dicts()
    equal = [{"firms": 0, "alliances": 0}, {"firms": 1, "alliances": 1}]
    words = "Lorenz curve" + (f": {remark}" if remark else "")
    return {
        "width": PANEL,
        "height": HEIGHT,
        "layer": [
            {
                "data": {"values": equal},
                "mark": {
                    "type": "line",
                    "color": theme.LINE,
                    "strokeWidth": 0.8,
                    "strokeDash": [3, 2],
                    "aria": False,
                },
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": curve},
                "mark": {
                    "type": "area",
                    "color": theme.ACCENT,
                    "fillOpacity": 0.12,
                    "line": {"color": theme.ACCENT, "strokeWidth": 1.5},
                    "description": words,
                },
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": [{"firms": 0.08, "alliances": 0.9, "text": remark}]},
                "mark": {"type": "text", "align": "left", "fontSize": 9, "aria": False},
                "encoding": {"x": x, "y": y, "text": {"field": "text"}},
            },
        ],
    }


def share_axis(field: str, title: str, **more: bool) -> Spec:
    """Return an axis of cumulated shares, 0 to 100%."""
    axis = {"format": "%", "tickCount": 5, "labelColor": theme.SOFT, "title": title, **more}
    return {"field": field, "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}


def log_axis(field: str, title: str, form: str, domain: tuple[float, float], ticks: list[float]) -> Spec:
    """Return an axis on a log scale with ticks at round values."""
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"type": "log", "domain": list(domain), "nice": False, "clamp": True},
        "axis": {"title": title, "values": ticks, "format": form, "labelColor": theme.SOFT},
    }


def tail_panel(tail: pl.DataFrame, fits: pl.DataFrame | None, unit: str) -> Spec:
    """Return the share of firms with k or more, on two log scales, with the fitted tails."""
    least = min(value for value in tail["share"].to_list() if value > 0)
    most = float(max(tail["alliances"].to_list())) * 1.15
    counts: list[float] = [1, 2, 5, 10, 20, 50, 100, 200, 500]
    shares = [1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001]
    x = log_axis("alliances", f"{unit.capitalize()} of a firm, k", ",d", (0.9, most), counts)
    y = log_axis("share", "Firms with k or more", "~%", (least / 1.5, 1.1), shares)
    rows = rows_of(
        tail,
        (
            f"{row['firms']:,} firms ({share_text(row['share'])}) have {row['alliances']:,} or more {unit}"
            for row in tail.iter_rows(named=True)
        ),
    )
    points = {
        "data": {"values": rows},
        "mark": {"type": "point", "filled": True, "size": 24, "color": theme.ACCENT, "opacity": 0.9},
        "encoding": {"x": x, "y": y, **LINKED},
    }
    layers: list[Spec] = [points]
    if fits is not None and fits.height:
        models = in_order(fits["model"].to_list())
        shades = dict(zip(models, (theme.PALETTE[i] for i in (4, 2, 3, 1)), strict=False))
        within = [
            row
            for row in fits.to_dicts()
            if row["share"] and row["share"] >= least / 1.5 and row["alliances"] <= most
        ]
        layers.insert(
            0,
            {
                "data": {"values": within},
                "mark": {"type": "line", "strokeWidth": 1.2, "aria": False},
                "encoding": {"x": x, "y": y, "color": coloured("model", models, shades, title=None)},
            },
        )
    return {"width": PANEL, "height": HEIGHT, "layer": layers}
