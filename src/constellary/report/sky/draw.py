"""Draw a study's constellation into a file: what a notebook and the command line call."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from constellary.report.sky.model import SkyScene
    from constellary.study.frames import Frames
    from constellary.study.layouts import Layouts
    from constellary.study.study import Study


def draw(
    source: Study | Frames,
    path: str | Path,
    *,
    since: str | None = None,
    until: str | None = None,
    where: str | None = None,
    options: Mapping[str, str | float | bool] | None = None,
    progress: Callable[[int, int], None] | None = None,
    **more: str | float | bool,
) -> Path:
    """Draw the constellation into a file, as the workbench shows and exports it, and return its path.

    Parameters
    ----------
    source
        A study, which keeps the places of its firms, or frames.
    path
        Its ending says the kind: `.svg`, `.png`, `.gexf` or `.json` (the scene).
    since, until, where
        The selection; firms stand where the whole has them.
    options, **more
        What is shown and how: `size` (a measure), `colour`, `shape` (a firm variable; `community` for
        colour), `ego` (a firm) and `distance` (steps from it), `hulls`, `part` (`main`: the largest
        component), `least` (alliances); `x`, `y`, `z` (where one looks, and how near), `w`, `h` (pixels),
        `theme` (`light` or `dark`).
    progress
        Told how far the placing of the firms is.

    Raises
    ------
    UsageError
        If an option does not exist or cannot be understood.
    UnknownName
        If there is no such kind of file.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from constellary.data import example_frames
    >>> with TemporaryDirectory() as folder:
    ...     written = draw(example_frames(), f"{folder}/sky.svg", size="betweenness", ego="Algol")
    ...     "Algol and its partners" in written.read_text(encoding="utf-8")
    True
    """
    from constellary.errors import UnknownName
    from constellary.exchange.atomic import replace_files
    from constellary.face import frames_from
    from constellary.report.sky.files import KINDS, file_of
    from constellary.report.sky.picture import read_picture
    from constellary.study.frames import Frames

    path = Path(path)
    kind = path.suffix.removeprefix(".").lower()
    if kind not in KINDS:
        raise UnknownName("kind of picture", kind, list(KINDS))
    given = known_options({**(options or {}), **more})
    picture = read_picture(given.items())
    whole = frames_from(source)
    frames = frames_from(whole, since=since, until=until, where=where)
    layouts = None if isinstance(source, Frames) else source.layouts
    scene = scene_of(frames, whole, given, layouts, progress)
    replace_files({path: file_of(scene, frames, kind, picture)})
    return path


def scene_of(
    frames: Frames,
    whole: Frames,
    options: Mapping[str, str],
    layouts: Layouts | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> SkyScene:
    """Return the scene of a selection by the options of an address; see `draw` and `sky_scene`."""
    from constellary.report.sky.build import sky_scene
    from constellary.report.sky.measures import Measures
    from constellary.report.sky.places import places_of
    from constellary.report.sky.view import read_view

    view = read_view(options.items(), whole.codebook, whole.firms)
    measures = Measures(frames)
    projection = measures.projection if frames is whole else None
    places = places_of(whole, layouts, projection=projection, progress=progress)
    return sky_scene(frames, whole, view, places, measures)


def known_options(given: Mapping[str, str | float | bool]) -> dict[str, str]:
    """Return options as an address has them.

    Raises
    ------
    UsageError
        If one does not exist.

    Examples
    --------
    >>> known_options({"hulls": True, "z": 2.5, "ego": "Toyota"})
    {'hulls': '1', 'z': '2.5', 'ego': 'Toyota'}
    """
    from dataclasses import fields

    from constellary.errors import UnknownName, UsageError
    from constellary.report.sky.picture import PICTURE
    from constellary.report.sky.view import View

    known = [*(field.name for field in fields(View)), *PICTURE]
    for name in given:
        if name not in known:
            raise UsageError(str(UnknownName("option", name, known)))
    return {name: str(int(value)) if isinstance(value, bool) else str(value) for name, value in given.items()}
