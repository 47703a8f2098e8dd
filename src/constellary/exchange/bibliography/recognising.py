"""Which files are bibliographic exports: their content says it, or an ending that only exports have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SUFFIXES = frozenset((".bib", ".ciw", ".enl", ".enw", ".isi", ".nbib", ".ris"))
"""Endings that only exports have: such a file is read as one even if its content is none, and the fault is told so."""


def are_exports(files: Sequence[Path]) -> bool:
    """Whether any of the files is a bibliographic export."""
    return any(path.suffix.lower() in SUFFIXES or _looks_like_one(path) for path in files)


def _looks_like_one(path: Path) -> bool:
    from constellary.exchange.bibliography.limits import HEAD
    from constellary.exchange.bibliography.reading import is_export

    try:
        with path.open("rb") as file:
            return is_export(file.read(HEAD))
    except OSError:
        return False  # a folder, or no file: the reader of tables says what is wrong
