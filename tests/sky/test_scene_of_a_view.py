"""A scene shows whom the view asks for, each where the whole study has placed it."""

from __future__ import annotations

import math
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from constellary.constellation.constellation import constellation
from constellary.constellation.projection import project
from constellary.errors import UsageError
from constellary.report.sky.as_json import content
from constellary.report.sky.model import LEVELS
from constellary.report.sky.palette import PAIRS
from constellary.report.sky.places import Places
from constellary.report.sky.ties import PEN_LEAST, PEN_MOST, PEN_STEP
from constellary.report.sky.view import MEASURES, View, default_view, read_view

if TYPE_CHECKING:
    from constellary.study.frames import Frames
    from tests.sky.conftest import Draw

VIEWS: tuple[dict[str, str], ...] = (
    {},
    {"since": "2021", "where": "place = China"},
    {"ego": "Toyota", "distance": "2", "hulls": "1"},
    {"colour": "community", "shape": "none", "part": "main"},
    {"least": "5", "size": "degree", "hulls": "1"},
    {"where": "size > 20"},
)


@pytest.mark.parametrize("view", VIEWS)
def test_columns_are_of_one_length_and_indices_exist(draw: Draw, view: dict[str, str]) -> None:
    found = content(draw(**view))
    for name in ("firms", "ties", "alliances", "hulls"):
        assert len({len(column) for column in found[name].values()}) == 1, name
    firms, alliances = len(found["firms"]["name"]), len(found["alliances"]["id"])
    indices = [*found["ties"]["source"], *found["ties"]["target"], *chain(*found["hulls"]["outline"])]
    indices += chain(*found["alliances"]["partners"])
    indices += [firm for level in found["labels"] for firm in level["firm"]]
    assert all(0 <= index < firms for index in indices)
    assert all(0 <= index < alliances for index in found["hulls"]["alliance"])
    assert set(found["firms"]["colour"]) <= set(range(len(PAIRS)))
    assert set(found["ties"]["colour"]) | set(found["hulls"]["colour"]) <= {-1, *range(1, len(PAIRS))}
    assert set(found["firms"]["shape"]) <= {0, 1, 2, 3}
    assert len(found["labels"]) == LEVELS
    assert all(len({len(column) for column in level.values()}) == 1 for level in found["labels"])


@pytest.mark.parametrize("view", VIEWS)
def test_no_filter_and_no_view_moves_a_firm(draw: Draw, places: Places, view: dict[str, str]) -> None:
    for firm, x, y in draw(**view).firms.select("firm", "x", "y").iter_rows():
        assert places.at[firm] == (x, y)


