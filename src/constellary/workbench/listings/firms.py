"""The listing of firms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.workbench.listings.alliances import code_columns
from constellary.workbench.listings.listing import APART, KEY, Column, Listing, all_text, printed

if TYPE_CHECKING:
    from constellary.study.frames import Frames
    from constellary.workbench.filters import Filter
    from constellary.workbench.moments import Moment


KNOWN = "~parent known"
"""The column that says whether a firm's parent has a page: it may not be entered itself."""


def firms_listing(moment: Moment, chosen: Filter) -> Listing:
    """Return the firms of a filter, remembered."""
    return moment.memory.get(
        ("listing", "firms", chosen), lambda: whole_listing(moment.selected(chosen), narrowed=bool(chosen))
    )


def whole_listing(frames: Frames, *, narrowed: bool = False) -> Listing:
    """Return the firms of frames by name, with what they sign here.

    Parameters
    ----------
    frames
        A study or a selection of it.
    narrowed
        Whether firms that sign nothing here are left out.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> listing = whole_listing(example_frames())
    >>> listing.rows.select("firm", "alliance", "size").row(0)
    ('Algol', 4, 3)
    """
    book = frames.codebook
    codes = [item for item in book.items if item.level == "firm"]
    columns = (
        Column("firm", "Firm", "firm"),
        *code_columns(codes, {item.name for item in codes if item.kind == "single"}),
        Column("alliance", "Alliances", "number"),
        Column("size", "Partners", "number"),
        Column("year", "First", "number"),
        Column("announced", "Latest", "number"),
        Column("parent", "Parent", "firm"),
        Column("aliases", "Other names", "tags", usual=False),
    )
    table = frames.signing if narrowed else frames.firms
    table = table.with_columns(
        pl.col("firm").alias(KEY),
        pl.col("parent").is_in(frames.firms["firm"].implode()).alias(KNOWN),
        *(printed(item.name, book.labels(item.name), table.schema) for item in codes),
    )
    for counted in (_signed(frames), _allied(frames)):
        table = table.join(counted, on="firm", how="left", maintain_order="left")
    # A firm that signs nothing has 0 alliances and partners: they are counted, not unknown.
    table = table.with_columns(pl.col("alliance", "size").fill_null(0))
    texts = [
        pl.col(name).list.join(APART) if kind == pl.List(pl.String) else pl.col(name).cast(pl.String)
        for name, kind in table.schema.items()
        if name not in (KEY, KNOWN, "alliance", "size", "year", "announced")
    ]
    return Listing("firms", "firm", columns, table.with_columns(all_text(texts)), "-alliance")


def _signed(frames: Frames) -> pl.DataFrame:
    """Return for each firm its alliances and the years of the first and the latest."""
    years = frames.alliances.select(pl.col("id").alias("alliance"), "year")
    return (
        frames.partners.join(years, on="alliance", how="left")
        .group_by("firm")
        .agg(
            pl.col("alliance").n_unique().cast(pl.Int64).alias("~alliances"),
            pl.col("year").min(),
            pl.col("year").max().alias("announced"),
        )
        .rename({"~alliances": "alliance"})
    )


def _allied(frames: Frames) -> pl.DataFrame:
    """Return for each firm how many other firms it has signed with."""
    pairs = frames.partners.select("alliance", "firm")
    others = pairs.join(pairs, on="alliance", suffix="_other").filter(pl.col("firm") != pl.col("firm_other"))
    return others.group_by("firm").agg(pl.col("firm_other").n_unique().cast(pl.Int64).alias("size"))
