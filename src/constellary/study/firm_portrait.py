"""A firm within its alliances: when it signed, with whom most, and what group it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import UnknownName

if TYPE_CHECKING:
    from constellary.study.frames import Frames


@dataclass(frozen=True, slots=True)
class YearOfFirm:
    """A year with the alliances that a firm signed in it: newest first."""

    year: int
    alliances: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Companion:
    """Another firm with the shared alliances, by id, and the years of the first and last (None: no date)."""

    firm: str
    alliances: tuple[str, ...]
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class FirmPortrait:
    """A firm within its alliances.

    Attributes
    ----------
    firm
        Its name.
    alliances
        Ids, newest first, those without a date last.
    years
        Every year of the selection, from the first to the last in which anybody signed, in order.
    undated
        Alliances without a year.
    companions
        Firms that share an alliance with it: most shared alliances first, then by name.
    owners
        Its parent, the parent's parent and so on, as far as they are known.
    subsidiaries
        Firms of which it is the parent, by name.
    """

    firm: str
    alliances: tuple[str, ...]
    years: tuple[YearOfFirm, ...]
    undated: tuple[str, ...]
    companions: tuple[Companion, ...]
    owners: tuple[str, ...]
    subsidiaries: tuple[str, ...]


def firm_portrait(frames: Frames, firm: str) -> FirmPortrait:
    """Return a firm within the alliances of frames.

    Raises
    ------
    UnknownName
        If there is no such firm; the message names near ones.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> portrait = firm_portrait(example_frames(), "Algol")
    >>> portrait.alliances
    ('a5', 'a3', 'a2', 'a1')
    >>> [(year.year, len(year.alliances)) for year in portrait.years]
    [(2021, 2), (2022, 1), (2023, 1)]
    >>> portrait.companions[0]
    Companion(firm='Bellatrix', alliances=('a1', 'a3'), first=2021, last=2022)
    """
    if firm not in frames.firms["firm"]:
        raise UnknownName("firm", firm, frames.firms["firm"].to_list())
    mine = frames.partners.filter(pl.col("firm") == firm)["alliance"].unique()
    signed = frames.alliances.filter(pl.col("id").is_in(mine.implode())).sort(
        "announced", "id", descending=[True, False], nulls_last=True
    )
    by_year: dict[int | None, list[str]] = {}
    for key, year in signed.select("id", "year").iter_rows():
        by_year.setdefault(year, []).append(key)
    known = frames.alliances["year"].drop_nulls().to_list()
    span = range(min(known), max(known) + 1) if known else range(0)
    return FirmPortrait(
        firm=firm,
        alliances=tuple(signed["id"]),
        years=tuple(YearOfFirm(year, tuple(by_year.get(year, ()))) for year in span),
        undated=tuple(by_year.get(None, ())),
        companions=_companions(frames, firm, signed),
        owners=owners(frames, firm),
        subsidiaries=tuple(frames.firms.filter(pl.col("parent") == firm)["firm"].sort()),
    )


def owners(frames: Frames, firm: str) -> tuple[str, ...]:
    """Return the parent of a firm, its parent and so on; a circle is followed once."""
    parents = dict(frames.firms.filter(pl.col("parent").is_not_null()).select("firm", "parent").iter_rows())
    found: list[str] = []
    above = parents.get(firm)
    while above is not None and above not in (firm, *found):
        found.append(above)
        above = parents.get(above)
    return tuple(found)


def _companions(frames: Frames, firm: str, signed: pl.DataFrame) -> tuple[Companion, ...]:
    shared = (
        frames.partners.filter(pl.col("firm") != firm)
        .join(signed.select(pl.col("id").alias("alliance"), "year"), on="alliance")
        .unique(["alliance", "firm"])
        .group_by("firm")
        .agg(
            pl.col("alliance").sort(),
            pl.col("year").min().alias("first"),
            pl.col("year").max().alias("last"),
        )
        .sort(pl.col("alliance").list.len(), pl.col("firm"), descending=[True, False])
    )
    return tuple(Companion(name, tuple(ids), first, last) for name, ids, first, last in shared.iter_rows())
