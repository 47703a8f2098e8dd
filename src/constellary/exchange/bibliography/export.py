"""What reading a bibliographic export gives: its records with all that the file said, and warnings with lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from constellary.literature.record import Raw, Record


class Entry(NamedTuple):
    """A record and everything that the file said of it."""

    record: Record
    raw: Raw


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a reader of the file should know; line 0: of the file as a whole.

    `lost` tells of a record that could not be read and is not among the entries.
    """

    line: int
    text: str
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """A bibliographic export, read.

    Attributes
    ----------
    file
        Name of the file.
    format
        What its content is, in words: `Web of Science plain text`, `RIS`, `BibTeX` ...
    database
        Which database the file as a whole comes from; None where it does not tell or holds several.
    entries
        In the file's order, each with `file`, `line` and `format` filled in.
    remarks
        What was noticed, in the order of lines.
    """

    file: str
    format: str
    database: str | None
    entries: tuple[Entry, ...]
    remarks: tuple[Remark, ...] = ()
