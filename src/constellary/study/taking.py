"""Taking a batch in: what an import changes, worked out before anything is written.

Columns that a batch does not have stay as they are; the partners of an alliance that it names are
replaced as a whole; the same batch twice changes nothing the second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from constellary.study.decisions import RowChange
from constellary.study.derive import table_schema
from constellary.study.schema import key_columns
from constellary.study.stored import ENTITY_OF, STORED, decoded, encoded, entity_of

if TYPE_CHECKING:
    from constellary.study.batch import Batch
    from constellary.study.codebook import Codebook
    from constellary.study.decisions import Changes

TABLES = ("alliances", "partners", "firms", "sources", "codings")


@dataclass(frozen=True, slots=True)
class TableCount:
    """Rows of one table that an import added, changed, removed and found equal."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


def plan(
    batch: Batch, existing: dict[str, pl.DataFrame], codebook: Codebook
) -> tuple[Changes, dict[str, TableCount]]:
    """Return the row changes that a batch amounts to, and their counts by table.

    Parameters
    ----------
    batch
        What to take in; it is taken to be valid.
    existing
        The study's tables as stored, by name.
    codebook
        Names and types of the columns.
    """
    changes: Changes = {}
    counts: dict[str, TableCount] = {}
    for name in TABLES:
        incoming = _incoming(batch, name, existing[name], codebook)
        if incoming is None:
            continue
        old = existing[name]
        keys = key_columns(entity_of(name))
        removed = _removed(old, incoming, keys) if name == "partners" else old.clear()
        found, counts[name] = _difference(old, incoming, removed, keys)
        if found:
            changes[ENTITY_OF[name]] = found
    return changes, counts


def _incoming(batch: Batch, name: str, old: pl.DataFrame, codebook: Codebook) -> pl.DataFrame | None:
    """Return the batch's table as stored, overlaid on what the study has."""
    frame: pl.DataFrame | None = getattr(batch, name)
    if name == "firms" and batch.partners is not None:
        named = batch.partners.select("firm").unique()
        if frame is not None:
            named = named.join(frame.select("firm"), on="firm", how="anti")
        new = named.join(old.select("firm"), on="firm", how="anti")
        frame = new if frame is None else pl.concat([frame, new], how="diagonal")
    if frame is None or frame.is_empty():
        return None
    schema = table_schema(codebook, name)
    keys = key_columns(entity_of(name))
    absent = [column for column in schema if column not in frame.columns]
    if absent:
        kept = decoded(old.join(frame.select(keys), on=keys, how="semi"), name, codebook)
        frame = frame.join(kept.select(*keys, *absent), on=keys, how="left", maintain_order="left")
    if name == "sources":
        frame = _placed(frame, old)
        return encoded_sources(frame, codebook)
    return encoded(frame, name, codebook).unique(keys, keep="last", maintain_order=True)


def encoded_sources(frame: pl.DataFrame, codebook: Codebook) -> pl.DataFrame:
    """Return sources as stored; their position is the order in which they were given."""
    positions = frame.select("alliance", "url", "position")
    plain = encoded(frame, "sources", codebook).drop("position")
    return plain.join(positions, on=["alliance", "url"], how="left", maintain_order="left").select(
        pl.col(column).cast(kind) for column, kind in STORED["sources"].items()
    )


def _placed(frame: pl.DataFrame, old: pl.DataFrame) -> pl.DataFrame:
    """Number the sources of each alliance: known ones keep their number, new ones follow."""
    known = old.select("alliance", "url", pl.col("position").alias("known"))
    last = old.group_by("alliance").agg(pl.col("position").max().alias("last"))
    frame = (
        frame.unique(["alliance", "url"], keep="last", maintain_order=True)
        .join(known, on=["alliance", "url"], how="left", maintain_order="left")
        .join(last, on="alliance", how="left", maintain_order="left")
    )
    following = pl.col("last").fill_null(0) + pl.col("known").is_null().cum_sum().over("alliance")
    return frame.with_columns(pl.coalesce("known", following).cast(pl.Int32).alias("position"))


def _removed(old: pl.DataFrame, incoming: pl.DataFrame, keys: list[str]) -> pl.DataFrame:
    touched = old.join(incoming.select("alliance").unique(), on="alliance", how="semi")
    return touched.join(incoming.select(keys), on=keys, how="anti")


def _difference(
    old: pl.DataFrame, incoming: pl.DataFrame, removed: pl.DataFrame, keys: list[str]
) -> tuple[list[RowChange], TableCount]:
    if old.is_empty():
        added, before, after = incoming, old, old
    else:
        added = incoming.join(old.select(keys), on=keys, how="anti")
        after = incoming.join(old.select(keys), on=keys, how="semi").sort(keys)
        before = old.join(after.select(keys), on=keys, how="semi").sort(keys)
        same = pl.Series([True] * after.height, dtype=pl.Boolean)
        for column in after.columns:
            same &= before[column].eq_missing(after[column])
        before, after = before.filter(~same), after.filter(~same)
    found = [RowChange(None, row) for row in added.sort(keys).rows()]
    found += [RowChange(first, second) for first, second in zip(before.rows(), after.rows(), strict=True)]
    found += [RowChange(row, None) for row in removed.rows()]
    unchanged = incoming.height - added.height - after.height
    return found, TableCount(added.height, after.height, removed.height, unchanged)
