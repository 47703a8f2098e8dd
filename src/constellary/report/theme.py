"""The look of all figures: sizes, type, colours. One place, so that they look like one hand's work.

Sizes are in points: a drawing of 482 x 200 prints 170 mm wide, and its 8-point type is 8 points there.
The first font family is the one that the converter carries; a family that it does not have would drop
all text from PNG and PDF without an error.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from constellary.report.document import Width

FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDTHS: Final[dict[Width, int]] = {"column": 241, "full": 482}
POINTS_AN_INCH: Final = 72

INK: Final = "#1f2328"
SOFT: Final = "#5b636b"
LINE: Final = "#9aa2aa"
GRID: Final = "#e7eaed"
PAPER: Final = "#ffffff"
NIGHT: Final = "#14181d"
"""The paper of a dark page, for rims and halos."""
ACCENT: Final = "#2b6a99"
"""Points and lines of a variable whose categories need no colour of their own."""
BAR: Final = "#6f9fc6"
"""The accent for areas, light enough for whiskers to show on it."""
PALE: Final = "#d3e0ec"
"""The accent for what is incomplete, such as a year that was watched in part."""
ABSENT: Final = "#a3a9af"
"""Marks whose category is missing."""

PALETTE: Final = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#d55e00", "#56b4e9", "#8c6d1f", "#6f6f6f")
"""Okabe and Ito's colours, told apart with any colour vision; the last two follow where eight are needed."""

DIVERGING: Final = ("#2166ac", "#a6cbe3", "#f5f5f3", "#f6c3a6", "#c8553d")
"""Far fewer, fewer, as expected, more, far more than expected."""

DARK: Final[dict[str, str]] = {
    INK: "#e6e9ed",
    SOFT: "#a7b0ba",
    LINE: "#6d7884",
    GRID: "#2c333b",
    ACCENT: "#6aaee0",
    BAR: "#4579a5",
    PALE: "#2c4257",
    "#0072b2": "#2b8fd0",
    "#8c6d1f": "#b0913f",
    "#6f6f6f": "#8f959b",
    "#2166ac": "#2b78ba",
    "#a6cbe3": "#2b4f6b",
    "#f5f5f3": "#252b32",
    "#f6c3a6": "#6b4433",
    "#c8553d": "#b84a33",
}
"""What a drawing's colours become on a dark page: inks and lines turn over, categories stay what they are."""

CONFIG: Final[dict[str, Any]] = {
    "background": PAPER,
    "font": FONT,
    "padding": 2,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "labelFontSize": 8,
        "labelLimit": 200,
        "labelFlush": False,
        "titleColor": SOFT,
        "titleFontSize": 8,
        "titleFontWeight": "normal",
        "titlePadding": 6,
        "domainColor": LINE,
        "domainWidth": 0.6,
        "tickColor": LINE,
        "tickWidth": 0.6,
        "tickSize": 3,
        "gridColor": GRID,
        "gridWidth": 0.6,
    },
    "legend": {
        "orient": "top",
        "direction": "horizontal",
        "title": None,
        "labelColor": INK,
        "labelFontSize": 8,
        "labelLimit": 220,
        "titleColor": SOFT,
        "titleFontSize": 8,
        "titleFontWeight": "normal",
        "symbolSize": 50,
        "columnPadding": 12,
        "offset": 6,
        "padding": 0,
    },
    "text": {"color": INK, "fontSize": 8},
    "title": {"color": INK, "fontSize": 9, "fontWeight": "normal", "anchor": "start", "offset": 8},
    "rule": {"color": INK, "strokeWidth": 0.8},
}


def colour(position: int | None) -> str:
    """Return the colour of the category at a position of its variable's order; None: missing.

    Examples
    --------
    >>> colour(0), colour(None)
    ('#0072b2', '#a3a9af')
    """
    return ABSENT if position is None else PALETTE[position % len(PALETTE)]


def ink_on(background: str) -> str:
    """Return the text colour, dark or white, that reads better on a background `#rrggbb`.

    Examples
    --------
    >>> ink_on("#0072b2"), ink_on("#e69f00")
    ('#ffffff', '#1f2328')
    """
    red, green, blue = (linear(int(background[i : i + 2], 16) / 255) for i in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return PAPER if 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.0641 else INK


def linear(channel: float) -> float:
    """Return an sRGB channel (0..1) as linear light."""
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
