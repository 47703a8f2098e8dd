"""The open data as they are drawn."""

from __future__ import annotations

import pytest

from constellary.exchange.drawing import Drawing
from constellary.study.frames import Frames
from tests.exchange_out.made import drawing_of


@pytest.fixture(scope="session")
def drawn(automotive: Frames) -> Drawing:
    return drawing_of(automotive)


@pytest.fixture(scope="session")
def tiny_drawn(tiny: Frames) -> Drawing:
    return drawing_of(tiny)
