"""The process of one job: `python -P -m constellary.workbench.worker`.

The job comes as a line of JSON on standard input, which stays open as long as the server lives; when it
ends, so does this process. What is done goes out as lines of JSON: `{"step": ..., "share": ...}`, and
at the end `{"done": ...}`, `{"error": ..., "problems": [...]}` or `{"fault": ...}`.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from constellary.errors import ConstellaryError, ProblemsFound
from constellary.workbench.job_work import WORK, Task

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TOO_LITTLE_MEMORY = "This needs more memory than a job may take."


def main() -> int:
    """Do the job that is asked for and return 0, or 1 where it could not be done."""
    tell = teller(answers())
    given = json.loads(first_line())
    threading.Thread(target=end_with_the_server, daemon=True).start()
    limit(**given["limits"])
    folder = Path(given["folder"])
    unfinished = folder.with_name(f"{folder.name}.part")
    unfinished.mkdir()
    task = Task(Path(given["study"]), given["arguments"], unfinished)

    def say(step: str, done: int = 0, total: int = 0) -> None:
        tell({"step": step, "share": done / total if total else None})

    try:
        result = WORK[given["kind"]](task, say)
        unfinished.rename(folder)
    except Exception as error:
        tell(failure(error, given["kind"]))
        return 1
    tell({"done": result})
    return 0


def failure(error: Exception, kind: str) -> dict[str, Any]:
    """Return what is told of an error: ours in words, another one as a fault with its file."""
    if isinstance(error, ConstellaryError):
        problems = error.problems if isinstance(error, ProblemsFound) else ()
        return {"error": str(error), "problems": [str(problem) for problem in problems]}
    if isinstance(error, MemoryError):
        return {"error": TOO_LITTLE_MEMORY, "problems": []}
    if isinstance(error, OSError) and error.strerror:
        return {"error": f"{error.filename or 'A file'}: {error.strerror}.", "problems": []}
    from constellary.fault_file import write_fault

    return {"fault": str(write_fault(error, f"constellary serve: job {kind}") or "")}


def answers() -> TextIO:
    """Return standard output for our lines alone; what a library prints goes to standard error."""
    kept = os.dup(1)
    os.dup2(2, 1)
    return os.fdopen(kept, "w", encoding="utf-8")


def teller(stream: TextIO) -> Callable[[Mapping[str, Any]], None]:
    """Return what writes a line of JSON at once."""

    def tell(what: Mapping[str, Any]) -> None:
        stream.write(json.dumps(what) + "\n")
        stream.flush()

    return tell


def first_line() -> bytes:
    """Read the job; no buffer is left behind, which the end of the process would have to wait for."""
    line = bytearray()
    while not line.endswith(b"\n"):
        piece = os.read(0, 65536)
        if not piece:
            sys.exit(1)
        line += piece
    return bytes(line)


def end_with_the_server() -> None:
    """Wait for the end of standard input, which is the end of the server, and end without a word."""
    while os.read(0, 1):
        pass
    os._exit(1)


def limit(memory: int | None = None, seconds: int | None = None) -> None:
    """Bound what the process may take, where the system can: bytes of memory, seconds of computing."""
    try:
        import resource
    except ImportError:  # Windows: the server's own patience has to do
        return

    def bound(what: int, most: int) -> None:
        hard = resource.getrlimit(what)[1]
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))

    bound(resource.RLIMIT_CORE, 0)
    if memory is not None:
        bound(resource.RLIMIT_DATA, memory)
    if seconds is not None:
        bound(resource.RLIMIT_CPU, seconds)


if __name__ == "__main__":
    sys.exit(main())
