"""Where firms stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from constellary.constellation import force
from constellary.constellation.layout import layout
from constellary.constellation.packing import rows_beneath, separate
from constellary.constellation.projection import Projection, example, project
from constellary.study.frames import Frames


def test_the_same_alliances_in_any_order_give_the_same_places(automotive: Frames) -> None:
    shuffled = replace(automotive, partners=automotive.partners.sample(fraction=1.0, shuffle=True, seed=1))
    first, second = layout(project(automotive), iterations=50), layout(project(shuffled), iterations=50)
    assert first.equals(second)


def test_places_fill_a_box_of_size_one(automotive_network: Projection) -> None:
    found = layout(automotive_network, iterations=100)
    spans = [float(found[axis].max() - found[axis].min()) for axis in ("x", "y")]  # type: ignore[operator, arg-type]
    assert max(spans) == pytest.approx(1.0, abs=2e-6)
    assert found["firm"].to_list() == list(automotive_network.firms)


def test_partners_stand_nearer_than_strangers(automotive_network: Projection) -> None:
    place = layout(automotive_network).select("x", "y").to_numpy()
    pairs = automotive_network.pairs
    tied = np.hypot(*(place[pairs[:, 0]] - place[pairs[:, 1]]).T).mean()
    random = np.random.default_rng(1).permutation(len(place))
    assert tied < 0.6 * np.hypot(*(place - place[random]).T).mean()


def test_small_components_stand_beneath_the_largest(automotive_network: Projection) -> None:
    from constellary.constellation.cores import components

    y = layout(automotive_network, iterations=100)["y"].to_numpy()
    number = components(automotive_network.adjacency)
    assert y[number > 1].max() < y[number == 1].min()


def test_circles_do_not_overlap(automotive_network: Projection) -> None:
    sizes = dict.fromkeys(automotive_network.firms, 0.008)
    place = layout(automotive_network, sizes=sizes).select("x", "y").to_numpy()
    distance = np.hypot(*(place[:, None] - place[None, :]).transpose(2, 0, 1))
    np.fill_diagonal(distance, 1)
    assert distance.min() > 0.015


def test_firms_set_out_from_where_they_were(automotive_network: Projection) -> None:
    before = layout(automotive_network)
    known = {firm: (x, y) for firm, x, y in before.iter_rows() if firm != "Toyota"}
    after = layout(automotive_network, start=known, iterations=20)
    moved = np.hypot(*(after.select("x", "y").to_numpy() - before.select("x", "y").to_numpy()).T)
    assert float(np.median(moved)) < 0.05


def test_no_firm_and_one_firm_have_a_layout() -> None:
    assert layout(project(example([]))).height == 0
    assert layout(project(example([("a", 2020, ("A",))]))).rows() == [("A", 0.0, 0.0)]


def test_the_plain_version_draws_partners_together_too(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = example(
        [(f"l{n}", 2020, ("L1", f"L{n}", f"L{n + 1}")) for n in range(2, 6)]
        + [(f"r{n}", 2020, ("R1", f"R{n}", f"R{n + 1}")) for n in range(2, 6)]
        + [("bridge", 2020, ("L1", "R1"))]
    )
    monkeypatch.setattr(force, "compiled", None)
    found = {firm: np.array([x, y]) for firm, x, y in layout(project(frames), iterations=300).iter_rows()}
    assert all(np.isfinite(place).all() for place in found.values())
    left = np.mean([place for firm, place in found.items() if firm[0] == "L"], axis=0)
    right = np.mean([place for firm, place in found.items() if firm[0] == "R"], axis=0)
    assert all(
        np.hypot(*(place - (left if firm[0] == "L" else right)))
        < np.hypot(*(place - (right if firm[0] == "L" else left)))
        for firm, place in found.items()
    )


def test_circles_on_one_spot_come_apart() -> None:
    place = separate(np.zeros((5, 2)), np.full(5, 1.0))
    distance = np.hypot(*(place[:, None] - place[None, :]).transpose(2, 0, 1))
    np.fill_diagonal(distance, 9)
    assert distance.min() > 2 - 1e-6


def test_boxes_stand_in_rows_no_wider_than_asked() -> None:
    centres, height = rows_beneath(3.0, [(1.0, 1.0)] * 5, gap=0.5)
    assert centres[:, 0].tolist() == [-0.75, 0.75, -0.75, 0.75, 0.0]
    assert centres[:, 1].tolist() == [-0.5, -0.5, -2.0, -2.0, -3.5]
    assert height == 4.0
