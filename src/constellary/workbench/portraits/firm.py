"""The page of a firm: what it is, what it signed when, with whom, for what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from constellary.study.firm_portrait import firm_portrait
from constellary.workbench.evidence import only
from constellary.workbench.filters import Filter
from constellary.workbench.listings.ask import Ask
from constellary.workbench.listings.firms import firms_listing
from constellary.workbench.listings.view import neighbours, order_of, trail
from constellary.workbench.portraits.alliance import facets_of
from constellary.workbench.portraits.bars import FOOT, HEIGHT, WIDTH, bars
from constellary.workbench.portraits.codes import codes_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.statistics.frequency import Frequency
    from constellary.study.decision_detail import DecisionDetail
    from constellary.study.firm_portrait import FirmPortrait
    from constellary.study.frames import Frames
    from constellary.workbench.moments import Moment

COMPANIONS = 12
"""Partner firms that are shown before the rest is folded."""
MOST_COMPANIONS = 500
SIGNED = 200
"""Alliances that the page of a firm lists; the rest is in the table."""


@dataclass(frozen=True, slots=True)
class Share:
    """A value of a mix: its label, how many have it, its part of the largest, and the filter of its alliances."""

    label: str
    count: int
    part: float
    filter: Filter | None


@dataclass(frozen=True, slots=True)
class Mix:
    """How the alliances, or the partners, of a firm fall on the values of a variable; `missing` have none."""

    title: str
    shares: tuple[Share, ...]
    missing: int


def firm_view(
    moment: Moment, chosen: Filter, ask: Ask, firm: str, *, history: Sequence[DecisionDetail] = ()
) -> dict[str, Any]:
    """Return what the page of a firm shows.

    Parameters
    ----------
    moment
        The study.
    chosen, ask
        The list that one comes from, for the firms before and after.
    firm
        Its name.
    history
        The decisions about it; none in a published site.

    Raises
    ------
    UnknownName
        If there is no such firm; the message names near ones.
    """
    frames = moment.frames
    portrait = moment.memory.get(("portrait", firm), lambda: firm_portrait(frames, firm))
    row = frames.firms.row(by_predicate=pl.col("firm") == firm, named=True)
    listing = firms_listing(moment, chosen)
    order = order_of(moment, chosen, listing, ask)
    years = portrait.years
    return {
        "firm": firm,
        "portrait": portrait,
        "aliases": row["aliases"] or [],
        "codes": codes_of(frames.codebook, "firm", row, facets_of(moment)),
        "signed": signed(frames, portrait.alliances[:SIGNED]),
        "of_firm": of_firm(firm),
        "of_year": of_year,
        "firm_trail": trail(of_firm(firm), Ask()),
        "known_owners": [owner for owner in portrait.owners if owner in frames.firms["firm"]],
        "chart": {
            "width": WIDTH,
            "height": HEIGHT,
            "ground": HEIGHT - FOOT,
            "bars": bars([(str(year.year), len(year.alliances)) for year in years]),
        },
        "span": (years[0].year, years[-1].year) if years else None,
        "companions": portrait.companions[:MOST_COMPANIONS],
        "few": COMPANIONS,
        "mixes": moment.memory.get(("mixes", firm), lambda: mixes(frames, portrait)),
        "history": history,
        "neighbours": neighbours(order, listing, firm),
        "trail": trail(chosen, ask),
        "ask": ask,
    }


def of_firm(firm: str) -> Filter:
    """Return the filter of a firm's alliances."""
    return Filter(facets=(("firm", (firm,)),))


def of_year(firm: str, year: str) -> Filter:
    """Return the filter of a firm's alliances of one year."""
    return replace(of_firm(firm), since=year, until=year)


def signed(frames: Frames, alliances: Sequence[str]) -> list[dict[str, Any]]:
    """Return alliances in the order given: `id`, `name`, `announced`, `partners` and the first code of each."""
    wanted = pl.DataFrame({"id": alliances}, schema={"id": pl.String})
    book = frames.codebook
    partners = (
        frames.partners.filter(pl.col("alliance").is_in(wanted["id"].implode()))
        .sort("alliance", "position", "firm")
        .group_by("alliance", maintain_order=True)
        .agg("firm")
    )
    rows = wanted.join(frames.alliances, on="id", how="left", maintain_order="left").join(
        partners, left_on="id", right_on="alliance", how="left", maintain_order="left"
    )
    shown = [name for name in (book.design.form, book.design.motivation) if name is not None]
    labels = {name: book.labels(name) for name in shown}
    return [
        {
            "id": row["id"],
            "name": row["name"] or row["id"],
            "announced": row["announced"],
            "partners": row["firm"] or [],
            "codes": [labels[name].get(row[name], row[name]) for name in shown if row[name] is not None],
        }
        for row in rows.to_dicts()
    ]


def mixes(frames: Frames, portrait: FirmPortrait) -> tuple[Mix, ...]:
    """Return the mixes of a firm: the types of its partners, then the variables of the study's design."""
    from constellary.statistics.frequency import frequency  # brings scipy, which no other page needs

    if not portrait.alliances:
        return ()
    design = frames.codebook.design
    mine = only(frames, portrait.alliances)
    found = []
    if design.firm_type is not None and portrait.companions:
        others = replace(mine, partners=mine.partners.filter(pl.col("firm") != portrait.firm))
        found.append(_mix("Types of its partners", frequency(others, design.firm_type), portrait.firm))
    found += [
        _mix(frames.codebook.label(name), frequency(mine, name), portrait.firm)
        for name in (design.motivation, design.focus, design.form, design.place)
        if name is not None
    ]
    return tuple(found)


def _mix(title: str, counted: Frequency, firm: str) -> Mix:
    rows = counted.rows.select("value", "label", "count").rows()
    most = max((count for _, _, count in rows), default=0) or 1
    shares = tuple(
        Share(
            label,
            count,
            count / most,
            Filter(facets=(("firm", (firm,)), (counted.variable, (value,))))
            if counted.unit == "alliance"
            else None,
        )
        for value, label, count in rows
        if count or counted.kind == "single"
    )
    return Mix(title, shares, counted.missing)
