"""Jobs: long work in processes of its own, so that pages stay quick and a job can be cancelled.

At most two run at once. Results lie in a folder of the server and go with it; a job that ends early
leaves nothing, since its files become a result in one step, at the end.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import TYPE_CHECKING, Any

from constellary.errors import UnknownName
from constellary.workbench.job import LIMITS, Job, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

AT_ONCE = 2
"""Jobs that run at the same time; the others wait."""
ROOM = "constellary-jobs-"
"""Beginning of the name of a server's folder of results; its process follows."""
KEPT = 50
"""Jobs that are remembered; results of older ones are removed."""
LONGEST_LINE = 1 << 24
"""Bytes of a line that a job may say; its result is one."""
COMMAND = (sys.executable, "-P", "-m", "constellary.workbench.worker")
KINDS = ("report", "export", "layout", "read", "publish")
"""What can be started: the names of `job_work.WORK`, which is not loaded for them."""
NO_ROOM = "It was ended because it took more time or memory than it may. Try with less."


@dataclass(frozen=True, slots=True)
class Glance:
    """What the head of every page shows of the jobs: how many are open, and one that is ready and not seen."""

    open: int = 0
    ready: Job | None = None


class Jobs:
    """The jobs of one server.

    Parameters
    ----------
    study
        Path of the study that they are about.
    """

    def __init__(self, study: Path) -> None:
        self._study = study
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._places = threading.Semaphore(AT_ONCE)
        self._threads: list[threading.Thread] = []
        self._folder: Path | None = None

    def __iter__(self) -> Iterator[Job]:
        """The jobs, the latest first."""
        with self._lock:
            return iter(list(reversed(self._jobs.values())))

    def get(self, key: str) -> Job:
        """Return a job.

        Raises
        ------
        UnknownName
            If there is none of that id, or it is too long ago.
        """
        with self._lock:
            if key not in self._jobs:
                raise UnknownName("job", key, ())
            return self._jobs[key]

    def start(self, kind: str, arguments: Mapping[str, Any] | None = None, title: str = "") -> Job:
        """Start a job, or let it wait for its turn; returns at once.

        Parameters
        ----------
        kind
            One of `KINDS`.
        arguments
            Those of the kind, as `job_work` says; they must go into JSON.
        title
            What people call it.

        Raises
        ------
        UnknownName
            If there is no such kind.
        """
        if kind not in KINDS:
            raise UnknownName("kind of job", kind, KINDS)
        key = secrets.token_hex(8)
        with self._lock:
            job = Job(key, kind, dict(arguments or {}), title or kind, self._room() / key)
            self._jobs[key] = job
            thread = threading.Thread(target=self._do, args=(job,), name=f"job-{key}", daemon=True)
            self._threads = [one for one in self._threads if one.is_alive()]
            self._threads.append(thread)
        thread.start()
        self._forget()
        return job

    def cancel(self, key: str) -> Job:
        """End a job that waits or runs; nothing of it stays. One that has ended is left alone."""
        job = self.get(key)
        with self._lock:
            job.end("cancelled")
            job.kill()
        return job

    def glance(self) -> Glance:
        """Return what the head of a page shows."""
        jobs = list(self)
        ready = next((job for job in jobs if job.state in ("done", "failed") and not job.seen), None)
        return Glance(sum(job.is_open for job in jobs), ready)

    def folder(self) -> Path:
        """Return a new, empty folder that goes with the server, for files that a job is to read."""
        with self._lock:
            path = self._room() / f"given-{secrets.token_hex(8)}"
        path.mkdir()
        return path

    def close(self) -> None:
        """Cancel what is open and remove all results."""
        for job in self:
            self.cancel(job.id)
        for thread in self._threads:
            thread.join()
        with self._lock:
            self._jobs.clear()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _room(self) -> Path:
        """Return the folder of all results, made when it is needed; called with the lock held."""
        if self._folder is None:
            _sweep()
            self._folder = Path(mkdtemp(prefix=f"{ROOM}{os.getpid()}-"))
        return self._folder

    def _forget(self) -> None:
        with self._lock:
            ended = [job for job in self._jobs.values() if not job.is_open]
            for job in ended[: max(0, len(self._jobs) - KEPT)]:
                del self._jobs[job.id]
                shutil.rmtree(job.folder, ignore_errors=True)

    def _do(self, job: Job) -> None:
        with self._places:
            limits = LIMITS.get(job.kind, Limits())
            process = self._begin(job)
            if process is None:
                return
            watchman = threading.Timer(limits.seconds or threading.TIMEOUT_MAX, job.kill)
            watchman.daemon = True
            if limits.seconds:
                watchman.start()
            try:
                _follow(job, process, self._study, limits)
            finally:
                watchman.cancel()
                job.kill()
                process.wait()
                with self._lock:
                    job.end("failed")
        shutil.rmtree(job.folder.with_name(f"{job.folder.name}.part"), ignore_errors=True)
        if job.state != "done":
            shutil.rmtree(job.folder, ignore_errors=True)

    def _begin(self, job: Job) -> subprocess.Popen[bytes] | None:
        """Start the process of a job; None where it was cancelled before its turn."""
        with self._lock:
            if not job.is_open:
                return None
            job.process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            job.state = "running"
            return job.process


def _sweep() -> None:
    """Remove what servers left that were killed: folders of processes that there are no more."""
    if os.name != "posix":
        return
    for folder in Path(gettempdir()).glob(f"{ROOM}*-*"):
        number = folder.name.removeprefix(ROOM).partition("-")[0]
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            shutil.rmtree(folder, ignore_errors=True)
        except (OSError, ValueError, OverflowError):  # somebody else's, or none of ours
            continue


def _follow(job: Job, process: subprocess.Popen[bytes], study: Path, limits: Limits) -> None:
    """Hand a job to its process and take down what that says, to its end."""
    given = {
        "kind": job.kind,
        "arguments": job.arguments,
        "study": str(study.resolve()),
        "folder": str(job.folder),
        "limits": asdict(limits),
    }
    if process.stdin is None or process.stdout is None:
        return
    with process.stdin, process.stdout:
        try:
            process.stdin.write(json.dumps(given).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            pass  # it was cancelled, or could not even start
        while line := process.stdout.readline(LONGEST_LINE):
            _take_down(job, json.loads(line))
    if job.is_open and not job.error:
        job.error = NO_ROOM


def _take_down(job: Job, said: Mapping[str, Any]) -> None:
    """Change a job by one line that its process said."""
    if "step" in said:
        job.step, job.share = str(said["step"]), said["share"]
    elif "done" in said:
        job.result = said["done"]
        job.end("done")
    elif "fault" in said:
        where = f" The details are in {said['fault']}." if said["fault"] else ""
        job.error = f"This is a fault of Constellary.{where} Please report it with that text."
    else:
        job.error, job.problems = str(said["error"]), tuple(said["problems"])
