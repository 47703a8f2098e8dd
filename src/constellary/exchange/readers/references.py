"""Rows that name an alliance: the alliance has to be there."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.readers.findings import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from constellary.exchange.readers.findings import Findings


def settle_references(
    frame: pl.DataFrame, alliances: pl.DataFrame | None, known: Collection[str], findings: Findings
) -> pl.DataFrame:
    """Return the rows whose `alliance` is an id, or a name that one alliance alone has (then its id).

    Parameters
    ----------
    frame
        Partners, sources or codings.
    alliances
        The alliances of the same reading, with `id` and perhaps `name`.
    known
        Ids of the study.
    """
    empty = pl.col("alliance").is_null()
    findings.rows(frame.filter(empty), column="alliance", kind="empty", message="the alliance is empty")
    frame = frame.filter(~empty)
    ids = pl.Series("id", sorted(known), dtype=pl.String)
    if alliances is not None:
        ids = pl.concat([ids, alliances["id"]])
    strange = ~pl.col("alliance").is_in(ids.implode())
    if alliances is not None and "name" in alliances.columns and frame.select(strange.any()).item():
        means = _by_name(frame.filter(strange)["alliance"].unique(), alliances)
        if means:
            one, many = (
                "alliance was named by its name and not by its id",
                "alliances were named by their name and not by their id",
            )
            findings.note(f"{counted(len(means), one, many)}.")
            frame = frame.with_columns(pl.col("alliance").replace(means))
    bad = frame.filter(strange)
    if bad.is_empty():
        return frame
    near = sorted(ids.head(5_000).to_list())

    def message(row: dict[str, object]) -> str:
        found = (
            get_close_matches(str(row["alliance"])[:100], near, n=1, cutoff=0.8) if len(near) < 5_000 else []
        )
        hint = f"; did you mean '{found[0]}'?" if found else ""
        return f"there is no such alliance in these files or the study{hint}"

    findings.rows(bad, column="alliance", kind="unknown-alliance", message=message, value="alliance")
    return frame.filter(~strange)


def _by_name(texts: pl.Series, alliances: pl.DataFrame) -> dict[str, str]:
    """Return text -> id, for the texts that are the name of one alliance alone."""
    named = (
        alliances.select("id", pl.col("name").str.to_lowercase())
        .drop_nulls()
        .group_by("name")
        .agg(pl.col("id").first(), pl.len().alias("count"))
        .filter(pl.col("count") == 1)
    )
    found = pl.DataFrame({"text": texts}).with_columns(pl.col("text").str.to_lowercase().alias("name"))
    return dict(found.join(named, on="name").select("text", "id").iter_rows())
