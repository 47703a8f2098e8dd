"""Disagreements side by side: who gave which category with which rule, and what was settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from constellary.coding.compared import SETTLED, compared
from constellary.coding.pairs import pairs_of
from constellary.coding.questions import questions_of
from constellary.coding.units import unit_of
from constellary.errors import UsageError
from constellary.workbench.coding.desk import MISSING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from constellary.coding.plan import Plan
    from constellary.coding.questions import Question
    from constellary.coding.units import Unit
    from constellary.study.codings import Adjudication, Note
    from constellary.workbench.moments import Moment

SHOWN = 10
STATES = {"open": "Open", "settled": "Settled", "all": "All"}
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Ask:
    """Which disagreements are wanted: of a variable, of a pair of coders, open or settled ones, from which on."""

    variable: str = ""
    first: str = ""
    second: str = ""
    state: str = "open"
    start: int = 0

    @property
    def pairs(self) -> list[tuple[str, str | int]]:
        """As the pairs of an address, the start left out."""
        state = "" if self.state == "open" else self.state
        named = {"variable": self.variable, "first": self.first, "second": self.second, "state": state}
        return [(name, value) for name, value in named.items() if value]


@dataclass(frozen=True, slots=True)
class Given:
    """What one coder gave: None as missing; and whether the coder doubts it."""

    coder: str
    value: str | None
    unsure: bool


@dataclass(frozen=True, slots=True)
class Settlement:
    """What was settled: the value (None: missing), and by whom and why, where it is known."""

    value: str | None
    who: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Dispute:
    """One variable of an alliance on which its coders differ.

    Attributes
    ----------
    unit, question
        What was coded, and what was asked.
    given
        What each coder gave, by name.
    notes
        Their notes on the alliance.
    settled
        None: still open.
    own
        Whether who looks is one of the coders.
    """

    unit: Unit
    question: Question
    given: tuple[Given, ...]
    notes: tuple[Note, ...]
    settled: Settlement | None
    own: bool

    def by(self, value: str | None) -> list[Given]:
        """Return who gave a value; of several choices, who gave it among others."""
        if value is None or not self.question.several:
            return [one for one in self.given if one.value == value]
        return [one for one in self.given if one.value and value in one.value.split(";")]

    @property
    def chosen(self) -> tuple[str, ...]:
        """The values that were settled on; `~missing` alone where it cannot be told; empty: still open."""
        if self.settled is None:
            return ()
        if self.settled.value is None:
            return (MISSING,)
        return tuple(self.settled.value.split(";")) if self.question.several else (self.settled.value,)

    @property
    def chosen_label(self) -> str:
        """What was settled on, in words."""
        labels = {choice.value: choice.label for choice in self.question.choices} | {
            MISSING: "cannot be told"
        }
        return ", ".join(labels.get(value, value) for value in self.chosen)


def settlements(moment: Moment, adjudications: Iterable[Adjudication]) -> dict[Cell, Settlement]:
    """Return (alliance, variable) -> what was settled: here, or before the data came."""
    old = moment.frames.codings.filter(pl.col("coder") == SETTLED)
    found = {
        (alliance, variable): Settlement(value)
        for alliance, variable, value in old.select("alliance", "variable", "value").iter_rows()
    }
    new = {(one.alliance, one.variable): Settlement(one.value, one.who, one.why) for one in adjudications}
    return found | new


def side_by_side(moment: Moment, plan: Plan) -> pl.DataFrame:
    """Return the codes of two or more coders on the plan's variables, remembered; see `compared`."""
    return moment.memory.get(("compared", plan.variables), lambda: compared(moment.frames, plan.variables))


def view(
    moment: Moment,
    plan: Plan,
    ask: Ask,
    *,
    adjudications: Sequence[Adjudication],
    notes: Sequence[Note],
    hidden: AbstractSet[Cell],
    who: str,
) -> dict[str, Any]:
    """Return what the page of disagreements shows.

    Parameters
    ----------
    hidden
        (alliance, variable) that who looks has yet to code; they are counted and not shown.

    Raises
    ------
    UsageError
        If what is asked for cannot be meant.
    """
    if ask.state not in STATES:
        raise UsageError(f"Disagreements are {', '.join(STATES)}; not '{ask.state}'.")
    settled = settlements(moment, adjudications)
    table = side_by_side(moment, plan)
    cells = [
        (row["alliance"], row["variable"], tuple(zip(row["coders"], row["values"], row["sure"], strict=True)))
        for row in table.filter("differ").iter_rows(named=True)
        if _meant(ask, row)
    ]
    seen = [one for one in cells if one[:2] not in hidden]
    counts = {
        "open": sum(one[:2] not in settled for one in seen),
        "settled": sum(one[:2] in settled for one in seen),
        "all": len(seen),
    }
    wanted = [one for one in seen if ask.state == "all" or (one[:2] in settled) == (ask.state == "settled")]
    start = min(ask.start, max(len(wanted) - 1, 0) // SHOWN * SHOWN)
    shown = wanted[start : start + SHOWN]
    questions = {one.name: one for one in questions_of(moment.codebook, plan.variables)}
    return {
        "disputes": [
            Dispute(
                unit_of(moment.frames, alliance),
                questions[variable],
                tuple(Given(coder, value, sure is False) for coder, value, sure in given),
                tuple(one for one in notes if one.alliance == alliance),
                settled.get((alliance, variable)),
                any(coder == who for coder, _, _ in given),
            )
            for alliance, variable, given in shown
        ],
        "ask": ask,
        "states": STATES,
        "counts": counts,
        "hidden": len(cells) - len(seen),
        "first": start + 1,
        "last": start + len(shown),
        "total": len(wanted),
        "variables": list(questions.values()),
        "coder_pairs": pairs_of(table),
        "step": SHOWN,
    }


def _meant(ask: Ask, row: dict[str, Any]) -> bool:
    if ask.variable and row["variable"] != ask.variable:
        return False
    if not (ask.first and ask.second):
        return True
    given = dict(zip(row["coders"], row["values"], strict=True))
    return ask.first in given and ask.second in given and given[ask.first] != given[ask.second]
