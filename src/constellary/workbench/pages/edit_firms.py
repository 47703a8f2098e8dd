"""Editing firms: fields and other names, another name for the firm itself, and making one of two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from fastapi import APIRouter, Request
from fastapi.responses import Response

from constellary.errors import EditConflict, InputError, ProblemsFound
from constellary.workbench.answers import page
from constellary.workbench.forms.conflict import settled
from constellary.workbench.forms.draft import Draft, draft_of, empty_draft, written
from constellary.workbench.forms.fields import OWN, Faults, faults_of, fields, several
from constellary.workbench.forms.sent import Sent, SentForm
from constellary.workbench.links import LiveLinks
from constellary.workbench.needs import Bench, Now, Person
from constellary.workbench.pages.edit import conflict_page
from constellary.workbench.saved import saved

if TYPE_CHECKING:
    from constellary.study.codebook import Codebook
    from constellary.study.frames import Frames
    from constellary.study.record import Record

router = APIRouter(include_in_schema=False)
TABLE = "firms"


def form_view(
    codebook: Codebook,
    draft: Draft,
    *,
    name: str = "",
    before: Draft | None = None,
    revision: str = "",
    sent: Sent | None = None,
    faults: Faults | None = None,
) -> dict[str, Any]:
    """Return what the form of a firm shows; `name` is empty for a new one. See `edit.form_view`."""
    found = faults or Faults()
    return {
        "name": name,
        "fields": fields(codebook, TABLE, draft, found),
        "faults": found,
        "revision": revision,
        "before": written(before) if before is not None else "",
        "why": sent.why if sent else "",
        "firm": sent.get("firm") if sent else "",
    }


def merge_view(frames: Frames, source: Record, into: Record | None) -> dict[str, Any]:
    """Return what the page of a merge shows: the two firms side by side, and what becomes of them.

    Parameters
    ----------
    source
        The firm that goes.
    into
        The firm that stays; None: not chosen yet.
    """
    content: dict[str, Any] = {"source": source, "into": into, "rows": [], "moved": 0, "both": []}
    if into is None:
        return content
    seats = {
        firm: set(frames.partners.filter(pl.col("firm") == firm)["alliance"])
        for firm in (source.key, into.key)
    }
    book = frames.codebook
    for name in source.values:
        if name == "aliases":
            continue  # all of them are kept
        label = OWN[name][0] if name in OWN else book.label(name)
        labels = {} if name in OWN else book.labels(name)
        gone, kept = (_shown(labels, one.values[name]) for one in (source, into))
        content["rows"].append((label, gone, kept, kept or gone))
    content["moved"] = len(seats[source.key])
    content["both"] = sorted(seats[source.key] & seats[into.key])
    return content


def _shown(labels: dict[str, str], value: str | tuple[str, ...] | None) -> str:
    values = () if value is None else (value,) if isinstance(value, str) else value
    return "; ".join(labels.get(one, one) for one in values)


@router.get("/new/firm")
def new_firm(request: Request, now: Now, name: str = "") -> Response:
    """Show the form of a new firm; it may begin with a name."""
    sent = Sent((("firm", name[:200]),))
    return page(
        request, "edit_firm.html", **form_view(now.codebook, empty_draft(now.codebook, TABLE), sent=sent)
    )


@router.post("/new/firm")
def add_firm(request: Request, now: Now, bench: Bench, who: Person, sent: SentForm) -> Response:
    """Add a firm."""
    draft = sent.draft(several(now.codebook, TABLE))
    try:
        decision = bench.study.add_firm(sent.get("firm"), draft.values, who=who, why=sent.why)
    except ProblemsFound as error:
        view = form_view(now.codebook, draft, sent=sent, faults=faults_of(error.problems))
        return page(request, "edit_firm.html", status=422, **view)
    return saved(LiveLinks({}).firm(sent.get("firm")), decision)


@router.get("/firms/{name:name}/edit")
def edit_firm(request: Request, now: Now, bench: Bench, name: str) -> Response:
    """Show the form of a firm."""
    record = bench.study.record(TABLE, name)
    draft = draft_of(record)
    view = form_view(now.codebook, draft, name=name, before=draft, revision=record.revision)
    return page(request, "edit_firm.html", **view)


@router.post("/firms/{name:name}/edit")
def save_firm(request: Request, now: Now, bench: Bench, who: Person, name: str, sent: SentForm) -> Response:
    """Keep an edit of a firm, or give it another name."""
    book = now.codebook
    draft = sent.draft(several(book, TABLE))
    before = sent.before() or draft_of(bench.study.record(TABLE, name))
    revision = sent.revision
    sides = sent.sides()
    if sides:
        draft = settled(draft, before, sides)
    try:
        if sent.get("act") == "rename":
            wanted = sent.get("firm")
            decision = bench.study.rename_firm(name, wanted, who=who, why=sent.why, revision=revision or None)
            return saved(LiveLinks({}).firm(wanted), decision)
        values = draft.changed_from(before).get("values", {})
        if sides and not values:  # theirs was chosen throughout
            return saved(LiveLinks({}).firm(name), None)
        decision = bench.study.edit_firm(name, values, who=who, why=sent.why, revision=revision or None)
    except EditConflict as error:
        return conflict_page(request, book, error, draft, before, sent)
    except InputError as error:
        faults = (
            faults_of(error.problems) if isinstance(error, ProblemsFound) else Faults(others=(str(error),))
        )
        view = form_view(book, draft, name=name, before=before, revision=revision, sent=sent, faults=faults)
        return page(request, "edit_firm.html", status=422, **view)
    return saved(LiveLinks({}).firm(name), decision)


@router.get("/firms/{name:name}/merge")
def ask_to_merge(request: Request, now: Now, bench: Bench, name: str, into: str = "") -> Response:
    """Show what a merge would come to, and ask."""
    source = bench.study.record(TABLE, name)
    target = bench.study.record(TABLE, into) if into else None
    return page(request, "merge_firm.html", **merge_view(now.frames, source, target))


@router.post("/firms/{name:name}/merge")
def merge_firm(bench: Bench, who: Person, name: str, sent: SentForm) -> Response:
    """Make one firm of two."""
    into = sent.get("into")
    decision = bench.study.merge(name, into, who=who, why=sent.why, revision=sent.revision or None)
    return saved(LiveLinks({}).firm(into), decision)
