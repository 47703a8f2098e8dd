"""API: the study as a whole, and its codebook."""

from __future__ import annotations

from fastapi import APIRouter

from constellary.study.codebook import Grouping, Variable
from constellary.workbench.api.models import CategoryAnswer, CodebookAnswer, StudyAnswer, VariableAnswer
from constellary.workbench.needs import Bench, Now

router = APIRouter(prefix="/api/v1", tags=["study"])


@router.get("/study", description="Title, counts and period of the study, as of its latest decision.")
def study(now: Now, bench: Bench) -> StudyAnswer:
    """Return the study as a whole."""
    frames = now.frames
    dates = frames.alliances["announced"].drop_nulls()
    return StudyAnswer(
        title=now.codebook.title,
        file=bench.study.path.name,
        codebook=now.codebook.name,
        decision=now.number,
        period=now.codebook.period,
        announced=(str(dates.min()), str(dates.max())) if dates.len() else (None, None),
        alliances=frames.alliances.height,
        firms=frames.firms.height,
        signing=frames.partners["firm"].n_unique(),
        sources=frames.sources.height,
        codings=frames.codings.height,
    )


@router.get("/codebook", description="Variables, their categories with label and rule, and groupings.")
def codebook(now: Now) -> CodebookAnswer:
    """Return the codebook."""
    book = now.codebook
    return CodebookAnswer(
        name=book.name,
        title=book.title,
        period=book.period,
        partners=book.partners,
        variables=[_variable(item) for item in book.variables],
        groupings=[_variable(item) for item in book.groupings],
        limits=list(book.limits),
    )


def _variable(item: Variable | Grouping) -> VariableAnswer:
    grouping = item if isinstance(item, Grouping) else None
    return VariableAnswer(
        name=item.name,
        level=item.level,
        kind=item.kind,
        label=item.label,
        question=item.question,
        categories=[
            CategoryAnswer(value=one.value, label=one.label, rule=one.rule) for one in item.categories
        ],
        of=grouping.of if grouping else None,
        method=grouping.method if grouping else None,
    )
