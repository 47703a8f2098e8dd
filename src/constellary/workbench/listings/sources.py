"""The listings of sources: page by page, and publisher by publisher."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.workbench.listings.listing import KEY, Column, Listing, all_text

if TYPE_CHECKING:
    from constellary.study.frames import Frames
    from constellary.workbench.filters import Filter
    from constellary.workbench.moments import Moment

ALLIANCE = "~alliance"
"""The column with the id of a page's alliance."""


def sources_listing(moment: Moment, chosen: Filter) -> Listing:
    """Return the pages on which the alliances of a filter rest, remembered."""
    whole = moment.memory.get(("listing", "sources"), lambda: pages_listing(moment.frames))
    if not chosen:
        return whole
    ids = moment.selected(chosen).alliances["id"]
    return moment.memory.get(("listing", "sources", chosen), lambda: whole.only(ids, ALLIANCE))


def pages_listing(frames: Frames) -> Listing:
    """Return one row a page and alliance, by alliance, within one in the order given.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> [column.name for column in pages_listing(example_frames()).columns]
    ['url', 'publisher', 'published', 'alliance', 'announced', 'id']
    """
    columns = (
        Column("url", "Page", "address"),
        Column("publisher", "Publisher", "publisher"),
        Column("published", "Published", "date"),
        Column("alliance", "Alliance", "alliance"),
        Column("announced", "Announced", "date", usual=False),
        Column("id", "Identifier", "text", usual=False),
    )
    named = frames.alliances.select("id", pl.coalesce("name", "id").alias("alliance"), "announced")
    rows = (
        frames.sources.rename({"alliance": "id"})
        .join(named, on="id", how="left", maintain_order="left")
        .with_row_index(KEY)
        .with_columns(pl.col(KEY).cast(pl.String), pl.col("id").alias(ALLIANCE))
    )
    texts = [pl.col(name) for name in ("url", "publisher", "published", "alliance", "id")]
    return Listing("sources", "source", columns, rows.with_columns(all_text(texts)), "-published")


def publishers_listing(moment: Moment, chosen: Filter) -> Listing:
    """Return the publishers of the pages of a filter, remembered."""
    return moment.memory.get(
        ("listing", "publishers", chosen), lambda: whole_publishers(moment.selected(chosen))
    )


def whole_publishers(frames: Frames) -> Listing:
    """Return one row a publisher, by name: pages, alliances that rest on them, first and latest page.

    Pages whose publisher is not known are left out.
    """
    columns = (
        Column("publisher", "Publisher", "publisher"),
        Column("alliance", "Alliances", "number"),
        Column("url", "Pages", "number"),
        Column("announced", "First page", "date"),
        Column("published", "Latest page", "date"),
    )
    rows = (
        frames.sources.drop_nulls("publisher")
        .group_by("publisher")
        .agg(
            pl.col("alliance").n_unique().cast(pl.Int64),
            pl.col("url").n_unique().cast(pl.Int64),
            pl.col("published").min().alias("announced"),
            pl.col("published").max(),
        )
        .sort("publisher")
        .with_columns(pl.col("publisher").alias(KEY), all_text([pl.col("publisher")]))
    )
    return Listing("publishers", "publisher", columns, rows, "-alliance")
