"""How large an export may be; beyond it a file is refused before anything is made of it."""

from __future__ import annotations

from constellary.errors import InputError

BYTES = 1 << 30
LINE = 10_000_000
"""Characters on one line, in formats that are made of lines."""
RECORDS = 2_000_000
FIELDS = 200_000
"""Fields of one record; an article of 5,000 authors has some 20,000."""
NESTING = 100
"""How deep lists and objects may lie in one another, in JSON and XML."""
HEAD = 1 << 16
"""How much of a file is looked at to tell what it is, in bytes or characters."""


def check_size(size: int, file: str) -> None:
    """Refuse a file of more than `BYTES`."""
    if size > BYTES:
        raise InputError(
            f"{file} holds {size:,} bytes; at most {BYTES:,} are read. Export the search in several files."
        )


def check_lines(text: str, file: str) -> None:
    r"""Refuse a text that has a line of more than `LINE` characters, whose lines end with a line feed.

    Examples
    --------
    >>> check_lines("PT J\nER\n", "savedrecs.txt")
    """
    start = 0
    while len(text) - start > LINE:
        end = text.rfind("\n", start, start + LINE + 1)
        if end < 0:
            number = text.count("\n", 0, start) + 1
            raise InputError(
                f"{file}, line {number:,} has more than {LINE:,} characters, which no database writes. "
                "Export the search again."
            )
        start = end + 1


def check_records(number: int, file: str) -> None:
    """Refuse a file of more than `RECORDS` records."""
    if number > RECORDS:
        raise InputError(
            f"{file} holds {number:,} records; at most {RECORDS:,} are read. Export the search in several files."
        )


def check_fields(number: int, file: str, line: int) -> None:
    """Refuse a record of more than `FIELDS` fields."""
    if number > FIELDS:
        raise InputError(
            f"{file}, line {line:,}: a record of {number:,} fields begins here; at most {FIELDS:,} are read. "
            "Look whether the file is damaged, or export the search again."
        )
