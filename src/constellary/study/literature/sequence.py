"""The order of reading: which record was decided on when, read off the decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from constellary.study.decisions import unpacked
from constellary.study.schema import change, screening

if TYPE_CHECKING:
    from constellary.study.database import Database

COLUMNS = [column.name for column in screening.columns]
RECORD, STAGE, SCREENER = (COLUMNS.index(name) for name in ("record", "stage", "screener"))


def reading_order(database: Database, stage: str, screener: str | None = None) -> tuple[str, ...]:
    """Return the records that bear a verdict at a stage, in the order in which they got their first one.

    Parameters
    ----------
    stage
        Name of the stage.
    screener
        Whose verdicts; None: anybody's.

    Returns
    -------
    tuple of str
        A verdict that was changed keeps its place; one that was taken out loses it.
    """
    query = (
        sa.select(change.c.payload)
        .where(change.c.entity == screening.name)
        .order_by(change.c.decision, change.c.part)
    )
    held: dict[tuple[str, str], None] = {}
    with database.read() as connection:
        for payload in connection.execute(query).scalars():
            for item in unpacked(payload):
                row = item.after or item.before
                if row is None or row[STAGE] != stage or screener not in (None, row[SCREENER]):
                    continue
                key = (str(row[RECORD]), str(row[SCREENER]))
                if item.after is None:
                    held.pop(key, None)
                else:
                    held.setdefault(key)
    return tuple(dict.fromkeys(record for record, _ in held))
