"""Duplicates: what the rules find, questions side by side, works of several records, and taking them apart."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from constellary.errors import UnknownName
from constellary.literature.matching import RULES
from constellary.literature.works import work_of, works
from constellary.workbench.answers import page
from constellary.workbench.background import ready
from constellary.workbench.forms.sent import SentForm
from constellary.workbench.needs import Bench, Person
from constellary.workbench.review import duplicates
from constellary.workbench.saved import saved
from constellary.workbench.segments import segment

router = APIRouter(include_in_schema=False)


@router.get("/literature/duplicates")
def show(
    request: Request, bench: Bench, page_number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1
) -> HTMLResponse:
    """Show the open questions, what the rules find anew, and the works of several records."""
    review = bench.study.literature.review()
    coming = duplicates.fresh(review)
    found = coming.result() if ready(coming) else None
    return page(
        request,
        "literature_duplicates.html",
        **duplicates.duplicates_view(review, page_number),
        looked=found is not None,
        new_same=len(found.same) if found else 0,
        new_ask=len(found.ask) if found else 0,
    )


@router.post("/literature/duplicates/find")
def find(bench: Bench) -> Response:
    """Keep what the rules find: merge what is the same, ask where they cannot tell; one decision."""
    literature = bench.study.literature
    found = duplicates.fresh(literature.review()).result()
    decision = literature.match(found.all, who=RULES, summary=duplicates.found_said(found))
    return saved("/literature/duplicates", decision)


@router.post("/literature/duplicates")
def answer(bench: Bench, who: Person, sent: SentForm) -> Response:
    """Answer a question: two records are the same work, or they are not."""
    literature = bench.study.literature
    first, second, verdict = sent.get("first"), sent.get("second"), sent.get("verdict")
    held = duplicates.answer(literature.review(), first, second, verdict, who, sent.why)
    said = "the same work" if verdict == "same" else "two works"
    decision = literature.match(held, who=who, why=sent.why, summary=f"{first} and {second}: {said}")
    return saved("/literature/duplicates", decision)


@router.post("/literature/works/{key:name}/apart")
def apart(bench: Bench, who: Person, key: str, sent: SentForm) -> Response:
    """Take a record out of a work."""
    literature = bench.study.literature
    review = literature.review()
    work = next((one for one in works(review) if one.id == key), None)
    if work is None:
        raise UnknownName("work", key, [])
    record = sent.get("record")
    held = duplicates.taken_apart(review, work, record, who)
    decision = literature.match(held, who=who, why=sent.why, summary=f"{record} taken apart from {key}")
    return saved(f"/literature/works/{segment(key if record != key else record)}", decision)


@router.post("/literature/works/{key:name}/choose")
def choose(bench: Bench, who: Person, key: str, sent: SentForm) -> Response:
    """Choose from which record a field of a work is taken; an empty one: as the rules say."""
    literature = bench.study.literature
    lead = work_of(literature.review()).get(key)
    if lead is None:
        raise UnknownName("work", key, [])
    decision = literature.choose(lead, sent.get("field"), sent.get("record") or None, who=who, why=sent.why)
    return saved(f"/literature/works/{segment(lead)}", decision)
