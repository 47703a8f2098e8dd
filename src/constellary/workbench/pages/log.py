"""The history: what was decided, by whom and why, in detail, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import unquote

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from constellary.errors import UnknownName, UsageError
from constellary.study.standing import NEVER_UNDONE
from constellary.workbench.answers import page
from constellary.workbench.coding.kept_back import told_to
from constellary.workbench.forms.sent import Sent, SentForm
from constellary.workbench.needs import Bench, Now, Person
from constellary.workbench.pages.person import came_from
from constellary.workbench.saved import saved
from constellary.workbench.segments import name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.study.decision_detail import DecisionDetail, RowDetail
    from constellary.study.decisions import Decision
    from constellary.workbench.workbench import Workbench

router = APIRouter(include_in_schema=False)
SHOWN = 50
ROWS = 25
"""Rows of a decision that are shown at first."""
LARGEST = 2**53
KINDS = (
    "import",
    "edit",
    "matching",
    "screening",
    "reading",
    "coding",
    "acceptance",
    "undo",
    "redo",
    "new",
)
Before = Annotated[int | None, Query(ge=1, le=LARGEST)]


@dataclass(frozen=True, slots=True)
class Day:
    """The decisions of one day (UTC), newest first."""

    date: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What a decision changed of one alliance, firm or record, or of what else it is about."""

    title: str
    entity: str
    key: str
    rows: tuple[RowDetail, ...]


def view(
    decisions: Sequence[Decision],
    people: Sequence[str],
    *,
    who: str = "",
    kind: str = "",
    before: int | None = None,
) -> dict[str, Any]:
    """Return what the timeline shows; `decisions` has one more than a page, where there are more."""
    shown = decisions[:SHOWN]
    days = [Day(date, tuple(group)) for date, group in groupby(shown, key=lambda entry: entry.at[:10])]
    return {
        "days": days,
        "people": people,
        "kinds": KINDS,
        "chosen_who": who,
        "chosen_kind": kind,
        "before": before,
        "older": shown[-1].id if len(decisions) > SHOWN else None,
        "never": NEVER_UNDONE,
    }


def detail_view(detail: DecisionDetail, *, everything: bool = False) -> dict[str, Any]:
    """Return what the page of a decision shows: rows by the alliance or firm that they belong to.

    An import brings rows of many fields: at first there are a few, then all that the detail has.
    """
    rows = detail.rows if everything else detail.rows[:ROWS]
    groups: dict[tuple[str, str], list[RowDetail]] = {}
    for row in rows:
        about = ABOUT.get(row.entity, "alliance")
        key = row.key[0] if about != "study" else " / ".join(row.key)
        groups.setdefault((about, key), []).append(row)
    changed = [Changed(key, about, key, tuple(rows)) for (about, key), rows in groups.items()]
    return {
        "decision": detail.decision,
        "changed": changed,
        "shown": len(rows),
        "more": len(detail.rows) - len(rows),
        "total": detail.total,
        "never": NEVER_UNDONE,
    }


ABOUT = {
    "firm": "firm",
    "setting": "study",
    "acceptance": "study",
    **dict.fromkeys(
        ("record", "match", "choice", "screening", "resolution", "record_note", "passage"), "record"
    ),
}
"""Table -> what its rows are about: themselves, or what their keys begin with; those of others, an alliance."""


@router.get("/log")
def log(
    request: Request,
    bench: Bench,
    before: Before = None,
    who: Annotated[str, Query(max_length=200)] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show what was decided, newest first."""
    history = bench.study.history
    found = history.page(before=before, who=who or None, kind=kind or None, limit=SHOWN + 1)
    content = view(found, history.people(), who=who, kind=kind, before=before)
    return page(request, "log.html", **content)


@router.get("/log/{number}")
def decision(
    request: Request,
    bench: Bench,
    now: Now,
    me: Person,
    number: int,
    rows: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """Show what a decision changed, field by field."""
    if not 0 < number < LARGEST or bench.study.history.get(number) is None:
        raise UnknownName("decision", str(number), [])
    told = told_to(bench.study.history.detail(number), now, bench.study, me)
    content = detail_view(told, everything=rows == "all")
    return page(request, "decision.html", **content)


@router.post("/undo")
def undo(request: Request, bench: Bench, who: Person, sent: SentForm) -> Response:
    """Take a decision back: the latest, or one alone."""
    done = bench.study.history.undo(
        who=who, why=sent.why, decision=number_of(sent, "decision"), expect=number_of(sent, "expect")
    )
    return saved(back(request, bench), done)


@router.post("/redo")
def redo(request: Request, bench: Bench, who: Person, sent: SentForm) -> Response:
    """Bring a decision back."""
    done = bench.study.history.redo(
        who=who, why=sent.why, decision=number_of(sent, "decision"), expect=number_of(sent, "expect")
    )
    return saved(back(request, bench), done)


def number_of(sent: Sent, name: str) -> int | None:
    """Return the number of a decision that a form names; None if it names none."""
    text = sent.get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise UsageError(f"'{text[:20]}' is no number of a decision.")
    return int(text)


def back(request: Request, bench: Workbench) -> str:
    """Return the page that a form was sent from, or the table where what it showed is gone."""
    address = came_from(request)
    if address in ("/undo", "/redo"):  # the page that said why it could not be done
        return "/log"
    parts = address.partition("?")[0].split("/")
    if parts[1:3] == ["literature", "works"] and len(parts) > 3:
        from constellary.literature.works import work_of

        known = work_of(bench.study.literature.review())
        return address if name_of(unquote(parts[3])) in known else "/literature/records"
    if len(parts) < 3 or parts[1] not in ("alliances", "firms"):
        return address
    try:
        bench.study.record(parts[1], name_of(unquote(parts[2])))
    except UnknownName:
        return f"/{parts[1]}"
    return address
