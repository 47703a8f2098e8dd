"""What a job does, by its kind: a function of the study's path, its arguments and a folder to write into.

It runs in a process of its own (`worker`) and writes only into its folder, which is given out when all of
it is there.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any, Protocol, TypedDict
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from constellary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from constellary.study.batch import Batch
    from constellary.study.decisions import Changes

ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP can say; the same files give the same bytes."""

TOUCHED = 50
"""Alliances that are named of those which an import would change."""


class Say(Protocol):
    """Told what is being done, and which part of it is done where that is known."""

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        """Say it."""


class Chosen(TypedDict):
    """Which alliances a job is about."""

    since: str | None
    until: str | None
    where: str | None


@dataclass(frozen=True, slots=True)
class Task:
    """A job as its process sees it.

    Attributes
    ----------
    study
        Path of the study.
    arguments
        Those of the kind, as JSON gives them.
    folder
        Empty; whatever is written into it is the result.
    """

    study: Path
    arguments: Mapping[str, Any]
    folder: Path

    @property
    def stem(self) -> str:
        """The beginning of the names of files: the study's own, of plain letters."""
        return plain_stem(self.study.stem)

    @property
    def chosen(self) -> Chosen:
        """The selection; what is empty is None."""
        given = self.arguments
        return Chosen(
            since=given.get("since") or None,
            until=given.get("until") or None,
            where=given.get("where") or None,
        )


def plain_stem(name: str) -> str:
    """Return a name of plain letters, digits, hyphens and underscores, fit for any file system.

    Examples
    --------
    >>> plain_stem("Autos & vélos"), plain_stem("../..")
    ('Autos-v-los', 'study')
    """
    kept = "".join(sign if sign.isascii() and (sign.isalnum() or sign == "_") else " " for sign in name)
    return "-".join(kept.split())[:60] or "study"


def report(task: Task, say: Say) -> dict[str, Any]:
    """Write the report in some `formats` (absent: all); its files, and all of them as one ZIP."""
    from constellary.report.build import write_report
    from constellary.study.study import open_study

    folder = task.folder / f"{task.stem}-report"
    with open_study(task.study) as study:
        write_report(study, folder, formats=task.arguments.get("formats"), progress=say, **task.chosen)
    say("packing")
    pack(folder, task.folder / f"{folder.name}.zip")
    return {}


def export(task: Task, say: Say) -> dict[str, Any]:
    """Write the data in a `format`; several files also as one ZIP."""
    from constellary.exchange.export import FORMATS
    from constellary.exchange.export import export as write
    from constellary.report.drawing_of import drawing_of
    from constellary.study.study import open_study

    form = str(task.arguments["format"])
    with open_study(task.study) as study:
        frames = study.frames(**task.chosen)
        drawing = None
        if form in FORMATS and FORMATS[form].graph:
            say("placing the firms")
            drawing = drawing_of(frames, study.frames(), study.layouts)
    say("writing")
    folder = task.folder / f"{task.stem}-{form}"
    target = folder if form in FORMATS and FORMATS[form].folder else folder / task.stem
    if len(write(frames, target, form, drawing=drawing)) > 1:
        pack(folder, task.folder / f"{folder.name}.zip")
    return {}


def layout(task: Task, say: Say) -> dict[str, Any]:
    """Place the firms of the whole study, which keeps their places."""
    from constellary.report.placed import positions
    from constellary.study.study import open_study

    say("placing the firms")
    with open_study(task.study) as study:
        positions(study.frames(), study.layouts, lambda done, all_of: say("placing the firms", done, all_of))
    return {}


