"""A scene as a file: exactly what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.errors import UnknownName
from constellary.report.sky.picture import Picture

if TYPE_CHECKING:
    from constellary.report.sky.model import SkyScene
    from constellary.study.frames import Frames

KINDS = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "gexf": "application/gexf+xml",
    "json": "application/json",
}
"""Kinds of files, by the ending of their name."""


def file_of(scene: SkyScene, frames: Frames, kind: str, picture: Picture | None = None) -> bytes:
    """Return a scene as a file; the same scene and picture give the same bytes.

    Parameters
    ----------
    scene, frames
        What is shown, and the selection that it is of.
    kind
        One of `KINDS`.
    picture
        How it is seen; of it GEXF takes the colours alone, and JSON nothing.

    Raises
    ------
    UnknownName
        If there is no such kind.
    """
    picture = picture or Picture()
    if kind not in KINDS:
        raise UnknownName("kind of picture", kind, list(KINDS))
    if kind == "json":
        from constellary.report.sky.as_json import scene_json

        return scene_json(scene)
    if kind == "gexf":
        from constellary.exchange.writers.gexf import files
        from constellary.report.sky.as_drawing import sky_drawing

        return files(frames, sky_drawing(scene, picture.shade))[".gexf"]
    from constellary.report.sky.as_svg import sky_png, sky_svg

    svg = sky_svg(scene, picture, title=frames.codebook.title)
    return sky_png(svg) if kind == "png" else svg.encode()
