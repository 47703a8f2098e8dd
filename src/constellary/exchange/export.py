"""Write a study's tables or its constellation in the formats that other programs read.

A format is a function from frames to bytes (`constellary.exchange.writers`); this module alone decides
where the bytes go. Writers are loaded when they are used, so that the list of formats costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from constellary.errors import InputError, UnknownName

if TYPE_CHECKING:
    from constellary.exchange.drawing import Drawing
    from constellary.study.frames import Frames


@dataclass(frozen=True, slots=True)
class Format:
    """A format that Constellary writes.

    Attributes
    ----------
    name
        By which one asks for it.
    description
        One line for a list of formats.
    suffix
        Ending of the path; empty for a format that is a folder.
    graph
        Whether it holds the constellation (and takes a drawing) rather than the tables.
    marker
        For a folder: the file by which one of ours is known.
    writer
        `module:function` in `constellary.exchange.writers`.
    """

    name: str
    description: str
    suffix: str
    graph: bool
    writer: str
    marker: str = ""

    @property
    def folder(self) -> bool:
        """Whether the target is a folder."""
        return not self.suffix

    def contents(self, frames: Frames, drawing: Drawing | None) -> dict[str, bytes]:
        """Return the bytes by name; tables know no drawing."""
        module, function = self.writer.split(":")
        write = getattr(import_module(f"constellary.exchange.writers.{module}"), function)
        return cast("dict[str, bytes]", write(frames, drawing) if self.graph else write(frames))


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            "datapackage",
            "folder: Frictionless data package, CSV with schema and codebook",
            "",
            graph=False,
            writer="data_package:files",
            marker="datapackage.json",
        ),
        Format(
            "datapackage-zip",
            "the data package as one file",
            ".zip",
            graph=False,
            writer="data_package:zip_files",
        ),
        Format(
            "csv",
            "folder: the five tables for a spreadsheet",
            "",
            graph=False,
            writer="csv_folder:files",
            marker="alliances.csv",
        ),
        Format(
            "xlsx", "Excel workbook, a sheet a table, codebook", ".xlsx", graph=False, writer="xlsx:files"
        ),
        Format("sav", "SPSS: NAME-alliances.sav and NAME-firms.sav", ".sav", graph=False, writer="sav:files"),
        Format(
            "dta", "Stata: NAME-alliances.dta and NAME-firms.dta", ".dta", graph=False, writer="dta:files"
        ),
        Format("bibtex", "the sources as a BibTeX bibliography", ".bib", graph=False, writer="bibtex:files"),
        Format("gexf", "constellation for Gephi, as drawn", ".gexf", graph=True, writer="gexf:files"),
        Format(
            "graphml",
            "constellation for most network programs",
            ".graphml",
            graph=True,
            writer="graphml:files",
        ),
        Format(
            "pajek", "constellation for Pajek: .net, .clu, .vec", ".net", graph=True, writer="pajek:files"
        ),
        Format(
            "ucinet",
            "UCINET DL: NAME-firms.dl and NAME-alliances.dl (two-mode)",
            ".dl",
            graph=True,
            writer="ucinet:files",
        ),
        Format("edges", "CSV list of the ties between firms", ".csv", graph=True, writer="edges:files"),
    )
}


def export(
    frames: Frames,
    path: Path,
    format: str,  # noqa: A002 - the word that callers expect
    *,
    drawing: Drawing | None = None,
) -> list[Path]:
    """Write the frames in a format.

    Parameters
    ----------
    frames
        What to write: a study or a selection of it.
    path
        The file, or the folder for `datapackage` and `csv`. The format's suffix is added where it is
        missing; formats of several files put what tells them apart behind the stem
        (`study.sav`: `study-alliances.sav`, `study-firms.sav`). Missing folders are made.
    format
        A name in `FORMATS`.
    drawing
        Places, sizes and colours for the graph formats; without it they hold the plain ties.

    Returns
    -------
    list of Path
        The files written. A file that was there is replaced in one step, when all the new ones are
        whole; two runs on the same frames write the same bytes.

    Raises
    ------
    UnknownName
        If there is no such format.
    InputError
        If a file cannot be written, the folder holds something else, or the data do not fit the format.

    Examples
    --------
    >>> import polars as pl
    >>> from tempfile import TemporaryDirectory
    >>> from constellary.study.codebook import Codebook
    >>> from constellary.study.derive import build_frames
    >>> frames = build_frames(
    ...     Codebook("example", "Example", ()),
    ...     alliances=pl.DataFrame({"id": ["a"], "announced": ["2021-05"]}),
    ...     partners=pl.DataFrame({"alliance": ["a", "a"], "firm": ["Ford", "BMW"], "position": [1, 2]}),
    ...     firms=pl.DataFrame({"firm": ["Ford", "BMW"]}),
    ... )
    >>> with TemporaryDirectory() as folder:
    ...     for path in export(frames, Path(folder) / "study.sav", "sav"):
    ...         print(path.name)
    study-alliances.sav
    study-firms.sav
    """
    from constellary.exchange.atomic import replace_files

    chosen = FORMATS.get(format)
    if chosen is None:
        raise UnknownName("format", format, list(FORMATS))
    path = Path(path)
    if chosen.folder:
        refuse_foreign(path, chosen)
    contents = chosen.contents(frames, drawing)
    if chosen.folder:
        refuse_foreign(path, chosen, set(contents))
    return replace_files({_target(path, name, chosen): content for name, content in contents.items()})


def refuse_foreign(folder: Path, chosen: Format, own: set[str] | None = None) -> None:
    """Raise an InputError if the folder is a file, or holds what this format did not write.

    Hidden files are let be. `own`: the names that the format writes; None: look at the marker alone.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder}: is a file; {chosen.name} needs a folder.")
    held = sorted(item.name for item in folder.glob("*") if not item.name.startswith("."))
    strange = [name for name in held if own is not None and name not in own]
    if strange or (held and chosen.marker not in held):
        shown = ", ".join((strange or held)[:3]) + (" ..." if len(strange or held) > 3 else "")
        raise InputError(f"{folder}: holds other files ({shown}). Give a new or an empty folder.")


def _target(path: Path, name: str, chosen: Format) -> Path:
    if chosen.folder:
        return path / name
    bare = path.suffix.lower() == chosen.suffix
    if name == chosen.suffix:
        return path if bare else path.with_name(path.name + name)
    return path.with_name((path.stem if bare else path.name) + name)
