"""Codes side by side: for each variable of an alliance what its coders gave, and whether they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.study.codebook import Codebook
    from constellary.study.frames import Frames

SETTLED = "adjudicated"
"""The name under which open data carry what their coders agreed upon; not a coder."""


def compared(frames: Frames, variables: Sequence[str], *, settled: str = SETTLED) -> pl.DataFrame:
    """Return what two or more coders gave, side by side.

    Parameters
    ----------
    frames
        A study or a selection of it.
    variables
        Which variables, in the order of the rows.
    settled
        The name of the codings that are no coder's.

    Returns
    -------
    polars.DataFrame
        One row an alliance and variable with two or more coders, by variable in the order given, then by
        alliance: `alliance`, `variable`, `coders`, `values`, `sure` (lists in the order of the coders' names;
        a null value is coded as missing, multiple choice is sorted and divided by `;`), `differ`.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> compared(example_frames(), ["motivation"]).filter("differ").select("alliance", "values").rows()
    [('a2', ['green_manufacturing', 'supply_chain_risk'])]
    """
    ranks = {name: number for number, name in enumerate(variables)}
    own = frames.codings.filter(
        pl.col("variable").is_in(list(variables))
        & (pl.col("coder") != settled)
        & pl.col("alliance").is_in(frames.alliances["id"].implode())
    )
    return (
        own.with_columns(one_way(frames.codebook))
        .sort("alliance", "variable", "coder")
        .group_by("alliance", "variable", maintain_order=True)
        .agg(
            pl.col("coder").alias("coders"),
            pl.col("value").alias("values"),
            "sure",
        )
        .filter(pl.col("coders").list.len() > 1)
        .with_columns((pl.col("values").list.n_unique() > 1).alias("differ"))
        .sort(
            pl.col("variable").replace_strict(ranks, default=None, return_dtype=pl.Int64),
            "alliance",
            maintain_order=True,
        )
    )


def one_way(codebook: Codebook) -> pl.Expr:
    """Return the value of a coding written in one way: parts of multiple choice sorted, empty as null."""
    several = [variable.name for variable in codebook.variables if variable.kind == "multiple"]
    parts = pl.col("value").str.split(";").list.eval(pl.element().str.strip_chars())
    parts = parts.list.eval(pl.element().filter(pl.element() != "")).list.unique().list.sort()
    value = pl.when(pl.col("variable").is_in(several)).then(parts.list.join(";")).otherwise(pl.col("value"))
    return pl.when(value != "").then(value).alias("value")


def agreed(frames: Frames, table: pl.DataFrame) -> pl.DataFrame:
    """Return what all coders of an alliance agree on, beside the alliance's own code.

    Parameters
    ----------
    table
        As `compared` gives it.

    Returns
    -------
    polars.DataFrame
        In its order: `alliance`, `variable`, `value` (null: all coded it as missing), `own` (the alliance's),
        `same` (whether they are equal).
    """
    if table.is_empty():
        kinds = dict.fromkeys(("alliance", "variable", "value", "own"), pl.String)
        return pl.DataFrame(schema={**kinds, "same": pl.Boolean})
    names = table["variable"].unique().to_list()
    own = (
        frames.alliances.select(
            pl.col("id").alias("alliance"),
            *(
                pl.col(name).list.join(";") if kind == pl.List(pl.String) else pl.col(name)
                for name, kind in frames.alliances.schema.items()
                if name in names
            ),
        )
        .unpivot(index="alliance", variable_name="variable", value_name="value")
        .with_columns(one_way(frames.codebook))
        .rename({"value": "own"})
    )
    return (
        table.filter(~pl.col("differ"))
        .select("alliance", "variable", pl.col("values").list.first().alias("value"))
        .join(own, on=["alliance", "variable"], how="left", maintain_order="left")
        .with_columns(pl.col("value").eq_missing(pl.col("own")).alias("same"))
    )
