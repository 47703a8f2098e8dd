"""One job: what it is asked to do, how far it is, and what came of it."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from subprocess import Popen

State = Literal["waiting", "running", "done", "failed", "cancelled"]
OPEN: frozenset[State] = frozenset({"waiting", "running"})
"""States that a job does not stay in."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a job may take.

    Attributes
    ----------
    memory
        Bytes, where the system can bound them; None: as much as there is.
    seconds
        After which it is ended; None: never.
    """

    memory: int | None = None
    seconds: int | None = None


LIMITS = {"read": Limits(memory=2 << 30, seconds=120)}
"""Kind -> limits; files from elsewhere may be made to take all there is."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file that a job gives: its name and its size in bytes."""

    name: str
    size: int


@dataclass(eq=False)
class Job:
    """A piece of long work.

    Attributes
    ----------
    id
        By which it is asked for.
    kind, arguments
        What is to be done: see `job_work`.
    title
        What people call it.
    folder
        Where its result lies once it is done.
    state
        `waiting`, `running`, `done`, `failed` or `cancelled`.
    step
        What it is doing, in words.
    share
        Which part of the step is done, in 0..1; None: not known.
    result
        What the kind returns.
    error
        Why it failed, in words.
    problems
        What is wrong, item by item, where the error has such.
    seen
        Whether somebody has looked at it since it ended.
    """

    id: str
    kind: str
    arguments: Mapping[str, Any]
    title: str
    folder: Path
    state: State = "waiting"
    step: str = ""
    share: float | None = None
    result: Mapping[str, Any] = field(default_factory=dict)
    error: str = ""
    problems: tuple[str, ...] = ()
    seen: bool = False
    begun: datetime = field(default_factory=lambda: datetime.now(UTC))
    ended: datetime | None = None
    process: Popen[bytes] | None = field(default=None, repr=False)

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN

    @property
    def seconds(self) -> float:
        """How long it has taken, or took."""
        return ((self.ended or datetime.now(UTC)) - self.begun).total_seconds()

    @property
    def files(self) -> tuple[Given, ...]:
        """What it gives to download: a ZIP first, then the files one by one; nothing until it is done."""
        if self.state != "done":
            return ()
        paths = sorted(_tops(self.folder), key=lambda path: (path.suffix != ".zip", path.name))
        return tuple(Given(path.name, path.stat().st_size) for path in paths)

    def file(self, name: str) -> Path | None:
        """Return the path of one of `files`; None for any other name, whatever it holds."""
        given = {path.name: path for path in _tops(self.folder)} if self.state == "done" else {}
        return given.get(name)

    def end(self, state: State) -> None:
        """Come to an end, once."""
        if self.is_open:
            self.state, self.ended, self.share = state, datetime.now(UTC), None

    def kill(self) -> None:
        """End its process, and those that it started, at once."""
        process = self.process
        if process is None or process.poll() is not None:
            return
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _tops(folder: Path) -> list[Path]:
    """Return the files in a folder and in the folders in it, not deeper, without the tables of a batch."""
    if not folder.is_dir():
        return []
    found = [path for pattern in ("*", "*/*") for path in folder.glob(pattern)]
    return [path for path in found if path.is_file() and path.suffix != ".arrow"]