def test_places_keep_marks_apart_and_inside(draw: Draw) -> None:
    scene = draw()
    at = scene.firms.select("x", "y").to_numpy()
    radii = scene.firms["radius"].to_numpy()
    distance = np.hypot(*(at[:, None, :] - at[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    assert (distance - radii[:, None] - radii[None, :]).min() > -0.6
    assert (at - radii[:, None] > 0).all()
    assert (at + radii[:, None] < [scene.frame.width, scene.frame.height]).all()


@pytest.mark.parametrize("size", ["alliances", "degree", "betweenness"])
def test_the_radius_is_the_formula_that_the_screen_repeats(draw: Draw, size: str) -> None:
    found = content(draw(size=size, since="2021"))
    sizing = found["sizing"]
    for value, radius in zip(found["firms"]["value"], found["firms"]["radius"], strict=True):
        expected = max(sizing["smallest"], sizing["largest"] * math.sqrt(value / sizing["most"]))
        assert radius == pytest.approx(expected, abs=0.011)


def test_radii_by_alliances_compare_between_filters(draw: Draw) -> None:
    assert draw(since="2022").most == draw().most == draw().firms["alliances"].max()


def test_a_tie_is_as_wide_as_the_formula_says_and_pens_stand_together(draw: Draw) -> None:
    ties = draw().ties
    for weight, width in ties.select("weight", "width").iter_rows():
        assert width == pytest.approx(min(PEN_MOST, PEN_LEAST + PEN_STEP * math.log2(weight)), abs=0.051)
    pens = ties.select("opacity", "width", "colour").rows()
    runs = 1 + sum(one != other for one, other in pairwise(pens))
    assert runs == len(set(pens)) < 200


@pytest.mark.parametrize("size", sorted(MEASURES))
def test_measures_are_those_of_the_constellation(draw: Draw, automotive: Frames, size: str) -> None:
    known = constellation(automotive, replicates=0, layout=False, communities=False).firms
    column = "harmonic_normalised" if size == "harmonic" else size
    expected = dict(known.select("firm", column).iter_rows())
    for firm, value in draw(size=size).firms.select("firm", "value").iter_rows():
        assert value == pytest.approx(expected[firm], rel=1e-9), firm


def network(frames: Frames) -> nx.Graph:
    return nx.Graph(project(frames).edges.select("source", "target").rows())


@pytest.mark.parametrize("distance", [1, 2, 3])
@pytest.mark.parametrize("ego", ["Toyota", "Porsche"])
def test_an_ego_view_is_that_of_networkx(draw: Draw, automotive: Frames, ego: str, distance: int) -> None:
    near = nx.ego_graph(network(automotive), ego, radius=distance)
    scene = draw(ego=ego, distance=str(distance))
    names = scene.firms["firm"].to_list()
    assert names == sorted(near)
    ties = {frozenset((names[a], names[b])) for a, b in scene.ties.select("source", "target").iter_rows()}
    assert ties == {frozenset(pair) for pair in near.edges}


def test_the_main_part_is_the_largest_component(draw: Draw, automotive: Frames) -> None:
    largest = max(nx.connected_components(network(automotive)), key=len)
    assert set(draw(part="main").firms["firm"]) == largest


def test_the_least_number_of_alliances_leaves_the_others_out(draw: Draw) -> None:
    everybody = dict(draw().firms.select("firm", "alliances").iter_rows())
    shown = draw(least="5").firms
    assert set(shown["firm"]) == {firm for firm, alliances in everybody.items() if alliances >= 5}
    assert shown["alliances"].to_list() == [everybody[firm] for firm in shown["firm"]]


def test_an_ego_that_signs_nothing_here_is_an_empty_scene_in_words(draw: Draw) -> None:
    scene = draw(ego="Tesla", where="size > 20")
    assert scene.firms.height == 0
    assert "Tesla signs nothing here" in scene.words
    assert content(scene)["labels"][0]["firm"] == ()


def test_an_alias_finds_its_firm(automotive: Frames) -> None:
    assert read_view([("ego", "  toyota ")], automotive.codebook, automotive.firms).ego == "Toyota"


def test_outlines_go_round_all_partners(draw: Draw) -> None:
    scene = draw(hulls="1")
    at = scene.firms.select("x", "y").to_numpy()
    partners = scene.alliances["partners"].to_list()
    assert [hull.alliance for hull in scene.hulls] == [i for i, row in enumerate(partners) if len(row) > 2]
    for hull in scene.hulls:
        assert set(hull.outline) <= set(partners[hull.alliance])
        corners = at[list(hull.outline)]
        for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            sides = [
                np.cross([*(end - start), 0], [*(at[one] - start), 0])[2] for one in partners[hull.alliance]
            ]
            assert min(sides) > -1e-6


def test_communities_take_colours_by_size(draw: Draw) -> None:
    scene = draw(colour="community")
    by_colour = scene.firms.group_by("community").agg("colour")
    sizes = dict(scene.firms["community"].value_counts().iter_rows())
    for community, colours in by_colour.iter_rows():
        assert len(set(colours)) == 1
        assert colours[0] == (community if community <= 8 and sizes[community] > 2 else 9)
    assert [one.firms for one in scene.communities] == sorted(
        (one.firms for one in scene.communities), reverse=True
    )


def test_colours_do_not_change_with_the_filter(draw: Draw) -> None:
    whole = dict(draw().firms.select("firm", "colour").iter_rows())
    for firm, colour in draw(where="place = China").firms.select("firm", "colour").iter_rows():
        assert whole[firm] == colour


def test_a_view_is_read_from_what_it_writes(automotive: Frames) -> None:
    view = View("betweenness", "community", "type", "Toyota", 2, hulls=True, part="main", least=3)
    assert read_view(view.query(automotive.codebook), automotive.codebook, automotive.firms) == view
    assert default_view(automotive.codebook).query(automotive.codebook) == ()
    assert read_view([], automotive.codebook, automotive.firms) == default_view(automotive.codebook)


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("size", "betwenness", "There is no measure 'betwenness'. Did you mean betweenness?"),
        ("colour", "motivation", "There is no colouring 'motivation'"),
        ("shape", "community", "There is no distinction by shape 'community'"),
        ("ego", "Toyotta", "There is no firm 'Toyotta'. Did you mean Toyota, Tokyo Gas"),
        ("distance", "4", "distance = 4: it is a whole number from 1 to 3."),
        ("distance", "\u00b2", "it is a whole number"),
        ("least", "-1", "it is a whole number from 0 to 1,000,000."),
        ("least", "9" * 5000, "it is a whole number"),
        ("hulls", "yes", "There is no choice for hulls 'yes'"),
        ("part", "half", "There is no part 'half'. There are: all, main."),
    ],
)
def test_a_bad_option_is_refused_in_words(automotive: Frames, option: str, value: str, words: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_view([(option, value)], automotive.codebook, automotive.firms)
    assert words in str(refused.value)
