"""What is kept back from somebody who has yet to code an alliance, on pages that are not those of coding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from constellary.coding.plan import default_plan
from constellary.errors import InputError
from constellary.workbench.coding.desk import hidden_from, plan_of
from constellary.workbench.review.kept_back import KEPT as SCREENED
from constellary.workbench.review.kept_back import seen_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constellary.study.decision_detail import DecisionDetail, RowDetail
    from constellary.study.study import Study
    from constellary.workbench.moments import Moment


def kept_back(moment: Moment, study: Study, who: str, key: str) -> frozenset[str]:
    """Return the variables of an alliance whose codes somebody must not see yet.

    A plan that cannot be read hides as the default does: it must not open what was hidden.
    """
    try:
        plan = plan_of(moment, study)
    except InputError:
        plan = default_plan(moment.codebook)
    return hidden_from(moment, plan, who).of(key)


def without_codes(history: Iterable[DecisionDetail], hidden: frozenset[str]) -> list[DecisionDetail]:
    """Return what was decided about an alliance without what was settled of its hidden variables.

    A decision that settled one is left out whole: its reason, and the alliance's new code, would tell it too.
    """
    return [
        entry
        for entry in history
        if not any(row.entity == "adjudication" and row.key[1] in hidden for row in entry.rows)
    ]


def told_to(detail: DecisionDetail, moment: Moment, study: Study, who: str) -> DecisionDetail:
    """Return a decision without what others coded, noted, settled or screened and somebody must not see yet."""
    keys = {row.key[0] for row in detail.rows if row.entity in KEPT}
    hidden = {key: kept_back(moment, study, who, key) for key in keys}

    def may_see(row: RowDetail) -> bool:
        if row.entity == "coding":
            return row.key[2] == who or row.key[1] not in hidden[row.key[0]]
        if row.entity == "adjudication":
            return row.key[1] not in hidden[row.key[0]]
        if row.entity == "note":
            return row.key[1] == who or not hidden[row.key[0]]
        return True

    rows = tuple(row for row in detail.rows if may_see(row))
    if any(row.entity in SCREENED for row in rows):
        rows = seen_rows(rows, study.literature.review(), who)
    return replace(detail, rows=rows)


KEPT = frozenset({"coding", "adjudication", "note"})
"""Tables that tell what somebody coded: their rows begin with the alliance."""
