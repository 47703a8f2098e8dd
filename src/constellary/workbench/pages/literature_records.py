"""Records: the list of works, a page of each, and all of them as files for other programs."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from constellary.errors import UnknownName
from constellary.literature.record import cited_as
from constellary.literature.screening import standing_of
from constellary.literature.works import work_of
from constellary.workbench.answers import page
from constellary.workbench.job_work import plain_stem
from constellary.workbench.needs import Bench, Person
from constellary.workbench.review.kept_back import seen_history
from constellary.workbench.review.passages import passages_view
from constellary.workbench.review.records import read_asking, records_view
from constellary.workbench.review.work import portrait_view
from constellary.workbench.review.written import TYPES, written
from constellary.workbench.segments import segment

router = APIRouter(include_in_schema=False)
Kind = Literal["ris", "bib", "json", "csv", "xlsx"]


@router.get("/literature/records")
def records(request: Request, bench: Bench) -> HTMLResponse:
    """Show the list of works."""
    ask = read_asking(request.query_params)
    content: dict[str, Any] = records_view(bench.study.literature.review(), ask)
    return page(request, "literature_records.html", **content)


@router.get("/literature/records.{kind}")
def records_file(request: Request, bench: Bench, kind: Kind) -> Response:
    """Give the works that are asked for as a file, with what was decided on them."""
    content = written(bench.study.literature.review(), read_asking(request.query_params), kind)
    name = f"{plain_stem(bench.study.path.stem)}-records.{kind}"
    return Response(
        content, media_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@router.get("/literature/works/{key:name}", response_model=None)
def work(request: Request, bench: Bench, who: Person, key: str) -> Response:
    """Show the page of a work; that of a record that was merged leads to its work."""
    literature = bench.study.literature
    review = literature.review()
    lead = work_of(review).get(key)
    if lead is None:
        raise UnknownName("work", key, list(work_of(review)))
    if lead != key:
        return RedirectResponse(f"/literature/works/{segment(lead)}", status_code=303)
    standing = standing_of(review)[key]
    raw = {one.id: literature.raw(one.id) for one in standing.work.records}
    return page(
        request,
        "literature_work.html",
        **portrait_view(review, standing, who, raw),
        **passages_view(review, standing.work),
    )


@router.get("/literature/works/{key:name}/history")
def history(request: Request, bench: Bench, who: Person, key: str) -> HTMLResponse:
    """Show what was decided about a work, on its page or by itself; what is still blind is left out."""
    review = bench.study.literature.review()
    standing = standing_of(review).get(key)
    if standing is None:
        raise UnknownName("work", key, list(standing_of(review)))
    told = [entry for one in standing.work.records for entry in bench.study.history.about("records", one.id)]
    newest = sorted(told, key=lambda entry: -entry.decision.id)
    part = request.headers.get("hx-request") == "true"
    answer = page(
        request,
        "literature_history.html" if part else "literature_history_page.html",
        history=seen_history(newest, review, who),
        key=key,
        cited=cited_as(standing.work.record),
    )
    answer.headers["Vary"] = "HX-Request"  # one address, two answers
    return answer
