"""The constellation with every firm in its place: one layout for a study, whatever part of it is shown.

The layout is that of all the study's alliances. It is kept with the study, so that a selection of years or
places shows the firms where the whole shows them.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from constellary import __version__
from constellary.constellation.constellation import constellation
from constellary.constellation.layout import layout
from constellary.constellation.projection import project

if TYPE_CHECKING:
    from constellary.constellation.constellation import Constellation
    from constellary.study.frames import Frames
    from constellary.study.layouts import Layouts, Positions


def placed_constellation(frames: Frames, whole: Frames, layouts: Layouts | None = None) -> Constellation:
    """Return the constellation of a selection, placed by the layout of the whole.

    Parameters
    ----------
    frames
        The selection.
    whole
        The study that it is a selection of; may be the same.
    layouts
        Where the study keeps its layouts; None: the layout is computed and not kept.
    """
    sky = constellation(frames, layout=False)
    places = positions(whole, layouts)
    x = {firm: place[0] for firm, place in places.items()}
    y = {firm: place[1] for firm, place in places.items()}
    firms = sky.firms.with_columns(
        pl.col("firm").replace_strict(x, default=None, return_dtype=pl.Float64).alias("x"),
        pl.col("firm").replace_strict(y, default=None, return_dtype=pl.Float64).alias("y"),
    )
    return replace(sky, firms=firms)


def positions(frames: Frames, layouts: Layouts | None) -> Positions:
    """Return firm -> (x, y), from the study if it keeps this layout."""
    key = digest(frames)
    kept = layouts.get(key) if layouts is not None else None
    if kept is not None:
        return kept
    found = layout(project(frames))
    made = {firm: (x, y) for firm, x, y in found.select("firm", "x", "y").iter_rows()}
    if layouts is not None:
        layouts.put(key, made)
    return made


def digest(frames: Frames) -> str:
    """Return what identifies a layout: the memberships it was computed from, and the version."""
    state = hashlib.sha256(f"constellary {__version__}\n".encode())
    for alliance, firm in frames.partners.select("alliance", "firm").sort("alliance", "firm").iter_rows():
        state.update(f"{alliance}\x1f{firm}\n".encode())
    return state.hexdigest()
