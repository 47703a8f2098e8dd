"""Codes by each coder side by side, unless they would spoil the coding of who looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from constellary.study.codings import Adjudication, Note
    from constellary.study.frames import Frames

SETTLED = "adjudicated"
"""The name under which open data carry what two coders agreed upon."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a coder entered: the label (None: as missing), and whether the coder doubts it."""

    label: str | None
    unsure: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A variable as each coder has it.

    Attributes
    ----------
    label
        Of the variable.
    entries
        One for each coder, in their order; None: not coded by this one.
    disagree
        Whether two coders entered different values.
    settled
        What was settled; None: nothing, or what was settled is that it is missing.
    is_settled
        Whether it was settled.
    who, why
        Of the settlement, where they are known.
    """

    label: str
    entries: tuple[Entry | None, ...]
    disagree: bool
    settled: str | None
    is_settled: bool
    who: str
    why: str


@dataclass(frozen=True, slots=True)
class Coders:
    """All codings of an alliance: the coders by name, the variables in the codebook's order, and notes.

    `blind` says that some are kept from somebody who has yet to code them.
    """

    coders: tuple[str, ...]
    variables: tuple[Compared, ...]
    notes: tuple[Note, ...]
    blind: bool

    @property
    def disagreements(self) -> int:
        """Number of variables on which two coders differ."""
        return sum(one.disagree for one in self.variables)

    @property
    def settles(self) -> bool:
        """Whether anything was settled."""
        return any(one.is_settled for one in self.variables)


def coders_of(
    frames: Frames,
    alliance: str,
    *,
    adjudications: Iterable[Adjudication] = (),
    notes: Iterable[Note] = (),
    hidden: Collection[str] = (),
) -> Coders:
    """Return what each coder entered for an alliance.

    Parameters
    ----------
    adjudications, notes
        Of any alliances of the study.
    hidden
        The variables that who looks has yet to code: they are left out, and so are all notes.
    """
    given = frames.codings.filter(pl.col("alliance") == alliance)
    names = tuple(name for name in given["coder"].unique().sort() if name != SETTLED)
    entered = {
        (variable, coder): (value, sure)
        for variable, coder, value, sure in given.select("variable", "coder", "value", "sure").iter_rows()
    }
    settled = {one.variable: one for one in adjudications if one.alliance == alliance}
    found = []
    for item in frames.codebook.variables:
        if item.name in hidden:
            continue
        values = [entered.get((item.name, coder)) for coder in names]
        told = [value for value in values if value is not None]
        old = entered.get((item.name, SETTLED))
        new = settled.get(item.name)
        if not told and old is None and new is None:
            continue
        labels = {category.value: category.label for category in item.categories}
        final = new.value if new is not None else old[0] if old is not None else None
        found.append(
            Compared(
                item.label,
                tuple(
                    None if one is None else Entry(_label(one[0], labels), one[1] is False) for one in values
                ),
                len({value for value, _ in told}) > 1,
                _label(final, labels),
                new is not None or old is not None,
                new.who if new is not None else "",
                new.why if new is not None else "",
            )
        )
    told_notes = () if hidden else tuple(one for one in notes if one.alliance == alliance)
    return Coders(names, tuple(found), told_notes, blind=bool(hidden))


def _label(value: str | None, labels: dict[str, str]) -> str | None:
    return None if value is None else "; ".join(labels.get(part, part) for part in value.split(";"))
