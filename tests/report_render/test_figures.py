from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

import polars as pl
import pytest

from constellary.report import drawing, figures, theme
from constellary.report.document import Figure
from tests.report_render.sample import bars_frame, cross_frame

YEARS = pl.DataFrame(
    {
        "year": [2020, 2021, 2022],
        "count": [5, 9, 20],
        "low": [2.0, 5.0, 14.0],
        "high": [9.0, 14.0, 28.0],
        "partial": [True, False, False],
        "key": ["year-2020", None, "year-2022"],
    }
)
FITS = pl.DataFrame({"year": [2020, 2021, 2022], "fitted": [6.0, 10.0, 17.0], "model": ["exponential"] * 3})
DOTS = pl.DataFrame(
    {
        "label": ["Form", "Form", "Place"],
        "series": ["kappa", "alpha", "kappa"],
        "value": [0.9, 0.88, None],
        "low": [0.85, None, None],
        "high": [0.95, None, None],
        "key": ["form", None, None],
    }
)
RANKS = pl.DataFrame(
    {
        "label": ["Ford", "Kia"],
        "rank": [1.0, 2.0],
        "low": [1.0, None],
        "high": [3.0, None],
        "series": ["OEM", "OEM"],
        "text": ["9 alliances", "5 alliances"],
        "key": ["firm-ford", None],
    }
)
SHARES = YEARS.select(
    "year", "count", "key", series=pl.lit("Rivals"), value=pl.col("count") / 30, low=0.1, high=0.9
)
LORENZ = pl.DataFrame({"firms": [0.0, 0.5, 1.0], "alliances": [0.0, 0.2, 1.0]})
TAIL = pl.DataFrame(
    {"alliances": [1, 2, 8], "share": [1.0, 0.4, 0.1], "firms": [10, 4, 1], "key": ["k1", None, None]}
)
MODELS = pl.DataFrame({"alliances": [1, 2, 8], "share": [1.0, 0.5, 1e-9], "model": ["power law"] * 3})

SPECS: dict[str, tuple[dict[str, Any], int]] = {
    "bars": (figures.bars(bars_frame("k"), axis="Share"), 1),
    "numbers": (figures.bars(bars_frame("k"), axis="Mean", percent=False, width="full"), 1),
    "yearly": (figures.yearly(YEARS, FITS), 2),
    "without fits": (figures.yearly(YEARS), 2),
    "shares": (figures.shares_by_year(SHARES, axis="Share"), 2),
    "dots": (figures.dots(DOTS, axis="Coefficient", marks=(0.8,)), 1),
    "ranks": (figures.ranks(RANKS), 1),
    "concentration": (figures.concentration(LORENZ, TAIL, MODELS, remark="Gini .4"), 1),
    "heat": (figures.heat_table(cross_frame("k"), row_title="R", column_title="C"), 3),
}


@pytest.mark.parametrize("name", SPECS)
def test_every_mark_with_evidence_is_a_link_and_is_described(name: str) -> None:
    spec, links = SPECS[name]
    svg = drawing.draw(Figure("x", "Caption", "Alt text", spec=spec))
    root = ET.fromstring(svg)  # noqa: S314
    found = [element for element in root.iter() if element.tag.endswith("}a")]
    assert len(found) == links
    for link in found:
        assert str(link.get("href")).startswith("#evidence-")
        assert link[0].get("aria-label")
    assert root.get("aria-label") == "Alt text"
    assert "vega.github.io" not in svg
    assert "style=" not in svg  # the page's policy would drop it


@pytest.mark.parametrize("name", SPECS)
def test_figures_have_their_printed_width_and_hold_their_data(name: str) -> None:
    spec, _ = SPECS[name]
    width, _ = drawing.size(drawing.draw(Figure("x", "Caption", "Alt text", spec=spec)))
    assert width in set(theme.WIDTHS.values()) or (name == "concentration" and 440 < width <= 482)
    assert '"url"' not in json.dumps(spec)
    assert theme.FONT.startswith("Liberation Sans,")


def test_the_lorenz_curve_is_of_memberships_and_the_tail_of_alliances() -> None:
    curve, tail = figures.concentration(LORENZ, TAIL)["hconcat"]
    assert curve["layer"][1]["encoding"]["y"]["axis"]["title"] == "Cumulated share of memberships"
    assert tail["layer"][-1]["encoding"]["x"]["axis"]["title"] == "Alliances of a firm, k"


def test_the_whiskers_of_the_highest_bar_are_within_the_drawing() -> None:
    spec = figures.yearly(YEARS, FITS)
    domain = spec["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert domain[1] >= 28


def test_text_is_drawn_in_pictures() -> None:
    """A family that the converter lacks would drop all text without an error."""
    spec, _ = SPECS["bars"]
    svg = drawing.draw(Figure("x", "Caption", "Alt", spec=spec))
    bare = drawing.to_png(svg.replace(">6 (60.0%)<", "><"))
    assert drawing.to_png(svg) != bare
    assert b"LiberationSans" in drawing.to_pdf(svg)


def written_years(count: int) -> list[int]:
    frame = pl.DataFrame({"year": range(2000, 2000 + count), "count": [5] * count})
    frame = frame.with_columns(low=2.0, high=9.0, partial=False, key=pl.lit(None, dtype=pl.String))
    svg = drawing.draw(Figure("x", "Caption", "Alt", spec=figures.yearly(frame)))
    texts = (element for element in ET.fromstring(svg).iter() if element.tag.endswith("text"))  # noqa: S314
    seen = [element.text or "" for element in texts if element.get("opacity") != "0"]
    return [int(text) for text in seen if len(text) == 4 and text.isdigit()]


def test_of_many_years_only_some_are_written() -> None:
    assert written_years(6) == list(range(2000, 2006))
    assert written_years(26) == list(range(2000, 2026, 2))
