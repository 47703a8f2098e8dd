"""Merging firms and removing alliances: what a check finds and only a person can decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import sqlalchemy as sa

from constellary.errors import InputError
from constellary.study.decisions import RowChange
from constellary.study.editing import Planned
from constellary.study.names import folded
from constellary.study.rows import as_stored, one_row, rows_where
from constellary.study.schema import ENTITIES
from constellary.study.stored import ENTITY_OF, decoded, encoded

if TYPE_CHECKING:
    from constellary.study.codebook import Codebook
    from constellary.study.decisions import Changes, Row


def merge(connection: sa.Connection, codebook: Codebook, source: str, target: str) -> Planned:
    """Return the edit that makes one firm of two.

    `source` goes into `target`: its alliances become the target's, its name and aliases become aliases, firms
    that it owns are owned by the target. Values that the target lacks are taken over, others of the source are
    lost (the history keeps them). Where both are partners of an alliance, the target stays once.

    Raises
    ------
    UnknownName
        If there is no such firm.
    InputError
        If both are the same.
    """
    pair = [one_row(connection, "firms", name) for name in (source, target)]
    if source == target:
        raise InputError(f"'{source}' cannot be merged with itself.")
    owned = [row for row in rows_where(connection, "firms", parent=source) if row[0] not in (source, target)]
    stored = as_stored([*pair, *owned], "firms")
    after = encoded(_merged(decoded(stored, "firms", codebook), source, target), "firms", codebook)
    firm_changes = _changed(stored.filter(pl.col("firm") != source), after)
    firm_changes.append(RowChange(pair[0], None))
    changes: Changes = {ENTITY_OF["firms"]: firm_changes}
    own, others = (rows_where(connection, "partners", firm=name) for name in (source, target))
    if own:
        changes[ENTITY_OF["partners"]] = _moved(own, others, target)
    return Planned(changes, f"{source} merged into {target}")


def _merged(firms: pl.DataFrame, source: str, target: str) -> pl.DataFrame:
    """Return the table of firms without the source, its names and values with the target."""
    old, new = (firms.filter(pl.col("firm") == name).row(0, named=True) for name in (source, target))
    aliases = list(new["aliases"] or ())
    taken = {folded(target), *map(folded, aliases)}
    for name in (source, *(old["aliases"] or ())):
        if folded(name) not in taken:
            taken.add(folded(name))
            aliases.append(name)
    values = {column: new[column] if new[column] is not None else old[column] for column in firms.columns}
    if values["parent"] in (source, target):
        values["parent"] = None
    row = pl.DataFrame([values | {"firm": target, "aliases": aliases}], schema=firms.schema)
    rest = firms.filter(~pl.col("firm").is_in([source, target])).with_columns(
        pl.when(pl.col("parent") == source).then(pl.lit(target)).otherwise(pl.col("parent")).alias("parent")
    )
    return pl.concat([rest, row]).sort("firm")


def _changed(before: pl.DataFrame, after: pl.DataFrame) -> list[RowChange]:
    pairs = zip(before.sort("firm").rows(), after.sort("firm").rows(), strict=True)
    return [RowChange(old, new) for old, new in pairs if old != new]


def _moved(own: list[Row], others: list[Row], target: str) -> list[RowChange]:
    """Return the source's seats given to the target, which keeps its own where it has one."""
    both = {alliance for alliance, _, _ in others}
    changes = [RowChange(seat, None) for seat in own]
    changes += [
        RowChange(None, (alliance, target, position)) for alliance, _, position in own if alliance not in both
    ]
    return changes


def remove(connection: sa.Connection, alliance: str) -> Planned:
    """Return the edit that takes an alliance out, with its partners, sources, codings, notes and adjudications.

    Its firms stay.

    Raises
    ------
    UnknownName
        If there is no such alliance.
    """
    changes: Changes = {"alliance": [RowChange(one_row(connection, "alliances", alliance), None)]}
    for entity in ("partner", "source", "coding", "adjudication", "note"):
        table = ENTITIES[entity]
        gone = connection.execute(sa.select(table).where(table.c.alliance == alliance)).all()
        if gone:
            changes[entity] = [RowChange(tuple(row), None) for row in gone]
    return Planned(changes, f"{alliance} removed")
