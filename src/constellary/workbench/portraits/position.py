"""Where a firm stands in the constellation: measures, ranks with their intervals, its community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from constellary.workbench.background import begun, ready, soon

if TYPE_CHECKING:
    from concurrent.futures import Future

    from constellary.constellation.constellation import Constellation
    from constellary.workbench.moments import Moment

MEASURES = (
    ("alliances", "Alliances", 0),
    ("degree", "Degree", 0),
    ("betweenness", "Betweenness", 4),
)
MEASURED = ("measures",)
NAMED = 8
"""Firms of a community that are named."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of a firm: value, rank among `of` firms, the rank's interval (None: not resampled), meaning."""

    label: str
    value: str
    rank: int | None
    low: int | None
    high: int | None
    definition: str


@dataclass(frozen=True, slots=True)
class Position:
    """A firm's measures, and its community: number, how many firms, those with most alliances."""

    measures: tuple[Measure, ...]
    of: int
    community: int | None
    members: int
    top: tuple[str, ...]
    component: int | None


def measured(moment: Moment) -> Future[Constellation]:
    """Return the measures of the whole study's constellation, computed in the background."""
    return soon(moment, MEASURED, _measure)


def position_view(moment: Moment, firm: str, *, begin: bool = True) -> dict[str, Any]:
    """Return a firm's position: `position_state` is `ready`, `computing`, or `none` for a firm that signs nothing.

    Parameters
    ----------
    begin
        Whether to begin to compute it: a page does not, so that it is there first, and asks again.
    """
    if firm not in moment.frames.partners["firm"]:
        return {"firm": firm, "position_state": "none", "position": None}
    promised = measured(moment) if begin or begun(moment, MEASURED) else None
    if promised is None or not ready(promised):
        return {"firm": firm, "position_state": "computing", "position": None}
    return {"firm": firm, "position_state": "ready", "position": position_of(promised.result(), firm)}


def position_of(sky: Constellation, firm: str) -> Position:
    """Return where a firm stands in a constellation that has it."""
    row = sky.firms.row(by_predicate=pl.col("firm") == firm, named=True)
    measures = tuple(
        Measure(
            label,
            _shown(row[name], digits),
            row[f"rank_{name}"],
            row[f"rank_{name}_low"],
            row[f"rank_{name}_high"],
            sky.definitions.get(name, ""),
        )
        for name, label, digits in MEASURES
    )
    community = row["community"]
    fellows = (
        sky.firms.filter(pl.col("community") == community) if community is not None else sky.firms.clear()
    )
    top = fellows.filter(pl.col("firm") != firm).sort("alliances", "firm", descending=[True, False])["firm"]
    return Position(
        measures, sky.firms.height, community, fellows.height, tuple(top.head(NAMED)), row["component"]
    )


def _measure(moment: Moment) -> Constellation:
    from constellary.constellation.constellation import constellation

    return constellation(moment.frames, layout=False)


def _shown(value: float | None, digits: int) -> str:
    if value is None:
        return "–"
    return f"{value:,.{digits}f}"
