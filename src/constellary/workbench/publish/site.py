"""A study as a static site: the workbench's own pages, made once, with their evidence inside."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from constellary.errors import InputError
from constellary.exchange.atomic import replace_files
from constellary.exchange.export import export
from constellary.report.document import Figure, Table
from constellary.report.prose import plural
from constellary.report.sky.as_json import scene_json
from constellary.report.sky.view import default_view
from constellary.workbench import skies
from constellary.workbench.figure_views import Reading, against_view, chapter_view, overview_view
from constellary.workbench.filters import Filter
from constellary.workbench.listings.ask import Ask
from constellary.workbench.moments import Moments
from constellary.workbench.pages import alliances, firms, sources
from constellary.workbench.pages.constellation import view as constellation_view
from constellary.workbench.pages.figure_files import csv_of, drawn
from constellary.workbench.portraits.alliance import alliance_view
from constellary.workbench.portraits.firm import firm_view
from constellary.workbench.portraits.position import measured, position_of
from constellary.workbench.publish.about import About, about_view, citation_file
from constellary.workbench.publish.literature import ENTRIES, literature_pages, literature_views
from constellary.workbench.publish.paths import STATIC, SiteLinks, SitePaths
from constellary.workbench.render import to_html
from constellary.workbench.surroundings import Surroundings
from constellary.workbench.written import chapter, chapters_of, published_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from constellary.study.study import Study
    from constellary.workbench.moments import Moment
    from constellary.workbench.written import Written

WHOLE = Filter()
MARKER = "site.txt"
"""A file by which a folder is known as a site of ours, which may be written again."""
AGAINST = "against-print"
LEFT_OUT = ("manifest.json", "stamp.txt", "coding.css", "coding.js", "import.css", "import.js", "review.js")
"""Files of the front end that only the running workbench needs."""
LARGEST = 50_000
"""Alliances of which a site can be made: each has a page."""


def write_site(
    study: Study,
    folder: Path,
    *,
    about: About | None = None,
    progress: Callable[[str], None] = lambda _step: None,
) -> list[Path]:
    """Write the site of a study and return its files.

    Parameters
    ----------
    study
        What is shown.
    folder
        A new or empty folder, or that of an earlier site, which is replaced.
    about
        Whose it is, how to cite it, its licence.
    progress
        Told what is being made.

    Raises
    ------
    InputError
        If the folder holds other files, or the study has no alliance.
    """
    moment = Moments(study).now()
    if not moment.frames.alliances.height:
        raise InputError("The study has no alliances yet; there is nothing to publish.")
    if moment.frames.alliances.height > LARGEST:
        raise InputError(
            f"A site holds a page for each alliance, of {LARGEST:,} at most. Publish a part of it."
        )
    earlier = _earlier(folder)
    made: dict[Path, bytes] = {}
    for name, content in _files(study, moment, about or About(), progress):
        made[folder / name] = content
    progress("writing")
    made[folder / MARKER] = "".join(
        f"{path.relative_to(folder).as_posix()}\n" for path in sorted(made)
    ).encode()
    written = replace_files(made)
    for path in earlier - set(written):
        path.unlink(missing_ok=True)
    return written


def _earlier(folder: Path) -> set[Path]:
    """Return the files of the site that is there; a folder of something else is refused."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: is a file; a site needs a folder.")
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    marker = folder / MARKER
    if not marker.exists():
        raise InputError(f"{folder}: holds other files. Give a new or an empty folder.")
    found = (folder / line for line in marker.read_text(encoding="utf-8").splitlines() if line)
    return {path for path in found if path.resolve().is_relative_to(folder.resolve())}


