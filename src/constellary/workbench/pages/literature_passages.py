"""Coding the works: a passage gets a code on the page of its work; removed again, or undone."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from constellary.errors import InputError, UnknownName
from constellary.literature.review import Passage
from constellary.literature.works import work_of
from constellary.workbench.forms.sent import SentForm
from constellary.workbench.needs import Bench, Person
from constellary.workbench.saved import saved
from constellary.workbench.segments import segment

router = APIRouter(include_in_schema=False)


@router.post("/literature/works/{key:name}/passages")
def add_passage(bench: Bench, who: Person, key: str, sent: SentForm) -> RedirectResponse:
    """Give a passage of a work a code."""
    literature = bench.study.literature
    review = literature.review()
    lead = work_of(review).get(key)
    if lead is None:
        raise UnknownName("work", key, list(work_of(review)))
    if not sent.get("code"):
        raise InputError("Choose the code that the passage bears.")
    passage = Passage(
        "", lead, sent.get("code"), who, sent.get("quote"), sent.get("page") or None, sent.get("note") or None
    )
    if passage in {one._replace(id="") for one in review.passages}:
        decision = None
    else:
        decision = literature.passages.put([passage], who=who, why=sent.why)
    return saved(f"/literature/works/{segment(lead)}#coded", decision)


@router.post("/literature/works/{key:name}/passages/{passage:name}/remove")
def remove_passage(bench: Bench, who: Person, key: str, passage: str, sent: SentForm) -> RedirectResponse:
    """Take a passage out."""
    literature = bench.study.literature
    lead = work_of(literature.review()).get(key, key)
    decision = literature.passages.remove(sent.get("record"), passage, who=who, why=sent.why)
    return saved(f"/literature/works/{segment(lead)}#coded", decision)
