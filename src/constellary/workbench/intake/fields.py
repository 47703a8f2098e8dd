"""What a column can be taken for: the fields of each table in the codebook's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.exchange.readers.headers import IGNORE, OWN, normalise, numbered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.study.codebook import Codebook

TABLES = ("alliances", "partners", "firms", "sources", "codings")
NUMBERED = 12
"""Columns `partner_1` ... that are offered; a table may have more."""

MEANS: Mapping[str, Mapping[str, str]] = {
    "alliances": {
        "id": "Id",
        "name": "Name",
        "announced": "Announced",
        "partners": "Partners, joined by ;",
        "sources": "Sources, joined by ;",
        "alliance": "Alliance of the row",
        "firm": "Partner of the row",
        "position": "Place of that partner",
    },
    "partners": {
        "alliance": "Alliance, by its id",
        "firm": "Partner",
        "position": "Place among the partners",
    },
    "firms": {"firm": "Firm", "aliases": "Other names, joined by ;", "parent": "Parent"},
    "sources": {
        "alliance": "Alliance, by its id",
        "url": "Address of the page",
        "publisher": "Publisher",
        "published": "Published",
    },
    "codings": {
        "alliance": "Alliance, by its id",
        "variable": "Variable",
        "coder": "Coder",
        "value": "Value",
        "sure": "Sure, yes or no",
    },
}
"""Table -> field -> what stands in it, but for the codebook's variables."""

HOW = {
    "mapped": "as you said",
    "name": "by its own name",
    "label": "by the codebook's label",
    "synonym": "by a word in use for it",
    "running number": "a running number",
    "you asked to ignore it": "as you said",
}
"""How the meaning of a header was found, in words; other reasons are words already."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a table: its name in files, and what it holds."""

    name: str
    means: str


def fields_of(codebook: Codebook, table: str) -> tuple[Field, ...]:
    """Return the fields that a column of a table can be taken for, in order."""
    own = [Field(name, means) for name, means in MEANS[table].items()]
    numbers = [Field(f"partner_{number}", f"Partner {number}") for number in range(1, NUMBERED + 1)]
    levels = {"alliances": ("alliance", "firm"), "partners": ("firm",), "firms": ("firm",)}.get(table, ())
    variables = [
        Field(variable.name, variable.label)
        for level in levels
        for variable in codebook.of_level("firm" if level == "firm" else "alliance")
    ]
    first = len(OWN["alliances"]) - 3 if table == "alliances" else len(own)
    return (*own[:first], *(numbers if table == "alliances" else ()), *own[first:], *variables)


def remapped(old: Mapping[str, str], chosen: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """Return a mapping after somebody chose anew what columns are.

    Parameters
    ----------
    old
        Header -> field as it was mapped.
    chosen
        Header, field as it was shown (empty: not read), field as it is chosen; in the order of the page.

    Examples
    --------
    >>> remapped({"Jahr": "announced"}, [("Jahr", "announced", "announced"), ("Firma", "", "partners")])
    {'Jahr': 'announced', 'Firma': 'partners'}
    >>> remapped({"Jahr": "announced"}, [("JAHR", "announced", ""), ("Note", "name", "-")])
    {'Note': '-'}
    """
    names = {normalise(header): header for header in old}
    mapping = dict(old)
    for header, shown, field in chosen:
        if field == shown:
            continue
        mapping.pop(names.get(normalise(header), header), None)
        names[normalise(header)] = header
        if field:
            mapping[header] = field
    return mapping


def is_field(codebook: Codebook, name: str) -> bool:
    """Return whether there is a field of that name in any table; `-` leaves a column out and counts as one."""
    return (
        name == IGNORE
        or numbered(name) is not None
        or any(name == field.name for table in TABLES for field in fields_of(codebook, table))
    )
