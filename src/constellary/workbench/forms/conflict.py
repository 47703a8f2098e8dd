"""Conflicts: an edit that somebody was faster than, field by field: before, mine, theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from constellary.study.record import Source
from constellary.workbench.forms.draft import Draft
from constellary.workbench.forms.fields import OWN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.study.codebook import Codebook
    from constellary.study.record import Value

Side = Literal["mine", "theirs"]
CHOOSE = "choose."
"""Before the name of a field in the form by which a conflict is settled."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A field of which two versions differ.

    Attributes
    ----------
    name, label
        The field.
    before, mine, theirs
        The versions as lines; empty: missing.
    chosen
        The side that alone changed it; None where both did, and a person has to choose.
    """

    name: str
    label: str
    before: tuple[str, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    chosen: Side | None


def choices(codebook: Codebook, before: Draft, mine: Draft, theirs: Draft) -> list[Choice]:
    """Return the fields of which mine and theirs differ.

    Examples
    --------
    >>> from constellary.study.codebook import Codebook
    >>> versions = [Draft({"name": name}) for name in ("A", "B", "A")]
    >>> [(one.label, one.mine, one.chosen) for one in choices(Codebook("x", "X", ()), *versions)]
    [('Name', ('B',), 'mine')]
    """
    old, own, other = before.parts(), mine.parts(), theirs.parts()
    found = []
    for name in own:
        if own[name] == other.get(name):
            continue
        side: Side | None = None
        if other.get(name) == old.get(name):
            side = "mine"
        elif own[name] == old.get(name):
            side = "theirs"
        shown = [_lines(codebook, name, version.get(name)) for version in (old, own, other)]
        found.append(Choice(name, _label(codebook, name), shown[0], shown[1], shown[2], side))
    return found


def settled(mine: Draft, theirs: Draft, sides: Mapping[str, str]) -> Draft:
    """Return mine, but for the fields of which theirs was chosen."""

    def taken(name: str) -> Draft:
        return theirs if sides.get(name) == "theirs" else mine

    values = {name: taken(name).values.get(name) for name in mine.values}
    return Draft(values, taken("partners").partners, taken("sources").sources)


def _label(codebook: Codebook, name: str) -> str:
    if name in OWN:
        return OWN[name][0]
    if name in ("partners", "sources"):
        return name.capitalize()
    return codebook.label(name)


def _lines(codebook: Codebook, name: str, value: Value | tuple[Source, ...]) -> tuple[str, ...]:
    if value is None:
        return ()
    labels = {} if name in OWN or name in ("partners", "sources") else codebook.labels(name)
    items = (value,) if isinstance(value, str) else value
    return tuple(_source(item) if isinstance(item, Source) else labels.get(item, item) for item in items)


def _source(source: Source) -> str:
    parts = [source.url, source.publisher, source.published]
    return ", ".join(part for part in parts if part)
