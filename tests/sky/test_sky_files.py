"""Files show exactly what the scene has: places under the camera, names as text, the same bytes every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import polars as pl
import pytest
from defusedxml.ElementTree import fromstring

from constellary import __version__
from constellary.errors import UnknownName, UsageError
from constellary.report.sky.as_json import content, scene_json
from constellary.report.sky.as_svg import clean, sky_svg
from constellary.report.sky.build import sky_scene
from constellary.report.sky.files import file_of
from constellary.report.sky.picture import Camera, Picture, read_picture
from constellary.report.sky.places import places_of
from constellary.report.sky.seen import seen
from constellary.report.sky.view import View, read_view
from constellary.study.study import open_study
from tests.hostile import TAG, hostile_study

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from constellary.study.frames import Frames
    from tests.sky.conftest import Draw

SVG = "{http://www.w3.org/2000/svg}"
PICTURES = (
    Picture(),
    Picture(Camera(700, 250, 2.5), 900, 700, "dark"),
    Picture(Camera(z=0.5)),
    Picture(Camera(600, 430, 40.0), 400, 300),
)


def group(svg: str, name: str) -> Element:
    return next(one for one in fromstring(svg).iter(f"{SVG}g") if one.get("class") == name)


@pytest.mark.parametrize("picture", PICTURES)
def test_the_svg_has_every_firm_where_the_camera_sees_it(draw: Draw, picture: Picture) -> None:
    scene = draw(colour="type", shape="none")
    found = content(scene)
    width, height = picture.width or 1200, picture.height or 860
    unit, zoom = min(width / 1200, height / 860), picture.camera.z
    x0, y0 = picture.camera.centre(scene.frame)
    expected = {}
    for name, x, y, radius in zip(
        *(found["firms"][key] for key in ("name", "x", "y", "radius")), strict=True
    ):
        px = (x - x0) * unit * zoom + width / 2
        py = (y - y0) * unit * zoom + height / 2
        r = radius * unit * zoom**0.5
        if px + r > 0 and px - r < width and py + r > 0 and py - r < height:
            expected[name] = (px, py, r)
    drawn = {}
    for firm in group(sky_svg(scene, picture), "firms"):
        circle, title = firm.find(f"{SVG}circle"), firm.findtext(f"{SVG}title", "")
        assert circle is not None
        drawn[title.split(": ")[0]] = tuple(float(circle.get(key, "nan")) for key in ("cx", "cy", "r"))
    assert set(drawn) == set(expected)
    for name, place in expected.items():
        assert drawn[name] == pytest.approx(place, abs=0.006)


def test_labels_are_those_of_the_level_and_stand_at_their_offsets(draw: Draw) -> None:
    scene = draw()
    for zoom, level in ((1.0, 0), (1.99, 0), (2.0, 1), (9.0, 3), (64.0, 5)):
        view = seen(scene, Picture(Camera(z=zoom)))
        assert view.labels == scene.labels[level]
    texts = group(sky_svg(scene), "labels").findall(f"{SVG}text")[1::2]
    assert [text.text for text in texts] == [scene.firms["firm"][firm] for firm in scene.labels[0].firm]
    first = scene.labels[0]
    assert float(texts[0].get("x", "nan")) == pytest.approx(scene.firms["x"][first.firm[0]] + first.dx[0])


def test_every_tie_is_drawn_with_its_pen(draw: Draw) -> None:
    scene = draw()
    paths = group(sky_svg(scene), "ties").findall(f"{SVG}path")
    assert sum(path.get("d", "").count("M") for path in paths) == scene.ties.height
    assert len(paths) == scene.ties.select("opacity", "width", "colour").n_unique()


def test_outlines_are_drawn_on_demand(draw: Draw) -> None:
    assert len(group(sky_svg(draw(hulls="1")), "hulls")) == len(draw(hulls="1").hulls) > 50
    assert len(group(sky_svg(draw()), "hulls")) == 0


def test_the_picture_says_what_it_shows(draw: Draw, automotive: Frames) -> None:
    svg = file_of(draw(since="2021", size="betweenness"), automotive, "svg").decode()
    texts = [text.text for text in fromstring(svg).iter(f"{SVG}text")]
    assert (
        texts[-1] == f"{draw(since='2021').words} · {automotive.codebook.title} · Constellary {__version__}"
    )
    assert "since 2021" in svg
    assert {"Type of firm", "OEM", "Generation of OEM", "Emergent", "Betweenness"} <= set(texts)


def test_a_small_picture_has_text_that_can_be_read_and_no_two_names_collide(draw: Draw) -> None:
    texts = group(sky_svg(draw(), Picture(width=420, height=300)), "labels").findall(f"{SVG}text")[1::2]
    sizes = [float(text.get("font-size", "0")) for text in texts]
    assert min(sizes) > 8
    assert 5 < len(texts) < 40


def test_gexf_has_the_firms_the_ties_and_the_places_of_the_view(draw: Draw, automotive: Frames) -> None:
    scene = draw(ego="Toyota", size="betweenness", colour="community")
    graph = nx.read_gexf(BytesIO(file_of(scene, automotive, "gexf")))
    assert set(graph) == set(scene.firms["firm"])
    names = scene.firms["firm"].to_list()
    for source, target, weight in scene.ties.select("source", "target", "weight").iter_rows():
        assert graph[names[source]][names[target]]["weight"] == weight
    assert graph.number_of_edges() == scene.ties.height
    for firm, x, y, value in scene.firms.select("firm", "x", "y", "value").iter_rows():
        node = graph.nodes[firm]
        position = node["viz"]["position"]
        assert (position["x"], position["y"]) == pytest.approx((x, scene.frame.height - y))
        assert node["betweenness"] == pytest.approx(value)


def test_names_that_mean_harm_are_text_in_every_file(tmp_path: Path) -> None:
    with open_study(hostile_study(tmp_path / "hostile.study")) as study:
        frames = study.frames()
        for view in (View(colour="kind", hulls=True), View(colour="community")):
            scene = sky_scene(frames, frames, view, places_of(frames))
            svg = file_of(scene, frames, "svg").decode()
            root = fromstring(svg)
            assert {one.tag for one in root.iter()} <= {
                f"{SVG}{name}"
                for name in (
                    "svg",
                    "defs",
                    "clipPath",
                    "rect",
                    "g",
                    "path",
                    "circle",
                    "polygon",
                    "title",
                    "text",
                )
            }
            assert TAG in "".join(root.itertext())
            assert json.loads(scene_json(scene))["firms"]["name"] == scene.firms["firm"].to_list()
            # Other names with a semicolon are refused by the writers of lists, in words.
            without = replace(
                frames, firms=frames.firms.with_columns(aliases=pl.lit(None, pl.List(pl.String)))
            )
            assert len(nx.read_gexf(BytesIO(file_of(scene, without, "gexf")))) == scene.firms.height


def test_what_xml_cannot_hold_is_left_out() -> None:
    assert clean('\x00<a href="x">\ud800\x0b</a>') == "&lt;a href=&quot;x&quot;&gt; &lt;/a&gt;"


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("z", "nan"),
        ("z", "inf"),
        ("z", "0"),
        ("z", "1e9"),
        ("x", "here"),
        ("y", "1e300"),
        ("w", "10"),
        ("h", "-3"),
        ("w", "9" * 999),
        ("theme", "pink"),
    ],
)
def test_a_camera_that_cannot_be_is_refused_in_words(option: str, value: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_picture([(option, value)])
    assert option in str(refused.value)
    assert len(str(refused.value)) < 200


def test_an_unknown_kind_of_file_is_refused(draw: Draw, automotive: Frames) -> None:
    with pytest.raises(UnknownName, match="svg"):
        file_of(draw(), automotive, "gif")


def test_a_scene_of_nobody_is_drawn(draw: Draw, automotive: Frames) -> None:
    scene = draw(ego="Tesla", where="size > 20", hulls="1")
    for kind in ("svg", "gexf", "json"):
        assert file_of(scene, automotive, kind)


def test_the_png_is_the_svg_twice_as_sharp(draw: Draw, automotive: Frames) -> None:
    picture = Picture(width=400, height=300)
    png = file_of(draw(ego="Porsche"), automotive, "png", picture)
    assert png.startswith(b"\x89PNG")
    wide, high = (int.from_bytes(png[at : at + 4], "big") for at in (16, 20))
    assert wide == 800
    assert high > 600


SCRIPT = """
import hashlib, sys
from constellary.data import automotive_folder, example_frames
from constellary.report.sky.build import sky_scene
from constellary.report.sky.files import file_of
from constellary.report.sky.places import places_of
from constellary.report.sky.view import View
frames = example_frames()
scene = sky_scene(frames, frames, View(colour="community", hulls=True), places_of(frames))
print([hashlib.sha256(file_of(scene, frames, kind)).hexdigest() for kind in ("json", "svg", "gexf")])
"""


def test_files_are_the_same_bytes_whatever_the_seed_of_hashes() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(said) == 1


def test_the_digest_is_that_of_the_whole(draw: Draw) -> None:
    one, other = (json.loads(scene_json(draw(**view))) for view in ({}, {"hulls": "1"}))
    assert one["digest"] == json.loads(scene_json(draw()))["digest"]
    assert one["digest"] != other["digest"]


def test_numbers_of_the_json_are_numbers(draw: Draw, automotive: Frames) -> None:
    view = read_view([("size", "eigenvector")], automotive.codebook, automotive.firms)
    assert view.size == "eigenvector"
    values = content(draw(size="eigenvector"))["firms"]["value"]
    assert all(value is None or np.isfinite(value) for value in values)
