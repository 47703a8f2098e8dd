"""What is kept back of the screening from somebody who may still have to decide, on pages that are not its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from constellary.literature.screening import standing_of
from constellary.literature.works import work_of
from constellary.workbench.review.desk import at_stage
from constellary.workbench.review.told import is_open

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constellary.literature.review import Review
    from constellary.study.decision_detail import DecisionDetail, RowDetail

KEPT = frozenset({"screening", "record_note"})
"""Tables that tell what a screener decided or noted: their rows begin with the record."""


def may_see(row: RowDetail, review: Review, who: str) -> bool:
    """Return whether somebody may see a row of the history: their own, and what is open to nobody any more.

    What cannot be placed, as the record is gone or has not reached the stage, stays hidden.
    """
    if row.entity not in KEPT or row.key[-1] == who:
        return True
    standing = standing_of(review).get(work_of(review).get(row.key[0], ""))
    if standing is None:
        return False
    if row.entity == "record_note":
        return not is_open(standing)
    here = at_stage(standing, row.key[1])
    return here is not None and here.outcome != "open"


def seen_history(history: Iterable[DecisionDetail], review: Review, who: str) -> list[DecisionDetail]:
    """Return decisions with those of their rows that somebody may see; those without any are left out."""
    shown = [replace(entry, rows=seen_rows(entry.rows, review, who)) for entry in history]
    return [entry for entry in shown if entry.rows]


def seen_rows(rows: Iterable[RowDetail], review: Review, who: str) -> tuple[RowDetail, ...]:
    """Return those rows that somebody may see."""
    return tuple(row for row in rows if may_see(row, review, who))
