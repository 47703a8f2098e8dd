"""Later: whether decisions after one changed the same rows, so that it cannot be taken back alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from constellary.study.decisions import unpacked
from constellary.study.schema import ENTITIES, change, key_columns

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

Touched = tuple[int, str, tuple[str, ...]]
"""Decision, table, key."""


def touched_later(connection: sa.Connection, number: int, later: AbstractSet[int]) -> Touched | None:
    """Return the latest of some decisions that changed a row which decision `number` changed, and the row.

    None if none of them did.
    """
    if not later:
        return None
    mine = sa.select(change.c.entity, change.c.first_key, change.c.last_key, change.c.payload).where(
        change.c.decision == number
    )
    found: Touched | None = None
    for entity, first, last, payload in connection.execute(mine).all():
        width = len(key_columns(ENTITIES[entity]))
        keys = {tuple(item.row[:width]) for item in unpacked(payload)}
        others = sa.select(change.c.decision, change.c.payload).where(
            change.c.entity == entity, change.c.first_key <= last, change.c.last_key >= first
        )
        for other, theirs in connection.execute(others):
            if other not in later or (found is not None and other <= found[0]):
                continue
            shared = keys & {tuple(item.row[:width]) for item in unpacked(theirs)}
            if shared:
                found = (other, entity, min(shared))
    return found
