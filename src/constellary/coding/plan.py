"""The plan of the coding: which variables, by whom, how many units by two people, and in which order.

Who codes what is read off a digest of seed, unit and coder. So it needs no list of its own, is the same
everywhere, and an alliance that is added later moves nobody's work.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal, get_args

from constellary.coding.questions import can_be_asked
from constellary.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.study.codebook import Codebook

SETTING = "coding_plan"
"""The name under which a study keeps its plan."""
SEED = 20240524
EVERY = "every"
Order = Literal["shuffled", "list"]


@dataclass(frozen=True, slots=True)
class Plan:
    """Who codes what.

    Attributes
    ----------
    variables
        What is coded, in the codebook's order.
    coders
        Who codes; empty: whoever begins.
    shared
        `every`: each coder codes each unit. Else how many units are coded by two of the coders, as a number
        (`150`) or a share (`20%`), drawn at random; the others are coded by one.
    order
        `shuffled`: each coder has an order of their own, so that fatigue does not strike the same units.
        `list`: that of the study.
    seed
        Of all draws.
    """

    variables: tuple[str, ...]
    coders: tuple[str, ...] = ()
    shared: str = EVERY
    order: Order = "shuffled"
    seed: int = SEED

    def units_of(self, units: Sequence[str], coder: str) -> tuple[str, ...]:
        """Return the units that a coder codes, in the order in which they are shown to this coder.

        Parameters
        ----------
        units
            All units of the study, in its order.
        coder
            Anybody; a plan with coders has nothing for others.

        Examples
        --------
        >>> plan = Plan(("form",), ("Ada", "Ben", "Cleo"), "2")
        >>> of = [plan.units_of(["a", "b", "c", "d"], coder) for coder in plan.coders]
        >>> sum(map(len, of))
        6
        """
        return _drawn_up(self, tuple(units), coder)

    def doubles(self, units: Sequence[str]) -> frozenset[str]:
        """Return the units that more than one person codes.

        Examples
        --------
        >>> len(Plan(("form",), ("Ada", "Ben"), "50%").doubles(["a", "b", "c", "d"]))
        2
        """
        if self.shared == EVERY:
            return frozenset(units)
        number = self.shared.removesuffix("%")
        wanted = round(len(units) * float(number) / 100) if self.shared.endswith("%") else int(number)
        drawn = sorted(units, key=lambda unit: (self._drawn("double", unit), unit))
        return frozenset(drawn[:wanted])

    def _assigned(self, unit: str, *, double: bool) -> list[str]:
        ranked = sorted(self.coders, key=lambda coder: (self._drawn("coder", unit, coder), coder))
        return ranked[: 2 if double else 1]

    def _drawn(self, *of: str) -> bytes:
        return blake2b("\x1f".join((str(self.seed), *of)).encode(), digest_size=8).digest()


@lru_cache(maxsize=16)
def _drawn_up(plan: Plan, units: tuple[str, ...], coder: str) -> tuple[str, ...]:
    """Return a coder's units in order. Kept: it stays the same from one coding to the next."""
    own = list(units)
    if plan.coders and plan.shared == EVERY:
        own = own if coder in plan.coders else []
    elif plan.coders:
        doubles = plan.doubles(units)
        own = [unit for unit in units if coder in plan._assigned(unit, double=unit in doubles)]
    if plan.order == "shuffled":
        own.sort(key=lambda unit: (plan._drawn("order", coder, unit), unit))
    return tuple(own)


def default_plan(codebook: Codebook) -> Plan:
    """Return the plan of a study that has none: whoever begins codes all single-choice variables of all units."""
    return Plan(tuple(variable.name for variable in can_be_asked(codebook) if variable.kind == "single"))


def checked_plan(plan: Plan, codebook: Codebook) -> Plan:
    """Return a plan with its variables in the codebook's order and its coders once each.

    Raises
    ------
    InputError
        If it cannot be carried out; all that is wrong at once.
    """
    known = [variable.name for variable in can_be_asked(codebook)]
    coders = tuple(dict.fromkeys(name for raw in plan.coders if (name := " ".join(raw.split()))))
    wrong = [f"'{name}' is no variable that can be coded." for name in plan.variables if name not in known]
    if not plan.variables:
        wrong.append("Nothing is coded without a variable.")
    if plan.order not in get_args(Order):
        wrong.append(f"The order is 'shuffled' or 'list', not '{plan.order}'.")
    if plan.shared != EVERY:
        wrong += _wrong_share(plan.shared, len(coders))
    if any(len(name) > 80 for name in coders) or len(coders) > 50:
        wrong.append("A plan names at most 50 coders of at most 80 letters each.")
    if wrong:
        raise InputError("\n".join(wrong))
    ordered = tuple(name for name in known if name in plan.variables)
    return Plan(ordered, coders, plan.shared, plan.order, plan.seed)


def _wrong_share(shared: str, coders: int) -> list[str]:
    number = shared.removesuffix("%")
    digits = number.replace(".", "", 1) if shared.endswith("%") else number
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        return [f"Coded by two: 'every', a number such as 150, or a share such as 20%; not '{shared[:40]}'."]
    if shared.endswith("%") and float(number) > 100:
        return ["A share is at most 100%."]
    if coders < 2:
        return ["To share units between coders, name two or more of them."]
    return []


def write_plan(plan: Plan) -> str:
    """Return a plan as the text that a study keeps."""
    content = {
        "variables": list(plan.variables),
        "coders": list(plan.coders),
        "shared": plan.shared,
        "order": plan.order,
        "seed": plan.seed,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def read_plan(text: str | None, codebook: Codebook) -> Plan:
    """Return the plan that a study keeps; None: the default.

    Raises
    ------
    InputError
        If the text is no plan, or does not fit the codebook.
    """
    if text is None:
        return default_plan(codebook)
    try:
        content = json.loads(text)
        plan = Plan(
            tuple(_texts(content["variables"])),
            tuple(_texts(content.get("coders", []))),
            str(content.get("shared", EVERY)),
            content.get("order", "shuffled"),
            int(content.get("seed", SEED)),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError("The study's plan of coding cannot be read; set it anew.") from None
    return checked_plan(plan, codebook)


def _texts(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError("a list of texts is expected")
    return value
