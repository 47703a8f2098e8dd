"""Cores, components, triangles, eigenvectors and communities."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from scipy import sparse

from constellary.constellation.communities import (
    adjusted_rand,
    find_communities,
    modularity,
    normalised_mutual_information,
)
from constellary.constellation.cores import components, core_numbers, triangles
from constellary.constellation.projection import Projection, example, project
from constellary.constellation.spectral import eigenvector_centrality


def matrix(graph: Any) -> Any:
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=sorted(graph), dtype=float))


def values(answer: dict[Any, float]) -> Any:
    return np.array([answer[vertex] for vertex in sorted(answer)])


def test_cores_and_triangles_equal_networkx(automotive_network: Projection, automotive_graph: Any) -> None:
    adjacency = automotive_network.adjacency
    assert core_numbers(adjacency).tolist() == values(nx.core_number(automotive_graph)).tolist()
    assert triangles(adjacency).tolist() == values(nx.triangles(automotive_graph)).tolist()


@pytest.mark.parametrize("seed", range(10))
def test_cores_and_triangles_equal_networkx_on_random_graphs(seed: int) -> None:
    graph = nx.gnp_random_graph(60, 0.12, seed=seed)
    assert core_numbers(matrix(graph)).tolist() == values(nx.core_number(graph)).tolist()
    assert triangles(matrix(graph)).tolist() == values(nx.triangles(graph)).tolist()


def test_components_are_numbered_by_size_then_name() -> None:
    found = project(example([("a", 2020, ("E", "F")), ("b", 2020, ("A", "B")), ("c", 2020, ("X", "Y", "Z"))]))
    numbers = components(found.adjacency).tolist()
    assert dict(zip(found.firms, numbers, strict=True)) == {
        "A": 2, "B": 2, "E": 3, "F": 3, "X": 1, "Y": 1, "Z": 1,
    }  # fmt: skip


def test_the_eigenvector_equals_networkx_on_the_dominating_component(
    automotive_network: Projection, automotive_graph: Any
) -> None:
    vector, members = eigenvector_centrality(automotive_network.adjacency)
    assert vector is not None
    largest = max(nx.connected_components(automotive_graph), key=len)
    assert members.tolist() == sorted(largest)
    expected = nx.eigenvector_centrality_numpy(automotive_graph.subgraph(largest), weight="weight")
    assert np.abs(vector[members] - np.abs(values(expected))).max() < 1e-9
    assert np.delete(vector, members).tolist() == [0.0] * (vector.size - members.size)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-12)


def test_large_and_small_components_are_solved_alike(synthetic: Projection) -> None:
    vector, members = eigenvector_centrality(synthetic.adjacency)
    assert vector is not None
    assert members.size > 600
    matrix = synthetic.adjacency
    value = float(vector @ (matrix @ vector))
    assert np.abs(matrix @ vector - value * vector).max() < 1e-9
    assert (vector[members] > 0).all()


def test_a_small_component_of_heavy_ties_dominates() -> None:
    often = [(f"a{n}", 2020, ("A", "B")) for n in range(9)]
    vector, members = eigenvector_centrality(
        project(example([*often, ("z", 2020, ("C", "D", "E"))])).adjacency
    )
    assert vector is not None
    assert members.tolist() == [0, 1]
    assert vector.tolist() == pytest.approx([0.5**0.5, 0.5**0.5, 0, 0, 0])


def test_two_components_alike_leave_the_eigenvector_undetermined() -> None:
    twins = project(example([("a", 2020, ("A", "B")), ("b", 2020, ("C", "D"))]))
    assert eigenvector_centrality(twins.adjacency)[0] is None
    assert eigenvector_centrality(project(example([("a", 2020, ("A",))])).adjacency)[0] is None


def test_communities_of_the_karate_club_reach_the_known_optimum() -> None:
    # The greatest modularity of the unweighted network is 0.4198, with four communities:
    # Brandes et al. (2008), On modularity clustering, IEEE TKDE 20(2):172-188, DOI 10.1109/TKDE.2007.190689.
    graph = nx.karate_club_graph()
    adjacency = sparse.csr_array(nx.to_scipy_sparse_array(graph, weight=None, dtype=float))
    found = find_communities(adjacency, seed=1)
    assert found.number == 4
    assert found.modularity is not None
    assert round(found.modularity, 4) == 0.4198


def test_modularity_equals_networkx(automotive_network: Projection, automotive_graph: Any) -> None:
    found = find_communities(automotive_network.adjacency, seed=1, runs=3)
    groups = [set(np.flatnonzero(found.community == number)) for number in range(1, found.number + 1)]
    expected = nx.community.modularity(automotive_graph, groups, weight="weight")
    assert found.modularity == pytest.approx(expected, abs=1e-12)
    sizes = [len(group) for group in groups]
    assert sizes == sorted(sizes, reverse=True)
    assert found.agreement is not None
    assert 0 < found.agreement < 1


def test_the_same_seed_finds_the_same_communities(automotive_network: Projection) -> None:
    first, second = (find_communities(automotive_network.adjacency, seed=4, runs=2) for _ in range(2))
    assert first.community.tolist() == second.community.tolist()


def test_isolates_are_communities_of_their_own_and_no_tie_has_no_modularity() -> None:
    found = find_communities(
        project(example([("a", 2020, ("A", "B")), ("b", 2020, ("C",))])).adjacency, seed=1
    )
    assert found.community.tolist() == [1, 1, 2]
    alone = find_communities(project(example([("a", 2020, ("A",))])).adjacency, seed=1)
    assert alone.modularity is None
    assert modularity(sparse.csr_array((2, 2)), np.array([0, 1])) is None


def test_agreement_of_partitions_equals_published_examples() -> None:
    # 0.57 is printed in the documentation of scikit-learn's adjusted_rand_score. The second by hand from
    # Hubert and Arabie (1985), equation 5: (2 - 6 * 3 / 15) / ((6 + 3) / 2 - 6 * 3 / 15) = 8 / 33.
    assert adjusted_rand(np.array([0, 0, 1, 2]), np.array([0, 0, 1, 1])) == pytest.approx(0.57, abs=5e-3)
    found = adjusted_rand(np.array([1, 1, 1, 2, 2, 2]), np.array([1, 1, 2, 2, 3, 3]))
    assert found == pytest.approx(8 / 33, abs=1e-12)
    # H(two halves) + H(three pairs) - H(both), over the mean of the first two.
    information = normalised_mutual_information(np.array([1, 1, 1, 2, 2, 2]), np.array([1, 1, 2, 2, 3, 3]))
    expected = 2 * (np.log(2) + np.log(3) - (4 / 6 * np.log(3) + 2 / 6 * np.log(6))) / np.log(6)
    assert information == pytest.approx(expected, abs=1e-12)
    assert adjusted_rand(np.zeros(4, dtype=int), np.zeros(4, dtype=int)) == 1.0
