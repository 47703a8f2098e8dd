"""Where each firm of a study stands on the screen: fixed by the whole study, whatever is shown of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from constellary.constellation.arrays import row_sums
from constellary.constellation.projection import project
from constellary.report.frame import SCREEN, Frame, apart, fitted
from constellary.report.placed import positions_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from constellary.constellation.projection import Projection
    from constellary.study.frames import Frames
    from constellary.study.layouts import Layouts, Positions

GAP = 1.2


@dataclass(frozen=True)
class Places:
    """A study's firms in a frame.

    Attributes
    ----------
    frame
        With the radii that its number of firms leaves room for.
    at
        Firm -> (x, y), y down, to a tenth.
    most
        Alliances of the firm that has most; areas by counts are in proportion to it in every view.
    years
        First and last year of the whole study; None: no alliance has a date.
    projection
        The whole study's firms and ties.
    """

    frame: Frame
    at: Positions
    most: int
    years: tuple[int, int] | None
    projection: Projection


def places_of(
    whole: Frames,
    layouts: Layouts | None = None,
    frame: Frame = SCREEN,
    *,
    projection: Projection | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Places:
    """Return the places of a study's firms in a frame.

    Parameters
    ----------
    whole
        The study.
    layouts
        Where it keeps its layouts; None: the layout is computed and not kept.
    frame
        With the radii of few firms.
    projection
        Of the whole, if it is there already.
    progress
        See `layout`.
    """
    projection = projection or project(whole)
    positions = positions_of(projection, layouts, progress)
    frame = frame.for_number(projection.size)
    alliances = row_sums(projection.incidence)
    most = float(alliances.max(initial=1.0))
    laid = np.array([positions[firm] for firm in projection.firms], dtype=np.float64).reshape(-1, 2)
    centres = apart(fitted(laid, frame), frame.radii(alliances, most), frame, GAP).round(1)
    years = whole.alliances["year"].drop_nulls()
    return Places(
        frame=frame,
        at=dict(zip(projection.firms, map(tuple, centres.tolist()), strict=True)),
        most=int(most),
        years=(int(years.min()), int(years.max())) if years.len() else None,  # type: ignore[arg-type]
        projection=projection,
    )
