"""Coding by the API: the queue, one unit, its codes, and progress. Blind: nobody else's codes are in any answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks
from pydantic import BaseModel, ConfigDict, Field

from constellary.study.editing import LONGEST
from constellary.workbench.coding.desk import MISSING, plan_of, progress_of, queue_for, unit_view
from constellary.workbench.coding.sent import Codes, keep
from constellary.workbench.needs import Bench, Now, Person
from constellary.workbench.workbench import Workbench

router = APIRouter(prefix="/api/v1", tags=["coding"])
Text = Annotated[str, Field(max_length=LONGEST)]


class CodesBody(BaseModel):
    """What a coder says of a unit: what is absent stays; null: the sources do not tell."""

    model_config = ConfigDict(extra="forbid")
    values: dict[str, Text | list[Text] | None] = Field(default_factory=dict, max_length=1_000)
    unsure: list[Text] = Field(default_factory=list, max_length=1_000)
    note: Text | None = None


class Kept(BaseModel):
    """What was kept: the decision (null: nothing was new), the moment, and how the queue stands."""

    decision: int | None
    at: str
    left: list[str]
    next: str | None
    done: int
    total: int


@router.get("/coding/next")
def next_unit(now: Now, bench: Bench, who: Person, after: str | None = None) -> dict[str, Any]:
    """Return the next open unit of who asks, and how far they are; null: all is done."""
    queue = queue_for(now, plan_of(now, bench.study), who)
    return {"coder": who, "next": queue.next(after), **progress_of(queue)}


@router.get("/coding/units/{key:name}")
def unit(now: Now, bench: Bench, who: Person, key: str) -> dict[str, Any]:
    """Return a unit as its coder sees it: the alliance without codes, and the coder's own answers."""
    found = unit_view(now, bench.study, plan_of(now, bench.study), who, key)
    shown = found["unit"]
    return {
        "coder": who,
        "id": shown.key,
        "name": shown.name,
        "announced": shown.announced,
        "texts": [{"label": label, "text": text} for label, text in shown.texts],
        "partners": shown.partners,
        "sources": [
            {"url": one.url, "publisher": one.publisher, "published": one.published} for one in shown.sources
        ],
        "questions": [
            {
                "name": one.question.name,
                "label": one.question.label,
                "text": one.question.text,
                "several": one.question.several,
                "choices": [
                    {"key": choice.key, "value": choice.value, "label": choice.label, "rule": choice.rule}
                    for choice in one.question.choices
                ],
                "answered": one.answered,
                "values": [value for value in one.values if value != MISSING],
                "unsure": one.unsure,
            }
            for one in found["asked"]
        ],
        "note": found["note"],
        "next": found["next"],
        "before": found["before"],
        **found["progress"],
    }


@router.post("/coding/units/{key:name}")
def code(bench: Bench, who: Person, key: str, body: CodesBody, later: BackgroundTasks) -> Kept:
    """Keep what a coder says of a unit; answered when it is committed.

    How the queue stands is told of the last moment that was read and what this coder answered since; the study
    is read anew after the answer, so that nobody waits for it.
    """
    moment = bench.moments.recent()
    plan = plan_of(moment, bench.study)
    if key not in queue_for(moment, plan, who).places:
        moment = bench.moments.now()
        plan = plan_of(moment, bench.study)
    values = {
        name: () if given is None else (given,) if isinstance(given, str) else tuple(given)
        for name, given in body.values.items()
    }
    decision = keep(bench, moment, plan, who, key, Codes(values, frozenset(body.unsure), body.note))
    answered = frozenset(bench.study.codings.given(key, who))
    if decision is not None:
        bench.lately.add(who, key, answered, decision.id)
    queue = bench.lately.counted(queue_for(moment, plan, who), who, moment.number).with_answers(key, answered)
    later.add_task(_read_anew, bench, who)
    return Kept(
        decision=decision.id if decision else None,
        at=decision.at if decision else datetime.now(UTC).isoformat(timespec="seconds"),
        left=list(queue.left(key)),
        next=queue.next(key),
        done=queue.done,
        total=len(queue.units),
    )


def _read_anew(bench: Workbench, who: str) -> None:
    now = bench.moments.now()
    queue_for(now, plan_of(now, bench.study), who)
