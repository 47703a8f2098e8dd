"""The coding of a work on its page: its passages, and the codes that may be given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from constellary.literature.review import Passage, Review
    from constellary.literature.taxonomy import Code, Taxonomy
    from constellary.literature.works import Work

KEYS = "123456789"
"""Keys that choose the first codes."""


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A passage with the words for its code, and the labels of the groups that the code stands in."""

    passage: Passage
    label: str
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choosable:
    """A code that may be given, with its key if it has one."""

    code: Code
    key: str


def passages_view(review: Review, work: Work) -> dict[str, Any]:
    """Return what the page of a work shows of its coding."""
    labels = {code.name: code.label for code in review.taxonomy.codes}
    stands = _stands(review.taxonomy)
    records = {record.id for record in work.records}
    order = {name: place for place, name in enumerate(labels)}
    found = sorted(
        (one for one in review.passages if one.record in records),
        key=lambda one: (order.get(one.code, len(order)), one.page or "", one.id),
    )
    return {
        "passages": tuple(
            CodedPassage(one, labels.get(one.code, one.code), stands.get(one.code, ())) for one in found
        ),
        "choices": choices(review.taxonomy),
    }


def choices(taxonomy: Taxonomy) -> list[tuple[str, tuple[Choosable, ...]]]:
    """Return the codes by the group of the first dimension, as a list offers them; keys go by their order."""
    first = taxonomy.labels[0][0] if taxonomy.labels else ""
    codes = {code.name: code for code in taxonomy.codes}
    shelves = [
        (group.label, [codes[name] for name in group.codes if name in codes])
        for group in taxonomy.groups
        if group.dimension == first
    ]
    placed = {code.name for _, shelf in shelves for code in shelf}
    shelves.append(("In no group", [code for code in taxonomy.codes if code.name not in placed]))
    keys = iter(KEYS)
    return [
        (label, tuple(Choosable(code, next(keys, "")) for code in shelf)) for label, shelf in shelves if shelf
    ]


def _stands(taxonomy: Taxonomy) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in taxonomy.groups:
        for code in group.codes:
            found[code] = (*found.get(code, ()), group.label)
    return found
