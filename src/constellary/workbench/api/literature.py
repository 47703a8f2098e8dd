"""The literature by the API: records, where works stand, screening, conflicts, matches, flow and protocol.

Blind: no answer holds a verdict or a note of somebody else on a work that is still open.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from constellary.errors import UnknownName
from constellary.literature.screening import conflicts, standing_of
from constellary.study.editing import LONGEST
from constellary.workbench.needs import Bench, Person
from constellary.workbench.pages.literature_screening import PATIENCE, keep, work_address
from constellary.workbench.review.desk import progress_of, queue_of, work_view
from constellary.workbench.review.records import FOUND, Asking, found_works
from constellary.workbench.review.said import Said
from constellary.workbench.review.stages import stage_states
from constellary.workbench.review.told import conflict_told, record_told, standing_told

router = APIRouter(prefix="/api/v1/literature", tags=["literature"])
Text = Annotated[str, Field(max_length=LONGEST)]
Name = Annotated[str, Query(max_length=200)]


class SaidBody(BaseModel):
    """What a screener says of a work; what is absent stays as it is."""

    model_config = ConfigDict(extra="forbid")
    verdict: Literal["include", "exclude", "maybe"] | None = None
    reason: Text | None = None
    note: Text | None = None


class ResolvedBody(BaseModel):
    """What a work comes to at a stage, and why."""

    model_config = ConfigDict(extra="forbid")
    verdict: Literal["include", "exclude"]
    reason: Text | None = None
    why: Text


class ProtocolBody(BaseModel):
    """A protocol as a text (TOML)."""

    model_config = ConfigDict(extra="forbid")
    text: Annotated[str, Field(max_length=1_000_000)]
    why: Text = ""


class Kept(BaseModel):
    """What was kept: the decision (null: nothing was new), the moment, and how the queue stands."""

    decision: int | None
    at: str
    next: str | None = Field(description="Address of the page of the next work; null: there is none.")
    done: int
    total: int


@router.get("/records")
def records(
    bench: Bench,
    q: Annotated[str, Query(max_length=300)] = "",
    state: Name = "",
    stage: Name = "",
    search: Name = "",
    year: Annotated[int | None, Query(ge=0, le=9999)] = None,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """Return works (merged records) with where they stand."""
    review = bench.study.literature.review()
    found = found_works(review, Asking(q=q, state=state, stage=stage, search=search, year=year))
    return {
        "total": len(found),
        "offset": offset,
        "limit": limit,
        "items": [standing_told(one) for one in found[offset : offset + limit]],
    }


@router.get("/records/{key:name}")
def record(bench: Bench, who: Person, key: str) -> dict[str, Any]:
    """Return a work in full: its records with all that the files said of them, and where each field is from."""
    review = bench.study.literature.review()
    standing = standing_of(review).get(key)
    if standing is None:
        raise UnknownName("work", key, list(standing_of(review)))
    raw = {one.id: bench.study.literature.raw(one.id) for one in standing.work.records}
    return record_told(standing, review, who, raw)


@router.get("/standings")
def standings(bench: Bench, who: Person) -> dict[str, Any]:
    """Return how far each stage is: works by what they came to, and how many each screener decided."""
    review = bench.study.literature.review()
    states = stage_states(review, who)
    return {
        "records": len(review.records),
        "works": len(standing_of(review)),
        "states": FOUND,
        "stages": [
            {
                "stage": one.stage.name,
                "label": one.stage.label,
                "screeners": one.stage.screeners,
                "reached": one.reached,
                "open": one.open,
                "conflicts": one.conflicts,
                "included": one.included,
                "excluded": one.excluded,
                "decided": dict(one.screeners),
                "mine": progress_of(one.mine),
            }
            for one in states
        ],
    }


@router.get("/screening/{stage:name}/next")
def next_work(bench: Bench, who: Person, stage: str, after: str | None = None) -> dict[str, Any]:
    """Return the next work that is open for who asks, and how far they are; null: all is decided."""
    review = bench.study.literature.review()
    review.protocol.stage(stage)
    order, remarks = bench.orders.order(review, stage, who, PATIENCE)
    queue = queue_of(review, stage, who, order)
    return {"screener": who, "next": queue.next(after), "remarks": remarks, **progress_of(queue)}


@router.get("/screening/{stage:name}/{key:name}")
def work(bench: Bench, who: Person, stage: str, key: str) -> dict[str, Any]:
    """Return a work as its screener sees it: what it says, the reasons, and their own verdict and note."""
    review = bench.study.literature.review()
    view = work_view(review, stage, who, key)
    own = view["own"]
    return {
        "screener": who,
        "id": key,
        "record": view["record"]._asdict(),
        "stage": stage,
        "question": view["stage"].question,
        "criteria": list(view["criteria"]),
        "reasons": [{"key": one, "name": name, "label": label} for one, name, label in view["reasons"]],
        "verdict": None if own is None else own.verdict,
        "reason": None if own is None else own.reason,
        "note": view["note"],
        "next": view["next"],
        "before": view["before"],
        **view["progress"],
    }


@router.post("/screening/{stage:name}/{key:name}")
def decide(bench: Bench, who: Person, stage: str, key: str, body: SaidBody) -> Kept:
    """Keep a screener's verdict and note; answered when they are committed."""
    decision = keep(bench, stage, key, who, Said(body.verdict, body.reason, body.note))
    review = bench.study.literature.review()
    order, _ = bench.orders.order(review, stage, who)
    queue = queue_of(review, stage, who, order)
    following = queue.next(key)
    return Kept(
        decision=decision,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        next=None if following is None else work_address(stage, following),
        **progress_of(queue),
    )


@router.get("/conflicts")
def all_conflicts(bench: Bench, stage: str | None = None) -> list[dict[str, Any]]:
    """Return the works in conflict with the verdicts and notes on them."""
    review = bench.study.literature.review()
    if stage:
        review.protocol.stage(stage)
    return [conflict_told(standing, here, review) for standing, here in conflicts(review, stage or None)]


@router.post("/conflicts/{stage:name}/{key:name}")
def resolve(bench: Bench, who: Person, stage: str, key: str, body: ResolvedBody) -> dict[str, Any]:
    """Resolve a conflict with a verdict and why; the answer is the number of the decision."""
    decision = bench.study.literature.screenings.resolve(
        key, stage, body.verdict, body.reason, who=who, why=body.why
    )
    return {"decision": decision.id}


@router.get("/protocol")
def protocol(bench: Bench) -> dict[str, Any]:
    """Return the protocol: as a text (null: the study has none of its own), and as it is understood."""
    from dataclasses import asdict

    literature = bench.study.literature
    versions = literature.versions("protocol")
    return {
        "text": versions[-1][1] if literature.review().planned else None,
        "version": len(versions),
        "protocol": asdict(literature.review().protocol),
    }


@router.post("/protocol")
def set_protocol(bench: Bench, who: Person, body: ProtocolBody) -> dict[str, Any]:
    """Keep a protocol; the answer is the number of the decision."""
    return {"decision": bench.study.literature.set_protocol(body.text, who=who, why=body.why).id}
