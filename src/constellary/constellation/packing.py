"""Drawings side by side: the small components in rows beneath the large one, and circles kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.constellation.arrays import Reals

__all__ = ["rows_beneath", "separate"]

ROUNDS = 200


def separate(place: Reals, radius: Reals, *, gap: float = 0.0) -> Reals:
    """Return positions pushed apart until no two circles overlap, or after 200 rounds.

    Each pair that overlaps is moved apart by half the overlap each, along the line between the centres;
    two circles on one spot along a direction that depends on their order alone.

    Examples
    --------
    >>> place = np.array([[0.0, 0.0], [1.0, 0.0]])
    >>> separate(place, np.array([1.0, 1.0])).tolist()  # each gives way by half of the overlap of 1
    [[-0.5, 0.0], [1.5, 0.0]]
    """
    place = place.copy()
    reach = 2 * float(radius.max(initial=0.0)) + gap
    if place.shape[0] < 2 or reach <= 0:
        return place
    for _ in range(ROUNDS):
        pairs = KDTree(place).query_pairs(reach, output_type="ndarray")
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        first, second = pairs[:, 0], pairs[:, 1]
        away = place[second] - place[first]
        distance = np.hypot(away[:, 0], away[:, 1])
        overlap = radius[first] + radius[second] + gap - distance
        hit = overlap > 1e-9 * reach
        if not hit.any():
            break
        first, second, away, distance, overlap = (
            first[hit],
            second[hit],
            away[hit],
            distance[hit],
            overlap[hit],
        )
        turn = 2.399963 * (first + 1)  # the golden angle
        same = distance < 1e-12
        away[same] = np.stack([np.cos(turn[same]), np.sin(turn[same])], axis=1)
        step = away / np.where(same, 1.0, distance)[:, None] * (overlap / 2)[:, None]
        np.subtract.at(place, first, step)
        np.add.at(place, second, step)
    return place


def rows_beneath(width: float, sizes: Sequence[tuple[float, float]], gap: float) -> tuple[Reals, float]:
    """Return the centre of each box, in rows from the top (y from 0 down), and the height of all rows.

    The boxes (width, height) keep their order; each row is centred on x = 0 and no wider than `width`
    unless a single box is.

    Examples
    --------
    >>> centres, height = rows_beneath(5.0, [(2.0, 1.0), (2.0, 1.0), (2.0, 1.0)], gap=1.0)
    >>> centres.tolist(), height
    ([[-1.5, -0.5], [1.5, -0.5], [0.0, -2.5]], 3.0)
    """
    centres = np.zeros((len(sizes), 2))
    top, start = 0.0, 0
    while start < len(sizes):
        stop, used = start, 0.0
        while stop < len(sizes) and (stop == start or used + gap + sizes[stop][0] <= width):
            used += sizes[stop][0] + (gap if stop > start else 0.0)
            stop += 1
        tall = max(height for _, height in sizes[start:stop])
        left = -used / 2
        for box in range(start, stop):
            centres[box] = left + sizes[box][0] / 2, top - tall / 2
            left += sizes[box][0] + gap
        top -= tall + gap
        start = stop
    return centres, max(0.0, -top - gap)
