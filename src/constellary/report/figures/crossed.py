"""Two variables against each other: a table whose cells are shaded by residuals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constellary.report import theme
from constellary.report.figures.base import (
    INKED,
    LINKED,
    Spec,
    frame_of,
    in_order,
    rows_of,
    share_text,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from constellary.report.document import Width

LIMITS = (-4, -2, 2, 4)
LEGEND = "Adjusted residual (difference from independence, in standard errors)"


def heat_table(
    frame: pl.DataFrame, *, row_title: str = "", column_title: str = "", width: Width = "full"
) -> Spec:
    """Return a crosstab as a table whose cells are shaded by their adjusted residuals.

    Parameters
    ----------
    frame
        `row`, `column` (labels), `count` (Int), `share` (of the row, 0..1; null where the row is empty),
        `residual` (adjusted; null: none), `significant` (Boolean: after correction for many tests; such
        cells carry an asterisk), `key`.
    row_title, column_title
        Names of the two variables.
    """
    rows = cells(frame)
    tested = frame["residual"].is_not_null().any()
    columns = in_order(frame["column"].to_list())
    room = (theme.WIDTHS[width] - 120) / max(1, len(columns))
    heads = {name: wrapped(name, width=room) for name in columns}
    for row in rows:
        row["text"] = f"{row['count']:,}" + ("*" if row["significant"] else "")
        row["small"] = share_text(row["share"])
        row["column"] = "\n".join(heads[row["column"]])
    x = {
        "field": "column",
        "type": "nominal",
        "sort": None,
        "axis": {
            "orient": "top",
            "title": column_title or None,
            "labelAngle": 0,
            "labelExpr": "split(datum.label, '\\n')",
            "labelLineHeight": 10,
            "ticks": False,
            "domain": False,
        },
        "scale": {"paddingInner": 0.03, "paddingOuter": 0},
    }
    y = {
        "field": "row",
        "type": "nominal",
        "sort": None,
        "axis": {"title": row_title or None, "ticks": False, "domain": False, "labelPadding": 6},
        "scale": {"paddingInner": 0.08, "paddingOuter": 0},
    }
    layers: list[Spec] = [
        {"mark": "rect", "encoding": {"x": x, "y": y, "color": shading(legend=tested), **LINKED}},
        {
            "mark": {"type": "text", "dy": -5, "fontSize": 9, "aria": False},
            "encoding": {"x": x, "y": y, "text": {"field": "text"}, **INKED},
        },
        {
            "mark": {"type": "text", "dy": 6, "fontSize": 7, "aria": False},
            "encoding": {"x": x, "y": y, "text": {"field": "small"}, **INKED},
        },
    ]
    lines = max(len(head) for head in heads.values())
    height = len(in_order(frame["row"].to_list())) * 29 + 60 + 10 * lines + (12 if column_title else 0)
    return frame_of(layers, width=width, height=height, data={"values": rows})


def cells(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the cells with descriptions and the ink that reads on their shade."""
    rows = rows_of(frame, (in_words(row) for row in frame.iter_rows(named=True)))
    for row in rows:
        place = sum((row["residual"] or 0) >= limit for limit in LIMITS)
        row["ink"] = theme.ink_on(theme.DIVERGING[place])
        row["residual"] = row["residual"] or 0
    return rows


def in_words(row: Mapping[str, Any]) -> str:
    """Return a cell in words."""
    text = f"{row['row']}, {row['column']}: {row['count']:,} ({share_text(row['share'])} of the row)"
    if row["residual"] is None:
        return text
    return f"{text}, adjusted residual {row['residual']:+.1f}" + (" *" if row["significant"] else "")


def shading(*, legend: bool) -> Spec:
    """Return the colour of a cell by its residual, in five steps; a table without residuals needs no legend."""
    return {
        "field": "residual",
        "type": "quantitative",
        "scale": {"type": "threshold", "domain": list(LIMITS), "range": list(theme.DIVERGING)},
        "legend": None
        if not legend
        else {
            "orient": "bottom",
            "title": LEGEND,
            "gradientLength": 160,
            "gradientThickness": 7,
            "offset": 8,
            "titlePadding": 5,
            "titleLimit": 400,
            "labelExpr": "datum.label ? replace(datum.label, '-', '−') : ''",
        },
    }
