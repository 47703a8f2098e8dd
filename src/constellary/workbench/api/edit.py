"""Editing by the API: records with their revisions, alliances, firms, and the history."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from constellary.errors import UnknownName
from constellary.study.editing import LONGEST
from constellary.workbench.coding.kept_back import told_to
from constellary.workbench.forms.partners import completions
from constellary.workbench.needs import Bench, Now, Person

router = APIRouter(prefix="/api/v1", tags=["edit"])

Text = Annotated[str, Field(max_length=LONGEST)]
Value = Text | list[Text] | None
Number = Annotated[int, Field(ge=1, le=2**53)]
Why = Annotated[str, Query(max_length=LONGEST)]
Revision = Annotated[str | None, Query(max_length=64)]


class Body(BaseModel):
    """What any change may say: the reason, and the revision of the record that it rests on."""

    model_config = ConfigDict(extra="forbid")
    why: Text = ""


class SourceBody(BaseModel):
    """A page that supports an alliance."""

    model_config = ConfigDict(extra="forbid")
    url: Text
    publisher: Text | None = None
    published: Text | None = None


class AllianceBody(Body):
    """An edit of an alliance; what is absent stays."""

    values: dict[str, Value] = Field(default_factory=dict, max_length=1_000)
    partners: Annotated[list[Text], Field(max_length=1_000)] | None = None
    sources: Annotated[list[SourceBody], Field(max_length=1_000)] | None = None
    new_firms: bool = False
    revision: Text | None = None


class NewAlliance(AllianceBody):
    """A new alliance; without an id it gets the next one."""

    id: Text | None = None


class FirmBody(Body):
    """An edit of a firm."""

    values: dict[str, Value] = Field(default_factory=dict, max_length=1_000)
    revision: Text | None = None


class NewFirm(FirmBody):
    """A new firm."""

    firm: Text


class Name(Body):
    """The other firm of a merge, or another name of a firm."""

    firm: Text
    revision: Text | None = None


class Turn(Body):
    """What an undo or redo is of."""

    decision: Number | None = None
    expect: Number | None = None


@router.get("/alliances/{key:name}/record")
def alliance_record(bench: Bench, key: str) -> dict[str, Any]:
    """Return an alliance as it stands, with its revision."""
    return asdict(bench.study.record("alliances", key))


@router.post("/alliances", status_code=201)
def add_alliance(bench: Bench, who: Person, body: NewAlliance) -> dict[str, Any]:
    """Add an alliance; return its record."""
    key = bench.study.add_alliance(
        body.values,
        body.partners or [],
        _sources(body) or [],
        id=body.id,
        new_firms=body.new_firms,
        who=who,
        why=body.why,
    )
    return asdict(bench.study.record("alliances", key))


@router.patch("/alliances/{key:name}")
def edit_alliance(bench: Bench, who: Person, key: str, body: AllianceBody) -> dict[str, Any]:
    """Change an alliance; return the decision."""
    decision = bench.study.edit_alliance(
        key,
        values=body.values,
        partners=body.partners,
        sources=_sources(body),
        new_firms=body.new_firms,
        who=who,
        why=body.why,
        revision=body.revision,
    )
    return asdict(decision)


@router.delete("/alliances/{key:name}")
def remove_alliance(
    bench: Bench, who: Person, key: str, why: Why = "", revision: Revision = None
) -> dict[str, Any]:
    """Take an alliance out; return the decision."""
    return asdict(bench.study.remove(key, who=who, why=why, revision=revision))


@router.get("/firms/{name:name}/record")
def firm_record(bench: Bench, name: str) -> dict[str, Any]:
    """Return a firm as it stands, with its revision."""
    return asdict(bench.study.record("firms", name))


@router.post("/firms", status_code=201)
def add_firm(bench: Bench, who: Person, body: NewFirm) -> dict[str, Any]:
    """Add a firm; return the decision."""
    return asdict(bench.study.add_firm(body.firm, body.values, who=who, why=body.why))


@router.patch("/firms/{name:name}")
def edit_firm(bench: Bench, who: Person, name: str, body: FirmBody) -> dict[str, Any]:
    """Change a firm; return the decision."""
    decision = bench.study.edit_firm(name, body.values, who=who, why=body.why, revision=body.revision)
    return asdict(decision)


@router.post("/firms/{name:name}/rename")
def rename_firm(bench: Bench, who: Person, name: str, body: Name) -> dict[str, Any]:
    """Give a firm another name; return the decision."""
    return asdict(bench.study.rename_firm(name, body.firm, who=who, why=body.why, revision=body.revision))


@router.post("/firms/{name:name}/merge")
def merge_firm(bench: Bench, who: Person, name: str, body: Name) -> dict[str, Any]:
    """Merge a firm into another; return the decision."""
    return asdict(bench.study.merge(name, body.firm, who=who, why=body.why, revision=body.revision))


@router.get("/complete/firms")
def complete_firm(now: Now, q: Annotated[str, Query(max_length=200)] = "") -> list[str]:
    """Return firms whose name or other name holds the letters."""
    return completions(now.frames.firms, q)


@router.get("/log")
def log(
    bench: Bench,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
    who: Annotated[str | None, Query(max_length=200)] = None,
    kind: Annotated[str | None, Query(max_length=20)] = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> list[dict[str, Any]]:
    """Return decisions, newest first."""
    found = bench.study.history.page(before=before, who=who, kind=kind, limit=limit)
    return [asdict(entry) for entry in found]


@router.get("/log/{number}")
def decision(bench: Bench, now: Now, who: Person, number: int) -> dict[str, Any]:
    """Return what a decision changed, field by field, without codes that one must not see yet."""
    if not 0 < number <= 2**53 or bench.study.history.get(number) is None:
        raise UnknownName("decision", str(number), [])
    return asdict(told_to(bench.study.history.detail(number), now, bench.study, who))


@router.post("/undo")
def undo(bench: Bench, who: Person, body: Turn) -> dict[str, Any]:
    """Take a decision back; return the decision that this is."""
    return asdict(bench.study.history.undo(who=who, why=body.why, decision=body.decision, expect=body.expect))


@router.post("/redo")
def redo(bench: Bench, who: Person, body: Turn) -> dict[str, Any]:
    """Bring a decision back; return the decision that this is."""
    return asdict(bench.study.history.redo(who=who, why=body.why, decision=body.decision, expect=body.expect))


def _sources(body: AllianceBody) -> list[dict[str, str | None]] | None:
    return None if body.sources is None else [source.model_dump() for source in body.sources]
