"""Questions with one key for each answer: what a person is asked of a unit, whatever the unit is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.errors import UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from constellary.study.codebook import Codebook, Variable

TAKEN = "0xuns"
"""Keys that mean something else on every question: cannot be told (`0`, `x`), unsure, note, skip."""
KEYS = "123456789" + "".join(letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in TAKEN)


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: the key that gives it (empty: too many answers for keys), what is stored, label and rule."""

    key: str
    value: str
    label: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of each unit.

    Attributes
    ----------
    name, label, text
        Of the variable; `text` is the question in full and may be empty.
    choices
        In the codebook's order.
    several
        Whether more than one answer may be given.
    """

    name: str
    label: str
    text: str
    choices: tuple[Choice, ...]
    several: bool = False


def choices_of(answers: Iterable[tuple[str, str, str]]) -> tuple[Choice, ...]:
    """Return (value, label, rule) as choices with a key each, for as long as there are keys.

    Examples
    --------
    >>> [choice.key for choice in choices_of([(str(n), "", "") for n in range(11)])]
    ['1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b']
    """
    found = list(answers)
    keys = KEYS[: len(found)].ljust(len(found))
    return tuple(
        Choice(key.strip(), value, label, rule) for key, (value, label, rule) in zip(keys, found, strict=True)
    )


def can_be_asked(codebook: Codebook) -> tuple[Variable, ...]:
    """Return the variables of alliances that can be coded by keys: those with categories, in order."""
    return tuple(
        variable
        for variable in codebook.of_level("alliance")
        if variable.kind in ("single", "multiple") and variable.categories
    )


def questions_of(codebook: Codebook, variables: Sequence[str]) -> tuple[Question, ...]:
    """Return the questions about some variables, in the order given.

    Raises
    ------
    UnknownName
        If a variable does not exist or cannot be coded by keys.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> (focus,) = questions_of(example_frames().codebook, ["focus"])
    >>> focus.label, [(choice.key, choice.value) for choice in focus.choices][0]
    ('Focus', ('1', 'automotive_items'))
    """
    known = {variable.name: variable for variable in can_be_asked(codebook)}
    found = []
    for name in variables:
        if name not in known:
            raise UnknownName("variable to code", name, list(known))
        one = known[name]
        answers = ((category.value, category.label, category.rule) for category in one.categories)
        found.append(Question(name, one.label, one.question, choices_of(answers), one.kind == "multiple"))
    return tuple(found)
