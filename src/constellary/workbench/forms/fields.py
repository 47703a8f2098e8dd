"""Fields of a form, from the codebook: what is asked, by which kind of control, with which problem."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import polars as pl

from constellary.study.derive import table_schema
from constellary.study.rows import KEY_OF

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from constellary.errors import Problem
    from constellary.study.codebook import Codebook, Variable
    from constellary.study.record import Value
    from constellary.workbench.forms.draft import Draft

Control = Literal["line", "text", "date", "radio", "select", "check", "list", "firm"]

MOST_RADIOS = 8
OWN: dict[str, tuple[str, Control, str]] = {
    "name": ("Name", "line", "As the partners or the press call it."),
    "announced": ("Announced", "date", "2021, 2021-05 or 2021-05-20: as exact as the source is."),
    "aliases": ("Other names", "list", "One a line. Imports find the firm by each of them."),
    "parent": ("Parent", "firm", "The firm that owns it."),
}
"""Fields that every study has -> label, control, hint."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that can be chosen, with its label and the rule by which it is coded."""

    value: str
    label: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form.

    Attributes
    ----------
    name, label, hint
        What it is called, and what is asked.
    control
        How it is filled in.
    values
        What it holds.
    options
        What can be chosen. A stored value that the codebook does not know is among them, marked.
    problem
        What is wrong with it; empty: nothing.
    """

    name: str
    label: str
    hint: str
    control: Control
    values: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    problem: str = ""

    @property
    def text(self) -> str:
        """What the field holds as one text; several values are a line each."""
        return "\n".join(self.values)


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong with a draft, by the place where the form says it."""

    fields: Mapping[str, str] = field(default_factory=dict)
    partners: tuple[str, ...] = ()
    sources: Mapping[int, str] = field(default_factory=dict)
    others: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields or self.partners or self.sources or self.others)


def fields(codebook: Codebook, table: str, draft: Draft, faults: Faults) -> list[Field]:
    """Return the fields of an alliance or firm, in the codebook's order."""
    known = {variable.name: variable for variable in codebook.variables}
    return [
        _own(name, draft.values.get(name), faults)
        if name in OWN
        else _of_variable(known[name], draft.values.get(name), faults)
        for name in table_schema(codebook, table)
        if name != KEY_OF[table]
    ]


def several(codebook: Codebook, table: str) -> dict[str, bool]:
    """Return field -> whether it takes several values."""
    schema = table_schema(codebook, table)
    return {name: kind == pl.List(pl.String) for name, kind in schema.items() if name != KEY_OF[table]}


def faults_of(problems: Iterable[Problem]) -> Faults:
    """Return problems by the place where the form says them; those of one place in one text."""
    named: dict[str, list[str]] = {}
    rows: dict[int, list[str]] = {}
    for problem in problems:
        if problem.column == "sources" and problem.row is not None:
            rows.setdefault(problem.row - 1, []).append(problem.message)
        else:
            named.setdefault(problem.column, []).append(_beside(problem))
    partners = tuple(named.pop("partners", ()))
    others = tuple(named.pop("", ()))
    return Faults(
        {name: " ".join(messages) for name, messages in named.items()},
        partners,
        {row: " ".join(messages) for row, messages in rows.items()},
        others,
    )


def _beside(problem: Problem) -> str:
    """Return a message without the name of the field that it stands beside."""
    text = problem.message.removeprefix(f"'{problem.column}'").removeprefix(":").strip()
    return text[:1].upper() + text[1:]


def _own(name: str, value: Value, faults: Faults) -> Field:
    label, control, hint = OWN[name]
    return Field(name, label, hint, control, _values(value), problem=faults.fields.get(name, ""))


def _of_variable(variable: Variable, value: Value, faults: Faults) -> Field:
    values = _values(value)
    options = tuple(Option(one.value, one.label, one.rule) for one in variable.categories)
    if options:
        strange = [one for one in values if one not in variable.values]
        options += tuple(Option(one, f"{one} (not in the codebook)") for one in strange)
    return Field(
        variable.name,
        variable.label,
        variable.question,
        _control(variable),
        values,
        options,
        faults.fields.get(variable.name, ""),
    )


def _control(variable: Variable) -> Control:
    if variable.kind == "date":
        return "date"
    if variable.kind == "multiple":
        return "check" if variable.categories else "list"
    if not variable.categories:
        return "text"
    return "radio" if len(variable.categories) <= MOST_RADIOS else "select"


def _values(value: Value) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value
