"""Labels of every zoom level: none over another, none over the mark of a larger firm."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bench.synthetic import synthetic
from constellary.constellation.projection import project
from constellary.report.frame import SCREEN
from constellary.report.labels import LINE, Box, overlap, placed_labels, text_width
from constellary.report.sky.build import sky_scene
from constellary.report.sky.levels import FIRST, LAST, STRONG
from constellary.report.sky.model import LEVELS, SkyScene
from constellary.report.sky.places import Places
from constellary.report.sky.view import View
from constellary.study.frames import Frames

if TYPE_CHECKING:
    from tests.sky.conftest import Draw


def boxes(scene: SkyScene, level: int, zoom: float) -> dict[int, Box]:
    """Return the box of each label in units of the frame, as the screen writes it at a zoom."""
    names = scene.firms["firm"].to_list()
    at = scene.firms.select("x", "y").to_numpy() * zoom
    labels = scene.labels[level]
    found = {}
    rows = zip(labels.firm, labels.dx, labels.dy, labels.anchor, labels.size, labels.strong, strict=True)
    for firm, dx, dy, anchor, size, strong in rows:
        wide = text_width(names[firm], size, bold=bool(strong))
        left = at[firm, 0] + dx - wide * anchor / 2
        middle = at[firm, 1] + dy - 0.35 * size
        # Offsets are rounded to a tenth.
        high = LINE * size / 2 - 0.1
        found[firm] = (left + 0.1, middle - high, left + wide - 0.1, middle + high)
    return found


def overlaps(found: dict[int, Box]) -> list[tuple[int, int]]:
    return [
        (one, other) for (one, box), (other, second) in combinations(found.items(), 2) if overlap(box, second)
    ]


@pytest.fixture(scope="module", params=["the open data", "two thousand firms"])
def scene(request: pytest.FixtureRequest, draw: Draw, automotive: Frames) -> SkyScene:
    return draw() if request.param == "the open data" else crowd(automotive, 2000)


def crowd(automotive: Frames, alliances: int) -> SkyScene:
    """Return the scene of made-up alliances at places drawn at random."""
    made = synthetic(alliances, codebook=automotive.codebook)
    nothing = automotive.sources.clear()
    frames = Frames(automotive.codebook, made["alliances"], made["partners"], made["firms"], nothing, nothing)
    random = np.random.default_rng(1)
    firms = frames.signing["firm"]
    places = Places(
        frame=SCREEN.for_number(len(firms)),
        at={
            firm: (round(float(x), 1), round(float(y), 1))
            for firm, (x, y) in zip(firms, random.normal((600, 430), 160, (len(firms), 2)), strict=True)
        },
        most=40,
        years=(2018, 2023),
        projection=project(frames),
    )
    return sky_scene(frames, frames, View(), places)


@pytest.mark.parametrize("level", range(LEVELS))
@pytest.mark.parametrize("part", [1.0, 2.0])
def test_no_label_lies_over_another(scene: SkyScene, level: int, part: float) -> None:
    assert overlaps(boxes(scene, level, 2.0**level * part)) == []


@pytest.mark.parametrize("level", range(LEVELS))
def test_no_label_touches_the_mark_of_a_larger_firm(scene: SkyScene, level: int) -> None:
    zoom = 2.0**level
    at = scene.firms.select("x", "y").to_numpy() * zoom
    radii = scene.firms["radius"].to_numpy() * zoom**0.5
    for firm, (left, top, right, bottom) in boxes(scene, level, zoom).items():
        dx = np.maximum(np.maximum(left - at[:, 0], at[:, 0] - right), 0)
        dy = np.maximum(np.maximum(top - at[:, 1], at[:, 1] - bottom), 0)
        touched = np.hypot(dx, dy) < radii * 0.999
        assert radii[touched].max(initial=0) <= radii[firm] * 1.3  # of two shapes, the one reaches farther


@pytest.mark.parametrize("level", range(LEVELS))
def test_there_are_as_many_labels_as_have_room(scene: SkyScene, level: int) -> None:
    found = len(scene.labels[level].firm)
    wanted = min(FIRST * 2**level, LAST, scene.firms.height)
    assert 0.4 * wanted <= found <= wanted


def test_the_largest_firms_are_named_first_and_in_bold(draw: Draw) -> None:
    scene = draw()
    first = set(scene.firms.sort("value", "firm", descending=[True, False])["firm"].head(STRONG))
    names = scene.firms["firm"].to_list()
    for level in scene.labels:
        strong = {names[firm] for firm, bold in zip(level.firm, level.strong, strict=True) if bold}
        assert strong == first


@pytest.mark.parametrize("spread", [(1.0,), (1.0, 2.0)])
def test_labels_of_a_crowd_keep_apart_as_marks_part(spread: tuple[float, ...]) -> None:
    random = np.random.default_rng(7)
    centres = random.uniform(0, 160, (400, 2)) + 100
    radii = np.full(400, 1.0)
    wanted = [(f"{index}", index, 11.0, False) for index in range(400)]
    placed = placed_labels(wanted, centres, radii, width=360, height=360, most_hidden=1e6, spread=spread)
    collisions = []
    for times in (1.0, 2.0):
        moved = {
            index: (
                label.box[0] + centres[index, 0] * (times - 1),
                label.box[1] + centres[index, 1] * (times - 1),
                label.box[2] + centres[index, 0] * (times - 1),
                label.box[3] + centres[index, 1] * (times - 1),
            )
            for index, label in placed
        }
        collisions.append(len(overlaps(moved)))
    assert collisions[0] == 0
    assert (collisions[1] == 0) == (2.0 in spread)
