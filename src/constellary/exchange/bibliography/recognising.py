"""Which files are bibliographic exports: their content says it, or an ending that only exports have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SUFFIXES = frozenset((".bib", ".ciw", ".enl", ".enw", ".isi", ".nbib", ".ris"))
"""Endings that only exports have: such a file is read as one even if its content is none, and the fault is told so."""


OF_REFERENCES = frozenset(("authors", "doi", "abstract"))


def are_exports(files: Sequence[Path]) -> bool:
    """Whether any of the files is a bibliographic export."""
    return any(path.suffix.lower() in SUFFIXES or _looks_like_one(path) for path in files)


def _looks_like_one(path: Path) -> bool:
    from constellary.exchange.bibliography.limits import HEAD
    from constellary.exchange.bibliography.reading import is_export

    try:
        with path.open("rb") as file:
            data = file.read(HEAD)
    except OSError:
        return False  # a folder, or no file: the reader of tables says what is wrong
    return is_export(data) and not is_of_alliances(data)


def is_of_alliances(data: bytes) -> bool:
    r"""Whether a table that might be one of references is rather one of alliances.

    Both may have a title and a year. Partners, firms or alliances among the headers tell, unless there are authors,
    a DOI or an abstract, which alliances do not have.

    Examples
    --------
    >>> is_of_alliances(b"Title;Year;Partner 1;Partner 2\nA;2020;Ford;VW\n")
    True
    >>> is_of_alliances(b"Title,Authors,Year,Company\nA,Vallejo B.,2020,Ford\n")
    False
    """
    from constellary.exchange.bibliography import generic_csv
    from constellary.exchange.bibliography.columns import FIELDS
    from constellary.exchange.bibliography.reading import READERS
    from constellary.exchange.bibliography.sniff import head
    from constellary.exchange.bibliography.tables import columns, header
    from constellary.exchange.readers.headers import alliance_names, normalise

    start = head(data)
    reader = next((one for one in READERS if one.looks_like(start)), None)
    if reader is not generic_csv or {FIELDS.get(name) for name in columns(start)} & OF_REFERENCES:
        return False
    return any(normalise(name).rstrip(" 0123456789") in alliance_names() for name in header(start)[1])
