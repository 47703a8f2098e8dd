"""A glimpse of each chapter for the overview: small bars or a grid, quickly counted, without any test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from constellary.report import theme
from constellary.workbench.background import soon
from constellary.workbench.written import findings_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future

    from constellary.report.chapters import Chapter
    from constellary.report.findings import Findings
    from constellary.study.codebook import Codebook, Comparison
    from constellary.study.frames import Frames
    from constellary.study.study import Study
    from constellary.workbench.filters import Filter
    from constellary.workbench.moments import Moment

MOST_BARS = 12
MOST_DOTS = 160


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a glimpse: its share of the highest (0..1) and its colour."""

    height: float
    colour: str = theme.BAR


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What an entry of the overview shows: a number with its words, and bars, rows of a grid, or dots.

    A dot has its place in a field of 120 x 44, its radius and its colour.
    """

    number: str = ""
    words: str = ""
    bars: tuple[Bar, ...] = ()
    grid: tuple[tuple[float, ...], ...] = ()
    dots: tuple[tuple[float, float, float, str], ...] = ()


def glances(moment: Moment, chosen: Filter, study: Study) -> Future[dict[str, Glimpse]]:
    """Return the future of the glimpses of a filter, by the key of the chapter."""

    def make(present: Moment) -> dict[str, Glimpse]:
        # Loaded when it is needed, since it brings scipy with it.
        from constellary.report.placed import kept_positions

        findings = findings_of(present, chosen, study)
        places = kept_positions(present.frames, study.layouts)
        found = all_glances(findings.frames)
        found["constellation"] = _sky(findings.frames, places or {})
        found |= _coders(findings) | _print(findings) | _literature(findings)
        return found

    return soon(moment, ("glances", chosen), make)


def glimpse(chapter: Chapter, found: Mapping[str, Glimpse] | None) -> Glimpse:
    """Return the glimpse of a chapter; an empty one as long as it is not there."""
    return (found or {}).get(chapter.key, Glimpse())


def all_glances(frames: Frames) -> dict[str, Glimpse]:
    """Return a glimpse of each chapter that has one, by its key."""
    design, book = frames.codebook.design, frames.codebook
    memberships = frames.partners.group_by("firm").len()["len"]
    busiest = max(memberships.to_list(), default=0)
    sourced = frames.alliances.select(pl.col("id").alias("alliance")).join(
        frames.sources.group_by("alliance").len(), on="alliance", how="left"
    )["len"]
    by_size = _counts(frames.alliances["size"])
    found = {
        "sample": Glimpse(
            f"{frames.sources.height:,}", "sources of the alliances", _bars(_counts(sourced.fill_null(0)))
        ),
        "portfolios": Glimpse(f"{busiest:,}", "alliances of the busiest firm", _bars(_counts(memberships))),
        "growth": Glimpse(
            f"{by_size.get(2, 0) / max(frames.alliances.height, 1):.0%}",
            "of the alliances join two firms",
            _bars(_counts(frames.alliances["year"])),
        ),
        "limits": Glimpse("", "What the numbers cannot bear"),
    }
    for key, name in (
        ("firms", design.firm_type),
        ("motivations", design.motivation),
        ("industries", design.industries),
    ):
        if name:
            found[key] = _shares(frames, name)
    for row, column in design.crosstabs:
        found[f"{row}-{column}".lower()] = _grid(frames, book, row, column)
    if design.comparison:
        found["groups"] = _groups(frames, design.comparison)
    return found


def _sky(frames: Frames, places: Mapping[str, tuple[float, float]]) -> Glimpse:
    """Return the busiest firms where the constellation has them, as far as its layout is kept."""
    counted = frames.partners.group_by("firm").len().sort("len", "firm", descending=[True, False])
    busy = [(places[firm], count) for firm, count in counted.head(MOST_DOTS).iter_rows() if firm in places]
    field: tuple[tuple[float, float, float, str], ...] = ()
    if len(busy) > 1:
        across = [place[0] for place, _ in busy]
        down = [place[1] for place, _ in busy]
        wide, high = max(across) - min(across) or 1, max(down) - min(down) or 1
        most = busy[0][1]
        field = tuple(
            (
                4 + 112 * (place[0] - min(across)) / wide,
                3 + 38 * (place[1] - min(down)) / high,
                0.7 + 2.3 * (count / most) ** 0.5,
                theme.ACCENT,
            )
            for place, count in busy
        )
    return Glimpse(f"{counted.height:,}", "firms and their ties", dots=field)


def _groups(frames: Frames, comparison: Comparison) -> Glimpse:
    counts = dict(frames.signing[comparison.variable].drop_nulls().value_counts().iter_rows())
    firms = [counts.get(comparison.first, 0), counts.get(comparison.second, 0)]
    bars = tuple(Bar(count / (max(firms) or 1), theme.colour(place)) for place, count in enumerate(firms))
    return Glimpse(f"{firms[0]:,} and {firms[1]:,}", "firms compared", bars)


def _literature(findings: Findings) -> dict[str, Glimpse]:
    found = findings.literature
    if found is None:
        return {}
    works: dict[int, int] = dict(found.years.rows.select("year", "works").iter_rows())
    return {"literature": Glimpse(f"{len(found.works):,}", "works included in the review", _bars(works))}


def _coders(findings: Findings) -> dict[str, Glimpse]:
    if findings.agreement is None:
        return {}
    alphas = [value for value in findings.agreement.variables["alpha"].to_list() if value is not None]
    if not alphas:
        return {}
    bars = tuple(Bar(max(value, 0.0)) for value in alphas[:MOST_BARS])
    return {"agreement": Glimpse(f"{min(alphas):.2f}", f"the lowest alpha of {len(alphas)}", bars)}


def _print(findings: Findings) -> dict[str, Glimpse]:
    if findings.published is None:
        return {"against-print": Glimpse("", "No published values yet")}
    return {
        "against-print": Glimpse(
            f"{len(findings.published.values):,}", "published values beside this study's"
        )
    }


def _counts(values: pl.Series) -> dict[int, int]:
    counted = values.drop_nulls().value_counts(sort=False)
    return dict(sorted(counted.iter_rows()))


def _bars(counts: Mapping[int, int]) -> tuple[Bar, ...]:
    shown = list(counts.values())[:MOST_BARS]
    most = max(shown, default=0) or 1
    return tuple(Bar(count / most) for count in shown)


def _shares(frames: Frames, name: str) -> Glimpse:
    item = frames.codebook.find(name)
    values = frames.alliances[name] if item.level == "alliance" else frames.signing[name]
    if values.dtype == pl.List(pl.String):
        values = values.explode()
    counts: dict[str, int] = dict(values.drop_nulls().value_counts().iter_rows())
    if not counts:
        return Glimpse()
    order = [category.value for category in item.categories] or sorted(counts)
    most = max(counts.values())
    leading = max(order, key=lambda value: counts.get(value, 0))
    label = frames.codebook.labels(name).get(leading, leading)
    bars = tuple(
        Bar(counts.get(value, 0) / most, theme.colour(place)) for place, value in enumerate(order[:MOST_BARS])
    )
    return Glimpse(f"{counts[leading] / sum(counts.values()):.0%}", label, bars)


def _grid(frames: Frames, book: Codebook, row: str, column: str) -> Glimpse:
    """Return the shares within each row of a crosstab of two variables of alliances as a small grid."""
    sides = book.find(row), book.find(column)
    if any(side.level != "alliance" or side.kind != "single" for side in sides):
        return Glimpse()
    pairs = frames.alliances.select(row, column).drop_nulls().group_by(row, column).len()
    counts = {(first, second): count for first, second, count in pairs.iter_rows()}
    rows = [
        [counts.get((one.value, other.value), 0) for other in sides[1].categories]
        for one in sides[0].categories
    ]
    grid = tuple(tuple(count / (sum(line) or 1) for count in line) for line in rows)
    return Glimpse(f"{sum(counts.values()):,}", "alliances with both values", grid=grid)
