"""Conflicts: what screeners said side by side, and resolving it with a verdict and why."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from constellary.errors import InputError
from constellary.workbench.answers import page
from constellary.workbench.forms.sent import SentForm
from constellary.workbench.links import LiveLinks
from constellary.workbench.needs import Bench, Person
from constellary.workbench.review.conflicts import conflicts_view
from constellary.workbench.review.said import read_said
from constellary.workbench.saved import saved

router = APIRouter(include_in_schema=False)
State = Literal["open", "resolved"]


@router.get("/literature/conflicts")
def conflicts(
    request: Request,
    bench: Bench,
    stage: Annotated[str, Query(max_length=200)] = "",
    state: State = "open",
    page_number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> HTMLResponse:
    """Show the works on which screeners differ."""
    review = bench.study.literature.review()
    content = conflicts_view(review, stage=stage, state=state, page=page_number)
    return page(request, "literature_conflicts.html", **content)


@router.post("/literature/conflicts")
def resolve(bench: Bench, who: Person, sent: SentForm) -> Response:
    """Resolve a conflict, or take a resolution back, and go on in the list."""
    screenings = bench.study.literature.screenings
    key, stage = sent.get("work"), sent.get("stage")
    back = LiveLinks({}).page(
        "literature/conflicts", stage=sent.get("only"), state=sent.get("state"), page=sent.get("page")
    )
    if sent.get("do") == "withdraw":
        return saved(back, screenings.withdraw(key, stage, who=who, why=sent.why))
    said = read_said(sent.pairs)
    if said.verdict is None:
        raise InputError("Choose what the work comes to, and say why.")
    decision = screenings.resolve(key, stage, said.verdict, said.reason, who=who, why=sent.why)
    return saved(back, decision)
