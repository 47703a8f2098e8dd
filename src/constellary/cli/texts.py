"""Texts that people write in an editor, read whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 4_000_000
"""Bytes of a text that is read whole."""


def read_text(path: Path, what: str) -> str:
    """Return the text of a file.

    Parameters
    ----------
    path
        The file.
    what
        What it is to hold, for messages: `protocol`.

    Raises
    ------
    InputError
        If it cannot be read, is too large, or is not UTF-8.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(f"{path}: a {what} of more than {LARGEST:,} bytes is not read.")
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
