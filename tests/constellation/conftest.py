"""Networks to compare on: the open data's, random ones, and synthetic alliances."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from constellary.constellation.projection import Projection, project
from constellary.study.codebook import Codebook
from constellary.study.frames import Frames

if TYPE_CHECKING:
    from types import ModuleType

GENERATOR = Path(__file__).parents[2] / "bench" / "synthetic.py"


@pytest.fixture(scope="session")
def generator() -> ModuleType:
    """The generator of synthetic alliances, which the benchmark uses too."""
    spec = importlib.util.spec_from_file_location("synthetic", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def synthetic_frames(generator: ModuleType) -> Frames:
    tables: dict[str, Any] = generator.synthetic(3_000)
    nothing = pl.DataFrame()
    return Frames(Codebook("synthetic", "Synthetic", ()), **tables, sources=nothing, codings=nothing)


@pytest.fixture(scope="session")
def synthetic(synthetic_frames: Frames) -> Projection:
    return project(synthetic_frames)


@pytest.fixture(scope="session")
def automotive_network(automotive: Frames) -> Projection:
    return project(automotive)


@pytest.fixture(scope="session")
def automotive_graph(automotive_network: Projection) -> Any:
    """The same network in networkx."""
    import networkx as nx

    return nx.from_scipy_sparse_array(automotive_network.adjacency)
