"""The frame of a drawing of the constellation: its size, its radii, and where each firm stands in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.spatial import KDTree

if TYPE_CHECKING:
    from numpy.typing import NDArray

COMPRESSION = 0.78
"""Distances from the middle are drawn to this power: the crowd in the middle opens, the rim comes near."""
STRETCH = 1.3
"""Most that one direction is stretched over the other to fill the page."""
STEPS = 60
"""Most rounds of pushing firms apart that would hide each other."""
SPARSE = 600
"""From so many firms on only pairs near each other are looked at: the same pushes in less memory."""
PUSHED = 8000
"""Above this many firms they stay where the layout put them."""
ROOMY = 600
"""Up to so many firms marks have their full size; of more each is smaller, so that all keep their share."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawing's measures, all in one unit (points of a page, pixels of a screen).

    Attributes
    ----------
    width, height
        Of the drawing without its legend.
    margin
        Left free at every side, of centres.
    largest, smallest
        Radius of the firm with the most, and of one with nothing.
    """

    width: float
    height: float
    margin: float
    largest: float
    smallest: float

    def radii(self, values: NDArray[np.float64], most: float) -> NDArray[np.float64]:
        """Return radii by which areas are proportional to values, but for the smallest.

        Examples
        --------
        >>> PAGE.radii(np.array([0.0, 4.0, 16.0]), 16.0).tolist()
        [1.3, 4.5, 9.0]
        """
        share = np.maximum(values, 0.0) / (most if most > 0 else 1.0)
        radii: NDArray[np.float64] = np.maximum(self.largest * np.sqrt(share), self.smallest)
        return radii

    def for_number(self, firms: int) -> Frame:
        """Return the frame with the radii that so many firms leave room for.

        Examples
        --------
        >>> SCREEN.for_number(2400).largest, SCREEN.for_number(2400).smallest
        (11.0, 1.6)
        """
        less = max(0.25, (ROOMY / max(firms, ROOMY)) ** 0.5)
        return replace(
            self, largest=round(self.largest * less, 2), smallest=round(max(0.9, self.smallest * less), 2)
        )


PAGE = Frame(482.0, 430.0, 14.0, 9.0, 1.3)
"""Of the report, in points."""
SCREEN = Frame(1200.0, 860.0, 44.0, 22.0, 3.2)
"""Of the workbench, in pixels."""


def fitted(positions: NDArray[np.float64], frame: Frame) -> NDArray[np.float64]:
    """Return positions (y up) in the frame, within its margins, opened in the middle, y down."""
    if not len(positions):
        return positions.reshape(0, 2)
    away = (positions - np.median(positions, axis=0)) * np.array([1.0, -1.0])
    far = np.hypot(away[:, 0], away[:, 1])[:, None]
    opened = away * np.where(far > 0, far, 1.0) ** (COMPRESSION - 1)
    low, high = opened.min(axis=0), opened.max(axis=0)
    size = np.array([frame.width, frame.height])
    scale = (size - 2 * frame.margin) / np.where(high > low, high - low, 1.0)
    scale = np.minimum(scale, scale.min() * STRETCH)
    centred: NDArray[np.float64] = (opened - (low + high) / 2) * scale + size / 2
    return centred


def apart(
    centres: NDArray[np.float64], radii: NDArray[np.float64], frame: Frame, gap: float = 0.6
) -> NDArray[np.float64]:
    """Return centres pushed apart until no mark covers another, as far as there is room."""
    if len(centres) < 2 or len(centres) > PUSHED:
        return centres
    centres = centres.copy()
    low = radii[:, None] + 2
    high = np.array([frame.width, frame.height]) - radii[:, None] - 2
    # Two firms on one spot need a direction: the golden angle spreads them the same way every time.
    turn = np.arange(len(centres)) * 2.399963
    centres += 1e-6 * np.column_stack([np.cos(turn), np.sin(turn)])
    pushes = _near_pushes if len(centres) >= SPARSE else _all_pushes
    for _ in range(STEPS):
        lack, push = pushes(centres, radii, gap)
        if lack < 0.05:
            break
        centres = np.clip(centres + 0.7 * push, low, high)
    return centres


def _all_pushes(
    centres: NDArray[np.float64], radii: NDArray[np.float64], gap: float
) -> tuple[float, NDArray[np.float64]]:
    """Return how much the worst pair lacks, and how far each firm is pushed by all others."""
    need = radii[:, None] + radii[None, :] + gap
    weight = radii[None, :] / (radii[:, None] + radii[None, :])
    between = centres[:, None, :] - centres[None, :, :]
    distance = np.hypot(between[..., 0], between[..., 1])
    np.fill_diagonal(distance, np.inf)
    lack = np.clip(need - distance, 0, None)
    push = (lack * weight / distance)[..., None] * between
    return float(lack.max()), push.sum(axis=1)


def _near_pushes(
    centres: NDArray[np.float64], radii: NDArray[np.float64], gap: float
) -> tuple[float, NDArray[np.float64]]:
    """Return the same, found among the pairs that are near enough to hide each other."""
    pairs = KDTree(centres).query_pairs(2 * float(radii.max()) + gap, output_type="ndarray")
    first, second = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T
    between = centres[first] - centres[second]
    distance = np.maximum(np.hypot(between[:, 0], between[:, 1]), 1e-12)
    lack = np.clip(radii[first] + radii[second] + gap - distance, 0, None)
    pull = (lack / distance / (radii[first] + radii[second]))[:, None] * between
    push = np.zeros_like(centres)
    np.add.at(push, first, pull * radii[second][:, None])
    np.subtract.at(push, second, pull * radii[first][:, None])
    return float(lack.max(initial=0.0)), push
