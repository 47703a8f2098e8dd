"""Layouts: positions of firms, kept with the study so that a firm keeps its place.

They are not decisions: any of them can be computed again from the alliances.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import sqlalchemy as sa

from constellary.study.database import insert_rows
from constellary.study.schema import layout

if TYPE_CHECKING:
    from constellary.study.database import Database

Positions = dict[str, tuple[float, float]]


class Layouts:
    """The layouts that a study keeps, by a digest of what they were computed from."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, digest: str) -> Positions | None:
        """Return firm -> (x, y), or None if there is no such layout."""
        query = sa.select(layout.c.content).where(layout.c.digest == digest)
        with self._database.read() as connection:
            content = connection.execute(query).scalar_one_or_none()
        return (
            None
            if content is None
            else {firm: (float(x), float(y)) for firm, (x, y) in json.loads(content).items()}
        )

    def put(self, digest: str, positions: Positions) -> None:
        """Keep a layout; a study that is open for reading only keeps none."""
        if self._database.read_only:
            return
        content = json.dumps(dict(sorted(positions.items())), ensure_ascii=False)
        with self._database.write() as connection:
            insert_rows(connection, layout, [(digest, content)])
