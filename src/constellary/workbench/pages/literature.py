"""The literature: the overview of the review, its flow as a file, and its protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from constellary.errors import InputError
from constellary.workbench.answers import page
from constellary.workbench.background import ready
from constellary.workbench.forms.sent import SentForm
from constellary.workbench.job_work import plain_stem
from constellary.workbench.needs import Bench, Person
from constellary.workbench.review.agreement import agreement_soon
from constellary.workbench.review.flow import flow_file, flow_view
from constellary.workbench.review.overview import overview_view, years_said
from constellary.workbench.saved import saved

if TYPE_CHECKING:
    from constellary.workbench.workbench import Workbench

router = APIRouter(include_in_schema=False)
FlowKind = Literal["svg", "png", "pdf", "csv", "json"]
TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
LONGEST = 1_000_000
"""Letters of a protocol."""


@router.get("/literature")
def literature(request: Request, bench: Bench, who: Person) -> HTMLResponse:
    """Show how the review stands."""
    review = bench.study.literature.review()
    return page(
        request,
        "literature.html",
        **overview_view(review, who),
        **flow_view(review),
        **agreement_of(bench),
        at=bench.study.history.latest(),
    )


def agreement_of(bench: Workbench) -> dict[str, Any]:
    """Return the agreement of the screeners, as far as it is computed."""
    review = bench.study.literature.review()
    if not review.screenings:
        return {"computing": False, "agreement": None}
    coming = agreement_soon(review)
    done = ready(coming)
    return {"computing": not done, "agreement": coming.result() if done else None}


@router.get("/literature/agreement")
def agreement(request: Request, bench: Bench) -> HTMLResponse:
    """Show the agreement of the screeners, as a part of the overview."""
    return page(request, "literature_agreement.html", **agreement_of(bench))


@router.get("/literature/flow")
def flow_part(request: Request, bench: Bench, at: int = 0) -> Response:
    """Show the flow, as a part of the overview; nothing, where nothing was decided since `at`."""
    latest = bench.study.history.latest()
    if latest == at:
        return Response(status_code=204)
    return page(request, "literature_flow.html", at=latest, **flow_view(bench.study.literature.review()))


@router.get("/literature/flow.{kind}")
def flow(bench: Bench, kind: FlowKind) -> Response:
    """Give the flow diagram, or its numbers, as a file."""
    content = flow_file(bench.study.literature.review(), kind)
    name = f"{plain_stem(bench.study.path.stem)}-flow.{kind}"
    return Response(
        content, media_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@router.get("/literature/protocol")
def protocol(request: Request, bench: Bench) -> HTMLResponse:
    """Show the protocol, and its text to be changed."""
    return page(request, "literature_protocol.html", **protocol_view(bench))


@router.post("/literature/protocol", response_model=None)
def set_protocol(request: Request, bench: Bench, who: Person, sent: SentForm) -> Response:
    """Keep a protocol, as a decision; what is wrong with it is said beside the text."""
    text = next((value for name, value in sent.pairs if name == "text"), "").replace("\r\n", "\n")[:LONGEST]
    versions = bench.study.literature.versions("protocol")
    if sent.get("version") not in ("", str(len(versions))):
        latest = versions[-1][0] if versions else None
        by = f" by {latest.who} (decision {latest.id})" if latest else ""
        wrong = f"The protocol was changed meanwhile{by}. Nothing was written. Your text stands below."
        content = protocol_view(
            bench, text=text, wrong=f"{wrong} To keep it all the same, send it again.", why=sent.why
        )
        return page(request, "literature_protocol.html", status=409, **content)
    try:
        decision = bench.study.literature.set_protocol(text, who=who, why=sent.why, origin="the protocol")
    except InputError as error:
        content = protocol_view(bench, text=text, wrong=str(error), why=sent.why)
        return page(request, "literature_protocol.html", status=422, **content)
    return saved("/literature/protocol", decision)


def protocol_view(bench: Workbench, *, text: str = "", wrong: str = "", why: str = "") -> dict[str, Any]:
    """Return what the page of the protocol shows; `text` and `why` as they were sent, `wrong` says what is."""
    from constellary.literature.protocol_template import template

    study = bench.study.literature
    review = study.review()
    versions = list(reversed(study.versions("protocol")))
    if not text:
        text = versions[0][1] if versions and review.planned else template()
    return {
        "protocol": review.protocol,
        "planned": review.planned,
        "years": years_said(review.protocol),
        "versions": [(len(versions) - number, *one) for number, one in enumerate(versions)],
        "text": text,
        "wrong": wrong,
        "why": why,
    }
