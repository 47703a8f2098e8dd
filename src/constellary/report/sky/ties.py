"""Ties with their pens, alliances by the firms that are shown, and the outlines of alliances of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from constellary.constellation.arrays import cut
from constellary.report.sky.model import Hull

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from constellary.constellation.arrays import Integers
    from constellary.constellation.projection import Projection
    from constellary.report.frame import Frame

PEN_LEAST = 0.6
PEN_STEP = 1.0
PEN_MOST = 5.0
"""A tie is `PEN_LEAST + PEN_STEP x log2(weight)` wide, at most `PEN_MOST`."""
CROWDED = 500
"""Up to so many ties they are drawn the stronger the fewer there are."""
MANY = 4_000
"""From so many ties on they are drawn ever fainter."""
SHORT = 0.145
"""Length, in widths of the frame, over which a tie fades to a third."""
NEUTRAL = -1


def drawn_ties(
    projection: Projection,
    chosen: Integers,
    centres: NDArray[np.float64],
    colour: Integers,
    frame: Frame,
) -> pl.DataFrame:
    """Return the ties among some firms with their pens: wide for weight, faint for length and for number.

    Parameters
    ----------
    projection
        Of the selection.
    chosen
        Indices of the firms that are shown.
    centres, colour
        Of these, in the same order.
    frame
        Of the drawing.
    """
    near = cut(projection.adjacency, chosen).tocoo()
    upper = near.row < near.col
    source, target = near.row[upper].astype(np.int64), near.col[upper].astype(np.int64)
    weight = near.data[upper].astype(np.int64)
    length = np.hypot(*(centres[source] - centres[target]).T)
    room = max(0.0, 1 - weight.size / CROWDED)
    opacity = 0.14 + 0.4 * np.exp(-length / (SHORT * frame.width))
    opacity += (0.7 - opacity) * room
    # Few different pens: a canvas draws all ties of one pen at once.
    opacity = np.round(opacity * 20) / 20 * min(1.0, (MANY / max(weight.size, 1)) ** 0.5)
    width = np.minimum(PEN_LEAST + PEN_STEP * np.log2(np.maximum(weight, 1)), PEN_MOST)
    same = (colour[source] == colour[target]) & (colour[source] > 0)
    table = pl.DataFrame(
        {
            "source": source,
            "target": target,
            "weight": weight,
            "width": width.round(1),
            "opacity": np.maximum(opacity, 0.02).round(3),
            "colour": np.where(same, colour[source], NEUTRAL),
        }
    )
    return table.sort("opacity", "width", "colour", "source", "target")


def shown_alliances(projection: Projection, chosen: Integers, alliances: pl.DataFrame) -> pl.DataFrame:
    """Return the alliances of which some partner is shown, with the rows of those that are."""
    inside = projection.incidence[chosen].tocsc()
    inside.sort_indices()
    counts = np.diff(inside.indptr)
    rows = pl.DataFrame(
        {
            "id": pl.Series(projection.alliances, dtype=pl.String).gather(
                np.repeat(np.arange(counts.size), counts)
            ),
            "partners": inside.indices.astype(np.int64),
        }
    )
    partners = rows.group_by("id", maintain_order=True).agg("partners")
    return partners.join(
        alliances.select("id", "name", "year"), on="id", how="left", maintain_order="left"
    ).select("id", "name", "year", "partners")


def hulls(alliances: pl.DataFrame, centres: NDArray[np.float64], colour: Integers) -> tuple[Hull, ...]:
    """Return the outline of every alliance with three or more partners that are shown."""
    found = []
    for row, partners in enumerate(alliances["partners"].to_list()):
        if len(partners) > 2:
            colours = {int(colour[partner]) for partner in partners}
            only = colours.pop() if len(colours) == 1 else NEUTRAL
            found.append(Hull(row, outline(partners, centres), only or NEUTRAL))
    return tuple(found)


def outline(members: Sequence[int], centres: NDArray[np.float64]) -> tuple[int, ...]:
    """Return those members that are corners of the convex hull of all, in order around it.

    References
    ----------
    Andrew (1979), Another efficient algorithm for convex hulls in two dimensions, Information Processing
    Letters 9(5):216-219, DOI 10.1016/0020-0190(79)90072-3.

    Examples
    --------
    >>> square = np.array([[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 2.0], [1.0, 1.0]])
    >>> outline([4, 0, 1, 2, 3], square)
    (0, 1, 2, 3)
    """
    points = sorted((float(centres[one, 0]), float(centres[one, 1]), one) for one in members)

    def half(ordered: Sequence[tuple[float, float, int]]) -> list[tuple[float, float, int]]:
        kept: list[tuple[float, float, int]] = []
        for point in ordered:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], point) <= 0:
                kept.pop()
            kept.append(point)
        return kept[:-1]

    return tuple(one for _, _, one in half(points) + half(points[::-1]))


def _turn(a: tuple[float, float, int], b: tuple[float, float, int], c: tuple[float, float, int]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
