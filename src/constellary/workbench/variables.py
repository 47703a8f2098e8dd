"""Which variables can be counted and crossed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.errors import UnknownName

if TYPE_CHECKING:
    from constellary.workbench.moments import Moment


def variables(moment: Moment) -> list[tuple[str, str]]:
    """Return (name, label) of what can be counted, in the codebook's order."""
    found = [(one.name, one.label) for one in moment.codebook.items if one.kind in ("single", "multiple")]
    names = [name for name, _ in found]
    return found + [
        (name, label) for name, label in (("year", "Year"), ("size", "Partners")) if name not in names
    ]


def known(moment: Moment, name: str) -> None:
    """Refuse a variable that cannot be counted.

    Raises
    ------
    UnknownName
        If there is none of that name.
    """
    names = [one for one, _ in variables(moment)]
    if name not in names:
        raise UnknownName("variable", name, names)


def default_pair(moment: Moment, row: str, column: str) -> tuple[str, str]:
    """Return the pair that was asked for; what was left open as the codebook's first crosstab has it.

    Raises
    ------
    UnknownName
        If a variable cannot be counted.
    """
    names = [name for name, _ in variables(moment)]
    first = moment.codebook.design.crosstabs[0] if moment.codebook.design.crosstabs else (names[0], names[1])
    row = row or first[0]
    column = column or next(name for name in (first[1], *names) if name != row)
    for name in (row, column):
        known(moment, name)
    return row, column
