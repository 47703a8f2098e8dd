"""What is said beneath the tables of the constellation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.constellation.arrays import Integers, Reals
    from constellary.constellation.betweenness import Paths
    from constellary.constellation.communities import Partition
    from constellary.constellation.projection import Projection
    from constellary.constellation.stability import RankStability

__all__ = ["remarks_on"]


def remarks_on(
    projection: Projection,
    paths: Paths,
    *,
    partition: Partition | None,
    ranks: Mapping[str, RankStability],
    vector: Reals | None,
    dominating: Integers,
    replicates: int,
) -> tuple[str, ...]:
    """Return the remarks, as whole sentences."""
    found = [
        (
            "Two firms are tied when they share an alliance; the weight of a tie is the number of alliances "
            "they share. An alliance of k partners makes k (k - 1) / 2 ties."
        ),
        _on_paths(projection, paths),
        _on_eigenvector(projection, vector, dominating),
        _on_communities(partition),
        _on_ranks(ranks, replicates),
    ]
    return tuple(sentence for sentence in found if sentence)


def _on_paths(projection: Projection, paths: Paths) -> str:
    if paths.exact:
        return "Betweenness and harmonic closeness are exact: every firm was a source of shortest paths."
    size = projection.size
    between = 2 * paths.betweenness.bound / ((size - 1) * (size - 2))
    error = 2 * float(paths.betweenness.error.max()) / ((size - 1) * (size - 2))
    close = paths.harmonic.bound / (size - 1)
    return (
        f"Betweenness and harmonic closeness are estimated from {paths.drawn:,} firms drawn without "
        f"replacement (beside those that stand for many). With probability {1 - paths.delta:.0%} no firm's "
        f"normalised betweenness is farther than {between:.2g} from the exact value, and with the same "
        f"probability no firm's normalised harmonic closeness farther than {close:.2g} (union bound over "
        "relative-entropy and empirical Bernstein-Serfling intervals: Hoeffding 1963, DOI "
        "10.1080/01621459.1963.10500830; Bardenet and Maillard 2015, DOI 10.3150/14-BEJ605). The standard "
        f"error of a single firm's normalised betweenness is at most {error:.2g}. The diameter is "
        "not known from a sample."
    )


def _on_eigenvector(projection: Projection, vector: Reals | None, dominating: Integers) -> str:
    if vector is None:
        if projection.adjacency.nnz == 0:
            return ""
        return (
            "Eigenvector centrality is not determined: two components share the greatest eigenvalue, so it "
            "is left empty."
        )
    outside = projection.size - dominating.size
    if not outside:
        return ""
    others = "1 firm outside it" if outside == 1 else f"{outside:,} firms outside it"
    return (
        f"Eigenvector centrality belongs to the component with the greatest eigenvalue ({dominating.size:,} "
        f"firms); for the {others} is 0 by definition, however well tied."
    )


def _on_communities(partition: Partition | None) -> str:
    if partition is None or partition.agreement is None:
        return ""
    return (
        f"Communities come from a random search, run {partition.runs} times; the partition shown agrees most "
        f"with the others. Mean agreement between two runs: adjusted Rand index {partition.agreement:.2f}."
    )


def _on_ranks(ranks: Mapping[str, RankStability], replicates: int) -> str:
    if not ranks:
        return ""
    left_out = (
        ""
        if "betweenness" in ranks
        else " Ranks by betweenness were not bootstrapped: the network is too large for that."
    )
    return (
        f"Intervals of ranks (95%) rest on {replicates} draws of the alliances with replacement; equal values "
        f"share the best rank.{left_out}"
    )
