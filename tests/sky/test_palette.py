"""Colours of firms can be seen on a dark page, and told apart with any colour vision."""

from __future__ import annotations

from itertools import combinations

import pytest

from constellary.report import theme
from constellary.report.sky.palette import NIGHT, OTHERS, PAIRS
from tests.sky.colours_seen import VISIONS, contrast, distance


def test_the_light_colours_are_the_palette_of_all_figures() -> None:
    assert tuple(light for light, _ in PAIRS[1:OTHERS]) == theme.PALETTE


@pytest.mark.parametrize("index", range(len(PAIRS)))
def test_every_dark_colour_stands_out_from_the_night(index: int) -> None:
    assert contrast(PAIRS[index][1], NIGHT) >= 3


@pytest.mark.parametrize("vision", VISIONS)
def test_dark_colours_are_told_apart_better_than_the_light_ones(vision: str) -> None:
    light, dark = (
        min(distance(one[turn], other[turn], vision) for one, other in combinations(PAIRS, 2))
        for turn in (0, 1)
    )
    assert dark > 11
    assert dark > light or vision == "any"
