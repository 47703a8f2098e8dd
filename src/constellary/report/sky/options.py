"""Options as an address has them, read with errors in words."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from constellary.errors import UnknownName, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SHOWN = 60
"""Letters of a wrong value that a message repeats."""


def given_of(pairs: Iterable[tuple[str, str]], names: set[str]) -> dict[str, str]:
    """Return those of an address's pairs that have a name and a value; of several the last counts."""
    return {name: value.strip() for name, value in pairs if name in names and value.strip()}


def one_of(what: str, given: Mapping[str, str], name: str, usual: str, known: Sequence[str]) -> str:
    """Return a value that is one of some.

    Raises
    ------
    UsageError
        If it is another; near ones are named.
    """
    value = given.get(name, usual)
    if value not in known:
        raise UsageError(str(UnknownName(what, value, known)))
    return value


def whole_number(given: Mapping[str, str], name: str, usual: int, least: int, most: int) -> int:
    """Return a whole number within bounds.

    Raises
    ------
    UsageError
        If it is none.
    """
    text = given.get(name, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) < 10 and least <= int(text) <= most):
        raise UsageError(f"{name} = {text[:SHOWN]}: it is a whole number from {least} to {most:,}.")
    return int(text)


def number(
    given: Mapping[str, str], name: str, usual: float | None, least: float, most: float
) -> float | None:
    """Return a finite number within bounds.

    Raises
    ------
    UsageError
        If it is none.
    """
    if name not in given:
        return usual
    try:
        value = float(given[name])
    except ValueError:
        value = float("nan")
    if not (isfinite(value) and least <= value <= most):
        raise UsageError(f"{name} = {given[name][:SHOWN]}: it is a number from {least:g} to {most:g}.")
    return value