def _files(
    study: Study, moment: Moment, about: About, progress: Callable[[str], None]
) -> Iterator[tuple[str, bytes]]:
    """Give every file of the site: its name and its content."""
    frames = moment.frames
    chapters = [one for one in chapters_of(moment) if one.key != AGAINST]
    with_print = published_in(moment, study) is not None
    pages = {"constellation", "figures", "alliances", "firms", "sources", "sources/publishers", "index"}
    pages |= {f"figures/{one.key}" for one in chapters} | ({"against"} if with_print else set())
    pages |= set(literature_pages(study))
    absent = frozenset(name for name in ("against", *ENTRIES) if name not in pages)
    paths = SitePaths(
        pages, frames.alliances["id"], frames.firms["firm"], frames.sources["publisher"].drop_nulls()
    )

    def html(path: str, template: str, content: Mapping[str, Any]) -> tuple[str, bytes]:
        around = Surroundings(
            link=SiteLinks(paths, path),
            live=False,
            study=moment.codebook.title,
            file=study.path.name,
            codebook=moment.codebook,
            absent=absent,
            counts={
                "alliances": frames.alliances.height,
                "firms": frames.firms.height,
                "sources": frames.sources.height,
            },
        )
        return path, to_html(template, around, **content).encode()

    progress("the constellation")
    sky = default_view(moment.codebook)
    scene = json.loads(scene_json(skies.scene(moment, study, WHOLE, sky)))
    content = {**constellation_view(moment, WHOLE, sky), "scene": scene}
    yield html("constellation.html", "constellation.html", content)
    yield from _tables(moment, html)
    progress("figures and tables")
    patient = Reading(patience=None, carrying=True)
    yield html("figures.html", "figures.html", overview_view(moment, WHOLE, study, patience=None))
    for one in chapters:
        content = chapter_view(moment, WHOLE, study, one.key, patient)
        yield html(f"figures/{one.key}.html", "figures_chapter.html", content)
        yield from _drawings(one.key, chapter(moment, WHOLE, study, one.key).result())
    if with_print:
        yield from _drawings(AGAINST, chapter(moment, WHOLE, study, AGAINST).result())
        yield html("against.html", "figures_against.html", against_view(moment, WHOLE, study, patient))
    progress("the literature")
    for name, template, view in literature_views(study):
        yield html(f"{name}.html", template, view)
    yield from _portraits(moment, paths, html, progress)
    yield from _data(moment)
    yield "CITATION.cff", citation_file(about, frames)
    yield from _front_end()
    yield html("index.html", "about.html", about_view(about, frames))


def _drawings(key: str, written: Written) -> Iterator[tuple[str, bytes]]:
    """Give the figures of a chapter as SVG and PNG and its tables as CSV, where its page links to them."""
    for block in written.section.blocks if written.section else ():
        if isinstance(block, Table):
            yield f"figures/{key}/{block.key}.csv", csv_of(block)
        elif isinstance(block, Figure):
            for kind in ("svg", "png"):
                yield f"figures/{key}/{block.key}.{kind}", drawn(block, kind, "")
            if block.spec is None:  # a drawing that the page shows as a picture, which has a theme of its own
                yield f"figures/{key}/{block.key}-dark.svg", drawn(block, "svg", "dark")


def _tables(
    moment: Moment, html: Callable[[str, str, Mapping[str, Any]], tuple[str, bytes]]
) -> Iterator[tuple[str, bytes]]:
    """Give the tables, whole: they are searched and sorted on the page."""
    yield html("alliances.html", "alliances.html", alliances.view(moment, WHOLE, Ask(), whole=True))
    yield html("firms.html", "firms.html", firms.view(moment, WHOLE, Ask(), whole=True))
    for path in (sources.PAGES, sources.PUBLISHERS):
        yield html(f"{path}.html", "sources.html", sources.view(moment, WHOLE, Ask(), path, whole=True))


def _portraits(
    moment: Moment,
    paths: SitePaths,
    html: Callable[[str, str, Mapping[str, Any]], tuple[str, bytes]],
    progress: Callable[[str], None],
) -> Iterator[tuple[str, bytes]]:
    """Give a page of every alliance, firm and publisher."""
    progress(f"pages of {plural(len(paths.alliances), 'alliance')}")
    nothing = {"findings_ready": True, "open": [], "accepted": []}
    for key in paths.alliances:
        yield html(paths.alliance(key), "alliance.html", alliance_view(moment, WHOLE, Ask(), key) | nothing)
    progress(f"pages of {plural(len(paths.firms), 'firm')}")
    sky = measured(moment).result()
    signing = set(sky.firms["firm"])
    for firm in paths.firms:
        position = position_of(sky, firm) if firm in signing else None
        state = {"firm": firm, "position": position, "position_state": "ready" if position else "none"}
        content = firm_view(moment, WHOLE, Ask(), firm) | state
        yield html(paths.firm(firm), "firm.html", content)
    for publisher in paths.publishers:
        content = sources.publisher_view(moment, publisher)
        yield html(paths.publisher(publisher), "sources_publisher.html", content)


def _data(moment: Moment) -> Iterator[tuple[str, bytes]]:
    """Give the data package. The study file itself stays at home: its history names people and their reasons."""
    with TemporaryDirectory() as name:
        (package,) = export(moment.frames, Path(name) / "data.zip", "datapackage-zip")
        yield "data/data.zip", package.read_bytes()


def _front_end() -> Iterator[tuple[str, bytes]]:
    """Give the built files of the front end."""
    root = files("constellary.workbench") / "static"
    for item in sorted(root.iterdir(), key=lambda one: one.name):
        if item.is_file() and item.name not in LEFT_OUT:
            yield f"{STATIC}/{item.name}", item.read_bytes()
