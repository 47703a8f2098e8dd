"""What changed from one version of a taxonomy to the next, in words, for its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.literature.taxonomy import Code, Group, Taxonomy


def changes(before: Taxonomy, after: Taxonomy) -> tuple[str, ...]:
    """Return what changed, a sentence each: dimensions, codes, groups, then which codes moved.

    Returns
    -------
    tuple of str
        In the order of the newer taxonomy, what is gone in that of the older; empty where they are equal.

    Examples
    --------
    >>> from constellary.literature.taxonomy import Code, Group, Taxonomy
    >>> cells, supply = Code("cells", "Battery cells"), Group("supply", "Supply")
    >>> old = Taxonomy((Code("cells", "Cells"),), (supply, Group("green", "Green", codes=("cells",))))
    >>> new = Taxonomy((cells,), (Group("supply", "Supply", codes=("cells",)), Group("green", "Green")))
    >>> for sentence in changes(old, new):
    ...     print(sentence)
    Code 'cells' renamed from 'Cells' to 'Battery cells'.
    Code 'cells' moved from 'green' to 'supply'.
    """
    said = _dimensions(dict(before.labels), dict(after.labels))
    said += _named("code", {one.name: one for one in before.codes}, {one.name: one for one in after.codes})
    old, new = ({one.name: one for one in version.groups} for version in (before, after))
    said += _named("group", old, new)
    said += [
        f"Group '{name}' now belongs to '{group.dimension}' instead of '{old[name].dimension}'."
        for name, group in new.items()
        if name in old and old[name].dimension != group.dimension
    ]
    said += _moved(before, after)
    if not said and before != after:
        said = _order(before, after)
    return tuple(said)


def _dimensions(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    said = [f"Dimension '{name}' added." for name in new if name not in old]
    said += [f"Dimension '{name}' removed." for name in old if name not in new]
    return said + [
        f"Dimension '{name}' renamed from '{old[name]}' to '{label}'."
        for name, label in new.items()
        if name in old and old[name] != label
    ]


def _named(
    what: str, old: Mapping[str, Code] | Mapping[str, Group], new: Mapping[str, Code] | Mapping[str, Group]
) -> list[str]:
    title = what.capitalize()
    said = [f"{title} '{name}' added: {one.label}." for name, one in new.items() if name not in old]
    said += [f"{title} '{name}' removed." for name in old if name not in new]
    for name, one in new.items():
        former = old.get(name)
        if former is None:
            continue
        if former.label != one.label:
            said.append(f"{title} '{name}' renamed from '{former.label}' to '{one.label}'.")
        if former.definition != one.definition:
            said.append(f"{title} '{name}' defined {'anew' if former.definition else 'at last'}.")
    return said


def _moved(before: Taxonomy, after: Taxonomy) -> list[str]:
    """Say of the codes of both versions in which groups of a dimension they stand now."""
    present = {one.name for one in before.codes} & {one.name for one in after.codes}
    was, now = _places(before), _places(after)
    said = []
    for dimension in dict.fromkeys(
        [*(name for name, _ in after.labels), *(name for name, _ in before.labels)]
    ):
        for code in (one.name for one in after.codes if one.name in present):
            old, new = was.get((dimension, code)), now.get((dimension, code))
            if old == new:
                continue
            if old is None:
                said.append(f"Code '{code}' put into '{new}'.")
            elif new is None:
                said.append(f"Code '{code}' taken out of '{old}'.")
            else:
                said.append(f"Code '{code}' moved from '{old}' to '{new}'.")
    return said


def _places(taxonomy: Taxonomy) -> dict[tuple[str, str], str]:
    return {(group.dimension, code): group.name for group in taxonomy.groups for code in group.codes}


def _order(before: Taxonomy, after: Taxonomy) -> list[str]:
    def differ(old: Sequence[Code] | Sequence[Group], new: Sequence[Code] | Sequence[Group]) -> bool:
        return [one.name for one in old] != [one.name for one in new]

    said = []
    if differ(before.codes, after.codes):
        said.append("Codes put into another order.")
    if differ(before.groups, after.groups):
        said.append("Groups put into another order.")
    return said or ["Codes put into another order within groups or dimensions."]
