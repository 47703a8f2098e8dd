"""The listing of alliances."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.workbench.listings.listing import APART, KEY, Column, Listing, all_text, printed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from constellary.study.codebook import Codebook, Grouping, Kind, Variable
    from constellary.study.frames import Frames
    from constellary.workbench.filters import Filter
    from constellary.workbench.listings.listing import Kind as ColumnKind
    from constellary.workbench.moments import Moment

SHOWN_CODES = 4
"""Variables that are shown when the study's design does not say which matter."""
KINDS: dict[Kind, ColumnKind] = {"single": "code", "multiple": "tags", "text": "text", "date": "date"}


def alliances_listing(moment: Moment, chosen: Filter) -> Listing:
    """Return the alliances of a filter; what is worked out of all of them is remembered."""
    whole = moment.memory.get(("listing", "alliances"), lambda: whole_listing(moment.frames))
    if not chosen:
        return whole
    ids = moment.selected(chosen).alliances["id"]
    return moment.memory.get(("listing", "alliances", chosen), lambda: whole.only(ids))


def whole_listing(frames: Frames) -> Listing:
    """Return all alliances of frames, by id.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> listing = whole_listing(example_frames())
    >>> listing.rows.height, listing.columns[0].name, listing.sort
    (6, 'name', '-announced')
    """
    book = frames.codebook
    codes = [item for item in book.items if item.level == "alliance" and item.name != "year"]
    usual = set(shown_codes(book))
    columns = (
        Column("name", "Alliance", "alliance"),
        Column("announced", "Announced", "date"),
        Column("firm", "Partners", "firms"),
        *code_columns(codes, usual),
        Column("size", "Count of partners", "number", usual=False),
        Column("year", "Year", "number", usual=False),
        Column("url", "Sources", "number", usual=False),
        Column("id", "Identifier", "text", usual=False),
    )
    table = frames.alliances.with_columns(
        pl.col("id").alias(KEY),
        pl.coalesce("name", "id").alias("name"),
        *(printed(item.name, book.labels(item.name), frames.alliances.schema) for item in codes),
    )
    table = table.join(_partners(frames), on="id", how="left", maintain_order="left")
    table = table.join(_sources(frames), on="id", how="left", maintain_order="left")
    table = table.with_columns(pl.col("url").fill_null(0))
    texts = [_as_text(name, kind) for name, kind in table.schema.items() if name not in (KEY, "size", "url")]
    rows = table.with_columns(all_text(texts)).drop("~publishers", "~urls", "~aliases")
    return Listing("alliances", "alliance", columns, rows, "-announced")


def shown_codes(book: Codebook) -> list[str]:
    """Return the variables of alliances that a table shows when nobody has chosen: those of the design."""
    design = book.design
    named = [design.form, design.motivation, design.focus, design.place]
    found = [name for name in named if name is not None]
    single = [item.name for item in book.of_level("alliance") if item.kind == "single"]
    return found or single[:SHOWN_CODES]


def code_columns(codes: Iterable[Variable | Grouping], usual: set[str]) -> list[Column]:
    """Return the columns of variables and groupings, sorted in the order of their categories."""
    return [
        Column(
            item.name,
            item.label,
            KINDS[item.kind],
            usual=item.name in usual,
            order=tuple(category.label for category in item.categories) if item.kind == "single" else (),
        )
        for item in codes
    ]


def _partners(frames: Frames) -> pl.DataFrame:
    """Return for each alliance its partners in order, and all their aliases."""
    named = frames.partners.join(frames.firms.select("firm", "aliases"), on="firm", how="left")
    return (
        named.sort("alliance", "position", "firm")
        .group_by("alliance", maintain_order=True)
        .agg("firm", pl.col("aliases").list.join(APART).str.join(APART).alias("~aliases"))
        .rename({"alliance": "id"})
    )


def _sources(frames: Frames) -> pl.DataFrame:
    return (
        frames.sources.group_by("alliance")
        .agg(
            pl.len().cast(pl.Int64).alias("~pages"),
            pl.col("publisher").drop_nulls().unique(maintain_order=True).str.join(APART).alias("~publishers"),
            pl.col("url").str.join(APART).alias("~urls"),
        )
        .rename({"alliance": "id", "~pages": "url"})
    )


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    return pl.col(name).list.join(APART) if kind == pl.List(pl.String) else pl.col(name).cast(pl.String)
