"""The groups of one dimension of a taxonomy against the classes of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.literature.coded import groups_of, groups_of_works, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constellary.literature.coded import Coded
    from constellary.literature.taxonomy import Taxonomy

BOTH, SEVERAL, NONE = "both", "several", "none"
"""Names of the classes of works that bear several groups of a dimension, or none."""
IDS = pl.List(pl.String)


def classes(taxonomy: Taxonomy, dimension: str) -> dict[str, str]:
    """Return the classes that the works are shared out to by a dimension, with their labels, in order."""
    named = {group.name: group.label for group in groups_of(taxonomy, dimension)}
    if BOTH not in named and len(named) > 1:
        named |= {BOTH: "Both"} if len(named) == 2 else {SEVERAL: "Several"}
    return {**named, NONE: "None"}


def class_of(groups: frozenset[str], listed: Iterable[str]) -> str:
    """Return the class of a work that bears these groups of a dimension.

    Examples
    --------
    >>> class_of(frozenset(["exploration", "exploitation"]), ["exploration", "exploitation", "both", "none"])
    'both'
    """
    if len(groups) == 1:
        return next(iter(groups))
    if not groups:
        return NONE
    return BOTH if BOTH in set(listed) else SEVERAL


def crossed(taxonomy: Taxonomy, found: Coded, dimension: str) -> pl.DataFrame:
    """Return how the works of each group are shared out by every other dimension, see `Synthesis.crossed`."""
    own = groups_of_works(taxonomy, found, dimension)
    rows = []
    for other, _ in taxonomy.labels:
        if other == dimension or not groups_of(taxonomy, other):
            continue
        listed = classes(taxonomy, other)
        place = {
            work: class_of(groups, listed) for work, groups in groups_of_works(taxonomy, found, other).items()
        }
        for group in groups_of(taxonomy, dimension):
            bearing = [work for work, groups in own.items() if group.name in groups]
            for name, label in listed.items():
                evidence = in_order(found, (work for work in bearing if place[work] == name))
                rows.append((group.name, group.label, other, name, label, len(evidence), evidence))
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "group": pl.String,
        "group_label": pl.String,
        "dimension": pl.String,
        "class": pl.String,
        "class_label": pl.String,
        "works": pl.Int64,
        "evidence": IDS,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")
