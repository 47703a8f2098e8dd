"""A glimpse of each chapter for the overview: small bars or a grid, quickly counted, without any test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from constellary.report import theme
from constellary.workbench.background import soon

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future

    from constellary.report.chapters import Chapter
    from constellary.study.codebook import Codebook
    from constellary.study.frames import Frames
    from constellary.workbench.filters import Filter
    from constellary.workbench.moments import Moment

MOST_BARS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a glimpse: its share of the highest (0..1) and its colour."""

    height: float
    colour: str = theme.BAR


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What an entry of the overview shows: a number with its words, and bars or rows of a grid."""

    number: str = ""
    words: str = ""
    bars: tuple[Bar, ...] = ()
    grid: tuple[tuple[float, ...], ...] = ()


def glances(moment: Moment, chosen: Filter) -> Future[dict[str, Glimpse]]:
    """Return the future of the glimpses of a filter, by the key of the chapter."""
    return soon(moment, ("glances", chosen), lambda present: all_glances(present.selected(chosen)))


def glimpse(chapter: Chapter, found: Mapping[str, Glimpse] | None) -> Glimpse:
    """Return the glimpse of a chapter; an empty one as long as it is not there."""
    return (found or {}).get(chapter.key, Glimpse())


def all_glances(frames: Frames) -> dict[str, Glimpse]:
    """Return a glimpse of each chapter that has one, by its key."""
    design, book = frames.codebook.design, frames.codebook
    memberships = frames.partners.group_by("firm").len()["len"]
    busiest = max(memberships.to_list(), default=0)
    by_size = _counts(frames.alliances["size"])
    found = {
        "sample": Glimpse(f"{frames.sources.height:,}", "sources of the alliances"),
        "portfolios": Glimpse(f"{busiest:,}", "alliances of the busiest firm", _bars(_counts(memberships))),
        "growth": Glimpse(
            f"{by_size.get(2, 0) / max(frames.alliances.height, 1):.0%}",
            "of the alliances join two firms",
            _bars(_counts(frames.alliances["year"])),
        ),
        "constellation": Glimpse(f"{memberships.len():,}", "firms and their ties"),
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
    coders = frames.codings["coder"].n_unique()
    if coders:
        found["agreement"] = Glimpse(f"{coders:,}", "coders compared")
    return found


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
