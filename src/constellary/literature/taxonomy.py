"""The taxonomy: the codes that passages of studies bear, and the groups that they were gathered into.

It is a text (TOML) in the study; each of its versions stays in the history.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A code: a short stable name, its words, and when it is given."""

    name: str
    label: str
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A class of the taxonomy (a motivation): the codes gathered in it.

    Attributes
    ----------
    name, label, definition
        `knowledge`, 'Knowledge and capabilities', and what belongs to it.
    codes
        Names of its codes; a code stands in one group of each dimension.
    dimension
        Which question the group answers: `motivation`, or `learning` for exploration, exploitation, both.
    """

    name: str
    label: str
    definition: str = ""
    codes: tuple[str, ...] = ()
    dimension: str = "motivation"


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Codes and groups, each in its order; `labels` names the dimensions (name, label)."""

    codes: tuple[Code, ...] = ()
    groups: tuple[Group, ...] = ()
    labels: tuple[tuple[str, str], ...] = (("motivation", "Motivation"),)


EMPTY = Taxonomy()
