"""Pairs of partners within alliances, and whether the two compete."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from constellary.study.codebook import Rivals
    from constellary.study.frames import Frames


def judged_pairs(frames: Frames, rivals: Rivals) -> pl.DataFrame:
    """Return every pair of partners: `alliance`, `first`, `second`, `rival` (null: unknown), `same_group`.

    Alliances and firms are row numbers of their frames, in which a million pairs join fast. A firm of a
    kind that is not in competition makes no rival pair whatever its partner is, so that a pair is unknown
    only if the missing kind could decide it (null and false is false, null and true is null).
    """
    kinds = (
        frames.firms.select("firm", pl.col(rivals.variable).alias("kind"))
        .with_row_index("number")
        .join(owners(frames.firms), on="firm", how="left", maintain_order="left")
        .with_columns(pl.col("kind").is_in(rivals.values).alias("competes"))
    )
    members = (
        frames.partners.select("alliance", "firm")
        .unique()
        .join(kinds, on="firm")
        .join(frames.alliances.select("id").with_row_index("at"), left_on="alliance", right_on="id")
        .select("at", "number", "kind", "competes", "owner")
    )
    pairs = members.join(members, on="at", suffix="_other").filter(pl.col("number") < pl.col("number_other"))
    alike = pl.col("kind") == pl.col("kind_other")
    could_be = pl.col("competes") & pl.col("competes_other")
    one_group = pl.col("owner") == pl.col("owner_other")
    return pairs.select(
        pl.col("at").alias("alliance"),
        pl.col("number").alias("first"),
        pl.col("number_other").alias("second"),
        pl.when(~could_be | one_group).then(pl.lit(value=False)).otherwise(alike).alias("rival"),
        (could_be & one_group & alike).fill_null(value=False).alias("same_group"),
    )


def named_pairs(frames: Frames, rivalries: pl.DataFrame) -> pl.DataFrame:
    """Return the pairs of rival firms by name with their alliances."""
    names, ids = frames.firms["firm"], frames.alliances["id"]
    return (
        rivalries.select(
            names.gather(rivalries["first"]).alias("first"),
            names.gather(rivalries["second"]).alias("second"),
            ids.gather(rivalries["alliance"]).alias("alliance"),
        )
        .group_by("first", "second")
        .agg(pl.len().cast(pl.Int64).alias("alliances"), pl.col("alliance").sort().alias("evidence"))
        .sort("alliances", "first", "second", descending=[True, False, False])
    )


def owners(firms: pl.DataFrame) -> pl.DataFrame:
    """Return `firm` and `owner`, the top of its chain of parents (itself without one)."""
    parents = firms.select("firm", "parent").filter(pl.col("firm") != pl.col("parent"))
    chain = (
        firms.select("firm")
        .join(parents, on="firm", how="left", maintain_order="left")
        .select("firm", pl.coalesce("parent", "firm").alias("owner"))
    )
    # A chain of parents can be no longer than the firms that have one; a circle ends there too.
    for _ in range(min(64, firms.height)):
        higher = chain.join(parents, left_on="owner", right_on="firm", how="left", maintain_order="left")
        if higher["parent"].null_count() == higher.height:
            break
        chain = higher.select("firm", pl.coalesce("parent", "owner").alias("owner"))
    return chain
