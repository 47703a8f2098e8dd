"""Where a fault of the program leaves its traceback: a file of the user's own, for a report of it."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from constellary import __version__


def write_fault(error: BaseException, doing: str) -> Path | None:
    """Write the traceback of an error to a new file that only the user can read.

    Parameters
    ----------
    error
        What was raised.
    doing
        What the program was doing, in one line.

    Returns
    -------
    Path or None
        The file; None where none could be written.
    """
    moment = datetime.now(UTC)
    text = (
        f"constellary {__version__}, Python {platform.python_version()}, {platform.platform()}\n"
        f"{moment.isoformat(timespec='seconds')}\n"
        f"{doing}\n\n{''.join(traceback.format_exception(error))}"
    )
    return _write(f"fault-{moment:%Y%m%d-%H%M%S-%f}-{os.getpid()}.txt", text)


def state_folder() -> Path:
    """Return the folder of what a program leaves behind for its user: faults."""
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA") or tempfile.gettempdir()) / "constellary"
    state = os.environ.get("XDG_STATE_HOME")
    return (Path(state) if state else Path.home() / ".local" / "state") / "constellary"


def _write(name: str, text: str) -> Path | None:
    for folder in (state_folder, lambda: Path(tempfile.gettempdir())):
        try:
            place = folder()
            place.mkdir(parents=True, exist_ok=True)
            path = place / name
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
        except (OSError, RuntimeError):  # RuntimeError: there is no home folder
            continue
        return path
    return None
