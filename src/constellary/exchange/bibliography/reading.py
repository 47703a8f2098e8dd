"""Reading bibliographic exports: one table of formats, tried in its order; the first that knows the file reads it."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from constellary.errors import InputError
from constellary.exchange.bibliography import (
    bibtex,
    constellary_csv,
    crossref,
    csl_json,
    endnote_text,
    endnote_xml,
    generic_csv,
    ieee_csv,
    nbib,
    openalex,
    proquest,
    rayyan_csv,
    ris,
    scopus_csv,
    springer_csv,
    wos_tab,
    wos_text,
    zotero_csv,
)
from constellary.exchange.bibliography.limits import HEAD, check_size
from constellary.exchange.bibliography.sniff import decoded, head

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from constellary.exchange.bibliography.export import Export


class Reader(Protocol):
    """A module that reads one format."""

    NAME: str
    """The format in words, as an export says it."""

    def looks_like(self, head: str) -> bool:
        """Tell from the first `limits.HEAD` characters, decoded, whether a file is in this format."""

    def read(self, text: str, file: str) -> Export:
        """Return the export, or raise `InputError` with file, line and what to do.

        An export without entries is one in which every record is lost; a file without any is refused.
        """


READERS: tuple[Reader, ...] = (
    wos_text,
    wos_tab,
    ris,
    nbib,
    endnote_text,
    proquest,
    bibtex,
    endnote_xml,
    openalex,
    crossref,
    csl_json,
    constellary_csv,
    scopus_csv,
    ieee_csv,
    springer_csv,
    zotero_csv,
    rayyan_csv,
    generic_csv,
)
"""In the order in which they are tried: first those that are certain of what they see, last the loosest."""

FORMATS = tuple(reader.NAME for reader in READERS)
"""Names of the formats that are read."""


def read_export(path: Path) -> Export:
    """Return what a bibliographic export holds, whatever its suffix says.

    Raises
    ------
    InputError
        As for `parse_export`, or the file cannot be opened.
    """
    try:
        check_size(path.stat().st_size, path.name)
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.") from error
    return parse_export(path.name, data)


def parse_export(name: str, data: bytes) -> Export:
    """Return what the bytes of a bibliographic export hold.

    Parameters
    ----------
    name
        Name of the file, for messages and for `Record.file`.
    data
        Its content.

    Raises
    ------
    InputError
        The file is empty, is no text, is in no known format, is cut off in the middle of a record, or is larger
        than `limits` allow; the message says what, where, and what to do.
    """
    text, remarks = decoded(data, name)
    export = parse_text(name, text)
    return replace(export, remarks=(*remarks, *export.remarks)) if remarks else export


def parse_text(name: str, text: str) -> Export:
    """Return what the text of a bibliographic export holds, which has lost its byte order mark.

    Raises
    ------
    InputError
        As for `parse_export`, but for what bytes alone can be wrong in.
    """
    start = text[:HEAD]
    for reader in READERS:
        if reader.looks_like(start):
            with _collector_at_rest():
                return reader.read(text, name)
    raise InputError(
        f"{name} is in none of the formats that are read: {', '.join(FORMATS)}. Its first line is "
        f"'{start.lstrip().partition(chr(10))[0][:60].strip()}'. Export the search as one of these."
    )


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the search for cycles from running: a reader makes many tuples, all of which stay, and no cycle.

    Afterwards they are put among what is old, where the search comes seldom; else it would go through all at once.
    """
    ran = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if ran:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def is_export(data: bytes) -> bool:
    """Tell whether bytes look like a bibliographic export; cheap, by the first 64 KiB, and never raises."""
    start = head(data)
    return bool(start) and any(reader.looks_like(start) for reader in READERS)
