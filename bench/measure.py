"""Measure a whole process: its wall time and its largest memory, by the operating system's own account."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of wall time and MiB of memory at the peak; what the process printed."""

    seconds: float
    mebibytes: float
    output: str


def run(command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end.

    Raises
    ------
    SystemExit
        If it fails; what it said is printed.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    if process.stdout is None:
        raise RuntimeError("the process has no output to read")
    output = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{output}")
    return Run(seconds, usage.ru_maxrss / 1024, output)


def median(command: Sequence[str], *, times: int, environment: Mapping[str, str] | None = None) -> Run:
    """Return the median of several runs by time; the first, which warms the disk, does not count."""
    run(command, environment=environment)
    runs = sorted((run(command, environment=environment) for _ in range(times)), key=lambda one: one.seconds)
    return runs[len(runs) // 2]
