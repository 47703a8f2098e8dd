"""Editing alliances: the form, what is wrong with it beside each field, conflicts, and taking one out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from constellary.errors import EditConflict, InputError, ProblemsFound
from constellary.workbench.answers import page
from constellary.workbench.forms.conflict import choices, settled
from constellary.workbench.forms.draft import (
    FIELD,
    SEVERAL_BY,
    Draft,
    as_fields,
    draft_of,
    empty_draft,
    written,
)
from constellary.workbench.forms.fields import Faults, faults_of, fields, several
from constellary.workbench.forms.rows import acted, partner_rows, source_rows
from constellary.workbench.forms.sent import Sent, SentForm
from constellary.workbench.links import LiveLinks
from constellary.workbench.needs import Bench, Now, Person
from constellary.workbench.saved import saved

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.study.codebook import Codebook
    from constellary.study.frames import Frames
    from constellary.study.record import Record

router = APIRouter(include_in_schema=False)
TABLE = "alliances"


def form_view(
    codebook: Codebook,
    draft: Draft,
    *,
    key: str = "",
    before: Draft | None = None,
    revision: str = "",
    sent: Sent | None = None,
    faults: Faults | None = None,
) -> dict[str, Any]:
    """Return what the form of an alliance shows; `key` is empty for a new one.

    Parameters
    ----------
    draft
        What its fields hold.
    before, revision
        What they held at first, and of which revision that is.
    sent
        The form as it was sent, if it is shown again.
    faults
        What is wrong with it.
    """
    found = faults or Faults()
    return {
        "key": key,
        "fields": fields(codebook, TABLE, draft, found),
        "partners": partner_rows(draft, codebook.partners[0]),
        "wrong_partners": [name for name in draft.partners if _is_named(name, found.partners)],
        "sources": source_rows(draft),
        "faults": found,
        "revision": revision,
        "before": written(before) if before is not None else "",
        "why": sent.why if sent else "",
        "id": sent.get("id") if sent else "",
        "new_firms": bool(sent and sent.get("new_firms")),
    }


def _is_named(name: str, messages: Sequence[str]) -> bool:
    return any(f"'{name}'" in message or message.startswith(f"{name} is named") for message in messages)


def conflict_view(
    codebook: Codebook, error: EditConflict, record: Record, mine: Draft, before: Draft, sent: Sent
) -> dict[str, Any]:
    """Return what the page of a conflict shows: each field that differs, before, mine and theirs."""
    theirs = draft_of(record)
    return {
        "key": record.key,
        "table": record.table,
        "decision": error.decision,
        "choices": choices(codebook, before, mine, theirs),
        "mine": carried(mine, sent),
        "revision": record.revision,
        "before": written(theirs),
        "why": sent.why,
    }


def carried(mine: Draft, sent: Sent) -> list[tuple[str, str]]:
    """Return a draft as the pairs of a form, for the page of a conflict to send it again."""
    pairs = [
        (FIELD + name, value if isinstance(value, str) else SEVERAL_BY.join(value))
        for name, value in mine.values.items()
        if value is not None
    ]
    pairs += [("partner", name) for name in mine.partners]
    for source in as_fields(mine.sources):
        pairs += [(f"source.{name}", value or "") for name, value in source.items()]
    return pairs + ([("new_firms", "yes")] if sent.get("new_firms") else [])


@router.get("/new/alliance")
def new_alliance(request: Request, now: Now) -> Response:
    """Show the form of a new alliance."""
    draft = empty_draft(now.codebook, TABLE)
    return page(request, "edit_alliance.html", **form_view(now.codebook, draft))


@router.post("/new/alliance")
def add_alliance(request: Request, now: Now, bench: Bench, who: Person, sent: SentForm) -> Response:
    """Add an alliance."""
    draft = sent.draft(several(now.codebook, TABLE))
    moved = acted(draft, sent.get("act"))
    if moved is not None:
        return page(request, "edit_alliance.html", **form_view(now.codebook, moved, sent=sent))
    try:
        key = bench.study.add_alliance(
            draft.values,
            draft.partners,
            as_fields(draft.sources),
            id=sent.get("id") or None,
            new_firms=bool(sent.get("new_firms")),
            who=who,
            why=sent.why,
        )
    except InputError as error:
        view = form_view(now.codebook, draft, sent=sent, faults=_faults(error))
        return page(request, "edit_alliance.html", status=422, **view)
    latest = bench.study.history.of_row("alliance", [key])[-1][0]
    return saved(LiveLinks({}).alliance(key), latest)


@router.get("/alliances/{key:name}/edit")
def edit_alliance(request: Request, now: Now, bench: Bench, key: str) -> Response:
    """Show the form of an alliance."""
    record = bench.study.record(TABLE, key)
    draft = draft_of(record)
    view = form_view(now.codebook, draft, key=key, before=draft, revision=record.revision)
    return page(request, "edit_alliance.html", **view)


@router.post("/alliances/{key:name}/edit")
def save_alliance(
    request: Request, now: Now, bench: Bench, who: Person, key: str, sent: SentForm
) -> Response:
    """Keep an edit of an alliance."""
    book = now.codebook
    draft = sent.draft(several(book, TABLE))
    before, revision = sent.before(), sent.revision
    moved = acted(draft, sent.get("act"))
    if moved is not None:
        view = form_view(book, moved, key=key, before=before, revision=revision, sent=sent)
        return page(request, "edit_alliance.html", **view)
    before = before or draft_of(bench.study.record(TABLE, key))
    sides = sent.sides()
    if sides:  # of a settled conflict, `before` is what the others had made of it
        draft = settled(draft, before, sides)
    changed = draft.changed_from(before)
    if sides and not changed:  # theirs was chosen throughout
        return saved(LiveLinks({}).alliance(key), None)
    try:
        decision = bench.study.edit_alliance(
            key,
            **changed,
            new_firms=bool(sent.get("new_firms")),
            who=who,
            why=sent.why,
            revision=revision or None,
        )
    except EditConflict as error:
        return conflict_page(request, book, error, draft, before, sent)
    except InputError as error:
        view = form_view(
            book, draft, key=key, before=before, revision=revision, sent=sent, faults=_faults(error)
        )
        return page(request, "edit_alliance.html", status=422, **view)
    return saved(LiveLinks({}).alliance(key), decision)


def conflict_page(
    request: Request, codebook: Codebook, error: EditConflict, mine: Draft, before: Draft, sent: Sent
) -> Response:
    """Show a conflict, field by field; where the row is gone, in words."""
    if error.record is None:
        raise error
    view = conflict_view(codebook, error, error.record, mine, before, sent)
    return page(request, "edit_conflict.html", status=409, **view)


def removal_view(frames: Frames, record: Record) -> dict[str, Any]:
    """Return what the page before a removal shows: what goes with the alliance, and who is left without one."""
    import polars as pl

    others = frames.partners.filter(pl.col("alliance") != record.key)["firm"].unique()
    alone = [name for name in record.partners if name not in others]
    return {
        "record": record,
        "codings": frames.codings.filter(pl.col("alliance") == record.key).height,
        "alone": alone,
    }


@router.get("/alliances/{key:name}/remove")
def ask_to_remove(request: Request, now: Now, bench: Bench, key: str) -> Response:
    """Show what would go with an alliance, and ask."""
    record = bench.study.record(TABLE, key)
    return page(request, "remove_alliance.html", **removal_view(now.frames, record))


@router.post("/alliances/{key:name}/remove")
def remove_alliance(bench: Bench, who: Person, key: str, sent: SentForm) -> Response:
    """Take an alliance out."""
    decision = bench.study.remove(key, who=who, why=sent.why, revision=sent.revision or None)
    return saved("/alliances", decision)


def _faults(error: InputError) -> Faults:
    if isinstance(error, ProblemsFound):
        return faults_of(error.problems)
    return Faults(others=(str(error),))
