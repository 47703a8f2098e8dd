"""The flow of a review and the agreement of its screeners by the API."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from constellary.workbench.needs import Bench

router = APIRouter(prefix="/api/v1/literature", tags=["literature"])


@router.get("/flow")
def flow(bench: Bench) -> dict[str, Any]:
    """Return the numbers of the flow by box, with the ids behind each, and remarks."""
    from constellary.literature.flow import flow as counted

    found = counted(bench.study.literature.review())
    return {
        **found.numbers(),
        "evidence": {one.box: list(one.evidence) for one in found.counts()},
        "remarks": list(found.remarks),
    }


@router.get("/agreement")
def agreement(bench: Bench) -> dict[str, Any]:
    """Return how far screeners agree, stage by stage and pair by pair, from what each said at first."""
    from constellary.literature.agreement import screeners_agreement

    found = screeners_agreement(bench.study.literature.review())
    return {**found.numbers(), "remarks": list(found.remarks)}
