"""Codes as pages show them: by the codebook's labels, with what each means and who else has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from constellary.study.codebook import Grouping
from constellary.workbench.filters import MISSING, Filter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.study.codebook import Codebook, Level
    from constellary.study.facets import Facet


@dataclass(frozen=True, slots=True)
class Shared:
    """One value: its label, what the codebook says of it, how many alliances have it, and their filter."""

    label: str
    rule: str
    count: int | None
    filter: Filter


@dataclass(frozen=True, slots=True)
class Code:
    """What a variable says of a unit.

    Attributes
    ----------
    name, label, kind
        Of the variable or grouping.
    values
        Of a choice: one, several, or none where it is not coded.
    text
        Of an open text or date; empty: none.
    derived
        Whether it is worked out of other codes.
    of
        The label of what it is worked out of.
    """

    name: str
    label: str
    kind: str
    values: tuple[Shared, ...]
    text: str
    derived: bool
    of: str = ""


def codes_of(
    book: Codebook, level: Level, row: Mapping[str, Any], facets: Mapping[str, Facet]
) -> tuple[Code, ...]:
    """Return the codes of an alliance or firm in the codebook's order, derived ones last.

    Parameters
    ----------
    row
        Its row of the frames.
    facets
        Variable -> facet of the whole study, for how many alliances have a value.
    """
    found = []
    for item in book.items:
        if item.level != level or item.name == "year" or item.name not in row:
            continue
        derived = isinstance(item, Grouping)
        value = row[item.name]
        choice = item.kind in ("single", "multiple")
        given = [] if value is None or not choice else list(value) if isinstance(value, list) else [value]
        known = {category.value: category for category in item.categories}
        counts = {one.value: one.count for one in facets[item.name].choices} if item.name in facets else {}
        shared = tuple(
            Shared(
                known[one].label if one in known else one,
                known[one].rule if one in known else "",
                counts.get(one),
                Filter(facets=((item.name, (one,)),)),
            )
            for one in given
        )
        text = "" if choice or value is None else str(value)
        of = _origin(book, item) if isinstance(item, Grouping) else ""
        found.append(Code(item.name, item.label, item.kind, shared, text, derived, of))
    return tuple(found)


def not_coded(name: str) -> Filter:
    """Return the filter of the alliances that lack a variable."""
    return Filter(facets=((name, (MISSING,)),))


def _origin(book: Codebook, item: Grouping) -> str:
    if item.method == "size":
        return "the number of partners"
    labels = {one.name: one.label for one in book.items}
    return labels.get(item.of, item.of)
