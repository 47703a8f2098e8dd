"""The Python and the command that give what a page shows, to take along into a notebook or a script."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from constellary.workbench.filters import Filter


@dataclass(frozen=True, slots=True)
class Same:
    """Lines of Python, and a command."""

    python: str
    command: str


def same_crosstab(file: str, row: str, column: str, chosen: Filter) -> Same:
    r"""Return how else a crosstab is made.

    Examples
    --------
    >>> from constellary.workbench.filters import Filter
    >>> same = same_crosstab("cars.study", "place", "focus", Filter(since="2021", where="size > 2"))
    >>> print(same.python)
    import constellary as cy
    study = cy.open('cars.study')
    cy.crosstab(study, 'place', 'focus', since='2021', where='(size > 2)')
    >>> same.command
    "constellary crosstab cars.study place focus --since 2021 --where '(size > 2)'"
    """
    return _same("crosstab", file, (row, column), chosen)


def same_frequency(file: str, variable: str, chosen: Filter) -> Same:
    """Return how else frequencies are made."""
    return _same("frequency", file, (variable,), chosen)


def _same(name: str, file: str, variables: tuple[str, ...], chosen: Filter) -> Same:
    options = {"since": chosen.since, "until": chosen.until, "where": chosen.condition}
    given = {key: value for key, value in options.items() if value}
    arguments = ", ".join(
        ["study", *map(repr, variables), *(f"{key}={value!r}" for key, value in given.items())]
    )
    python = f"import constellary as cy\nstudy = cy.open({file!r})\ncy.{name}({arguments})"
    words = ["constellary", name, file, *variables]
    for key, value in given.items():
        words += [f"--{key}", value]
    return Same(python, shlex.join(words))
