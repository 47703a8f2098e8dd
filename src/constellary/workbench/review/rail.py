"""What the rail says of the literature: how much there is, and how much waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.errors import ConstellaryError
from constellary.literature.screening import conflicts
from constellary.workbench.review.duplicates import questions_of

if TYPE_CHECKING:
    from constellary.study.study import Study

BEGUN = frozenset(
    f"literature/{name}"
    for name in ("records", "duplicates", "screening", "conflicts", "taxonomy", "synthesis")
)
"""Pages that have nothing to show before there is a protocol, a record or a taxonomy."""


def rail_of(study: Study) -> tuple[dict[str, int], frozenset[str]]:
    """Return path -> how many things a page holds, and the pages that are left out as nothing has begun.

    A review that cannot be read has no counts; its own page says why.
    """
    try:
        if not study.literature.any():
            return {}, BEGUN
        review = study.literature.review()
        kept = review.memory.get("rail")
        if kept is None:
            waiting = {"duplicates": len(questions_of(review)), "conflicts": len(conflicts(review))}
            counts = {f"literature/{name}": number for name, number in waiting.items() if number}
            review.memory["rail"] = kept = {"literature/records": len(review.records), **counts}
    except ConstellaryError:
        return {}, frozenset()
    return kept, frozenset()  # type: ignore[return-value]
