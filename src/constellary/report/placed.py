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
    return layouts.get(_key(project(frames)))


def _key(projection: Projection) -> str:
    return f"{__version__}-{projection.digest}"


def positions(
    frames: Frames, layouts: Layouts | None, progress: Callable[[int, int], None] | None = None
) -> Positions:
    """Return firm -> (x, y), from the study if it keeps this layout; `progress` as in `layout`."""
    projection = project(frames)
    key = _key(projection)
    kept = layouts.get(key) if layouts is not None else None
    if kept is not None:
        return kept
    made = {
        firm: (x, y)
        for firm, x, y in layout(projection, progress=progress).select("firm", "x", "y").iter_rows()
    }
    if layouts is not None:
        layouts.put(key, made)
    return made
