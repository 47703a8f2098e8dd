"""Sources and codings: each once, and no two that disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.readers.merging import drop_identical, merge_rows, report_repeats
from constellary.exchange.readers.stacking import stacked
from constellary.exchange.readers.urls import check_urls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.exchange.readers.findings import Findings


def settle_sources(frames: Sequence[pl.DataFrame], findings: Findings) -> pl.DataFrame | None:
    """Return the sources with a sound address, one row for each alliance and address."""
    sources = stacked(frames)
    if sources is None:
        return None
    empty = pl.col("url").is_null()
    findings.rows(sources.filter(empty), column="url", kind="empty", message="the web address is empty")
    sources = check_urls(sources.filter(~empty), findings)
    fields = [name for name in ("alliance", "url", "publisher", "published") if name in sources.columns]
    sources = drop_identical(sources, fields, findings, what="source")
    return merge_rows(
        sources,
        ["alliance", "url"],
        findings,
        called=lambda alliance: f"source of {findings.called(alliance)}",
    )


def settle_codings(frames: Sequence[pl.DataFrame], findings: Findings) -> pl.DataFrame | None:
    """Return one row for each alliance, variable and coder.

    Two rows that say the same are one; two that differ are a problem. An empty value is a coding too: it
    says that the coder found none.
    """
    codings = stacked(frames)
    if codings is None:
        return None
    keys = ["alliance", "variable", "coder"]
    codings = codings.drop_nulls(keys)
    fields = [name for name in (*keys, "value", "sure") if name in codings.columns]
    codings = drop_identical(codings, fields, findings, what="coding")
    report_repeats(
        codings,
        keys,
        findings,
        column="value",
        kind="duplicate-coding",
        message=lambda row, place: (
            f"'{row['coder']}' coded {row['variable']} of {findings.called(str(row['alliance']))} "
            f"in {place} already, and otherwise"
        ),
        value="value",
    )
    return codings
