"""Merging firms and removing alliances: what a check finds and only a person can decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import InputError, UnknownName
from constellary.study.history import RowChange
from constellary.study.names import folded
from constellary.study.stored import ENTITY_OF, decoded, encoded
from constellary.study.taking import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.study.codebook import Codebook
    from constellary.study.history import Changes


def merge(
    stored: Mapping[str, pl.DataFrame], codebook: Codebook, source: str, target: str
) -> tuple[Changes, str]:
    """Return the changes that make one firm of two, and the merge in words.

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
    firms = decoded(stored["firms"], "firms", codebook)
    for name in (source, target):
        if name not in firms["firm"]:
            raise UnknownName("firm", name, firms["firm"].to_list())
    if source == target:
        raise InputError(f"'{source}' cannot be merged with itself.")
    after = encoded(_merged(firms, source, target), "firms", codebook)
    firm_changes = _changed(stored["firms"].filter(pl.col("firm") != source), after)
    firm_changes.append(RowChange(stored["firms"].filter(pl.col("firm") == source).row(0), None))
    changes: Changes = {ENTITY_OF["firms"]: firm_changes}
    moved = _moved(stored["partners"], source, target)
    if moved:
        changes[ENTITY_OF["partners"]] = moved
    return changes, f"{source} merged into {target}"


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


def _moved(partners: pl.DataFrame, source: str, target: str) -> list[RowChange]:
    """Return the source's seats given to the target, which keeps its own where it has one."""
    both = set(partners.filter(pl.col("firm") == target)["alliance"])
    seats = partners.filter(pl.col("firm") == source).rows()
    changes = [RowChange(seat, None) for seat in seats]
    changes += [
        RowChange(None, (alliance, target, position))
        for alliance, _, position in seats
        if alliance not in both
    ]
    return changes


def remove(stored: Mapping[str, pl.DataFrame], alliance: str) -> tuple[Changes, str]:
    """Return the changes that take an alliance out, with its partners, sources and codings.

    Its firms stay.

    Raises
    ------
    UnknownName
        If there is no such alliance.
    """
    if alliance not in stored["alliances"]["id"]:
        raise UnknownName("alliance", alliance, stored["alliances"]["id"].to_list())
    changes: Changes = {}
    for name in TABLES:
        key = "id" if name == "alliances" else "alliance"
        if name != "firms":
            gone = stored[name].filter(pl.col(key) == alliance).rows()
            if gone:
                changes[ENTITY_OF[name]] = [RowChange(row, None) for row in gone]
    return changes, f"{alliance} removed"
