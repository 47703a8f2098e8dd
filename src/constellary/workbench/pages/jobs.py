"""Pages of jobs: the list, one job with how far it is, and what it gives to download."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from constellary.report.prose import plural
from constellary.workbench.answers import page
from constellary.workbench.needs import Bench

if TYPE_CHECKING:
    from constellary.workbench.job import Job

router = APIRouter(include_in_schema=False)

SHUT_IN = "default-src 'none'; sandbox"
"""The policy of a file that is given out: it is to be kept, and does nothing here if it is opened."""


@router.get("/jobs")
def jobs(request: Request, bench: Bench) -> Response:
    """List the jobs, but for the readings of imports, which have their own page."""
    listed = [(job, about(job)) for job in bench.jobs if job.kind != "read"]
    return page(request, "jobs.html", jobs=listed)


@router.get("/jobs/glance")
def glance(request: Request, bench: Bench) -> Response:
    """Show in the head of a page what runs and what is ready."""
    return page(request, "jobs_glance.html", jobs=bench.jobs.glance())


@router.get("/jobs/{key}")
def job(request: Request, bench: Bench, key: str) -> Response:
    """Show one job; the reading of files is shown by their import."""
    found = bench.jobs.get(key)
    if "import" in found.arguments:
        found.seen = not found.is_open
        return RedirectResponse(f"/import/{found.arguments['import']}", status_code=303)
    found.seen = not found.is_open
    return page(request, "job.html", job=found, about=about(found))


@router.get("/jobs/{key}/state")
def state(request: Request, bench: Bench, key: str) -> Response:
    """Show how far a job is; where it has ended, have the whole page shown anew."""
    found = bench.jobs.get(key)
    if found.is_open:
        return page(request, "jobs_state.html", job=found)
    return Response(status_code=204, headers={"HX-Refresh": "true"})


@router.post("/jobs/{key}/cancel")
def cancel(bench: Bench, key: str) -> Response:
    """Cancel a job."""
    return RedirectResponse(f"/jobs/{bench.jobs.cancel(key).id}", status_code=303)


@router.get("/jobs/{key}/files/{name}")
def give_file(bench: Bench, key: str, name: str) -> FileResponse:
    """Give a file of a job's result to be kept."""
    return attachment(bench.jobs.get(key), name)


def attachment(job: Job, name: str) -> FileResponse:
    """Return a file of a job's result as something to keep, never to be shown as a page of ours.

    Raises
    ------
    HTTPException
        404 if the job gives no file of that very name.
    """
    path = job.file(name)
    if path is None:
        raise HTTPException(404)
    return FileResponse(
        path,
        filename=path.name,
        media_type="application/octet-stream",
        headers={"Content-Security-Policy": SHUT_IN},
    )


def about(job: Job) -> str:
    """Return which alliances a job is about, in words."""
    given = job.arguments
    parts = [
        f"{word} {given[key]}" for word, key in (("since", "since"), ("until", "until")) if given.get(key)
    ]
    parts += [f"where {given['where']}"] if given.get("where") else []
    if job.kind == "read":
        return plural(len(given.get("files", ())), "file")
    return f"Alliances {', '.join(parts)}." if parts else "All alliances."
