"""Who is a partner of what: names led to firms, each firm once, every partner in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.readers.findings import FIELD, ROW, TABLE, Findings
from constellary.exchange.readers.merging import first_distinct, place_of_first
from constellary.exchange.readers.stacking import LONGEST_NAME

if TYPE_CHECKING:
    from constellary.exchange.readers.names import Names


def settle_partners(partners: pl.DataFrame, names: Names, findings: Findings) -> pl.DataFrame:
    """Return `alliance`, `firm`, `position` (Int32, from 1), sorted by alliance and position.

    Problems
    --------
    A partner without a name, a name above the limit, a firm twice in an alliance, a position twice in an
    alliance, two tables that name different partners of an alliance.
    """
    empty = pl.col("firm").is_null()
    findings.rows(partners.filter(empty), column="firm", kind="empty", message="the firm's name is empty")
    partners = partners.filter(~empty)
    long = partners.filter(pl.col("firm").str.len_chars() > LONGEST_NAME)
    message = f"the firm's name is longer than {LONGEST_NAME} characters"
    findings.rows(long, column="firm", kind="too-long", message=message, value="firm")
    partners = names.apply(partners.with_columns(pl.col("firm").alias("_written")), "firm")
    if partners[TABLE].n_unique() > 1:
        partners = _one_table_each(partners, findings)
    _report_twice(partners, findings)
    return _placed(partners, findings)


def _one_table_each(partners: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Keep the partners of the first table that names an alliance's; another has to name the same."""
    tables = partners.group_by("alliance", TABLE).agg(
        pl.col("firm").unique().sort(), pl.col(ROW).min().alias(ROW)
    )
    first = tables.sort(TABLE).unique("alliance", keep="first", maintain_order=True)
    first = first.select(
        "alliance",
        pl.col("firm").alias("_firms"),
        pl.col(TABLE).alias("_first_table"),
        pl.col(ROW).alias("_first_row"),
    )
    both = tables.join(first, on="alliance").filter(pl.col(TABLE) != pl.col("_first_table"))
    differing = both.filter(pl.col("firm").list.join("\0") != pl.col("_firms").list.join("\0"))
    findings.rows(
        differing,
        column="firm",
        kind="partners-differ",
        message=lambda row: (
            f"{findings.called(str(row['alliance']))} has other partners than in "
            f"{place_of_first(row, findings)}; all partners of an alliance belong into one table"
        ),
    )
    return partners.join(
        first.select("alliance", "_first_table"), on="alliance", how="left", maintain_order="left"
    ).filter(pl.col(TABLE) == pl.col("_first_table"))


def _report_twice(partners: pl.DataFrame, findings: Findings) -> None:
    keys = ["alliance", "firm"]
    twice = partners.select(keys).is_duplicated()
    if not twice.any():
        return
    several = partners.filter(twice)
    first = several.unique(keys, keep="first", maintain_order=True)
    first = first.select(*keys, pl.col("_written").alias("_first_written"), pl.col(ROW).alias("_first_row"))
    later = several.filter(~first_distinct(several, keys))

    def message(row: dict[str, object]) -> str:
        where = "" if row["_first_row"] == row[ROW] else f" in row {row['_first_row']}"
        alias = "" if row["_first_written"] == row["_written"] else f", written '{row['_first_written']}'"
        return (
            f"'{row['firm']}' is a partner of {findings.called(str(row['alliance']))} already{where}{alias}"
        )

    bad = later.join(first, on=keys, maintain_order="left")
    findings.rows(bad, column="firm", kind="duplicate-partner", message=message, value="_written")


def _placed(partners: pl.DataFrame, findings: Findings) -> pl.DataFrame:
    """Return the partners with a position each: as given, or in the order of the rows."""
    if "position" not in partners.columns:
        partners = partners.with_columns(pl.lit(None, pl.Int32).alias("position"))
    given = partners.filter(pl.col("position").is_not_null())
    twice = given.filter(given.select("alliance", "position").is_duplicated())
    later = twice.filter(~first_distinct(twice, ["alliance", "position"]))
    findings.rows(
        later.drop(FIELD, strict=False),
        column="position",
        kind="duplicate-position",
        message=lambda row: (
            f"position {row['position']} of {findings.called(str(row['alliance']))} is taken by another partner"
        ),
        value="position",
    )
    ordered = partners.sort("alliance", "position", TABLE, ROW, nulls_last=True, maintain_order=True)
    if given.height == partners.height:
        return ordered
    wanting = pl.col("position").is_null().any().over("alliance")
    rank = pl.int_range(1, pl.len() + 1, dtype=pl.Int32).over("alliance")
    return ordered.with_columns(pl.when(wanting).then(rank).otherwise(pl.col("position")).alias("position"))
