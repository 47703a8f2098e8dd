"""Views of the open data, placed once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from constellary.report.sky.build import sky_scene
from constellary.report.sky.model import SkyScene
from constellary.report.sky.places import Places, places_of
from constellary.report.sky.view import read_view
from constellary.study.frames import Frames
from constellary.study.selection import select

Draw = Callable[..., SkyScene]
"""`draw(since="2021", ego="Toyota")`: the scene of a selection and a view."""


@pytest.fixture(scope="session")
def places(automotive: Frames) -> Places:
    return places_of(automotive)


@pytest.fixture(scope="session")
def draw(automotive: Frames, places: Places) -> Draw:
    def drawn(*, since: str | None = None, where: str | None = None, **view: str) -> SkyScene:
        frames = select(automotive, since=since, where=where)
        wanted = read_view(view.items(), automotive.codebook, automotive.firms)
        return sky_scene(frames, automotive, wanted, places)

    return drawn
