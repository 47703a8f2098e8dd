"""Coding: an overview, and the queue in which one codes unit by unit, blind to others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from constellary.coding.compared import SETTLED
from constellary.coding.plan import EVERY, SETTING, Plan, checked_plan, default_plan, write_plan
from constellary.coding.questions import can_be_asked
from constellary.errors import InputError
from constellary.workbench.answers import around, page
from constellary.workbench.coding import overview
from constellary.workbench.coding.desk import hidden_from, plan_of, queue_for, unit_view
from constellary.workbench.coding.sent import keep, read_codes
from constellary.workbench.forms.sent import SentForm
from constellary.workbench.links import LiveLinks
from constellary.workbench.needs import LONGEST_NAME, WHO_COOKIE, Bench, Now, Person
from constellary.workbench.pages import coding_settled
from constellary.workbench.pages.person import YEAR
from constellary.workbench.render import to_html
from constellary.workbench.saved import saved
from constellary.workbench.segments import segment
from constellary.workbench.surroundings import Surroundings

if TYPE_CHECKING:
    from constellary.workbench.moments import Moment

router = APIRouter(include_in_schema=False)


def unit_address(key: str) -> str:
    """Return the address at which a unit is coded."""
    return f"/coding/units/{segment(key)}"


def next_address(key: str | None) -> str:
    """Return where to go on: to a unit, or to the overview if there is none left."""
    return "/coding?done=1" if key is None else unit_address(key)


@router.get("/coding")
def coding(request: Request, now: Now, bench: Bench, who: Person, done: int = 0) -> HTMLResponse:
    """Show how far the coding is, and where to go on."""
    plan = plan_of(now, bench.study)
    content = overview.view(
        now,
        plan,
        adjudications=bench.study.codings.adjudications(),
        hidden=hidden_from(now, plan, who),
        who=who,
    )
    known = bool(request.cookies.get(WHO_COOKIE))
    return page(request, "coding.html", **content, known=known, finished=bool(done), settled=SETTLED)


@router.post("/coding/begin")
def begin(who: Annotated[str, Form(max_length=LONGEST_NAME)]) -> RedirectResponse:
    """Keep the name under which somebody codes, and go to their first unit."""
    name = " ".join(who.split())
    if not name or name == SETTLED:
        raise InputError(f"Give the name under which you code; '{SETTLED}' is that of settled values.")
    answer = RedirectResponse("/coding/next", status_code=303)
    answer.set_cookie(WHO_COOKIE, quote(name), max_age=YEAR, samesite="strict", httponly=True)
    return answer


@router.get("/coding/next")
def next_unit(now: Now, bench: Bench, who: Person, after: str | None = None) -> RedirectResponse:
    """Go to the next unit that is open for who codes."""
    queue = queue_for(now, plan_of(now, bench.study), who)
    return RedirectResponse(next_address(queue.next(after)), status_code=303)


@router.get("/coding/units/{key:name}")
def unit(request: Request, bench: Bench, who: Person, key: str) -> HTMLResponse:
    """Show a unit to code: without any of its codes but those of who codes.

    The part of the page, which comes before it is wanted, is made of the last moment that was read.
    """
    part = request.headers.get("hx-request") == "true"
    moment = bench.moments.recent() if part else bench.moments.now()
    content = unit_view(moment, bench.study, plan_of(moment, bench.study), who, key)
    if part:
        bare = Surroundings(LiveLinks({}), live=True, study="", file="", codebook=moment.codebook)
        answer = HTMLResponse(to_html("coding_unit.html", bare, **content))
    else:
        answer = blind(request, "coding_desk.html", **content)
    answer.headers["Vary"] = "HX-Request"  # one address, two answers
    return answer


@router.post("/coding/units/{key:name}")
def code(now: Now, bench: Bench, who: Person, key: str, sent: SentForm) -> RedirectResponse:
    """Keep what a form says of a unit, and go on as its button says."""
    plan = plan_of(now, bench.study)
    keep(bench, now, plan, who, key, read_codes(sent.pairs, plan))
    queue = queue_for(bench.moments.now(), plan, who)
    then = sent.get("then")
    if then == "before":
        return RedirectResponse(unit_address(queue.before(key) or key), status_code=303)
    if then == "stay":
        return RedirectResponse(unit_address(key), status_code=303)
    return RedirectResponse("/coding" if then == "leave" else next_address(queue.next(key)), status_code=303)


def blind(request: Request, template: str, **content: Any) -> HTMLResponse:
    """Return a page whose frame says nothing of what others decided: its undo would name codes."""
    found = around(request)
    own = {
        name: decision
        for name, decision in (("undo", found.undo), ("redo", found.redo))
        if decision is not None and decision.who == found.who
    }
    found = replace(found, undo=own.get("undo"), redo=own.get("redo"), saved=None)
    return HTMLResponse(to_html(template, found, **content))


@router.get("/coding/plan")
def show_plan(request: Request, now: Now, bench: Bench) -> HTMLResponse:
    """Show the plan in a form."""
    try:
        plan, wrong = plan_of(now, bench.study), ""
    except InputError as error:
        plan, wrong = default_plan(now.codebook), str(error)
    return _plan_page(request, now, plan, wrong)


@router.post("/coding/plan", response_model=None)
def set_plan(request: Request, now: Now, bench: Bench, who: Person, sent: SentForm) -> Response:
    """Keep a plan, as a decision."""
    try:
        seed = int(sent.get("seed") or Plan(()).seed)
    except ValueError:
        seed = Plan(()).seed
    shared = sent.get("shared") if sent.get("share") == "some" else EVERY
    plan = Plan(
        tuple(value for name, value in sent.pairs if name == "variable"),
        tuple(sent.get("coders").splitlines()),
        shared,
        "list" if sent.get("order") == "list" else "shuffled",
        seed,
    )
    try:
        plan = checked_plan(plan, now.codebook)
    except InputError as error:
        return _plan_page(request, now, plan, str(error), status=422)
    if write_plan(plan) == bench.study.setting(SETTING):
        return RedirectResponse("/coding", status_code=303)
    decision = bench.study.set(SETTING, write_plan(plan), who=who, summary="the plan of the coding")
    return saved("/coding", decision)


def _plan_page(request: Request, now: Moment, plan: Plan, wrong: str, status: int = 200) -> HTMLResponse:
    variables = can_be_asked(now.codebook)
    return page(
        request, "coding_plan.html", status=status, plan=plan, variables=variables, wrong=wrong, every=EVERY
    )


router.include_router(coding_settled.router)
