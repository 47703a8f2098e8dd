"""Rows: the few rows of a study that an edit needs, read by key and not by table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import UnknownName
from constellary.study.stored import ENTITY_OF, ORDER, STORED

if TYPE_CHECKING:
    import sqlalchemy as sa

    from constellary.study.decisions import Row

KEY_OF = {"alliances": "id", "firms": "firm"}


def rows_where(connection: sa.Connection, name: str, **equal: str) -> list[Row]:
    """Return the rows of a frame's table, as stored, in which columns have the given values."""
    columns = ", ".join(f'"{column}"' for column in STORED[name])
    condition = " AND ".join(f'"{column}" = ?' for column in equal)
    query = f'SELECT {columns} FROM "{ENTITY_OF[name]}" WHERE {condition} ORDER BY {ORDER[name]}'
    return [tuple(row) for row in connection.exec_driver_sql(query, tuple(equal.values()))]


def as_stored(rows: list[Row], name: str) -> pl.DataFrame:
    """Return rows as a frame as stored."""
    return pl.DataFrame(rows, schema=STORED[name], orient="row")


def one_row(connection: sa.Connection, name: str, key: str) -> Row:
    """Return the row of an alliance or firm.

    Raises
    ------
    UnknownName
        If there is none; the message names near ones.
    """
    found = rows_where(connection, name, **{KEY_OF[name]: key})
    if not found:
        raise UnknownName(name[:-1], key, all_keys(connection, name))
    return found[0]


def all_keys(connection: sa.Connection, name: str) -> list[str]:
    """Return all ids of alliances, or all names of firms, sorted."""
    column = KEY_OF[name]
    query = f'SELECT "{column}" FROM "{ENTITY_OF[name]}" ORDER BY "{column}"'
    return [key for (key,) in connection.exec_driver_sql(query)]


def missing_firms(connection: sa.Connection, names: list[str]) -> list[str]:
    """Return those names that are no firm's, in their order."""
    return [name for name in names if not rows_where(connection, "firms", firm=name)]
