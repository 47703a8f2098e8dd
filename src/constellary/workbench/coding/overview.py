"""The overview of the coding: how far each coder is, what they disagree on, what could be taken over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from constellary.coding.compared import SETTLED, agreed
from constellary.workbench.coding.desk import queue_for
from constellary.workbench.coding.disagreements import settlements, side_by_side

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from constellary.coding.plan import Plan
    from constellary.study.codings import Adjudication
    from constellary.workbench.moments import Moment


@dataclass(frozen=True, slots=True)
class CoderProgress:
    """How far a coder is: units done of all theirs, units begun, and units by variable in the plan's order."""

    coder: str
    done: int
    begun: int
    total: int
    by_variable: tuple[int, ...]


def coders_here(moment: Moment, plan: Plan) -> list[str]:
    """Return who codes: those whom the plan names, in its order, then whoever else has coded, by name."""
    seen = moment.frames.codings["coder"].unique().sort().to_list()
    return [*plan.coders, *(name for name in seen if name not in plan.coders and name != SETTLED)]


def view(
    moment: Moment,
    plan: Plan,
    *,
    adjudications: Sequence[Adjudication],
    hidden: AbstractSet[tuple[str, str]],
    who: str,
) -> dict[str, Any]:
    """Return what the overview shows; of what is `hidden` from who looks nothing is counted."""
    labels = moment.codebook
    table = side_by_side(moment, plan)
    settled = settlements(moment, adjudications)
    cells = [
        cell
        for cell in table.filter("differ").select("alliance", "variable").iter_rows()
        if cell not in hidden
    ]
    queue = queue_for(moment, plan, who)
    return {
        "plan": plan,
        "variables": [labels.label(name) for name in plan.variables],
        "coders": [_progress(moment, plan, name) for name in coders_here(moment, plan)],
        "mine": {"done": queue.done, "begun": queue.begun, "total": len(queue.units)},
        "named": not plan.coders or who in plan.coders,
        "disputed": len(cells),
        "open": sum(cell not in settled for cell in cells),
        "agreed": len(to_take(moment, plan, settled, hidden)),
        "units": moment.frames.alliances.height,
    }


def agreed_table(moment: Moment, plan: Plan) -> pl.DataFrame:
    """Return what coders agree on, remembered; see `agreed`."""
    return moment.memory.get(
        ("agreed", plan.variables), lambda: agreed(moment.frames, side_by_side(moment, plan))
    )


def to_take(
    moment: Moment,
    plan: Plan,
    settled: Mapping[tuple[str, str], object],
    hidden: AbstractSet[tuple[str, str]],
) -> list[dict[str, Any]]:
    """Return the rows of `agreed` that can be taken over: another code than the alliance's own, and not settled."""
    rows = agreed_table(moment, plan).filter(~pl.col("same")).to_dicts()
    cells = [((row["alliance"], row["variable"]), row) for row in rows]
    return [row for cell, row in cells if cell not in settled and cell not in hidden]


def agreed_view(
    moment: Moment, plan: Plan, *, adjudications: Sequence[Adjudication], hidden: AbstractSet[tuple[str, str]]
) -> dict[str, Any]:
    """Return what can be taken over from coders who agree: `fresh` (no code yet) and `other` (another code)."""
    settled = settlements(moment, adjudications)
    table = agreed_table(moment, plan)
    same = int(table["same"].sum())
    others = table.filter(~pl.col("same")).select("alliance", "variable").rows()
    open_ = to_take(moment, plan, settled, hidden)
    names = dict(moment.frames.alliances.select("id", "name").iter_rows())
    for_page = [row | {"name": names[row["alliance"]] or row["alliance"]} for row in open_]
    return {
        "fresh": [row for row in for_page if row["own"] is None],
        "other": [row for row in for_page if row["own"] is not None],
        "same": same,
        "settled": sum(cell in settled for cell in others),
        "labels": {name: moment.codebook.label(name) for name in plan.variables},
        "values": {name: moment.codebook.labels(name) for name in plan.variables},
    }


def _progress(moment: Moment, plan: Plan, coder: str) -> CoderProgress:
    queue = queue_for(moment, plan, coder)
    if not queue.units:  # somebody whom the plan does not name: what they did shows nevertheless
        own = moment.frames.codings.filter(pl.col("coder") == coder)
        counts = dict(own.group_by("variable").len().iter_rows())
        return CoderProgress(
            coder, 0, own["alliance"].n_unique(), 0, tuple(counts.get(name, 0) for name in plan.variables)
        )
    return CoderProgress(
        coder, queue.done, queue.begun, len(queue.units), tuple(queue.given(name) for name in plan.variables)
    )
