"""API: alliances, firms and sources, filtered, searched, sorted, and a part at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import polars as pl
from fastapi import APIRouter, Query

from constellary.errors import UnknownName
from constellary.study.firm_portrait import firm_portrait
from constellary.workbench.api.models import (
    AllianceAnswer,
    AllianceInFull,
    Alliances,
    CodingAnswer,
    CompanionAnswer,
    FirmAnswer,
    FirmInFull,
    Firms,
    Refusal,
    SourceAnswer,
    Sources,
    YearAnswer,
)
from constellary.workbench.coding.kept_back import kept_back
from constellary.workbench.filters import Filter
from constellary.workbench.listings.alliances import alliances_listing
from constellary.workbench.listings.ask import LONGEST_SEARCH, Ask
from constellary.workbench.listings.firms import firms_listing
from constellary.workbench.listings.listing import KEY
from constellary.workbench.listings.sources import sources_listing
from constellary.workbench.listings.view import order_of
from constellary.workbench.needs import Bench, Chosen, Now, Person

if TYPE_CHECKING:
    from constellary.study.codebook import Codebook, Level
    from constellary.study.frames import Frames
    from constellary.workbench.listings.listing import Listing
    from constellary.workbench.moments import Moment

router = APIRouter(
    prefix="/api/v1",
    tags=["tables"],
    responses={404: {"model": Refusal}, 422: {"model": Refusal, "description": "It cannot be understood."}},
)

MOST = 1_000
FILTERED = "The filter is `since`, `until`, `where` and `v.VARIABLE=value`, as in the addresses of the pages."
NAMED = "A name stands in the address with `~2F` for a slash, `~25` for a percent sign and `~7E` for a tilde."

Search = Annotated[
    str, Query(max_length=LONGEST_SEARCH, description="Words that a row must all have; accents do not count.")
]
Sort = Annotated[
    str,
    Query(max_length=100, description="A column of the page's table; `-` before it: the greatest first."),
]
Offset = Annotated[int, Query(ge=0, le=10**9, description="How many rows come before the first.")]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many rows at most.")]


@router.get("/alliances", description=f"Alliances with partners and codes. {FILTERED}")
def alliances(
    now: Now, chosen: Chosen, q: Search = "", sort: Sort = "", offset: Offset = 0, limit: Limit = 100
) -> Alliances:
    """Return a part of the alliances of a filter."""
    total, keys = _part(now, chosen, alliances_listing(now, chosen), Ask(q, sort), offset, limit)
    items = [AllianceAnswer(**row) for row in alliance_rows(now.frames, keys)]
    return Alliances(total=total, offset=offset, limit=limit, items=items)


@router.get("/alliances/{key:name}", description=f"One alliance, with sources and codings. {NAMED}")
def alliance(now: Now, bench: Bench, who: Person, key: str) -> AllianceInFull:
    """Return one alliance; other people's codes of what one has yet to code oneself are left out."""
    frames = now.frames
    if key not in frames.alliances["id"]:
        raise UnknownName("alliance", key, frames.alliances["id"].to_list())
    mine = pl.col("alliance") == key
    hidden = kept_back(now, bench.study, who, key)
    codings = frames.codings.filter(
        mine & (~pl.col("variable").is_in(list(hidden)) | (pl.col("coder") == who))
    )
    return AllianceInFull(
        **alliance_rows(frames, [key])[0],
        sources=[SourceAnswer(**row) for row in frames.sources.filter(mine).to_dicts()],
        codings=[CodingAnswer(**row) for row in codings.drop("alliance").to_dicts()],
    )


@router.get("/firms", description=f"Firms with what they sign under the filter. {FILTERED}")
def firms(
    now: Now, chosen: Chosen, q: Search = "", sort: Sort = "", offset: Offset = 0, limit: Limit = 100
) -> Firms:
    """Return a part of the firms of a filter."""
    listing = firms_listing(now, chosen)
    total, keys = _part(now, chosen, listing, Ask(q, sort), offset, limit)
    items = [FirmAnswer(**row) for row in firm_rows(now.frames, listing, keys)]
    return Firms(total=total, offset=offset, limit=limit, items=items)


