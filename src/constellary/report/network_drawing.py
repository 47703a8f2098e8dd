"""A network of the literature as a picture or for a network program, drawn as the constellation is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import InputError, UnknownName

if TYPE_CHECKING:
    from constellary.exchange.drawing import Drawing
    from constellary.literature.context.network import Network
    from constellary.report.sky.model import SkyScene

PICTURES = ("svg", "png")
GRAPHS = {"gexf": "gexf", "graphml": "graphml", "net": "pajek", "csv": "edges"}
"""Ending of a file -> the format that is written."""
KINDS = (*PICTURES, *GRAPHS)


def draw_network(network: Network, path: str | Path, *, shade: str = "light") -> list[Path]:
    """Write a network of the literature into a file, and return the files written.

    Parameters
    ----------
    network
        What is drawn: an area shows how often a node occurs, a colour its community.
    path
        Its ending says the kind: `.svg`, `.png`, `.gexf`, `.graphml`, `.net` (Pajek, with its measures in
        files beside it) or `.csv` (the ties).
    shade
        `light` or `dark`, for pictures.

    Raises
    ------
    UnknownName
        If there is no such kind.
    InputError
        If the network is empty.
    """
    path = Path(path)
    kind = path.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        raise UnknownName("kind of file", kind, list(KINDS))
    if not network.sky.firms.height:
        raise InputError(
            f"There is nothing to draw: no {network.node} occurs at least {network.least:,} times. "
            "Lower that number, or take all works."
        )
    if kind in PICTURES:
        from constellary.exchange.atomic import replace_files
        from constellary.report.sky.as_svg import sky_png, sky_svg
        from constellary.report.sky.picture import Picture

        svg = sky_svg(network_scene(network), Picture(shade=shade))
        return replace_files({path: sky_png(svg) if kind == "png" else svg.encode()})
    from constellary.exchange.export import export

    return export(network.frames, path, GRAPHS[kind], drawing=network_drawing(network))


def network_scene(network: Network) -> SkyScene:
    """Return the scene of a network, said in its own words."""
    from constellary.report.prose import plural
    from constellary.report.sky.build import sky_scene
    from constellary.report.sky.measures import Measures
    from constellary.report.sky.places import places_of
    from constellary.report.sky.view import COMMUNITY, View

    frames, node, tie = network.frames, network.node, network.tie
    measures = Measures(frames)
    places = places_of(frames, projection=measures.projection)
    scene = sky_scene(frames, frames, View(colour=COMMUNITY), places, measures)
    says = [
        f"{plural(often, tie)}, together with {plural(others, node)}"
        for often, others in scene.firms.select("alliances", "degree").iter_rows()
    ]
    colour, shape, _ = scene.legend.titles
    words = f"{network.title}: {plural(scene.firms.height, node)} of {plural(network.works, 'work')}"
    if network.left_out:
        words += f"; those that occur at least {plural(network.least, 'time')}"
    return replace(
        scene,
        firms=scene.firms.with_columns(pl.Series("text", says, dtype=pl.String)),
        legend=replace(scene.legend, titles=(colour, shape, f"{tie}s".capitalize())),
        words=words,
    )


def network_drawing(network: Network) -> Drawing:
    """Return the drawing of a network for graph formats: places and colours of the picture, and all measures."""
    from constellary.exchange.drawing import Drawing
    from constellary.literature.context.network import MEASURES
    from constellary.report.sky.as_drawing import sky_drawing

    drawn = sky_drawing(network_scene(network))
    known = [name for name in MEASURES if name not in drawn.firms.columns]
    firms = drawn.firms.join(network.sky.firms.select("firm", *known), on="firm", how="left")
    return Drawing(firms, drawn.edges, called=f"{network.tie}s")