def read(task: Task, say: Say) -> dict[str, Any]:
    """Read the `files` (names in `folder`) for the study, with a `mapping`; write nothing into it.

    Returns
    -------
    dict
        `preview` (a dict a table, see `TablePreview`), `notes`, and either `problems` (a dict each, see
        `Problem`), `kinds` (kind, column, how many), `total` and `message`, or `counts` (table -> added,
        changed, removed, unchanged), `touched` (the first alliances of the study that would be changed) and
        `touched_total`. What was read waits as a batch: see `kept_batch`.
    """
    from constellary.exchange.bibliography.recognising import are_exports
    from constellary.exchange.importer import ImportRefused, read_files
    from constellary.study.study import open_study

    os.chdir(task.arguments["folder"])  # so that messages name the files as the person knows them
    paths = [Path(name) for name in task.arguments["files"]]
    if are_exports(paths):
        return read_bibliography(task, paths, say)
    with open_study(task.study) as study:
        try:
            reading = read_files(
                paths,
                study.codebook,
                mapping=task.arguments.get("mapping") or {},
                known_alliances=study.known_alliances(),
                known_firms=study.known_firms(),
                progress=say,
            )
        except ImportRefused as refused:
            return {
                "preview": [asdict(table) for table in (*refused.preview, *refused.unread)],
                "notes": list(refused.notes),
                "problems": [asdict(item) | {"place": item.place} for item in refused.problems],
                "kinds": [[*key, number] for key, number in sorted(refused.counts.items())],
                "total": refused.total,
                "message": str(refused),
            }
        say("comparing with the study")
        changes, found = study.planned(reading.batch)
    counts = {name: asdict(count) for name, count in found.items()}
    touched = touched_by(changes)
    keep_batch(reading.batch, task.folder)
    return {
        "preview": [asdict(table) for table in reading.preview],
        "notes": list(reading.notes),
        "counts": counts,
        "touched": touched[:TOUCHED],
        "touched_total": len(touched),
    }


def read_bibliography(task: Task, paths: list[Path], say: Say) -> dict[str, Any]:
    """Read bibliographic exports for the study; write nothing into it: see `exports.exports_told`."""
    from constellary.study.study import open_study
    from constellary.workbench.intake.exports import exports_told, read_exports

    exports = read_exports(paths, say)
    say("comparing with the study")
    with open_study(task.study) as study:
        return exports_told(study, exports, task.arguments.get("mapping") or {})


def touched_by(changes: Changes) -> list[str]:
    """Return the ids of the alliances that are there already and whose row or partners change, sorted."""
    new = {change.row[0] for change in changes.get("alliance", ()) if change.before is None}
    about = {change.row[0] for name in ("alliance", "partner") for change in changes.get(name, ())}
    return sorted(about - new)


def publish(task: Task, say: Say) -> dict[str, Any]:
    """Write the study as a static site (`authors`, `year`, `licence`, `address`), packed as one ZIP."""
    from constellary.study.study import open_study
    from constellary.workbench.publish.about import About
    from constellary.workbench.publish.site import write_site

    given = task.arguments
    about = About(
        tuple(given.get("authors") or ()),
        given.get("year", ""),
        given.get("licence", ""),
        given.get("address", ""),
    )
    folder = task.folder / f"{task.stem}-site"
    with open_study(task.study) as study:
        write_site(study, folder, about=about, progress=say)
    say("packing")
    pack(folder, task.folder / f"{folder.name}.zip")
    rmtree(folder)  # thousands of files; the ZIP has them all
    return {}


WORK: dict[str, Callable[[Task, Say], dict[str, Any]]] = {
    "report": report,
    "export": export,
    "layout": layout,
    "read": read,
    "publish": publish,
}
"""Kind of job -> what it does."""


def keep_batch(batch: Batch, folder: Path) -> None:
    """Write the tables of a batch into a folder, for `kept_batch`."""
    for name in batch.counts():
        getattr(batch, name).write_ipc(folder / f"{name}.arrow")


def kept_batch(folder: Path) -> Batch:
    """Return the batch that a job of the kind `read` left in its folder.

    Raises
    ------
    InputError
        If there is none: the job is too long ago.
    """
    import polars as pl

    from constellary.study.batch import Batch

    names = ("alliances", "partners", "firms", "sources", "codings")
    found = {name: folder / f"{name}.arrow" for name in names if (folder / f"{name}.arrow").exists()}
    if not found:
        raise InputError("What was read is no longer there. Give the files once more.")
    return Batch(**{name: pl.read_ipc(path.read_bytes()) for name, path in found.items()})


def pack(folder: Path, target: Path) -> None:
    """Write all files of a folder, and of those in it, into a ZIP, in the order of their names."""
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", ZIP_DATE)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, path.read_bytes())
