"""Imports: files that were sent, read in a process of their own, and taken in when somebody agrees.

Until then nothing is written. The files lie in a folder of the server and go with it, with the import that
they belong to, or when it is cancelled or done.
"""

from __future__ import annotations

import secrets
import shutil
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from constellary.errors import EditConflict, InputError, UnknownName, UsageError
from constellary.workbench.intake.exports import take_exports
from constellary.workbench.job_work import kept_batch
from constellary.workbench.uploads import kept_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import BinaryIO

    from constellary.study.literature.intake import Intake
    from constellary.study.study import Outcome, Study
    from constellary.workbench.job import Job
    from constellary.workbench.jobs import Jobs

KEPT = 8
"""Imports that wait at the same time; the oldest goes when one more comes."""
NAMED = 3
"""Files that the log names; the others are counted."""

Stage = Literal["reading", "failed", "refused", "ready", "taken"]


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was put down: our name for it, the one that it came with, its bytes."""

    name: str
    given: str
    size: int


@dataclass(eq=False)
class Import:
    """Files on their way into the study.

    Attributes
    ----------
    id
        By which it is asked for.
    folder, files
        Where they lie, and in which order they are read.
    job
        The reading of them, the latest.
    seen
        The latest decision when that reading began: what it would change rests on it.
    mapping
        Header -> field, against what would be understood; `-` leaves a column out.
    since
        The decision by which the study changed after it was shown, so that it was read again; None: none.
    outcome
        What came of it, once somebody agreed; an `Intake` where the files are bibliographic exports.
    """

    id: str
    folder: Path
    files: tuple[SentFile, ...]
    job: Job
    seen: int
    mapping: Mapping[str, str] = field(default_factory=dict)
    since: int | None = None
    outcome: Outcome | Intake | None = None
    lock: Lock = field(default_factory=Lock, repr=False)

    @property
    def stage(self) -> Stage:
        """How far it is: `refused` has problems, `ready` waits for somebody to agree."""
        if self.outcome is not None:
            return "taken"
        if self.job.is_open:
            return "reading"
        if self.job.state != "done":
            return "failed"
        return "refused" if "problems" in self.job.result else "ready"

    @property
    def result(self) -> Mapping[str, Any]:
        """What the reading found, as `job_work.read` gives it; empty until it is done."""
        return self.job.result

    @property
    def of_exports(self) -> bool:
        """Whether its files are bibliographic exports, as far as is known."""
        return "exports" in self.job.result

    @property
    def names(self) -> str:
        """The names of the files, for a title."""
        named = [file.name for file in self.files[:NAMED]]
        more = len(self.files) - len(named)
        return ", ".join(named) + (f" and {more} more" if more else "")


class Imports:
    """The imports of one server.

    Parameters
    ----------
    study
        Into which they go.
    jobs
        By which they are read.
    """

    def __init__(self, study: Study, jobs: Jobs) -> None:
        self._study = study
        self._jobs = jobs
        self._found: OrderedDict[str, Import] = OrderedDict()
        self._lock = Lock()

    def __iter__(self) -> Iterator[Import]:
        """The imports that wait for somebody, the latest first."""
        with self._lock:
            waiting = [one for one in reversed(self._found.values()) if one.outcome is None]
        return iter(waiting)

    def get(self, key: str) -> Import:
        """Return an import.

        Raises
        ------
        UnknownName
            If there is none of that id: it was cancelled, or is too long ago.
        """
        with self._lock:
            if key not in self._found:
                raise UnknownName("import", key, ())
            return self._found[key]

    def receive(
        self, sent: Sequence[tuple[str, BinaryIO]], mapping: Mapping[str, str] | None = None
    ) -> Import:
        """Put files down and begin to read them.

        Parameters
        ----------
        sent
            Name and content of each, as they came.
        mapping
            Header -> field, as in `Import`.

        Raises
        ------
        UsageError
            If there are none.
        InputError
            If there is no room for them.
        """
        if not sent:
            raise UsageError("Choose at least one file.")
        key, folder = secrets.token_hex(8), self._jobs.folder()
        files = put_down(sent, folder)
        seen = self._study.history.latest()
        job = self._begin(key, folder, files, mapping or {})
        found = Import(key, folder, tuple(files), job, seen, dict(mapping or {}))
        with self._lock:
            self._found[key] = found
            old = [self._found.popitem(last=False)[1] for _ in range(len(self._found) - KEPT)]
        for one in old:
            with one.lock:
                self._clear(one)
        return found

    def read_again(self, found: Import, mapping: Mapping[str, str]) -> None:
        """Read the files of an import with another mapping.

        Raises
        ------
        UsageError
            If they were taken in already.
        """
        with found.lock:
            if found.outcome is not None:
                raise UsageError("These files were taken in already. Send them again to read them anew.")
            self._read(found, mapping)
            found.since = None

    def take(self, found: Import, *, who: str, why: str = "") -> bool:
        """Take an import in, as one decision; what was taken in already is left as it is.

        Returns
        -------
        bool
            False where the study changed since the import was read: nothing is written, and it is read again.

        Raises
        ------
        UsageError
            If it has not been read to its end, or has problems.
        """
        with found.lock:
            if found.outcome is not None:
                return True
            if found.stage != "ready":
                raise UsageError(NOT_READY[found.stage])
            if found.of_exports:
                found.outcome = take_exports(self._study, found, who=who, why=why)
                self._clear(found)
                return True
            try:
                found.outcome = self._study.take(
                    kept_batch(found.job.folder),
                    who=who,
                    why=why,
                    summary=f"import of {found.names}",
                    expect=found.seen,
                )
            except EditConflict:
                self._read(found, found.mapping)
                found.since = found.seen
                return False
            self._clear(found)
            return True

    def cancel(self, found: Import) -> None:
        """Forget an import and remove its files; the study stays as it is."""
        with self._lock:
            self._found.pop(found.id, None)
        with found.lock:
            self._clear(found)

    def _read(self, found: Import, mapping: Mapping[str, str]) -> None:
        self._end(found.job)
        found.seen = self._study.history.latest()
        found.job = self._begin(found.id, found.folder, found.files, mapping)
        found.mapping = dict(mapping)

    def _begin(self, key: str, folder: Path, files: Sequence[SentFile], mapping: Mapping[str, str]) -> Job:
        given = {
            "folder": str(folder),
            "files": [file.name for file in files],
            "mapping": dict(mapping),
            "import": key,
        }
        return self._jobs.start("read", given, f"Import of {files[0].name}")

    def _clear(self, found: Import) -> None:
        """End the reading of an import and remove all files of it."""
        self._end(found.job)
        shutil.rmtree(found.folder, ignore_errors=True)

    def _end(self, job: Job) -> None:
        with suppress(UnknownName):  # so long ago that it is forgotten
            self._jobs.cancel(job.id)
        job.seen = True
        shutil.rmtree(job.folder, ignore_errors=True)


def put_down(sent: Sequence[tuple[str, BinaryIO]], folder: Path) -> list[SentFile]:
    """Write files into a folder, under names that are harmless there.

    Raises
    ------
    InputError
        If there is no room for them; then none stays.
    """
    files: list[SentFile] = []
    try:
        for given, content in sent:
            name = kept_name(given, {file.name for file in files})
            with (folder / name).open("xb") as target:
                shutil.copyfileobj(content, target)
                files.append(SentFile(name, given, target.tell()))
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise InputError(f"The files cannot be put down here: {error.strerror or error}.") from error
    return files


NOT_READY: dict[Stage, str] = {
    "reading": "The files are still being read.",
    "failed": "The files could not be read, so that there is nothing to take in.",
    "refused": "The files have problems; they can be taken in when there are none.",
}
"""Why an import cannot be taken in, by its stage."""
