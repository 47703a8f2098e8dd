"""The tables of the constellation: firms, communities, components."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from constellary.constellation.arrays import row_sums
from constellary.constellation.stability import competition_ranks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.constellation.arrays import Integers, Reals
    from constellary.constellation.betweenness import Paths
    from constellary.constellation.projection import Projection
    from constellary.constellation.stability import RankStability
    from constellary.study.frames import Frames

__all__ = ["community_table", "component_table", "firm_table"]

MEASURES = (
    "alliances",
    "degree",
    "strength",
    "betweenness",
    "betweenness_raw",
    "betweenness_error",
    "harmonic",
    "harmonic_normalised",
    "harmonic_error",
    "eigenvector",
    "core",
    "component",
    "community",
)
RANKED = ("alliances", "degree", "betweenness")
LISTED = 5


def firm_table(
    frames: Frames,
    projection: Projection,
    paths: Paths,
    *,
    values: Mapping[str, Integers | Reals | None],
    observed: Mapping[str, Reals],
    ranks: Mapping[str, RankStability],
) -> pl.DataFrame:
    """Return one row a firm with the study's columns, the measures and the ranks, sorted by firm."""
    size = projection.size
    between = 2 / ((size - 1) * (size - 2)) if size > 2 else None
    close = 1 / (size - 1) if size > 1 else None
    columns: dict[str, Integers | Reals | None] = {
        "alliances": observed["alliances"].astype(np.int64),
        "degree": observed["degree"].astype(np.int64),
        "strength": row_sums(projection.adjacency).astype(np.int64),
        "betweenness": _times(paths.betweenness.value, between),
        "betweenness_raw": _times(paths.betweenness.value, 1.0 if size > 2 else None),
        "betweenness_error": _times(paths.betweenness.error, between),
        "harmonic": _times(paths.harmonic.value, 1.0 if size > 1 else None),
        "harmonic_normalised": _times(paths.harmonic.value, close),
        "harmonic_error": _times(paths.harmonic.error, close),
        **values,
    }
    # A variable of the study that is called like a measure gives way to it.
    taken = {*MEASURES, "x", "y", "evidence"}
    table = pl.DataFrame({"firm": projection.firms}, schema={"firm": pl.String})
    table = table.join(
        frames.firms.drop(column for column in frames.firms.columns if column in taken),
        on="firm",
        how="left",
        maintain_order="left",
    )
    table = table.with_columns(_series(name, columns[name], size) for name in MEASURES)
    for name in RANKED:
        table = table.with_columns(_rank_columns(name, columns[name], ranks.get(name), size))
    members = projection.incidence
    ids = pl.Series(projection.alliances, dtype=pl.String).gather(members.indices.astype(np.int64))
    rows = np.repeat(np.arange(size), np.diff(members.indptr))
    evidence = (
        pl.DataFrame({"row": rows, "evidence": ids})
        .sort("row", "evidence")
        .group_by("row", maintain_order=True)
        .agg("evidence")
    )
    return table.with_columns(evidence["evidence"])


def _times(values: Reals, factor: float | None) -> Reals | None:
    return None if factor is None else values * factor


def _series(name: str, values: Integers | Reals | None, size: int) -> pl.Series:
    if values is None:
        whole = name in {"core", "component", "community"}
        return pl.Series(name, [None] * size, dtype=pl.Int64 if whole else pl.Float64)
    return pl.Series(name, values)


def _rank_columns(
    name: str, values: Integers | Reals | None, ranks: RankStability | None, size: int
) -> list[pl.Series]:
    rank = None if values is None else competition_ranks(np.asarray(values, dtype=np.float64))
    parts: dict[str, Integers | None] = {"": rank, "_low": None, "_high": None}
    top: Reals | None = None
    if ranks is not None and rank is not None:
        parts |= {"_low": ranks.low, "_high": ranks.high}
        top = ranks.top
    columns = [
        pl.Series(f"rank_{name}{end}", [None] * size if part is None else part, dtype=pl.Int64)
        for end, part in parts.items()
    ]
    return [*columns, pl.Series(f"rank_{name}_top", [None] * size if top is None else top, dtype=pl.Float64)]


def community_table(projection: Projection, firms: pl.DataFrame, firm_type: str | None) -> pl.DataFrame:
    """Return one row a community, the largest first."""
    schema: dict[str, Any] = {
        "community": pl.Int64,
        "firms": pl.Int64,
        "share": pl.Float64,
        "top": pl.List(pl.String),
        "type": pl.String,
        "type_share": pl.Float64,
        "evidence": pl.List(pl.String),
    }
    if firms["community"].null_count() == firms.height:
        return pl.DataFrame(schema=schema)
    table = (
        firms.sort(["alliances", "firm"], descending=[True, False])
        .group_by("community", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int64).alias("firms"),
            (pl.len() / firms.height).alias("share"),
            pl.col("firm").head(LISTED).alias("top"),
        )
        .sort("community")
    )
    table = table.join(_dominant_types(firms, firm_type), on="community", how="left", maintain_order="left")
    table = table.join(
        _evidence(projection, firms["community"].to_numpy()),
        on="community",
        how="left",
        maintain_order="left",
    )
    return table.sort("community").select(
        pl.col(name).cast(kind) if name != "evidence" else pl.col(name).fill_null([]).cast(kind)
        for name, kind in schema.items()
    )


def _dominant_types(firms: pl.DataFrame, firm_type: str | None) -> pl.DataFrame:
    """Return the most frequent value in each community (ties: the first by name) and its share."""
    if firm_type is None or firm_type not in firms.columns or firms.schema[firm_type] != pl.String:
        return pl.DataFrame(schema={"community": pl.Int64, "type": pl.String, "type_share": pl.Float64})
    return (
        firms.filter(pl.col(firm_type).is_not_null())
        .group_by("community", pl.col(firm_type).alias("type"))
        .len()
        .with_columns((pl.col("len") / pl.col("len").sum().over("community")).alias("type_share"))
        .sort(["community", "len", "type"], descending=[False, True, False])
        .group_by("community", maintain_order=True)
        .first()
        .select("community", "type", "type_share")
    )


def _evidence(projection: Projection, community: Integers) -> pl.DataFrame:
    """Return the alliances of which at least two partners are in the community."""
    pairs = projection.pairs
    inside = pairs[community[pairs[:, 0]] == community[pairs[:, 1]]]
    ids = pl.Series(projection.alliances, dtype=pl.String).gather(inside[:, 2])
    return (
        pl.DataFrame({"community": community[inside[:, 0]], "evidence": ids})
        .unique()
        .sort("community", "evidence")
        .group_by("community", maintain_order=True)
        .agg("evidence")
    )


def component_table(component: Integers) -> pl.DataFrame:
    """Return how many components there are of each size, the largest size first."""
    sizes, counts = np.unique(np.bincount(component)[1:], return_counts=True)
    sizes, counts = sizes[::-1], counts[::-1]
    return pl.DataFrame(
        {
            "size": sizes.astype(np.int64),
            "components": counts.astype(np.int64),
            "firms": (sizes * counts).astype(np.int64),
            "share": sizes * counts / max(component.size, 1),
        }
    )
