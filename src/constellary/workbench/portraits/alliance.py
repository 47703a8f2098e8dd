"""The page of an alliance: who, what, on what it rests, and how it came to stand in the study as it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from constellary.errors import UnknownName
from constellary.study.facets import facets
from constellary.workbench.listings.alliances import alliances_listing
from constellary.workbench.listings.view import neighbours, order_of, trail
from constellary.workbench.portraits.coders import coders_of
from constellary.workbench.portraits.codes import codes_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from constellary.study.codings import Adjudication, Note
    from constellary.study.decision_detail import DecisionDetail
    from constellary.study.facets import Facet
    from constellary.workbench.filters import Filter
    from constellary.workbench.listings.ask import Ask
    from constellary.workbench.moments import Moment


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner: its name, the labels of its codes, how many alliances it has, and its parent."""

    firm: str
    tags: tuple[str, ...]
    alliances: int
    parent: str | None


def alliance_view(
    moment: Moment,
    chosen: Filter,
    ask: Ask,
    key: str,
    *,
    history: Sequence[DecisionDetail] = (),
    adjudications: Iterable[Adjudication] = (),
    notes: Iterable[Note] = (),
    hidden: Collection[str] = (),
) -> dict[str, Any]:
    """Return what the page of an alliance shows.

    Parameters
    ----------
    moment
        The study.
    chosen, ask
        The list that one comes from, for the alliances before and after.
    key
        Its id.
    history, adjudications, notes
        Of the study's decisions; none in a published site.
    hidden
        Variables whose codes are kept from who looks, as they have yet to code them.

    Raises
    ------
    UnknownName
        If there is no such alliance; the message names near ones.
    """
    frames = moment.frames
    place = frames.alliances["id"].search_sorted(key)
    if place >= frames.alliances.height or frames.alliances["id"][place] != key:
        raise UnknownName("alliance", key, frames.alliances["id"].to_list())
    row = frames.alliances.row(place, named=True)
    codes = codes_of(frames.codebook, "alliance", row, facets_of(moment))
    listing = alliances_listing(moment, chosen)
    order = order_of(moment, chosen, listing, ask)
    return {
        "key": key,
        "name": row["name"] or key,
        "announced": row["announced"],
        "partners": partners_of(moment, key),
        "entered": [code for code in codes if not code.derived and code.kind != "text"],
        "derived": [code for code in codes if code.derived],
        "texts": [code for code in codes if code.kind == "text" and code.text],
        "sources": frames.sources.filter(pl.col("alliance") == key).to_dicts(),
        "coders": coders_of(frames, key, adjudications=adjudications, notes=notes, hidden=hidden),
        "history": history,
        "neighbours": neighbours(order, listing, key),
        "trail": trail(chosen, ask),
        "ask": ask,
    }


def facets_of(moment: Moment) -> dict[str, Facet]:
    """Return the facets of the whole study by variable, remembered."""
    listed = moment.memory.get(("facets",), lambda: facets(moment.frames))
    return {facet.name: facet for facet in listed}


def partners_of(moment: Moment, key: str) -> list[Partner]:
    """Return the partners of an alliance in order."""
    frames, book = moment.frames, moment.codebook
    counts = moment.memory.get(
        ("alliances of firms",), lambda: dict(frames.partners.group_by("firm").len().iter_rows())
    )
    mine = frames.partners.filter(pl.col("alliance") == key).sort("position", "firm")
    rows = mine.join(frames.firms, on="firm", how="left", maintain_order="left").to_dicts()
    single = [item for item in book.of_level("firm") if item.kind == "single"]
    return [
        Partner(
            row["firm"],
            tuple(
                book.labels(item.name).get(row[item.name], row[item.name])
                for item in single
                if row[item.name]
            ),
            counts.get(row["firm"], 0),
            row["parent"],
        )
        for row in rows
    ]
