"""Pairs of coders: which value of one met which value of the other."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.study.codebook import Codebook

Value = str | None


@dataclass(frozen=True, slots=True)
class Confusion:
    """What two coders gave the same units.

    Attributes
    ----------
    first, second
        The coders: rows are the first's values, columns the second's.
    values
        The codebook's categories in order, then whatever else occurs, sorted; None (coded as missing) last, if
        it occurs.
    units
        (value of the first, value of the second) -> the alliances, sorted; what does not occur is absent.
    """

    first: str
    second: str
    values: tuple[Value, ...]
    units: Mapping[tuple[Value, Value], tuple[str, ...]]

    @property
    def shared(self) -> int:
        """Number of units that both coded."""
        return sum(map(len, self.units.values()))

    @property
    def same(self) -> int:
        """Number of units on which they agree."""
        return sum(len(units) for (one, other), units in self.units.items() if one == other)


def pairs_of(table: pl.DataFrame) -> list[tuple[str, str]]:
    """Return all pairs of coders that share a unit, by name; `table` is as `compared` gives it."""
    lists = table.select("coders").unique().get_column("coders").to_list()
    return sorted({pair for names in lists for pair in combinations(names, 2)})


def confusion(table: pl.DataFrame, codebook: Codebook, variable: str, first: str, second: str) -> Confusion:
    """Return the confusions of two coders on one variable.

    Parameters
    ----------
    table
        As `compared` gives it.

    Examples
    --------
    >>> from constellary.coding.compared import compared
    >>> from constellary.data import example_frames
    >>> frames = example_frames()
    >>> table = compared(frames, ["motivation"])
    >>> found = confusion(table, frames.codebook, "motivation", "first", "second")
    >>> found.shared, found.same, found.units["green_manufacturing", "supply_chain_risk"]
    (4, 3, ('a2',))
    """
    found: defaultdict[tuple[Value, Value], list[str]] = defaultdict(list)
    own = table.filter(pl.col("variable") == variable).select("alliance", "coders", "values")
    for alliance, coders, values in own.iter_rows():
        given = dict(zip(coders, values, strict=True))
        if first in given and second in given:
            found[given[first], given[second]].append(alliance)
    units = {cell: tuple(sorted(ids)) for cell, ids in found.items()}
    return Confusion(first, second, _values(units, codebook.find(variable).values), units)


def _values(units: Mapping[tuple[Value, Value], object], categories: Sequence[str]) -> tuple[Value, ...]:
    seen = {value for cell in units for value in cell}
    others = sorted(value for value in seen if value is not None and value not in categories)
    return (*categories, *others, *((None,) if None in seen else ()))