@router.get("/firms/{firm:name}", description=f"One firm in the whole study, with its partners. {NAMED}")
def firm(now: Now, firm: str) -> FirmInFull:
    """Return one firm."""
    portrait = firm_portrait(now.frames, firm)
    return FirmInFull(
        **firm_rows(now.frames, firms_listing(now, Filter()), [firm])[0],
        ids=list(portrait.alliances),
        years=[YearAnswer(year=one.year, alliances=list(one.alliances)) for one in portrait.years],
        companions=[
            CompanionAnswer(firm=one.firm, alliances=list(one.alliances), first=one.first, last=one.last)
            for one in portrait.companions
        ],
        owners=list(portrait.owners),
        subsidiaries=list(portrait.subsidiaries),
    )


@router.get("/sources", description=f"Pages with the alliances that rest on them. {FILTERED}")
def sources(
    now: Now, chosen: Chosen, q: Search = "", sort: Sort = "", offset: Offset = 0, limit: Limit = 100
) -> Sources:
    """Return a part of the sources of a filter."""
    listing = sources_listing(now, chosen)
    order = order_of(now, chosen, listing, Ask(q, sort))
    rows = listing.rows[order.slice(offset, limit)].select(
        pl.col("id").alias("alliance"), "url", "publisher", "published"
    )
    items = [SourceAnswer(**row) for row in rows.to_dicts()]
    return Sources(total=order.len(), offset=offset, limit=limit, items=items)


def alliance_rows(frames: Frames, keys: list[str]) -> list[dict[str, Any]]:
    """Return alliances in the order of their ids given, as the API has them."""
    wanted = pl.DataFrame({"id": keys}, schema={"id": pl.String})
    partners = (
        frames.partners.filter(pl.col("alliance").is_in(wanted["id"].implode()))
        .sort("alliance", "position", "firm")
        .group_by("alliance", maintain_order=True)
        .agg(pl.col("firm").alias("~partners"))
    )
    rows = wanted.join(frames.alliances, on="id", how="left", maintain_order="left").join(
        partners, left_on="id", right_on="alliance", how="left", maintain_order="left"
    )
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "announced": row["announced"],
            "partners": row["~partners"] or [],
            **_codes(frames.codebook, "alliance", row, year=row["year"], size=row["size"]),
        }
        for row in rows.to_dicts()
    ]


def firm_rows(frames: Frames, listing: Listing, keys: list[str]) -> list[dict[str, Any]]:
    """Return firms in the order of their names given, with the counts of a listing, as the API has them."""
    wanted = pl.DataFrame({KEY: keys}, schema={KEY: pl.String})
    counted = listing.rows.select(
        KEY,
        pl.col("alliance").alias("~alliances"),
        pl.col("size").alias("~partners"),
        pl.col("year").alias("~first"),
        pl.col("announced").alias("~latest"),
    )
    rows = wanted.join(counted, on=KEY, how="left", maintain_order="left").join(
        frames.firms, left_on=KEY, right_on="firm", how="left", maintain_order="left"
    )
    return [
        {
            "firm": row[KEY],
            "aliases": row["aliases"] or [],
            "parent": row["parent"],
            "alliances": row["~alliances"],
            "partners": row["~partners"],
            "first": row["~first"],
            "latest": row["~latest"],
            **_codes(frames.codebook, "firm", row),
        }
        for row in rows.to_dicts()
    ]


def _codes(book: Codebook, level: Level, row: dict[str, Any], **more: int | None) -> dict[str, Any]:
    entered = {item.name: row[item.name] for item in book.of_level(level)}
    derived = {
        item.name: row[item.name] for item in book.groupings if item.level == level and item.name in row
    }
    return {"codes": entered, "derived": {**derived, **more}}


def _part(
    now: Moment, chosen: Filter, listing: Listing, ask: Ask, offset: int, limit: int
) -> tuple[int, list[str]]:
    order = order_of(now, chosen, listing, ask)
    return order.len(), listing.rows[KEY].gather(order.slice(offset, limit)).to_list()
