"""The checks: what may be wrong in the study, with a way to mend each finding or to accept it with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from constellary.errors import InputError
from constellary.report.prose import plural
from constellary.workbench.answers import page
from constellary.workbench.background import ready
from constellary.workbench.links import LiveLinks
from constellary.workbench.mends import Mend, mends
from constellary.workbench.needs import Bench, Now, Person
from constellary.workbench.portraits.findings import checked
from constellary.workbench.saved import saved

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.study.acceptances import Acceptance
    from constellary.study.checks import Finding
    from constellary.workbench.links import Links
    from constellary.workbench.moments import Moment

router = APIRouter(include_in_schema=False)
SHOWN = 25
"""Findings of a kind before the rest is folded."""
MOST = 2_000
"""Findings of a kind that one page holds at most."""
NOTHING: dict[str, Any] = {"groups": [], "settled": [], "said": "The checks are running."}


@dataclass(frozen=True, slots=True)
class Item:
    """A finding with what can be done about it."""

    check: str
    subject: str
    message: str
    alliances: tuple[str, ...]
    firms: tuple[str, ...]
    mends: tuple[Mend, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The open findings of one check: those shown, how many there are, and how many are folded."""

    check: str
    title: str
    weight: str
    items: tuple[Item, ...]
    open: int
    rest: int
    all: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """A finding that was accepted, with by whom and why."""

    check: str
    subject: str
    message: str
    who: str
    why: str


def view(
    found: Sequence[Finding],
    accepted: Mapping[tuple[str, str], Acceptance],
    link: Links,
    *,
    unfolded: str = "",
) -> dict[str, Any]:
    """Return what the page shows: open findings by check, errors first, and what was accepted.

    Parameters
    ----------
    found
        Findings, check by check.
    accepted
        (check, subject) -> acceptance.
    link
        Gives addresses.
    unfolded
        The check of which all findings are shown.
    """
    ordered = sorted(found, key=lambda one: one.weight != "error")
    # A subject is written anew whenever it is asked for; of checks of which nothing was accepted, none is needed.
    touched = {check for check, _ in accepted}
    met = [accepted.get((one.check, one.subject)) if one.check in touched else None for one in ordered]
    still = [one for one, kept in zip(ordered, met, strict=True) if kept is None]
    groups = [
        _group(check, list(members), link, everything=check == unfolded)
        for check, members in groupby(still, key=lambda one: one.check)
    ]
    errors = sum(one.weight == "error" for one in still)
    doubts = len(still) - errors
    settled = [
        Settled(one.check, one.subject, one.message, kept.who, kept.why)
        for one, kept in zip(ordered, met, strict=True)
        if kept is not None
    ]
    said = f"{plural(errors, 'error')}, {plural(doubts, 'doubt')}, {len(settled):,} accepted"
    return {"groups": groups, "settled": settled, "said": said}


def _group(check: str, members: list[Finding], link: Links, *, everything: bool) -> Group:
    shown = members[: MOST if everything else SHOWN]
    items = tuple(
        Item(one.check, one.subject, one.message, one.alliances, one.firms, tuple(mends(one, link)))
        for one in shown
    )
    title = check.replace("-", " ").capitalize()
    return Group(check, title, members[0].weight, items, len(members), len(members) - len(shown), everything)


@router.get("/checks")
def checks(request: Request, now: Now, bench: Bench, kind: str = "") -> Response:
    """Show what the checks find."""
    promised = checked(now)
    if not ready(promised):
        return page(request, "checks.html", alliances=now.frames.alliances.height, computing=True, **NOTHING)
    accepted = {(one.check, one.subject): one for one in bench.study.acceptances.all()}
    content = view(promised.result(), accepted, LiveLinks({}), unfolded=kind)
    return page(request, "checks.html", alliances=now.frames.alliances.height, computing=False, **content)


@router.post("/checks/accept")
def accept(
    now: Now,
    bench: Bench,
    who: Person,
    check: Annotated[str, Form()],
    subject: Annotated[str, Form()],
    why: Annotated[str, Form(max_length=500)],
) -> RedirectResponse:
    """Accept a finding, with the reason."""
    decision = bench.study.acceptances.accept(found_among(now, check, subject), who=who, why=why)
    return saved(f"/checks#check-{check}", decision)


@router.post("/checks/withdraw")
def withdraw(
    bench: Bench, who: Person, check: Annotated[str, Form()], subject: Annotated[str, Form()]
) -> RedirectResponse:
    """Take an acceptance back."""
    return saved("/checks", bench.study.acceptances.withdraw(check, subject, who=who))


def found_among(moment: Moment, check: str, subject: str) -> Finding:
    """Return the finding of a check about a subject.

    Raises
    ------
    InputError
        If the checks do not find it (any more).
    """
    for one in checked(moment).result():
        if (one.check, one.subject) == (check, subject):
            return one
    raise InputError(
        "There is no such finding any more: the study was changed meanwhile. Load the page again."
    )
