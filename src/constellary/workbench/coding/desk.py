"""A coder's desk: the plan and the queues of a moment, and one unit with its questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary.coding.blindness import hides
from constellary.coding.plan import SETTING, Plan, read_plan
from constellary.coding.questions import questions_of
from constellary.coding.queue import Queue, queue_of
from constellary.coding.units import unit_of
from constellary.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.coding.blindness import Hidden
    from constellary.coding.questions import Question
    from constellary.study.codebook import Codebook
    from constellary.study.study import Study
    from constellary.workbench.moments import Moment

Given = tuple[str | None, bool | None]
MISSING = "~missing"
"""What a form sends where a coder says that the sources do not tell."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the answer that its coder gave before.

    Attributes
    ----------
    question
        What is asked.
    values
        What is chosen: values, or `~missing` alone; empty: not answered yet.
    unsure
        Whether the coder doubts it.
    """

    question: Question
    values: tuple[str, ...] = ()
    unsure: bool = False

    @property
    def answered(self) -> bool:
        """Whether there is an answer, that it cannot be told included."""
        return bool(self.values)


def plan_of(moment: Moment, study: Study) -> Plan:
    """Return the plan of the coding, remembered.

    Raises
    ------
    InputError
        If the study keeps a plan that cannot be read.
    """
    return moment.memory.get(SETTING, lambda: read_plan(study.setting(SETTING), moment.codebook))


def queue_for(moment: Moment, plan: Plan, who: str) -> Queue:
    """Return a coder's queue, remembered."""
    return moment.memory.get(("queue", plan, who), lambda: queue_of(moment.frames, plan, who))


def hidden_from(moment: Moment, plan: Plan, who: str) -> Hidden:
    """Return the (alliance, variable) whose codes somebody must not see yet, remembered."""
    return moment.memory.get(("hidden", plan, who), lambda: hides(moment.frames, plan, who))


def answers_of(codebook: Codebook, plan: Plan, given: Mapping[str, Given]) -> tuple[Asked, ...]:
    """Return the plan's questions with what one coder answered for an alliance.

    Parameters
    ----------
    given
        Variable -> value (None: as missing) and whether sure, of that coder alone.
    """
    found = []
    for question in questions_of(codebook, plan.variables):
        if question.name not in given:
            found.append(Asked(question))
            continue
        value, sure = given[question.name]
        parts = () if value is None else tuple(value.split(";")) if question.several else (value,)
        found.append(Asked(question, parts or (MISSING,), sure is False))
    return tuple(found)


def unit_view(moment: Moment, study: Study, plan: Plan, who: str, key: str) -> dict[str, Any]:
    """Return what a coder sees of one unit: the alliance without codes, the questions, the own answers and note.

    Those are read as they are now; the rest may be of a moment ago.

    Raises
    ------
    UnknownName
        If there is no such alliance, or it is not among those that this coder codes.
    """
    queue = queue_for(moment, plan, who)
    unit = unit_of(moment.frames, key)
    if key not in queue.places:
        raise UnknownName(f"unit for {who} to code", key, queue.units[:1])
    given = study.codings.given(key, who)
    asked = answers_of(moment.codebook, plan, given)
    queue = queue.with_answers(key, frozenset(given))
    return {
        "unit": unit,
        "asked": asked,
        "active": next((one.question.name for one in asked if not one.answered), asked[0].question.name),
        "note": next((one.text for one in study.codings.notes(who, key)), ""),
        "next": queue.next(key),
        "before": queue.before(key),
        "progress": progress_of(queue),
        "left": len(queue.left(key)),
    }


def progress_of(queue: Queue) -> dict[str, Any]:
    """Return how far a coder is: `done` of `total` units, and `begun` ones."""
    return {"done": queue.done, "total": len(queue.units), "begun": queue.begun}
