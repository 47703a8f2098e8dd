"""From alliances to ties: the one-mode projection of firms.

Two firms are tied when they are partners of the same alliance; the weight of the tie is the number of
alliances that they share. An alliance of k partners makes all k (k - 1) / 2 ties among them, so an
alliance of many partners adds more ties than several small ones.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from constellary.constellation.arrays import Integers, Sparse, from_pairs, pairs_within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.study.frames import Frames

__all__ = ["Projection", "adjacency_of", "project"]


@dataclass(frozen=True)
class Projection:
    """Firms, alliances and the ties between firms.

    Attributes
    ----------
    firms
        Names of the firms that are partners of at least one alliance, sorted.
    alliances
        Ids of the alliances that have at least one partner, sorted.
    incidence
        Firms x alliances, 1.0 where the firm is a partner (csr).
    adjacency
        Firms x firms, the number of alliances that two firms share; symmetric, zero diagonal (csr).
    pairs
        One row for each alliance and pair of its partners: three columns, the index of the first firm, of
        the second (greater) firm and of the alliance; sorted in this order.
    edges
        One row a tie, sorted by `source`, `target` (source < target by name): `source`, `target`,
        `weight` (shared alliances), `first_year`, `last_year` (Int32, null when no shared alliance is
        dated), `evidence` (ids of the shared alliances).
    """

    firms: tuple[str, ...]
    alliances: tuple[str, ...]
    incidence: Sparse
    adjacency: Sparse
    pairs: Integers
    edges: pl.DataFrame

    @property
    def size(self) -> int:
        """The number of firms."""
        return len(self.firms)

    @property
    def digest(self) -> str:
        """A fingerprint of the firms and the weights of their ties, as hexadecimal text."""
        text = hashlib.sha256()
        text.update("\x1f".join(self.firms).encode())
        for part in (self.adjacency.indptr, self.adjacency.indices, self.adjacency.data):
            text.update(np.ascontiguousarray(part, dtype="<i8").tobytes())
        return text.hexdigest()


def project(frames: Frames) -> Projection:
    """Return the weighted projection of the alliances in `frames`.

    A firm that is listed twice in one alliance counts once. An alliance with a single known partner adds
    its firm without a tie. The order of rows in `frames` does not matter.

    References
    ----------
    Wasserman and Faust (1994), Social Network Analysis, section 8.4: the co-membership matrix.

    Examples
    --------
    >>> projection = project(example())
    >>> projection.firms
    ('Fiat', 'Iveco', 'PSA')
    >>> projection.edges.select("source", "target", "weight").rows()
    [('Fiat', 'PSA', 2), ('Iveco', 'PSA', 1)]
    """
    members = frames.partners.select("alliance", "firm").drop_nulls().unique().sort("alliance", "firm")
    alliances = members["alliance"].unique().sort()
    firms = members["firm"].unique().sort()
    alliance = _codes(members["alliance"], alliances)
    firm = _codes(members["firm"], firms)
    pairs = pairs_within(alliance, firm, alliances.len())
    pairs = pairs[np.lexsort((pairs[:, 2], pairs[:, 1], pairs[:, 0]))]
    return Projection(
        firms=tuple(firms),
        alliances=tuple(alliances),
        incidence=from_pairs(firm, alliance, (firms.len(), alliances.len())),
        adjacency=adjacency_of(pairs[:, 0], pairs[:, 1], firms.len()),
        pairs=pairs,
        edges=_edges(pairs, firms, alliances, frames.alliances),
    )


def adjacency_of(first: Integers, second: Integers, size: int) -> Sparse:
    """Return the symmetric matrix that counts how often each pair of indices occurs.

    Examples
    --------
    >>> adjacency_of(np.array([0, 0, 1]), np.array([1, 1, 2]), 3).toarray().tolist()
    [[0.0, 2.0, 0.0], [2.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    """
    return from_pairs(np.concatenate([first, second]), np.concatenate([second, first]), (size, size))


def _codes(values: pl.Series, order: pl.Series) -> Integers:
    """Return the position of each value in the sorted `order`."""
    lookup = pl.DataFrame({"value": order, "code": np.arange(order.len())})
    return (
        values.to_frame("value")
        .join(lookup, on="value", how="left", maintain_order="left")["code"]
        .to_numpy()
    )


def _edges(pairs: Integers, firms: pl.Series, alliances: pl.Series, table: pl.DataFrame) -> pl.DataFrame:
    years = alliances.to_frame("id").join(
        table.select("id", pl.col("year").cast(pl.Int32)), on="id", how="left", maintain_order="left"
    )
    return (
        pl.DataFrame(
            {
                "source": firms.gather(pairs[:, 0]),
                "target": firms.gather(pairs[:, 1]),
                "year": years["year"].gather(pairs[:, 2]),
                "id": alliances.gather(pairs[:, 2]),
            }
        )
        .group_by("source", "target", maintain_order=True)
        .agg(
            pl.len().cast(pl.Int32).alias("weight"),
            pl.col("year").min().alias("first_year"),
            pl.col("year").max().alias("last_year"),
            pl.col("id").alias("evidence"),
        )
    )


def example(
    alliances: Sequence[tuple[str, int, tuple[str, ...]]] = (
        ("a", 2019, ("Fiat", "PSA")),
        ("b", 2020, ("PSA", "Iveco")),
        ("c", 2021, ("Fiat", "PSA")),
    ),
) -> Frames:
    """Return frames of a few alliances, given as id, year and partners; the examples use it.

    Examples
    --------
    >>> example((("a", 2019, ("Fiat", "PSA")),)).partners.rows()
    [('a', 'Fiat', 1), ('a', 'PSA', 2)]
    """
    from constellary.study.codebook import Codebook
    from constellary.study.frames import Frames

    rows = [(name, firm, place) for name, _, firms in alliances for place, firm in enumerate(firms, 1)]
    partners = pl.DataFrame(
        rows, schema={"alliance": pl.String, "firm": pl.String, "position": pl.Int32}, orient="row"
    )
    table = pl.DataFrame(
        [(name, name, str(year), year, len(firms)) for name, year, firms in alliances],
        schema={
            "id": pl.String,
            "name": pl.String,
            "announced": pl.String,
            "year": pl.Int32,
            "size": pl.Int32,
        },
        orient="row",
    )
    firms = partners.select(pl.col("firm").unique().sort()).with_columns(
        pl.lit(None, dtype=pl.List(pl.String)).alias("aliases"),
        pl.lit(None, dtype=pl.String).alias("parent"),
    )
    nothing = pl.DataFrame()
    return Frames(Codebook("example", "Example", ()), table, partners, firms, nothing, nothing)
