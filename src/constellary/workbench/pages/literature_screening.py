"""Screening: where each stage stands, and the desk at which one decides work by work, blind to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from constellary.errors import InputError
from constellary.workbench.answers import page
from constellary.workbench.background import BACKGROUND, ready
from constellary.workbench.forms.sent import SentForm
from constellary.workbench.links import LiveLinks
from constellary.workbench.needs import LONGEST_NAME, WHO_COOKIE, Bench, Person
from constellary.workbench.pages.coding import blind
from constellary.workbench.pages.person import YEAR
from constellary.workbench.render import to_html
from constellary.workbench.review.desk import checked_screener, first_open, own_of, queue_of, work_view
from constellary.workbench.review.said import Said, read_said
from constellary.workbench.review.stages import stages_view
from constellary.workbench.segments import segment
from constellary.workbench.surroundings import Surroundings

if TYPE_CHECKING:
    from constellary.literature.review import Review
    from constellary.workbench.workbench import Workbench

router = APIRouter(include_in_schema=False)
WAIT = 0.05
"""Seconds that the page of the screening waits for what is said of reading on."""
PATIENCE = 0.05
"""Seconds that the first page of a long queue waits for its order."""


def work_address(stage: str, key: str) -> str:
    """Return the address at which a work is decided."""
    return f"/literature/screening/{segment(stage)}/{segment(key)}"


def next_address(stage: str, key: str | None) -> str:
    """Return where to go on: to a work, or to the overview if there is none left."""
    return f"/literature/screening?done={segment(stage)}" if key is None else work_address(stage, key)


def keep(bench: Workbench, stage: str, key: str, who: str, said: Said) -> int | None:
    """Keep what a screener says of a work; return the number of the decision, None if nothing is new.

    Raises
    ------
    UnknownName
        If there is no such stage, work or reason.
    InputError
        If it is not theirs to decide, or a reason is missing.
    """
    review = bench.study.literature.review()
    standing, here = checked_screener(review, stage, who, key)
    own, ids = own_of(here, who), {record.id for record in standing.work.records}
    screenings = bench.study.literature.screenings
    # What they said before may stand with another record of the work, decided before the two were one.
    decision = None
    if said.verdict is not None:
        about = own.record if own is not None else key
        decision = screenings.decide(about, stage, who, said.verdict, said.reason)
    if said.note is not None:
        noted = (one.record for one in review.notes if one.record in ids and one.screener == who)
        screenings.note(next(noted, key), who, said.note)
    return decision.id if decision else None


def hint_for(bench: Workbench, stage: str, who: str) -> tuple[str, ...]:
    """Return what can be said of reading on at a stage of many works, once it is computed; of few, nothing."""
    from constellary.literature.prioritised import worth_ranking

    review = bench.study.literature.review()
    if not worth_ranking(review, stage):
        return ()
    key = f"hint {stage}\t{who}"
    if key not in review.memory:
        review.memory[key] = BACKGROUND.submit(lambda: _hint(bench, review, stage, who))
    coming: Any = review.memory[key]
    return coming.result() if ready(coming, WAIT) else ()


def _hint(bench: Workbench, review: Review, stage: str, who: str) -> tuple[str, ...]:
    from constellary.literature.prioritised import hint_at

    return hint_at(review, stage, who, bench.study.literature.reading_order(stage, who)).sentences


@router.get("/literature/screening")
def screening(request: Request, bench: Bench, who: Person, done: str = "") -> HTMLResponse:
    """Show how far each stage is, and where to go on."""
    review = bench.study.literature.review()
    content = stages_view(review, who)
    return page(
        request,
        "literature_screening.html",
        known=bool(request.cookies.get(WHO_COOKIE)),
        done=done,
        hint=hint_for(bench, content["at"].stage.name, who),
        **content,
    )


@router.post("/literature/screening/begin")
def begin(
    bench: Bench,
    who: Annotated[str, Form(max_length=LONGEST_NAME)],
    stage: Annotated[str, Form(max_length=200)] = "",
) -> RedirectResponse:
    """Keep the name under which somebody screens, and go to the first work that is open for them."""
    name = " ".join(who.split())
    if not name:
        raise InputError("Give the name under which you screen.")
    review = bench.study.literature.review()
    at = stage or first_open(review, name).name
    answer = RedirectResponse(f"/literature/screening/{segment(at)}", status_code=303)
    answer.set_cookie(WHO_COOKIE, quote(name), max_age=YEAR, samesite="strict", httponly=True)
    return answer


@router.get("/literature/screening/{stage:name}")
def next_work(bench: Bench, who: Person, stage: str, after: str | None = None) -> RedirectResponse:
    """Go to the next work that is open for who screens."""
    review = bench.study.literature.review()
    review.protocol.stage(stage)
    order, _ = bench.orders.order(review, stage, who, PATIENCE)
    return RedirectResponse(next_address(stage, queue_of(review, stage, who, order).next(after)), 303)


@router.get("/literature/screening/{stage:name}/{key:name}")
def work(request: Request, bench: Bench, who: Person, stage: str, key: str) -> HTMLResponse:
    """Show a work to decide: without any verdict or note but those of who screens."""
    review = bench.study.literature.review()
    order, remarks = bench.orders.order(review, stage, who)
    content = {**work_view(review, stage, who, key, order), "ranked": bool(order), "remarks": remarks}
    if request.headers.get("hx-request") == "true":
        moment = bench.moments.recent()
        bare = Surroundings(LiveLinks({}), live=True, study="", file="", codebook=moment.codebook)
        answer = HTMLResponse(to_html("literature_desk_work.html", bare, **content))
    else:
        answer = blind(request, "literature_desk.html", **content)
    answer.headers["Vary"] = "HX-Request"  # one address, two answers
    return answer


@router.post("/literature/screening/{stage:name}/{key:name}")
def decide(bench: Bench, who: Person, stage: str, key: str, sent: SentForm) -> Response:
    """Keep a verdict, and go on; without a verdict, as the button says."""
    said = read_said(sent.pairs)
    keep(bench, stage, key, who, said)
    review = bench.study.literature.review()
    order, _ = bench.orders.order(review, stage, who)
    queue = queue_of(review, stage, who, order)
    then = sent.get("then")
    if then == "before":
        return RedirectResponse(work_address(stage, queue.before(key) or key), 303)
    if then == "leave":
        return RedirectResponse("/literature/screening", 303)
    return RedirectResponse(next_address(stage, queue.next(key)), 303)
