"""Facets: the values by which alliances can be narrowed, with how many have each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from constellary.study.codebook import Grouping, Variable
    from constellary.study.frames import Frames

MOST = 60
"""Free tags beyond the most frequent ones are left to the condition."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, what it is called, and how many alliances have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A variable or grouping with its values.

    Attributes
    ----------
    name, label
        Of the variable.
    choices
        In the codebook's order, each with the number of alliances that have the value (for a variable of
        firms: of which a partner has it); free tags by frequency.
    missing
        Number of alliances without a value; for a variable of firms: of which no partner has one.
    """

    name: str
    label: str
    choices: tuple[Choice, ...]
    missing: int


def facets(frames: Frames) -> list[Facet]:
    """Return a facet for every variable and grouping that has categories or free tags, in the codebook's order.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> [choice.label for choice in facets(example_frames())[0].choices][:2]
    ['Merger or acquisition', 'Joint venture']
    """
    return [
        facet_of(frames, item)
        for item in frames.codebook.items
        if item.kind in ("single", "multiple") and item.name != "year"
    ]


def facet_of(frames: Frames, item: Variable | Grouping) -> Facet:
    """Return the facet of one variable or grouping."""
    if item.level == "alliance":
        pairs = frames.alliances.select(pl.col("id").alias("alliance"), pl.col(item.name).alias("value"))
    else:
        firms = frames.firms.select("firm", pl.col(item.name).alias("value"))
        pairs = frames.partners.join(firms, on="firm").select("alliance", "value")
    if pairs.schema["value"] == pl.List(pl.String):
        pairs = pairs.explode("value")
    known = pairs.drop_nulls("value").unique()
    counts: dict[str, int] = dict(known.group_by("value").len().iter_rows())
    labels = {category.value: category.label for category in item.categories}
    order = list(labels) or sorted(counts, key=lambda value: (-counts[value], value))[:MOST]
    choices = tuple(Choice(value, labels.get(value, value), counts.get(value, 0)) for value in order)
    missing = frames.alliances.height - known["alliance"].n_unique()
    return Facet(item.name, item.label, choices, missing)
