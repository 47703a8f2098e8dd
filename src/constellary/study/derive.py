"""Derive: from the tables as entered to the frames that analyses read.

Adds the year, the number of partners and the codebook's groupings, gives every column its type and
every table its order. Nothing here knows where the tables come from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.study.frames import Frames

if TYPE_CHECKING:
    from constellary.study.codebook import Codebook, Grouping, Variable

STRUCTURE: dict[str, dict[str, pl.DataType | type[pl.DataType]]] = {
    "alliances": {"id": pl.String, "name": pl.String, "announced": pl.String},
    "partners": {"alliance": pl.String, "firm": pl.String, "position": pl.Int32},
    "firms": {"firm": pl.String, "aliases": pl.List(pl.String), "parent": pl.String},
    "sources": {"alliance": pl.String, "url": pl.String, "publisher": pl.String, "published": pl.String},
    "codings": {
        "alliance": pl.String,
        "variable": pl.String,
        "coder": pl.String,
        "value": pl.String,
        "sure": pl.Boolean,
    },
}


def table_schema(codebook: Codebook, table: str) -> dict[str, pl.DataType | type[pl.DataType]]:
    """Return column -> type of an entered table, in order; derived columns are not among them."""
    schema = dict(STRUCTURE[table])
    if table == "alliances":
        schema |= {variable.name: _column_type(variable) for variable in codebook.of_level("alliance")}
    elif table == "firms":
        schema |= {variable.name: _column_type(variable) for variable in codebook.of_level("firm")}
    return schema


def _column_type(variable: Variable) -> pl.DataType | type[pl.DataType]:
    return pl.List(pl.String) if variable.kind == "multiple" else pl.String


def build_frames(
    codebook: Codebook,
    *,
    alliances: pl.DataFrame,
    partners: pl.DataFrame,
    firms: pl.DataFrame,
    sources: pl.DataFrame | None = None,
    codings: pl.DataFrame | None = None,
) -> Frames:
    """Return the frames of the given tables; columns that a table lacks are missing throughout.

    Firms that are named as partners and absent from `firms` are added, with all variables missing. The
    inputs are not changed.

    Examples
    --------
    >>> import polars as pl
    >>> from constellary.study.codebook import Codebook
    >>> frames = build_frames(
    ...     Codebook("example", "Example", ()),
    ...     alliances=pl.DataFrame({"id": ["a"], "announced": ["2021-05"]}),
    ...     partners=pl.DataFrame({"alliance": ["a", "a"], "firm": ["Ford", "BMW"], "position": [1, 2]}),
    ...     firms=pl.DataFrame({"firm": ["Ford"]}),
    ... )
    >>> frames.alliances.select("id", "year", "size").rows()
    [('a', 2021, 2)]
    >>> frames.firms["firm"].to_list()
    ['BMW', 'Ford']
    """
    given = {
        "alliances": alliances,
        "partners": partners,
        "firms": firms,
        "sources": sources,
        "codings": codings,
    }
    tables = {name: _typed(frame, table_schema(codebook, name)) for name, frame in given.items()}
    members = tables["partners"].sort("alliance", "position", "firm")
    everyone = (
        pl.concat([tables["firms"], _typed(members.select("firm").unique(), table_schema(codebook, "firms"))])
        .unique("firm", keep="first", maintain_order=True)
        .sort("firm")
    )
    for grouping in codebook.groupings:
        if grouping.level == "firm":
            everyone = everyone.with_columns(_by_category(grouping).alias(grouping.name))
    return Frames(
        codebook=codebook,
        alliances=_derived(codebook, tables["alliances"].sort("id"), members, everyone),
        partners=members,
        firms=everyone,
        sources=tables["sources"].sort("alliance", maintain_order=True),
        codings=tables["codings"].sort("alliance", "variable", "coder"),
    )


def _typed(frame: pl.DataFrame | None, schema: dict[str, pl.DataType | type[pl.DataType]]) -> pl.DataFrame:
    if frame is None:
        return pl.DataFrame(schema=schema)
    return frame.select(
        frame[name].cast(kind) if name in frame.columns else pl.lit(None, dtype=kind).alias(name)
        for name, kind in schema.items()
    )


def _derived(
    codebook: Codebook, alliances: pl.DataFrame, partners: pl.DataFrame, firms: pl.DataFrame
) -> pl.DataFrame:
    sizes = partners.group_by("alliance").agg(pl.len().cast(pl.Int32).alias("size"))
    frame = alliances.join(sizes, left_on="id", right_on="alliance", how="left", maintain_order="left")
    frame = frame.with_columns(
        pl.col("announced").str.slice(0, 4).cast(pl.Int32, strict=False).alias("year"),
        pl.col("size").fill_null(0),
    )
    for grouping in codebook.groupings:
        if grouping.level != "alliance" or grouping.name == "year":
            continue
        if grouping.method == "partners":
            frame = _by_partners(grouping, frame, partners, firms)
        else:
            frame = frame.with_columns(_expression(grouping).alias(grouping.name))
    return frame


def _expression(grouping: Grouping) -> pl.Expr:
    if grouping.method == "categories":
        return _by_category(grouping)
    if grouping.method == "year":
        return pl.col(grouping.of).str.slice(0, 4)
    size = pl.col("size")
    choice = pl.lit(None, dtype=pl.String)
    for group in reversed(grouping.groups):
        within = size >= (group.least or 0)
        if group.most is not None:
            within = within & (size <= group.most)
        choice = pl.when(within).then(pl.lit(group.value)).otherwise(choice)
    return choice


def _by_category(grouping: Grouping) -> pl.Expr:
    mapping = {member: group.value for group in grouping.groups for member in group.members}
    return pl.col(grouping.of).replace_strict(mapping, default=None, return_dtype=pl.String)


def _by_partners(
    grouping: Grouping, frame: pl.DataFrame, partners: pl.DataFrame, firms: pl.DataFrame
) -> pl.DataFrame:
    """Add the group of each alliance by the set of classes among its partners, as a bit mask."""
    bits = {name: 1 << number for number, name in enumerate(sorted(grouping.classes))}
    unknown = 1 << len(bits)
    mask_of = {value: bits[name] for name, values in sorted(grouping.classes.items()) for value in values}
    typed = firms.select(
        "firm",
        pl.col(grouping.of).replace_strict(mask_of, default=unknown, return_dtype=pl.Int64).alias("bit"),
    )
    masks = (
        partners.join(typed, on="firm", how="left")
        .group_by("alliance")
        .agg(pl.col("bit").bitwise_or().alias("mask"))
    )
    known = pl.col("mask") < unknown
    choice = pl.lit(None, dtype=pl.String)
    for group in reversed(grouping.groups):
        if group.without:
            excluded = sum(bits[name] for name in sorted(group.without))
            fits = (pl.col("mask") & excluded) == 0
        else:
            fits = pl.col("mask") == sum(bits[name] for name in sorted(group.exactly))
        choice = pl.when(known & fits).then(pl.lit(group.value)).otherwise(choice)
    groups = masks.select("alliance", choice.alias(grouping.name))
    return frame.join(groups, left_on="id", right_on="alliance", how="left", maintain_order="left")
