from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import asdict
from itertools import combinations

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.report import theme
from constellary.report.labels import overlap, place_labels
from constellary.report.scene import Scene, scene
from constellary.report.scene_svg import scene_svg, shape_svg
from tests.report_render.sample import sky


@pytest.fixture(scope="module")
def drawn() -> Scene:
    return sky()


def test_labels_do_not_overlap_and_stay_in_the_drawing(drawn: Scene) -> None:
    assert len(drawn.labels) > 20
    for one, other in combinations(drawn.labels, 2):
        assert not overlap(one.box, other.box)
    for label in drawn.labels:
        left, top, right, bottom = label.box
        assert left >= 0 and top >= 0 and right <= drawn.width and bottom <= drawn.height  # noqa: PT018


@given(
    st.lists(st.tuples(st.floats(0, 200), st.floats(0, 200), st.floats(0.5, 9)), min_size=1, max_size=25),
    st.text(min_size=1, max_size=12),
)
def test_no_crowd_makes_labels_overlap(marks: list[tuple[float, float, float]], text: str) -> None:
    places = np.array(marks)
    wanted = [(text, index, 8.0, index < 3) for index in range(len(marks))]
    labels = place_labels(wanted, places[:, :2], places[:, 2], width=200, height=200)
    assert not [pair for pair in combinations(labels, 2) if overlap(pair[0].box, pair[1].box)]


def test_areas_are_in_proportion_to_sizes(drawn: Scene) -> None:
    largest, half = drawn.nodes[0], drawn.nodes[30]  # 60 and 30 alliances
    assert largest.radius**2 / half.radius**2 == pytest.approx(2, rel=0.01)


def test_firms_on_one_spot_are_pushed_apart() -> None:
    firms = pl.DataFrame(
        {"firm": ["a", "b", "c"], "x": [0.0, 0.0, 5.0], "y": [0.0, 0.0, 5.0], "size": [9, 9, 9]}
    ).with_columns(group=pl.lit("g"), mark=pl.lit(None, pl.String), importance=1.0, text="firm", key="firm")
    none = pl.DataFrame(schema={"source": pl.String, "target": pl.String, "weight": pl.Float64})
    one, other, _ = scene(firms, none, groups=["g"]).nodes
    assert np.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius


def test_the_order_of_rows_does_not_matter(drawn: Scene) -> None:
    frame = pl.DataFrame(
        {"firm": ["b", "a", "c"], "x": [0.0, 1.0, 2.0], "y": [0.0, 1.0, 0.0], "size": [1, 2, 3]}
    ).with_columns(
        group=pl.lit("g"), mark=pl.lit(None, pl.String), importance="size", text="firm", key="firm"
    )
    ties = pl.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "weight": [1.0, 2.0]})
    turned = ties.select(source="target", target="source", weight="weight").reverse()
    assert scene(frame, ties, groups=["g"]) == scene(frame.reverse(), turned, groups=["g"])


def test_a_scene_is_json(drawn: Scene) -> None:
    assert json.loads(json.dumps(asdict(drawn)))["nodes"][0]["firm"] == "Firm 00"


def test_a_scene_without_firms_is_empty() -> None:
    firms = pl.DataFrame(
        schema={
            "firm": pl.String,
            "x": pl.Float64,
            "y": pl.Float64,
            "size": pl.Int64,
            "group": pl.String,
            "mark": pl.String,
            "importance": pl.Float64,
            "text": pl.String,
            "key": pl.String,
        }
    )
    ties = pl.DataFrame(schema={"source": pl.String, "target": pl.String, "weight": pl.Float64})
    empty = scene(firms, ties, groups=["g"])
    assert (empty.nodes, empty.edges, empty.labels) == ((), (), ())
    ET.fromstring(scene_svg(empty, alt="Nothing"))  # noqa: S314


def test_each_firm_is_a_mark_with_a_title_and_a_link_where_it_has_evidence(drawn: Scene) -> None:
    root = ET.fromstring(scene_svg(drawn, alt="A <network>"))  # noqa: S314
    space = "{http://www.w3.org/2000/svg}"
    nodes = [element for element in root.iter() if element.get("class") == "node"]
    assert len(nodes) == len(drawn.nodes)
    assert root.get("aria-label") == "A <network>"
    for element in nodes:
        node = drawn.nodes[int(str(element.get("data-node")))]
        assert element.findtext(f"{space}title") == node.text
        assert element.get("href") == (f"#evidence-{node.key}" if node.key else None)


def test_the_legend_tells_colours_shapes_and_sizes(drawn: Scene) -> None:
    assert [[item.text for item in part] for part in drawn.legend] == [
        ["OEM", "ICT", "not coded"],
        ["traditional", "emergent"],
        ["1", "10", "60 alliances"],
    ]


def test_ink_reads_on_every_colour() -> None:
    def light(colour: str) -> float:
        red, green, blue = (theme.linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for colour in (*theme.PALETTE, *theme.DIVERGING, theme.BAR, theme.PALE):
        one, other = sorted((light(colour), light(theme.ink_on(colour))))
        assert (other + 0.05) / (one + 0.05) >= 3.9, colour


@pytest.mark.parametrize("shape", ["circle", "square", "diamond", "triangle"])
def test_every_shape_is_drawn(shape: str) -> None:
    ET.fromstring(shape_svg(shape, 1, 2, 3, 'fill="red"'))  # type: ignore[arg-type] # noqa: S314


def test_the_fewer_ties_there_are_the_stronger_is_each_and_a_crowd_stays_faint() -> None:
    names = [f"f{number:03}" for number in range(60)]
    firms = pl.DataFrame({"firm": names, "x": np.cos(np.arange(60.0)), "y": np.sin(np.arange(60.0))})
    firms = firms.with_columns(
        size=1, importance=0, text=pl.col("firm"), key=pl.lit(""), group=pl.lit("g"), mark=pl.lit(None)
    )
    pairs = list(combinations(names, 2))

    def of_the_first(number: int) -> tuple[float, float]:
        ties = pl.DataFrame(pairs[:number], schema=["source", "target"], orient="row")
        edges = scene(firms, ties.with_columns(weight=1), groups=["g"]).edges
        edge = next(edge for edge in edges if (edge.source, edge.target) == (0, 1))
        return edge.opacity, edge.width

    few, some, many, more = map(of_the_first, (10, 250, 500, 1700))
    assert few[0] >= 0.6
    assert few > some > many == more
