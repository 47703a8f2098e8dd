"""Coding, afterwards: disagreements and their adjudication, agreement, and taking over what coders agree on."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from constellary.coding.pairs import confusion
from constellary.errors import UsageError
from constellary.workbench.answers import page
from constellary.workbench.coding import agreement, disagreements, overview
from constellary.workbench.coding.desk import MISSING, hidden_from, plan_of
from constellary.workbench.coding.disagreements import Ask, side_by_side
from constellary.workbench.evidence import Behind
from constellary.workbench.evidence import view as evidence_view
from constellary.workbench.filters import Filter
from constellary.workbench.forms.sent import SentForm
from constellary.workbench.links import LiveLinks
from constellary.workbench.needs import Bench, Now, Person
from constellary.workbench.saved import saved

if TYPE_CHECKING:
    from constellary.workbench.forms.sent import Sent

router = APIRouter(include_in_schema=False)
LARGEST = 10**9


def asked(
    variable: str = "",
    first: str = "",
    second: str = "",
    pair: str = "",
    state: str = "open",
    start: Annotated[int, Query(ge=0, le=LARGEST)] = 0,
) -> Ask:
    """Return which disagreements an address asks for; `pair` is two coders, a tab between them."""
    if pair:
        first, _, second = pair.partition("\t")
    return Ask(variable, first, second, state or "open", start)


def address_of(ask: Ask, start: int = 0) -> str:
    """Return the address of a page of disagreements."""
    pairs = ask.pairs + ([("start", start)] if start else [])
    return "/coding/disagreements" + (f"?{urlencode(pairs)}" if pairs else "")


@router.get("/coding/disagreements")
def show(
    request: Request, now: Now, bench: Bench, who: Person, ask: Annotated[Ask, Depends(asked)]
) -> HTMLResponse:
    """Show where coders differ, side by side."""
    plan = plan_of(now, bench.study)
    codings = bench.study.codings
    content = disagreements.view(
        now,
        plan,
        ask,
        adjudications=codings.adjudications(),
        notes=codings.notes(),
        hidden=hidden_from(now, plan, who),
        who=who,
    )
    return page(request, "coding_disagreements.html", **content, address_of=address_of, missing=MISSING)


@router.post("/coding/disagreements")
def adjudicate(bench: Bench, who: Person, sent: SentForm) -> RedirectResponse:
    """Settle one variable of an alliance, with the reason, and go on to the next."""
    variable = sent.get("variable")
    values = [value for name, value in sent.pairs if name == f"v.{variable}" and value]
    if not values:
        raise UsageError("Choose what the value shall be, or that it cannot be told.")
    several = any(
        item.name == variable and item.kind == "multiple" for item in bench.study.codebook.variables
    )
    value = None if MISSING in values else values if several else values[0]
    decision = bench.study.codings.adjudicate(sent.get("alliance"), variable, value, who=who, why=sent.why)
    return saved(_back(sent), decision)


def _back(sent: Sent) -> str:
    start = sent.get("start")
    ask = Ask(sent.get("only"), sent.get("first"), sent.get("second"), sent.get("state") or "open")
    return address_of(ask, min(int(start), LARGEST) if start.isascii() and start.isdigit() else 0)


@router.get("/coding/history")
def history(
    request: Request, now: Now, bench: Bench, who: Person, alliance: str, variable: str
) -> HTMLResponse:
    """Show how the codes of one variable of an alliance came about, every change of mind."""
    plan = plan_of(now, bench.study)
    if (alliance, variable) in hidden_from(now, plan, who):
        raise UsageError("You have yet to code this, so what others entered stays hidden from you.")
    found = [
        (entry.decision, row)
        for entry in reversed(bench.study.history.of_codes(alliance))
        for row in entry.rows
        if row.key[1] == variable
    ]
    return page(request, "coding_history.html", entries=found)


@router.get("/coding/agreement")
def show_agreement(
    request: Request,
    now: Now,
    bench: Bench,
    variable: str = "",
    first: str = "",
    second: str = "",
    pair: str = "",
) -> HTMLResponse:
    """Show how far coders agree, and which values they confuse."""
    if pair:
        first, _, second = pair.partition("\t")
    plan = plan_of(now, bench.study)
    return page(
        request,
        "coding_agreement.html",
        **agreement.view(now, plan, variable=variable, first=first, second=second),
    )


@router.get("/coding/cell")
def cell(
    request: Request,
    now: Now,
    bench: Bench,
    who: Person,
    variable: str,
    first: str,
    second: str,
    one: str = "",
    other: str = "",
    start: Annotated[int, Query(ge=0, le=LARGEST)] = 0,
) -> HTMLResponse:
    """Show the units of one cell of the confusions of two coders; an empty value is missing."""
    plan = plan_of(now, bench.study)
    found = confusion(side_by_side(now, plan), now.codebook, variable, first, second)
    hidden = hidden_from(now, plan, who)
    units = tuple(
        key for key in found.units.get((one or None, other or None), ()) if (key, variable) not in hidden
    )
    labels = now.codebook.labels(variable)
    said = [labels.get(value, value) or agreement.AS_MISSING for value in (one, other)]
    behind = Behind(f"{first}: {said[0]}; {second}: {said[1]}", units, None)
    content = evidence_view(now.frames, Filter(), behind, LiveLinks({}), start=start)
    part = request.headers.get("hx-request") == "true"
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "start"]

    def at(place: int) -> str:
        return "/coding/cell?" + urlencode([*query, *([("start", str(place))] if place else [])])

    step = content["last"] - content["first"] + 1
    answer = page(
        request,
        "evidence_list.html" if part else "evidence.html",
        **content,
        before=at(max(start - step, 0)) if start else None,
        after=at(content["last"]) if content["last"] < content["total"] else None,
        itself=at(start),
    )
    answer.headers["Vary"] = "HX-Request"
    return answer


@router.get("/coding/agreed")
def show_agreed(request: Request, now: Now, bench: Bench, who: Person) -> HTMLResponse:
    """Show what could be taken over from coders who agree."""
    plan = plan_of(now, bench.study)
    adjudications = bench.study.codings.adjudications()
    content = overview.agreed_view(now, plan, adjudications=adjudications, hidden=hidden_from(now, plan, who))
    return page(request, "coding_agreed.html", **content, number=now.number)


@router.post("/coding/agreed")
def take_agreed(now: Now, bench: Bench, who: Person, sent: SentForm) -> RedirectResponse:
    """Take over what coders agree on where there is no code yet and, if asked to, where there is another."""
    plan = plan_of(now, bench.study)
    if sent.get("number") != str(now.number):
        raise UsageError("The study was changed since you looked; look again at what would be taken over.")
    adjudications = bench.study.codings.adjudications()
    content = overview.agreed_view(now, plan, adjudications=adjudications, hidden=hidden_from(now, plan, who))
    rows = content["fresh"] + (content["other"] if sent.get("others") else [])
    values: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
    for row in rows:
        values[row["alliance"]][row["variable"]] = row["value"]
    decision = bench.study.codings.take_over(values, who=who, why=sent.why)
    return saved("/coding", decision)
