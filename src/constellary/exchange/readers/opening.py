"""From a path to grids: what the file is decides which reader gets it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.errors import InputError, Problem
from constellary.exchange.readers.json_tables import looks_like_json, read_json, tables_of
from constellary.exchange.readers.limits import FILE_BYTES
from constellary.exchange.readers.packages import (
    DESCRIPTOR,
    Package,
    descriptor_in,
    is_descriptor,
    read_archive,
    read_folder,
)
from constellary.exchange.readers.recognise import judge_header
from constellary.exchange.readers.sniff import decode, form_of
from constellary.exchange.readers.text_tables import read_text_table
from constellary.exchange.readers.workbooks import read_workbook, workbook_form
from constellary.exchange.readers.zip_budget import open_within_budget

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from constellary.exchange.readers.grid import Grid
    from constellary.exchange.readers.headers import Vocabulary


@dataclass(frozen=True)
class Opened:
    """The grids of one path, and what could not be opened.

    `together` says that the grids are the parts of one file, of which some may be no tables of a study (the
    codebook's sheet, a picture's resource).
    """

    grids: tuple[Grid, ...]
    problems: tuple[Problem, ...] = ()
    together: bool = False


def open_path(path: Path, words: Vocabulary) -> Opened:
    """Return the grids of a file, or of a folder that is a data package; never raises for what it finds."""
    shown = str(path)
    try:
        if path.is_dir():
            if not (path / DESCRIPTOR).is_file():
                message = f"The folder has no '{DESCRIPTOR}'. Name the files in it one by one."
                return Opened((), (Problem(message, shown, kind="file"),))
            text = decode(_bytes(path / DESCRIPTOR)).text
            return _open_package(read_folder(path, shown, text), shown, words)
        return _open_bytes(path, shown, _bytes(path), words)
    except InputError as error:
        return Opened((), (Problem(str(error), shown, kind="file"),))
    except FileNotFoundError:
        return Opened((), (Problem("There is no such file.", shown, kind="file"),))
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return Opened((), (Problem(f"The file cannot be read: {reason}.", shown, kind="file"),))


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > FILE_BYTES:
        raise InputError(f"The file is larger than {FILE_BYTES >> 20:,} MiB. Divide it.")
    if not path.is_file():
        raise InputError("This is no regular file.")
    return path.read_bytes()


def _open_bytes(path: Path, shown: str, data: bytes, words: Vocabulary) -> Opened:
    if form_of(data) == "zip":
        archive = open_within_budget(data)
        if form := workbook_form(archive):
            return Opened(tuple(read_workbook(shown, data, archive, form)), together=True)
        if descriptor := descriptor_in(archive):
            return _open_package(read_archive(archive, descriptor, shown), shown, words)
        raise InputError(f"The ZIP archive holds neither a workbook nor a '{DESCRIPTOR}'. Unpack it first.")
    source = decode(data)
    if is_descriptor(source.text):
        return _open_package(read_folder(path.parent, shown, source.text), str(path.parent), words)
    name = _table_name(path.stem)
    if looks_like_json(source.text):
        return Opened(tuple(read_json(shown, source, name=name)))
    return Opened((read_text_table(shown, source, _judge(words), name=name),))


def _open_package(package: Package, shown: str, words: Vocabulary) -> Opened:
    problems = [Problem(message, file, kind="package") for file, message in package.problems]
    grids: list[Grid] = []
    for resource in package.resources:
        try:
            if resource.rows is not None:
                objects = list(enumerate(resource.rows, 1))
                grids += tables_of(resource.file, "data package", objects, [], name=resource.name)
            elif form_of(resource.data) == "zip":
                archive = open_within_budget(resource.data)
                if form := workbook_form(archive):
                    grids += read_workbook(resource.file, resource.data, archive, form)
            else:
                source = decode(resource.data)
                if looks_like_json(source.text):
                    grids += read_json(resource.file, source, name=resource.name)
                else:
                    grids.append(
                        read_text_table(
                            resource.file, source, _judge(words), name=resource.name, guarded=False
                        )
                    )
        except InputError as error:
            problems.append(Problem(str(error), resource.file, kind="file"))
    if not grids and not problems:
        problems.append(Problem("The package holds no tables.", shown, kind="package"))
    return Opened(tuple(grids), tuple(problems), together=True)


def _judge(words: Vocabulary) -> Callable[..., tuple[float, int]]:
    return lambda rows: judge_header(rows, words)


def _table_name(stem: str) -> str:
    """Return a file's name without the numbers and dates behind it: `alliances_2021-05` is `alliances`."""
    return re.sub(r"[\W\d_]+$", "", stem)
