"""Duplicates by the API: what is held of pairs of records, the open questions, and answers to them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from constellary.literature.matching import RULES
from constellary.study.editing import LONGEST
from constellary.workbench.needs import Bench, Person
from constellary.workbench.review import duplicates

router = APIRouter(prefix="/api/v1/literature", tags=["literature"])
Text = Annotated[str, Field(max_length=LONGEST)]


class AnswerBody(BaseModel):
    """What somebody says of two records."""

    model_config = ConfigDict(extra="forbid")
    first: Text
    second: Text
    verdict: Literal["same", "apart"]
    why: Text = ""


@router.get("/matches")
def matches(bench: Bench) -> dict[str, Any]:
    """Return what is held of pairs of records, the open questions, and the records of works of several."""
    review = bench.study.literature.review()
    return {
        "matches": [one._asdict() for one in review.matches],
        "questions": [one._asdict() for one in duplicates.questions_of(review)],
        "groups": [
            {"work": group.work.id, "records": [record.id for record in group.work.records]}
            for group in duplicates.groups_of(review)
        ],
    }


@router.post("/matches")
def answer(bench: Bench, who: Person, body: AnswerBody) -> dict[str, Any]:
    """Say that two records are the same work, or are not; the answer is the number of the decision."""
    literature = bench.study.literature
    held = duplicates.answer(literature.review(), body.first, body.second, body.verdict, who, body.why)
    said = "the same work" if body.verdict == "same" else "two works"
    decision = literature.match(
        held, who=who, why=body.why, summary=f"{body.first} and {body.second}: {said}"
    )
    return {"decision": decision.id if decision else None}


@router.post("/matches/find")
def find(bench: Bench) -> dict[str, Any]:
    """Have the rules compare what is new; the answer says how many they merged and ask about."""
    literature = bench.study.literature
    found = duplicates.fresh(literature.review()).result()
    decision = literature.match(found.all, who=RULES, summary=duplicates.found_said(found))
    return {
        "decision": decision.id if decision else None,
        "same": len(found.same),
        "ask": len(found.ask),
        "compared": found.compared,
    }
