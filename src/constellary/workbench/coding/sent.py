"""Codes as a form or the API sends them, and keeping them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from constellary.coding.compared import SETTLED
from constellary.errors import InputError, UnknownName
from constellary.workbench.coding.desk import MISSING, answers_of, queue_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.coding.plan import Plan
    from constellary.study.decisions import Decision
    from constellary.workbench.coding.desk import Asked
    from constellary.workbench.moments import Moment
    from constellary.workbench.workbench import Workbench

VALUE = "v."
UNSURE = "unsure."


@dataclass(frozen=True, slots=True)
class Codes:
    """What a coder says of a unit.

    Attributes
    ----------
    values
        Variable -> values; empty: coded as missing. What is not here stays as it is.
    unsure
        The variables that the coder doubts.
    note
        The note; None: stays as it is.
    """

    values: Mapping[str, tuple[str, ...]]
    unsure: frozenset[str] = field(default_factory=frozenset)
    note: str | None = None


def read_codes(pairs: Sequence[tuple[str, str]], plan: Plan) -> Codes:
    """Return what a form says of the plan's variables.

    Examples
    --------
    >>> from constellary.coding.plan import Plan
    >>> read_codes([("v.form", "~missing"), ("unsure.form", "1"), ("v.other", "x")], Plan(("form",))).values
    {'form': ()}
    """
    values: dict[str, tuple[str, ...]] = {}
    for name in plan.variables:
        given = [value for key, value in pairs if key == VALUE + name and value]
        if given:
            values[name] = () if MISSING in given else tuple(dict.fromkeys(given))
    unsure = frozenset(name for name in plan.variables if any(key == UNSURE + name for key, _ in pairs))
    return Codes(values, unsure, next((value for key, value in pairs if key == "note"), None))


def changed(codes: Codes, before: Sequence[Asked]) -> Codes:
    """Return those of the codes that say something new; doubt alone is new too."""
    old = {one.question.name: one for one in before}
    values = {
        name: given
        for name, given in codes.values.items()
        if set(old[name].values) != set(given or (MISSING,)) or old[name].unsure != (name in codes.unsure)
    }
    return Codes(values, codes.unsure, codes.note)


def keep(bench: Workbench, moment: Moment, plan: Plan, who: str, key: str, codes: Codes) -> Decision | None:
    """Keep what a coder says of a unit; return the last decision, None if nothing is new.

    Raises
    ------
    UnknownName
        If the alliance is not among those that this coder codes, or a variable is not coded.
    InputError
        If a value does not fit the codebook, or the name is that of settled values.
    """
    if who == SETTLED:
        raise InputError(f"'{SETTLED}' is the name of settled values; code under a name of your own.")
    if key not in queue_for(moment, plan, who).places:
        raise UnknownName(f"unit for {who} to code", key, [])
    for name in codes.values:
        if name not in plan.variables:
            raise UnknownName("variable to code", name, list(plan.variables))
    new = changed(codes, answers_of(moment.codebook, plan, bench.study.codings.given(key, who)))
    several = {item.name for item in moment.codebook.variables if item.kind == "multiple"}
    put = None
    if new.values:  # before the note: what is refused leaves nothing
        values = {name: _stored(given, many=name in several) for name, given in new.values.items()}
        sure = {name: name not in new.unsure for name in values}
        put = bench.study.codings.put(key, who, values, sure, who=who)
    noted = None if new.note is None else bench.study.codings.note(key, who, new.note)
    return noted or put


def _stored(given: tuple[str, ...], *, many: bool) -> str | list[str] | None:
    if not given:
        return None
    if not many and len(given) > 1:
        raise InputError(f"One answer is wanted, not {len(given)}: {', '.join(given)[:200]}.")
    return list(given) if many else given[0]
