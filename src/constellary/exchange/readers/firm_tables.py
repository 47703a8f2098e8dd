"""Firms: those of the firm tables, what other tables say of them, and those that are only named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.exchange.readers.merging import merge_rows
from constellary.exchange.readers.names import Names, learn
from constellary.exchange.readers.stacking import check_columns, check_lengths, stacked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.exchange.readers.findings import Findings


def read_firms(
    parts: Sequence[pl.DataFrame], known: Mapping[str, str], findings: Findings
) -> tuple[pl.DataFrame | None, Names]:
    """Return the firms of the firm tables, one row each, and what is known of names."""
    firms = stacked(parts)
    if firms is None:
        return None, learn(None, known)
    empty = pl.col("firm").is_null()
    findings.rows(firms.filter(empty), column="firm", kind="empty", message="the firm's name is empty")
    firms = firms.filter(~empty)
    check_columns(parts, firms, "firm", set(known.values()), findings)
    check_lengths(firms, "firm", findings)
    study = learn(None, known)
    # A firm of the table is that of the study where only case differs; its aliases are no reason to rename it.
    study.aliases.clear()
    firms = study.apply(firms, "firm")
    firms = merge_rows(firms, ["firm"], findings, called=lambda name: f"firm '{name}'")
    names = learn(firms, known)
    names.renamed |= study.renamed
    names.respelled |= study.respelled
    names.ambiguous |= study.ambiguous
    return firms, names


def complete_firms(
    firms: pl.DataFrame | None,
    attributes: Sequence[pl.DataFrame],
    partners: pl.DataFrame | None,
    names: Names,
    findings: Findings,
) -> pl.DataFrame | None:
    """Return the firms with what other tables say of them, and a row for each that is only named."""
    said = [names.apply(frame.drop_nulls("firm"), "firm") for frame in attributes]
    whole = stacked([*([firms] if firms is not None else []), *said])
    if whole is not None:
        whole = merge_rows(whole, ["firm"], findings, called=lambda name: f"firm '{name}'")
        if "parent" in whole.columns:
            whole = names.apply(whole, "parent")
    named = [] if partners is None else [partners.select("firm")]
    if whole is not None and "parent" in whole.columns:
        named.append(whole.select(pl.col("parent").alias("firm")))
    if not named:
        return whole
    known = pl.Series(sorted(names.canonical), dtype=pl.String)
    if whole is not None:
        known = pl.concat([known, whole["firm"]])
    new = pl.concat(named).drop_nulls().unique().filter(~pl.col("firm").is_in(known.implode())).sort("firm")
    if whole is None:
        return new if new.height else None
    return pl.concat([whole, new], how="diagonal")
