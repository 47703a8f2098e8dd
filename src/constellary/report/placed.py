"""The constellation with every firm in its place: one layout for a study, whatever part of it is shown.

The layout is that of all the study's alliances. It is kept with the study, so that a selection of years or
places shows the firms where the whole shows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary import __version__
from constellary.constellation.constellation import constellation
from constellary.constellation.layout import layout
from constellary.constellation.projection import project

if TYPE_CHECKING:
    from collections.abc import Callable

    from constellary.constellation.constellation import Constellation
    from constellary.constellation.projection import Projection
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
    firm_type = frames.codebook.design.firm_type
    return constellation(frames, layout=positions(whole, layouts), firm_type=firm_type)


def kept_positions(frames: Frames, layouts: Layouts) -> Positions | None:
    """Return firm -> (x, y) if the study keeps the layout of these frames; None: it was not computed yet."""
    return kept_positions_of(project(frames), layouts)


def kept_positions_of(projection: Projection, layouts: Layouts) -> Positions | None:
    """Return the same for firms and ties that are there already."""
    return layouts.get(_key(projection))


def _key(projection: Projection) -> str:
    return f"{__version__}-{projection.digest}"


def positions(
    frames: Frames, layouts: Layouts | None, progress: Callable[[int, int], None] | None = None
) -> Positions:
    """Return firm -> (x, y), from the study if it keeps this layout; `progress` as in `layout`."""
    return positions_of(project(frames), layouts, progress)


def positions_of(
    projection: Projection, layouts: Layouts | None, progress: Callable[[int, int], None] | None = None
) -> Positions:
    """Return the same for firms and ties that are there already."""
    kept = None if layouts is None else kept_positions_of(projection, layouts)
    if kept is not None:
        return kept
    placed = layout(projection, progress=progress)
    made = {firm: (x, y) for firm, x, y in placed.select("firm", "x", "y").iter_rows()}
    if layouts is not None:
        layouts.put(_key(projection), made)
    return made
