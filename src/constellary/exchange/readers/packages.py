"""Frictionless data packages: a folder with `datapackage.json`, that file itself, or a ZIP archive of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from constellary.errors import InputError
from constellary.exchange.readers.json_tables import parse
from constellary.exchange.readers.limits import ARCHIVE_MEMBERS, FILE_BYTES
from constellary.exchange.readers.sniff import decode
from constellary.exchange.readers.zip_budget import read_member

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True, slots=True)
class Resource:
    """One table of a package: its name, where it lies, and its bytes, or its rows where they are inline."""

    name: str
    file: str
    data: bytes = b""
    rows: tuple[object, ...] | None = None


@dataclass(frozen=True, slots=True)
class Package:
    """The tables of a package, and what was wrong with the others."""

    resources: tuple[Resource, ...]
    problems: tuple[tuple[str, str], ...]


def is_descriptor(text: str) -> bool:
    """Tell whether a text is a package's descriptor: one object with a list of resources."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{") or '"resources"' not in text:
        return False
    try:
        value = parse(text.lstrip("\ufeff"))
    except InputError:
        return False
    return isinstance(value, dict) and isinstance(value.get("resources"), list)


def read_folder(folder: Path, shown: str, text: str) -> Package:
    """Return the tables of a package whose descriptor's text lies in `folder`."""
    root = folder.resolve()

    def load(path: str) -> bytes:
        target = (root / path).resolve()
        if not target.is_relative_to(root):
            raise InputError("The path leads out of the package's folder.")
        if not target.is_file():
            raise InputError("There is no such file in the package's folder.")
        if target.stat().st_size > FILE_BYTES:
            raise InputError(f"The file is larger than {FILE_BYTES >> 20:,} MiB.")
        return target.read_bytes()

    return _package(shown, text, load)


def descriptor_in(archive: zipfile.ZipFile) -> str:
    """Return the path of a descriptor in an archive, at its root or in its one folder, or the empty text."""
    found = [name for name in archive.namelist() if PurePosixPath(name).name == DESCRIPTOR]
    found = [name for name in found if len(PurePosixPath(name).parts) <= 2]
    return min(found, key=len, default="")


def read_archive(archive: zipfile.ZipFile, descriptor: str, shown: str) -> Package:
    """Return the tables of a packed package; nothing is unpacked to the disk."""
    base = PurePosixPath(descriptor).parent

    def load(path: str) -> bytes:
        return read_member(archive, str(base / path))

    return _package(shown, decode(read_member(archive, descriptor)).text, load)


def _package(shown: str, text: str, load: Callable[[str], bytes]) -> Package:
    value = parse(text.lstrip("\ufeff"))
    listed = value.get("resources") if isinstance(value, dict) else None
    if not isinstance(listed, list) or not listed:
        raise InputError(f"'{DESCRIPTOR}' lists no resources.")
    if len(listed) > ARCHIVE_MEMBERS:
        raise InputError(f"'{DESCRIPTOR}' lists more than {ARCHIVE_MEMBERS:,} resources.")
    resources: list[Resource] = []
    problems: list[tuple[str, str]] = []
    for number, entry in enumerate(listed, 1):
        if not isinstance(entry, dict):
            problems.append((shown, f"Resource {number} of the package is no object."))
            continue
        name = str(entry.get("name") or f"resource {number}")
        try:
            resources.append(_resource(name, entry, shown, load))
        except InputError as error:
            problems.append((shown, f"Resource '{name}', path '{str(entry.get('path'))[:80]}': {error}"))
    return Package(tuple(resources), tuple(problems))


def _resource(name: str, entry: dict[str, object], shown: str, load: Callable[[str], bytes]) -> Resource:
    if isinstance(rows := entry.get("data"), list):
        return Resource(name, f"{shown}#{name}", rows=tuple(rows))
    path = entry.get("path")
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    if not isinstance(path, str) or not path:
        raise InputError("Expected one path, relative to the descriptor.")
    if not is_inside(path):
        raise InputError("The path leads out of the package's folder.")
    return Resource(name, f"{shown}/{path}", load(path))


def is_inside(path: str) -> bool:
    r"""Tell whether a resource's path stays in the package: relative, no address, no way upwards.

    Examples
    --------
    >>> is_inside("data/firms.csv"), is_inside("../firms.csv"), is_inside("/etc/passwd")
    (True, False, False)
    >>> is_inside("https://example.org/firms.csv"), is_inside("C:\\firms.csv")
    (False, False)
    """
    if "\\" in path or ":" in path or "\0" in path:
        return False
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts
