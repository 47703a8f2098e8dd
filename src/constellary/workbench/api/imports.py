"""API: import. Files are sent, read and judged; they are taken in when somebody says so."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from constellary.errors import EditConflict, UsageError
from constellary.study.codebook import Codebook
from constellary.study.editing import LONGEST
from constellary.workbench.intake.exports import SEARCH
from constellary.workbench.intake.fields import is_field
from constellary.workbench.intake.imports import Import
from constellary.workbench.intake.sent import Sending
from constellary.workbench.needs import Bench, Now, Person
from constellary.workbench.workbench import Workbench

router = APIRouter(prefix="/api/v1", tags=["imports"])

Key = Annotated[str, Path(description="Id of the import.", max_length=64)]
Header = Annotated[str, Field(max_length=200)]
Mapping = Annotated[
    dict[Header, Header], Field(max_length=1_000, description="Header -> field; `-` leaves a column out.")
]

FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {"type": "array", "items": {"type": "string", "format": "binary"}},
                        "mapping": {
                            "type": "string",
                            "description": "JSON: header -> field, `-` to leave out.",
                        },
                    },
                }
            }
        },
    }
}


class Told(BaseModel):
    """A problem, with its place."""

    message: str
    file: str
    sheet: str
    row: int | None
    column: str
    value: str
    kind: str


class State(BaseModel):
    """An import as it stands.

    `state` is `reading`, `failed` (see `error`), `refused` (see `problems`, of which `total` exist), `ready`
    (see `counts`: table -> rows added, changed, removed, unchanged) or `taken` (see `decision`; null where
    nothing was to be changed). `tables` are as they were understood; `exports` are bibliographic ones, file by
    file, with what becomes of their records and remarks (line, text, whether a record is lost).
    """

    id: str
    state: Literal["reading", "failed", "refused", "ready", "taken"]
    files: list[str]
    step: str
    error: str
    mapping: dict[str, str]
    tables: list[dict[str, Any]]
    notes: list[str]
    problems: list[Told]
    total: int
    counts: dict[str, dict[str, int]]
    exports: list[dict[str, Any]]
    decision: int | None


class Agreed(BaseModel):
    """The agreement to take files in, and why."""

    model_config = ConfigDict(extra="forbid")
    why: Annotated[str, Field(max_length=LONGEST)] = ""


class Again(BaseModel):
    """What columns are, against what was understood."""

    model_config = ConfigDict(extra="forbid")
    mapping: Mapping = Field(default_factory=dict)


@router.post("/import", status_code=202, openapi_extra=FORM)
def send_files(bench: Bench, now: Now, sent: Sending) -> State:
    """Take files and begin to read them; nothing is written into the study."""
    try:
        mapping = _mapping(sent.mapping)
        _check(mapping, now.codebook)
        return state_of(bench.imports.receive(sent.contents, mapping))
    finally:
        sent.close()


@router.get("/import/{key}")
def get_import(bench: Bench, key: Key) -> State:
    """Say how far an import is, what was understood, and what it would change."""
    return state_of(bench.imports.get(key))


@router.post("/import/{key}/read", status_code=202)
def read_again(bench: Bench, now: Now, key: Key, again: Again) -> State:
    """Read the files again, with columns taken for something else."""
    _check(again.mapping, now.codebook)
    found = bench.imports.get(key)
    bench.imports.read_again(found, again.mapping)
    return state_of(found)


@router.post("/import/{key}/take")
def take_import(bench: Bench, key: Key, who: Person, agreed: Agreed) -> State:
    """Take an import in, as one decision.

    Where the study changed since the files were read, nothing is written: they are read again, and the
    answer is a conflict.
    """
    found = bench.imports.get(key)
    if not bench.imports.take(found, who=who, why=agreed.why):
        raise changed_meanwhile(bench, found)
    return state_of(found)


@router.delete("/import/{key}", status_code=204)
def cancel_import(bench: Bench, key: Key) -> None:
    """Forget an import and remove its files."""
    bench.imports.cancel(bench.imports.get(key))


def changed_meanwhile(bench: Workbench, found: Import) -> EditConflict:
    """Return the conflict of an import that rests on an older study."""
    decision = None if found.since is None else bench.study.history.get(found.since)
    return EditConflict(
        "The study changed since the files were read. Nothing was written; they are read again. "
        "Look at what would change now.",
        decision=decision,
    )


def state_of(found: Import) -> State:
    """Return an import as the API tells of it."""
    result, outcome = found.result, found.outcome
    return State(
        id=found.id,
        state=found.stage,
        files=[file.name for file in found.files],
        step=found.job.step,
        error=found.job.error,
        mapping=dict(found.mapping),
        tables=list(result.get("preview", ())),
        notes=list(result.get("notes", ())),
        problems=[
            Told(**{name: item[name] for name in Told.model_fields}) for item in result.get("problems", ())
        ],
        total=result.get("total", 0),
        counts=dict(result.get("counts", {})),
        exports=list(result.get("exports", ())),
        decision=None if outcome is None or outcome.decision is None else outcome.decision.id,
    )


def _mapping(text: str) -> dict[str, str]:
    """Return the mapping of a form, which is JSON."""
    if not text:
        return {}
    try:
        return Again.model_validate({"mapping": json.loads(text)}).mapping
    except (ValueError, RecursionError):
        raise UsageError("The mapping is no JSON object of headers and fields.") from None


def _check(mapping: dict[str, str], codebook: Codebook) -> None:
    for header, field in mapping.items():
        if header != SEARCH and not is_field(codebook, field):
            raise UsageError(f"There is no field '{field[:60]}' that a column can be taken for.")
