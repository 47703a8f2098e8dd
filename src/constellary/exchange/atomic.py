"""Put files in place whole: a reader finds the old file or the new one, never half of one."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from constellary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def replace_files(contents: Mapping[Path, bytes]) -> list[Path]:
    """Write each file beside its target, then move all into place, in the order given.

    Nothing is changed when one of them cannot be written (no room, no permission). Each move is atomic;
    several are not one step, so that the file that describes the others should come last. Missing
    folders are made. A target that is a symbolic link keeps being one: what it points to is replaced.

    Returns
    -------
    list of Path
        The targets, as given.

    Raises
    ------
    InputError
        If a target is a folder or cannot be written.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for target, content in contents.items():
            if target.is_dir():
                raise InputError(f"{target}: is a folder; a file was to be written there.")
            real = target.resolve()
            real.parent.mkdir(parents=True, exist_ok=True)
            staged.append((_stage(real, content), real))
        for part, real in staged:
            part.replace(real)
        for folder in sorted({real.parent for _, real in staged}):
            _settle(folder)
    except OSError as error:
        place = error.filename or ", ".join(str(target) for target in contents)
        raise InputError(f"{place}: cannot be written ({error.strerror}).") from error
    finally:
        for part, _ in staged:
            part.unlink(missing_ok=True)
    return list(contents)


def _stage(target: Path, content: bytes) -> Path:
    """Write the content durably to a new hidden file beside the target."""
    part = target.with_name(f".{target.name[:200]}.{secrets.token_hex(4)}.part")
    try:
        # Opened by os.open so that the usual permissions of a new file hold; tempfile would give 0600.
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        part.unlink(missing_ok=True)
        raise
    return part


def _settle(folder: Path) -> None:
    """Make the moves durable, where the system lets a folder be synchronised (Windows does not)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
