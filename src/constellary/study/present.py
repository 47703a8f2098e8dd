"""Present: the tables of a study as they stand, kept between calls.

After a few decisions only the rows that they touched are read again. A page that shows a large study after
an edit need not wait until all of it is read.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import polars as pl
import sqlalchemy as sa

from constellary.study.decisions import unpacked
from constellary.study.rows import as_stored, rows_where
from constellary.study.schema import change, decision, key_columns
from constellary.study.stored import ENTITY_OF, decoded, entity_of, fetch

if TYPE_CHECKING:
    from constellary.study.codebook import Codebook
    from constellary.study.database import Database

FEW = 500
"""Up to so many changed rows are read one by one; beyond, all tables are read."""

Tables = dict[str, pl.DataFrame]


class Present:
    """The tables of a study with one column a variable, by name."""

    def __init__(self, database: Database, codebook: Codebook) -> None:
        self._database = database
        self._codebook = codebook
        self._lock = Lock()
        self._seen = 0
        self._tables: Tables | None = None

    def tables(self) -> Tables:
        """Return alliances, partners, firms, sources and codings as they stand, each in its order."""
        with self._lock, self._database.read() as connection:
            latest: int = connection.execute(sa.select(sa.func.max(decision.c.id))).scalar_one() or 0
            if self._tables is None:
                self._tables = {
                    name: decoded(fetch(connection, name), name, self._codebook) for name in ENTITY_OF
                }
            elif latest != self._seen:
                self._tables = self._renewed(connection, self._tables)
            self._seen = latest
            return dict(self._tables)

    def _renewed(self, connection: sa.Connection, tables: Tables) -> Tables:
        since = change.c.decision > self._seen
        rows = connection.execute(sa.select(sa.func.sum(change.c.count)).where(since)).scalar_one() or 0
        if rows > FEW:
            return {name: decoded(fetch(connection, name), name, self._codebook) for name in ENTITY_OF}
        touched: dict[str, set[str]] = {}
        for entity, payload in connection.execute(sa.select(change.c.entity, change.c.payload).where(since)):
            touched.setdefault(entity, set()).update(item.row[0] for item in unpacked(payload))
        return {
            name: self._patched(connection, name, frame, sorted(touched.get(ENTITY_OF[name], ())))
            for name, frame in tables.items()
        }

    def _patched(
        self, connection: sa.Connection, name: str, frame: pl.DataFrame, touched: list[str]
    ) -> pl.DataFrame:
        """Return a table with all rows of some alliances or firms, the first part of their keys, read anew."""
        if not touched:
            return frame
        key = key_columns(entity_of(name))[0]
        rows = [row for value in touched for row in rows_where(connection, name, **{key: value})]
        fresh = decoded(as_stored(rows, name), name, self._codebook)
        kept = frame.join(pl.DataFrame({key: touched}), on=key, how="anti", maintain_order="left")
        # The rows of one alliance come in their order, and a stable sort leaves them so.
        return pl.concat([kept, fresh]).sort(key, maintain_order=True)
