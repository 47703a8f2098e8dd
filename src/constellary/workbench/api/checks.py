"""API: what the checks find, and which of it is accepted."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body

from constellary.workbench.needs import Bench, Now, Person
from constellary.workbench.pages.checks import found_among
from constellary.workbench.portraits.findings import checked

router = APIRouter(prefix="/api/v1", tags=["checks"])

Text = Annotated[str, Body(max_length=2_000)]


@router.get("/checks")
def get_checks(now: Now, bench: Bench) -> list[dict[str, Any]]:
    """Return every finding with its subject; `accepted` has by whom and why, or is null."""
    accepted = {(one.check, one.subject): one for one in bench.study.acceptances.all()}
    return [
        {
            "check": one.check,
            "subject": one.subject,
            "weight": one.weight,
            "message": one.message,
            "alliances": list(one.alliances),
            "firms": list(one.firms),
            "accepted": {"who": kept.who, "why": kept.why}
            if (kept := accepted.get((one.check, one.subject)))
            else None,
        }
        for one in checked(now).result()
    ]


@router.post("/checks/accept")
def post_accept(now: Now, bench: Bench, who: Person, check: Text, subject: Text, why: Text) -> dict[str, Any]:
    """Accept a finding with a reason; the answer is the number of the decision."""
    return {"decision": bench.study.acceptances.accept(found_among(now, check, subject), who=who, why=why).id}


@router.post("/checks/withdraw")
def post_withdraw(bench: Bench, who: Person, check: Text, subject: Text) -> dict[str, Any]:
    """Take an acceptance back; the answer is the number of the decision."""
    return {"decision": bench.study.acceptances.withdraw(check, subject, who=who).id}
