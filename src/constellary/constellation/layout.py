"""Where each firm stands in the drawing: ForceAtlas2, the same on every run.

The largest component is laid out by forces from a start that depends on the firms' names alone, turned so
that its longest extent lies flat. Every other component is laid out on its own and set in rows beneath,
the greatest first, so that many pairs of firms that ally with nobody else take little room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from constellary.constellation.arrays import cut
from constellary.constellation.cores import components
from constellary.constellation.force import arrange
from constellary.constellation.packing import rows_beneath, separate

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from constellary.constellation.arrays import Integers, Reals, Sparse
    from constellary.constellation.projection import Projection

__all__ = ["layout"]

SEED = 20_240_601
CROWDED = 5_000
"""Above so many firms circles are not kept apart: they are smaller than a pixel."""


def layout(
    projection: Projection,
    *,
    sizes: Mapping[str, float] | None = None,
    seed: int = SEED,
    iterations: int | None = None,
    start: Mapping[str, tuple[float, float]] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> pl.DataFrame:
    """Return a position for each firm.

    Parameters
    ----------
    projection
        The firms and their ties; a tie pulls in proportion to its weight.
    sizes
        Radius of each firm's circle in the units of the result; circles are then pushed apart. A firm
        that is not named has radius 0. None: no circles.
    seed
        Of the start positions.
    iterations
        Steps; None: 1,000 for small networks down to 100 for large ones.
    start
        Positions of an earlier layout (in the units of the result), from which firms set out; a firm that
        is new starts at the mean of its partners'. So a firm stays near where it was.
    progress
        Told after each step of the largest component how many are done, of how many; what it raises ends
        the work.

    Returns
    -------
    DataFrame
        `firm`, `x`, `y`, sorted by firm. The greater of width and height is 1; the middle of the box is
        (0, 0); y grows upwards. Rounded to six digits.

    Examples
    --------
    >>> from constellary.constellation.projection import example, project
    >>> places = layout(project(example()))
    >>> places["firm"].to_list()
    ['Fiat', 'Iveco', 'PSA']
    """
    firms = projection.firms
    radius = np.array([float(sizes.get(firm, 0.0)) for firm in firms] if sizes else np.zeros(len(firms)))
    place = np.zeros((len(firms), 2))
    if firms:
        label = components(projection.adjacency)
        groups = _groups(label)
        steps = iterations if iterations is not None else int(np.clip(400_000 // len(firms), 100, 1_000))
        before = _starts(projection, seed, start)
        for number, members in enumerate(groups):
            place[members] = _component(
                cut(projection.adjacency, members),
                before[members],
                steps,
                turned=start is None,
                progress=None if number else progress,
            )
        place = _packed(place, groups)
        if sizes and len(firms) <= CROWDED:
            place = _fit(separate(_fit(place), radius, gap=0.2 * float(np.median(radius))))
        place = _fit(place)
    x, y = (place + 0.0).round(6).T
    return pl.DataFrame({"firm": firms, "x": x, "y": y}, schema_overrides={"firm": pl.String})


def _groups(label: Integers) -> list[Integers]:
    order = np.argsort(label, kind="stable")
    return np.split(order, np.cumsum(np.bincount(label)[1:])[:-1])


def _starts(projection: Projection, seed: int, start: Mapping[str, tuple[float, float]] | None) -> Reals:
    """Return the positions from which the firms set out."""
    size = projection.size
    angle, away = np.random.default_rng(seed).random((2, size))
    spread = np.stack([np.cos(2 * np.pi * angle), np.sin(2 * np.pi * angle)], axis=1)
    spread *= np.sqrt(away)[:, None]
    if not start:
        return spread
    known = np.array([firm in start for firm in projection.firms])
    place = np.array([start.get(firm, (0.0, 0.0)) for firm in projection.firms], dtype=np.float64)
    # Alone at first: the mean of the partners that have a place; then everyone is at the forces' scale.
    weight = np.asarray(projection.adjacency @ known.astype(np.float64))
    mean = np.asarray(projection.adjacency @ (place * known[:, None])) / np.maximum(weight, 1)[:, None]
    place = np.where(known[:, None], place, mean + 0.01 * spread)
    return np.asarray(place * 40 * np.sqrt(size))


def _component(
    adjacency: Sparse,
    start: Reals,
    steps: int,
    *,
    turned: bool,
    progress: Callable[[int, int], None] | None = None,
) -> Reals:
    """Return the positions of one component around (0, 0), at the same density for every component."""
    size = start.shape[0]
    if size == 1:
        return np.zeros((1, 2))
    if size == 2:
        return np.array([[-0.5, 0.0], [0.5, 0.0]])
    rows = np.repeat(np.arange(size), np.diff(adjacency.indptr))
    once = rows < adjacency.indices
    ties = np.stack([rows[once], adjacency.indices[once].astype(np.int64)], axis=1)
    place = arrange(start, ties, adjacency.data[once], steps, progress)
    place = _flat(place) if turned else place - place.mean(axis=0)
    extent = np.ptp(place, axis=0)
    room = 0.9 * np.sqrt(size) * (1.0 if size < 30 else 1.6)
    return np.asarray(place * (room / max(float(extent.max()), 1e-12)))


def _flat(place: Reals) -> Reals:
    """Return the positions turned: the longest extent flat, most firms to the left and below."""
    centred = place - place.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    turned = centred @ axes[:, ::-1]
    sign = np.where((turned**3).sum(axis=0) < 0, -1.0, 1.0)
    return np.asarray(turned * sign)


def _packed(place: Reals, groups: list[Integers]) -> Reals:
    """Set the components after the first in rows beneath it."""
    packed = place.copy()
    first = place[groups[0]]
    middle = (first.min(axis=0) + first.max(axis=0)) / 2
    packed[groups[0]] -= middle
    others = groups[1:]
    if not others:
        return packed
    boxes = []
    for members in others:
        extent = np.ptp(place[members], axis=0)
        boxes.append((float(extent[0]) + 0.6, float(extent[1]) + 0.6))
    area = sum(width * height for width, height in boxes)
    width = max(float(np.ptp(first[:, 0])), np.sqrt(2 * area))
    centres, _ = rows_beneath(width, boxes, gap=0.6)
    floor = float(packed[groups[0]][:, 1].min()) - 1.5
    for members, centre in zip(others, centres, strict=True):
        box = place[members]
        packed[members] += centre + np.array([0.0, floor]) - (box.min(axis=0) + box.max(axis=0)) / 2
    return packed


def _fit(place: Reals) -> Reals:
    """Return the positions centred, the greater of width and height being 1."""
    low, high = place.min(axis=0), place.max(axis=0)
    scale = float((high - low).max())
    return np.asarray((place - (low + high) / 2) / (scale if scale > 0 else 1.0))
