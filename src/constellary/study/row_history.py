"""The history of one alliance, firm or record: every decision that changed it or what hangs on it, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from constellary.study.decision_detail import DecisionDetail, row_detail
from constellary.study.decisions import key_text, unpacked_of
from constellary.study.schema import change

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.study.codebook import Codebook
    from constellary.study.decision_detail import RowDetail
    from constellary.study.standing import Standing

ENTITIES_OF = {
    "alliances": ("alliance", "partner", "source", "adjudication"),
    "firms": ("firm",),
    "records": ("record", "choice", "match", "screening", "resolution", "passage"),
}
"""Table -> the tables whose rows belong to one of its rows, by the first part of their key.

What single coders entered and noted is not among them: coders are to be blind to each other. What screeners decided
is: whoever shows it keeps back what somebody must not see yet.
"""
OF_CODING = ("coding", "adjudication")
"""What is asked for by who may see it: codes and their settling."""
LAST = "\U0010ffff"


def about(
    connection: sa.Connection,
    codebook: Codebook,
    now: Standing,
    table: str,
    key: str,
    *,
    entities: Sequence[str] = (),
) -> list[DecisionDetail]:
    """Return the decisions about an alliance or firm, newest first, each with the rows that it changed of it.

    Parameters
    ----------
    table
        `alliances`, `firms` or `records`.
    key
        Id or name; the history of what once had it, if it is there no more.
    entities
        Of which rows; empty: those of `ENTITIES_OF`.
    """
    first, last = key_text([key]), key_text([key, LAST])
    query = (
        sa.select(change.c.decision, change.c.entity, change.c.payload)
        .where(
            change.c.entity.in_(entities or ENTITIES_OF[table]),
            change.c.first_key <= last,
            change.c.last_key >= first,
        )
        .order_by(change.c.decision.desc(), change.c.part)
    )
    found: dict[int, list[RowDetail]] = {}
    for number, entity, payload in connection.execute(query):
        rows = [row_detail(codebook, entity, item) for item in unpacked_of(payload, key)]
        if rows:
            found.setdefault(number, []).extend(rows)
    entries = {number: now.get(number) for number in found}
    return [
        DecisionDetail(entry, tuple(found[number]), len(found[number]))
        for number, entry in entries.items()
        if entry is not None
    ]
