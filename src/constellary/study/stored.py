"""Stored rows and frames: how the tables of a study file become Polars frames, and back.

In the file, the codes of an alliance or firm are one JSON object and aliases one JSON list; in frames
each variable is a column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from constellary.study.derive import STRUCTURE, table_schema
from constellary.study.schema import ENTITIES

if TYPE_CHECKING:
    import sqlalchemy as sa

    from constellary.study.codebook import Codebook

ENTITY_OF = {
    "alliances": "alliance",
    "partners": "partner",
    "firms": "firm",
    "sources": "source",
    "codings": "coding",
}
"""Frame name -> table name."""

STORED: dict[str, dict[str, pl.DataType | type[pl.DataType]]] = {
    "alliances": {"id": pl.String, "name": pl.String, "announced": pl.String, "codes": pl.String},
    "partners": {"alliance": pl.String, "firm": pl.String, "position": pl.Int32},
    "firms": {"firm": pl.String, "aliases": pl.String, "parent": pl.String, "codes": pl.String},
    "sources": {
        "alliance": pl.String,
        "url": pl.String,
        "publisher": pl.String,
        "published": pl.String,
        "position": pl.Int32,
    },
    "codings": {
        "alliance": pl.String,
        "variable": pl.String,
        "coder": pl.String,
        "value": pl.String,
        "sure": pl.Int32,
    },
}
"""Frame name -> column -> type as stored, in the order of the table's columns."""

ORDER = {
    "alliances": "id",
    "partners": "alliance, position, firm",
    "firms": "firm",
    "sources": "alliance, position, url",
    "codings": "alliance, variable, coder",
}


def fetch(connection: sa.Connection, name: str) -> pl.DataFrame:
    """Return a table as stored, in its order."""
    schema = STORED[name]
    columns = ", ".join(f'"{column}"' for column in schema)
    raw = connection.connection.driver_connection
    if raw is None:
        raise RuntimeError("the connection is closed")
    rows = raw.execute(f'SELECT {columns} FROM "{ENTITY_OF[name]}" ORDER BY {ORDER[name]}').fetchall()
    # Column by column is several times faster than letting Polars look at each row.
    values = zip(*rows, strict=True) if rows else ([] for _ in schema)
    return pl.DataFrame(
        [
            pl.Series(column, list(items), dtype=kind)
            for (column, kind), items in zip(schema.items(), values, strict=True)
        ]
    )


def decoded(frame: pl.DataFrame, name: str, codebook: Codebook) -> pl.DataFrame:
    """Return a stored table with one column a variable, as in frames."""
    wanted = table_schema(codebook, name)
    if "codes" in frame.columns:
        codes = {column: kind for column, kind in wanted.items() if column not in STRUCTURE[name]}
        if codes:
            parsed = frame["codes"].str.json_decode(pl.Struct(codes)).struct.unnest()
            frame = frame.drop("codes").hstack(parsed)
    if name == "firms":
        frame = frame.with_columns(pl.col("aliases").str.json_decode(pl.List(pl.String)))
    if name == "codings":
        frame = frame.with_columns(pl.col("sure").cast(pl.Boolean))
    return frame.select(pl.col(column).cast(kind) for column, kind in wanted.items())


def encoded(frame: pl.DataFrame, name: str, codebook: Codebook) -> pl.DataFrame:
    """Return a frame as stored; the inverse of `decoded`, but for the position of sources.

    Empty texts and empty lists are stored as missing, so that there is one way to say it.
    """
    schema = table_schema(codebook, name)
    frame = frame.with_columns(
        pl.when(pl.col(column).list.len() > 0).then(pl.col(column))
        if isinstance(kind, pl.List)
        else pl.when(pl.col(column) != "").then(pl.col(column))
        for column, kind in schema.items()
        if kind == pl.String or isinstance(kind, pl.List)
    )
    codes = [column for column in schema if column not in STRUCTURE[name]]
    if "codes" in STORED[name]:
        packed = pl.struct(codes).struct.json_encode() if codes else pl.lit("{}")
        frame = frame.with_columns(packed.alias("codes"))
    if name == "firms":
        frame = frame.with_columns(
            pl.when(pl.col("aliases").is_not_null())
            .then(pl.struct("aliases").struct.json_encode().str.slice(11).str.head(-1))
            .alias("aliases")
        )
    return frame.select(pl.col(column).cast(kind) for column, kind in STORED[name].items())


def rows_of(frame: pl.DataFrame) -> list[tuple[Any, ...]]:
    """Return a stored frame's rows as plain Python values."""
    return frame.rows()


def entity_of(name: str) -> sa.Table:
    """Return the table in which a frame is stored."""
    return ENTITIES[ENTITY_OF[name]]
