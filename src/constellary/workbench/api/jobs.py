"""API: jobs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from constellary.workbench.job import Job
from constellary.workbench.needs import Bench
from constellary.workbench.pages.jobs import attachment

router = APIRouter(prefix="/api/v1", tags=["jobs"])

Key = Annotated[str, Path(description="Id of the job.", max_length=64)]


class Wanted(BaseModel):
    """A job to be started.

    The kind `read` is not among them: its files come by the import.
    """

    kind: Literal["report", "export", "layout"]
    formats: list[str] | None = Field(None, description="Of the report; none: all.", max_length=20)
    format: str | None = Field(None, description="Of the export.", max_length=40)
    since: str | None = Field(None, max_length=10)
    until: str | None = Field(None, max_length=10)
    where: str | None = Field(None, max_length=4000)


class File(BaseModel):
    """A file that a job gives; `size` in bytes."""

    name: str
    size: int


class State(BaseModel):
    """A job as it stands; `share` is the part of the step that is done, in 0..1, where it is known."""

    id: str
    kind: str
    title: str
    state: Literal["waiting", "running", "done", "failed", "cancelled"]
    step: str
    share: float | None
    seconds: float
    error: str
    problems: list[str]
    files: list[File]


@router.get("/jobs")
def list_jobs(bench: Bench) -> list[State]:
    """List the jobs, the latest first."""
    return [state_of(job) for job in bench.jobs]


@router.post("/jobs", status_code=202)
def start_job(bench: Bench, wanted: Wanted) -> State:
    """Start a report, an export or the placing of firms."""
    arguments: dict[str, Any] = wanted.model_dump(exclude={"kind"}, exclude_none=True)
    title = " ".join(filter(None, (wanted.kind.capitalize(), wanted.format)))
    return state_of(bench.jobs.start(wanted.kind, arguments, title))


@router.get("/jobs/{key}")
def get_job(bench: Bench, key: Key) -> State:
    """Say how far a job is."""
    return state_of(bench.jobs.get(key))


@router.delete("/jobs/{key}")
def cancel_job(bench: Bench, key: Key) -> State:
    """Cancel a job; one that has ended is left as it is."""
    return state_of(bench.jobs.cancel(key))


@router.get("/jobs/{key}/files/{name}", response_class=FileResponse)
def get_file(bench: Bench, key: Key, name: str) -> FileResponse:
    """Give a file of a job's result."""
    return attachment(bench.jobs.get(key), name)


def state_of(job: Job) -> State:
    """Return a job as the API tells of it."""
    return State(
        id=job.id,
        kind=job.kind,
        title=job.title,
        state=job.state,
        step=job.step,
        share=job.share,
        seconds=round(job.seconds, 3),
        error=job.error,
        problems=list(job.problems),
        files=[File(name=file.name, size=file.size) for file in job.files],
    )
