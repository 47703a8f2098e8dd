"""Codings of one variable, as ratings: who coded which alliance with what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from constellary.errors import InputError, UnknownName
from constellary.statistics.ratings import NOT_CODED, Patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.study.frames import Frames

MISSING = "(missing)"  # how a coding as missing is shown; an alliance that a coder did not code is null


@dataclass(frozen=True)
class Coded:
    """The codings of one variable by the coders that are compared.

    Attributes
    ----------
    variable, label
        The variable; its own name where the codebook does not know it.
    multiple
        Whether a coding is a set of values.
    coders
        Those that coded the variable at all, sorted.
    units
        The alliances that any of them coded, sorted.
    codes
        Units x coders: position in `values`, -1 where not coded.
    values
        What could be coded: the codebook's categories in order, what else was coded (sorted), and
        `(missing)` where it was. Sets of multiple choice as their values joined by a semicolon and a space.
    sets
        The values as sets, in the same order.
    settled
        For each unit the value that was settled on, as shown in `values`; null where there is none.
    left_out
        Codings as missing that were left out because missing does not count as a category.
    """

    variable: str
    label: str
    multiple: bool
    coders: tuple[str, ...]
    units: tuple[str, ...]
    codes: np.ndarray
    values: tuple[str, ...]
    sets: tuple[frozenset[str], ...]
    settled: tuple[str | None, ...]
    left_out: int

    @cached_property
    def patterns(self) -> Patterns:
        """The distinct codings of a unit."""
        return Patterns.of(self.codes, len(self.values))

    @property
    def disputed(self) -> np.ndarray:
        """Units: whether two coders differ."""
        highest = self.codes.max(axis=1, initial=NOT_CODED)
        lowest = np.where(self.codes == NOT_CODED, len(self.values), self.codes).min(
            axis=1, initial=len(self.values)
        )
        return np.asarray((highest != NOT_CODED) & (lowest < highest))

    def shown(self, unit: int) -> list[str | None]:
        """Return the value of each coder for a unit, null where not coded."""
        return [None if code == NOT_CODED else self.values[code] for code in self.codes[unit]]

    @property
    def changed(self) -> np.ndarray:
        """Units: whether the settled value is one that none of their coders gave."""
        position = {value: number for number, value in enumerate(self.values)}
        final = np.array(
            [position.get(value or "", len(self.values)) for value in self.settled], dtype=np.int64
        )
        known = np.array([value is not None for value in self.settled], dtype=bool)
        return np.asarray(known & (self.codes != final[:, None]).all(axis=1))


def coders_of(frames: Frames, coders: Sequence[str] | None, settled: str | None) -> tuple[str, ...]:
    """Return the coders to compare, sorted: those named, or all but the settled one.

    Raises
    ------
    UnknownName
        If a named coder coded nothing here.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> coders_of(example_frames(), None, "adjudicated")
    ('first', 'second')
    """
    present = frames.codings.get_column("coder").unique().drop_nulls().sort().to_list()
    if coders is None:
        return tuple(name for name in present if name != settled)
    for name in coders:
        if name not in present:
            raise UnknownName("coder", name, present)
    return tuple(sorted(set(coders)))


def coded_variables(frames: Frames, coders: Sequence[str]) -> list[str]:
    """Return the variables that the coders coded: in the codebook's order, then others, sorted.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> coded_variables(example_frames(), ("first", "second"))
    ['motivation']
    """
    seen = set(frames.codings.filter(pl.col("coder").is_in(list(coders)))["variable"].unique().drop_nulls())
    known = [variable.name for variable in frames.codebook.variables if variable.name in seen]
    return known + sorted(seen - set(known))


def coded(
    frames: Frames,
    variable: str,
    coders: Sequence[str],
    *,
    settled: str | None,
    missing_is_category: bool,
    separator: str = ";",
) -> Coded:
    """Return the codings of one variable, of the alliances of the selection.

    Raises
    ------
    InputError
        If a coder coded the variable of one alliance twice.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> coders = ("first", "second")
    >>> found = coded(example_frames(), "motivation", coders, settled="adjudicated", missing_is_category=True)
    >>> found.units, found.disputed.tolist()
    (('a1', 'a2', 'a3', 'a4'), [False, True, False, False])
    >>> found.shown(1), found.settled[1]
    (['green_manufacturing', 'supply_chain_risk'], 'green_manufacturing')
    """
    known = next((v for v in frames.codebook.variables if v.name == variable), None)
    multiple = known is not None and known.kind == "multiple"
    names = [*coders, *([settled] if settled is not None and settled not in coders else [])]
    own = frames.codings.filter(
        (pl.col("variable") == variable)
        & pl.col("coder").is_in(names)
        & pl.col("alliance").is_in(frames.alliances["id"].implode())
    ).select("alliance", "coder", _shown(pl.col("value"), multiple=multiple, separator=separator))
    left_out = 0
    if not missing_is_category:
        left_out = own.filter(pl.col("coder").is_in(list(coders)) & (pl.col("value") == MISSING)).height
        own = own.filter(pl.col("value") != MISSING)
    compared = own.filter(pl.col("coder").is_in(list(coders)))
    present = set(compared["coder"].unique())
    used = tuple(name for name in sorted(coders) if name in present)
    values = _values(compared, () if known is None or multiple else known.values)
    units = compared.select("alliance").unique().sort("alliance")
    columns = {name: _column(units, own, name) for name in names}
    if any(column.len() != units.height for column in columns.values()):
        _refuse_twice(own, variable)
    final = columns[settled].to_list() if settled else [None] * units.height
    return Coded(
        variable=variable,
        label=known.label if known else variable,
        multiple=multiple,
        coders=used,
        units=tuple(units["alliance"]),
        codes=_codes([columns[name] for name in used], values, units.height),
        values=values,
        sets=tuple(_set(value, multiple=multiple) for value in values),
        settled=tuple(final),
        left_out=left_out,
    )


def _codes(columns: Sequence[pl.Series], values: Sequence[str], units: int) -> np.ndarray:
    codes = np.full((units, len(columns)), NOT_CODED, dtype=np.int64)
    position = {value: number for number, value in enumerate(values)}
    for number, column in enumerate(columns):
        found = column.replace_strict(position, return_dtype=pl.Int64)
        codes[:, number] = found.fill_null(NOT_CODED).to_numpy()
    return codes


def _set(value: str, *, multiple: bool) -> frozenset[str]:
    if value == MISSING:
        return frozenset()
    return frozenset(value.split("; ")) if multiple else frozenset([value])


def _column(units: pl.DataFrame, codings: pl.DataFrame, coder: str) -> pl.Series:
    """Return one coder's value for each unit, null where not coded."""
    one = codings.filter(pl.col("coder") == coder).select("alliance", "value")
    return units.join(one, on="alliance", how="left", maintain_order="left").get_column("value")


def _shown(value: pl.Expr, *, multiple: bool, separator: str) -> pl.Expr:
    """Return the value as it is compared: sets in one order, missing by its sign."""
    if multiple:
        parts = value.str.split(separator).list.eval(pl.element().str.strip_chars())
        parts = parts.list.eval(pl.element().filter(pl.element() != "")).list.unique().list.sort()
        value = parts.list.join("; ")
    return pl.when(value.is_null() | (value == "")).then(pl.lit(MISSING)).otherwise(value).alias("value")


def _values(own: pl.DataFrame, categories: Sequence[str]) -> tuple[str, ...]:
    seen = set(own["value"].unique())
    others = sorted(seen - set(categories) - {MISSING})
    return (*categories, *others, *([MISSING] if MISSING in seen else []))


def _refuse_twice(own: pl.DataFrame, variable: str) -> None:
    twice = own.group_by("alliance", "coder").len().filter(pl.col("len") > 1).sort("alliance", "coder")
    if twice.height:
        first = twice.row(0, named=True)
        raise InputError(
            f"'{first['coder']}' coded '{variable}' of '{first['alliance']}' {first['len']} times; a coder "
            f"has one coding of a unit ({twice.height:,} such in all)."
        )
