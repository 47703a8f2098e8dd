"""Agreement as it goes: coefficients with intervals for a pair of coders or all, and which values they confuse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary.coding.pairs import confusion, pairs_of
from constellary.errors import UnknownName
from constellary.workbench.background import ready, soon
from constellary.workbench.coding.disagreements import side_by_side

if TYPE_CHECKING:
    from constellary.coding.pairs import Confusion
    from constellary.coding.plan import Plan
    from constellary.statistics.agreement import Agreement
    from constellary.workbench.moments import Moment

COEFFICIENTS = {
    "percent": "All agree",
    "cohen": "Cohen’s κ",
    "fleiss": "Fleiss’ κ",
    "ac1": "Gwet’s AC1",
    "alpha": "Krippendorff’s α",
}
AS_MISSING = "cannot be told"


@dataclass(frozen=True, slots=True)
class Row:
    """A variable with its coefficients: name -> (value, low, high), None where undefined."""

    name: str
    label: str
    shared: int
    disagreements: int
    coefficients: dict[str, tuple[float | None, float | None, float | None]]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Confusions of a pair on one variable: labels in order, and for each row its cells (units)."""

    variable: str
    label: str
    first: str
    second: str
    labels: tuple[str, ...]
    values: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    shared: int
    same: int


def view(
    moment: Moment, plan: Plan, *, variable: str = "", first: str = "", second: str = ""
) -> dict[str, Any]:
    """Return what the page of agreement shows; `computing` while the coefficients are on their way.

    Parameters
    ----------
    variable
        Of which confusions are shown; empty: the first that a pair shares.
    first, second
        The pair; empty: all coders in the table, and the first pair's confusions.

    Raises
    ------
    UnknownName
        If there is no such variable or pair.
    """
    table = side_by_side(moment, plan)
    pairs = pairs_of(table)
    pair = (first, second) if first or second else None
    if pair is not None and pair not in pairs:
        raise UnknownName("pair of coders", " and ".join(pair), [" and ".join(one) for one in pairs])
    if variable and variable not in plan.variables:
        raise UnknownName("variable to code", variable, list(plan.variables))
    content: dict[str, Any] = {
        "coder_pairs": pairs,
        "pair": pair,
        "variable": variable,
        "computing": False,
        "rows": (),
        "matrix": None,
        "remarks": (),
    }
    if not pairs:
        return content
    known = set(table["variable"])
    shown = variable or next(name for name in plan.variables if name in known)
    one, other = pair or pairs[0]
    content["matrix"] = _matrix(moment, confusion(table, moment.codebook, shown, one, other), shown)
    promised = soon(moment, ("agreement", pair), lambda present: _measured(present, pair))
    if not ready(promised):
        return content | {"computing": True}
    found = promised.result()
    rows = [
        _row(row) for row in found.variables.to_dicts() if row["shared"] and row["variable"] in plan.variables
    ]
    names = {
        name: label
        for name, label in COEFFICIENTS.items()
        if any(row.coefficients[name][0] is not None for row in rows)
    }
    return content | {"rows": rows, "remarks": found.remarks, "names": names}


def _measured(moment: Moment, pair: tuple[str, str] | None) -> Agreement:
    from constellary.statistics.agreement import agreement  # brings scipy, which no start should wait for

    return agreement(moment.frames, coders=pair)


def _row(row: dict[str, Any]) -> Row:
    coefficients = {name: (row[name], row[f"{name}_low"], row[f"{name}_high"]) for name in COEFFICIENTS}
    return Row(row["variable"], row["label"], row["shared"], row["disagreements"], coefficients)


def _matrix(moment: Moment, found: Confusion, variable: str) -> Matrix:
    labels = moment.codebook.labels(variable)
    return Matrix(
        variable,
        moment.codebook.label(variable),
        found.first,
        found.second,
        tuple(_label(value, labels) for value in found.values),
        tuple("" if value is None else value for value in found.values),
        tuple(
            tuple(len(found.units.get((row, column), ())) for column in found.values) for row in found.values
        ),
        found.shared,
        found.same,
    )


def _label(value: str | None, labels: dict[str, str]) -> str:
    if value is None:
        return AS_MISSING
    return "; ".join(labels.get(part, part) for part in value.split(";"))
