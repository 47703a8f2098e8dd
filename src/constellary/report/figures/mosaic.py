"""A mosaic: two variables as areas, shaded by residuals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from constellary.report import theme
from constellary.report.figures.base import AVERAGE_LETTER, INKED, LINKED, Spec, frame_of, in_order, wrapped
from constellary.report.figures.crossed import cells, shading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import polars as pl

    from constellary.report.document import Width

GAP = 0.012
SLIT = 0.02
LINE_HEIGHT = 9
PLOT = 155
"""Height of the rectangles, without heads and legend, roughly, in points."""
MARGIN = 110
"""Width of the names at the left, roughly, in points."""

Row = dict[str, Any]


def mosaic(frame: pl.DataFrame, *, row_title: str = "", width: Width = "full") -> Spec:
    """Return a column for each row category, as wide as it is frequent, divided by the other variable.

    Takes the columns of `heat_table`. Areas are counts; shading shows residuals. The names at the left
    belong to the first column; the order is the same in all.
    """
    rows = cells(frame)
    spans = columns(rows)
    place(rows, spans, room=theme.WIDTHS[width] - MARGIN)
    heads = column_heads(spans, room=theme.WIDTHS[width] - MARGIN)
    lines = max((len(head["name"]) for head in heads), default=1)
    first = next(iter(spans), "")
    sides = [
        {"centre": row["centre"], "name": wrapped(row["column"], width=90)}
        for row in rows
        if row["row"] == first
    ]
    return frame_of(
        layers(heads, sides, lines),
        width=width,
        height=PLOT + 70 + LINE_HEIGHT * lines,
        data={"values": rows},
        title={"text": row_title, "fontSize": 8, "color": theme.SOFT},
    )


def columns(rows: Sequence[Row]) -> dict[str, tuple[float, float]]:
    """Return where each row category starts and ends across, in 0..1."""
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["row"]] = counts.get(row["row"], 0) + row["count"]
    total = sum(counts.values()) or 1
    room = 1 - GAP * (len(counts) - 1)
    spans, x = {}, 0.0
    for name, count in counts.items():
        spans[name] = (x, x + room * count / total)
        x = spans[name][1] + GAP
    return spans


def place(rows: Sequence[Row], spans: Mapping[str, tuple[float, float]], *, room: float) -> None:
    """Give each cell its rectangle and what is written into it."""
    parts = len(in_order(row["column"] for row in rows))
    totals = {name: sum(row["count"] for row in rows if row["row"] == name) for name in spans}
    filled = dict.fromkeys(spans, 0.0)
    for row in rows:
        name = row["row"]
        deep = (1 - SLIT * (parts - 1)) * row["count"] / (totals[name] or 1)
        row["x"], row["x2"] = spans[name]
        row["y"], row["y2"] = filled[name], filled[name] + deep
        row["middle"], row["centre"] = (row["x"] + row["x2"]) / 2, row["y"] + deep / 2
        filled[name] = row["y2"] + SLIT
        row["text"] = written_in(row, width=(row["x2"] - row["x"]) * room, height=deep * PLOT)
        row["at"] = row["centre"] - (len(row["text"]) - 1) * LINE_HEIGHT / 2 / PLOT


def written_in(row: Row, *, width: float, height: float) -> list[str]:
    """Return what a rectangle has room for: name and count, the count, or nothing."""
    count = f"{row['count']:,}" + ("*" if row["significant"] else "")
    name = wrapped(row["column"], width=width - 4)
    longest = max(len(line) for line in name) * AVERAGE_LETTER * 8
    if longest < width - 4 and LINE_HEIGHT * (len(name) + 1) < height - 4:
        return [*name, count]
    return [count] if height > LINE_HEIGHT else [""]


def column_heads(spans: Mapping[str, tuple[float, float]], *, room: float) -> list[Row]:
    """Return the names above the columns, broken into lines and set to one foot."""
    names = {name: wrapped(name, width=(end - start) * room) for name, (start, end) in spans.items()}
    lines = max((len(name) for name in names.values()), default=1)
    return [
        {"middle": sum(spans[key]) / 2, "name": [""] * (lines - len(name)) + name}
        for key, name in names.items()
    ]


def layers(heads: Sequence[Row], sides: Sequence[Row], lines: int) -> list[Spec]:
    """Return rectangles, what is written into them, heads and names at the left."""
    across: Spec = {"type": "quantitative", "axis": None, "scale": {"domain": [0, 1], "nice": False}}
    down: Spec = across | {"scale": {"domain": [0, 1], "nice": False, "reverse": True}}
    text: Spec = {"type": "text", "lineHeight": LINE_HEIGHT, "aria": False}
    head = text | {"baseline": "alphabetic", "y": 3 - LINE_HEIGHT * lines}
    side = text | {"align": "right", "x": -6, "baseline": "middle"}
    return [
        {
            "mark": "rect",
            "encoding": {
                "x": across | {"field": "x"},
                "x2": {"field": "x2"},
                "y": down | {"field": "y"},
                "y2": {"field": "y2"},
                "color": shading(),
                **LINKED,
            },
        },
        {
            "mark": text | {"baseline": "middle"},
            "encoding": {
                "x": across | {"field": "middle"},
                "y": down | {"field": "at"},
                "text": {"field": "text"},
                **INKED,
            },
        },
        {
            "data": {"values": list(heads)},
            "mark": head,
            "encoding": {"x": across | {"field": "middle"}, "text": {"field": "name"}},
        },
        {
            "data": {"values": list(sides)},
            "mark": side,
            "encoding": {"y": down | {"field": "centre"}, "text": {"field": "name"}},
        },
    ]
