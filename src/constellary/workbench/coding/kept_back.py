"""What is kept back from somebody who has yet to code an alliance, on pages that are not those of coding."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from constellary.coding.plan import default_plan
from constellary.errors import InputError
from constellary.study.codings import KIND
from constellary.workbench.coding.desk import hidden_from, plan_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constellary.study.decision_detail import DecisionDetail
    from constellary.study.study import Study
    from constellary.workbench.moments import Moment

BY_CODERS = ("coding", "adjudication")


def kept_back(moment: Moment, study: Study, who: str, key: str) -> frozenset[str]:
    """Return the variables of an alliance whose codes somebody must not see yet.

    A plan that cannot be read hides as the default does: it must not open what was hidden.
    """
    try:
        plan = plan_of(moment, study)
    except InputError:
        plan = default_plan(moment.codebook)
    return frozenset(name for alliance, name in hidden_from(moment, plan, who) if alliance == key)


def without_codes(
    history: Iterable[DecisionDetail], hidden: frozenset[str], who: str
) -> list[DecisionDetail]:
    """Return what was decided about an alliance without other people's codes of hidden variables and their notes."""
    if not hidden:
        return list(history)
    found = []
    for entry in history:
        rows = tuple(
            row
            for row in entry.rows
            if row.entity not in (*BY_CODERS, "note")
            or (len(row.key) > 1 and row.entity in BY_CODERS and row.key[1] not in hidden)
            or (row.entity != "adjudication" and row.key[-1] == who)
        )
        # The reason of a decision about codes, and the alliance's own new code, would tell them.
        if len(rows) == len(entry.rows) or (rows and entry.decision.kind != KIND):
            found.append(replace(entry, rows=rows))
    return found
