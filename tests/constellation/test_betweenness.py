"""Betweenness and harmonic closeness against networkx, print, and each other."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from constellary.constellation.betweenness import betweenness, betweenness_sampled, shortest_paths
from constellary.constellation.projection import Projection
from constellary.constellation.reduction import reduce_network


def matrix(graph: Any) -> Any:
    size = graph.number_of_nodes()
    if not graph.number_of_edges():
        return sparse.csr_array((size, size))
    return sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=range(size), weight=None, dtype=float))


def values(answer: dict[int, float]) -> Any:
    return np.array([answer[vertex] for vertex in sorted(answer)], dtype=float)


@st.composite
def graphs(draw: st.DrawFn) -> Any:
    """Draw cliques that overlap, trees that hang on them, twins and isolates: what alliances look like."""
    size = draw(st.integers(1, 16))
    vertex = st.integers(0, size - 1)
    graph = nx.empty_graph(size)
    for clique in draw(st.lists(st.sets(vertex, min_size=2, max_size=5), max_size=7)) if size > 1 else []:
        graph.add_edges_from((a, b) for a in clique for b in clique if a < b)
    for host in draw(st.lists(vertex, max_size=8)):
        graph.add_edge(host, graph.number_of_nodes())
    for host in draw(st.lists(vertex, max_size=3)):  # a closed twin
        twin = graph.number_of_nodes()
        graph.add_edges_from([(twin, near) for near in [*graph[host], host]])
    return graph


@settings(max_examples=150, deadline=None)
@given(graph=graphs())
def test_measures_equal_networkx_on_any_network(graph: Any) -> None:
    paths = shortest_paths(matrix(graph))
    expected = values(nx.betweenness_centrality(graph, normalized=False))
    if graph.number_of_nodes() > 2:
        assert np.abs(expected - paths.betweenness.value).max() < 1e-9
    assert np.abs(values(nx.harmonic_centrality(graph)) - paths.harmonic.value).max() < 1e-9


@pytest.mark.parametrize("seed", range(12))
def test_measures_equal_networkx_on_trees_and_sparse_random_graphs(seed: int) -> None:
    for graph in (
        nx.random_labeled_tree(40, seed=seed),
        nx.gnm_random_graph(60, 70, seed=seed),
        nx.ring_of_cliques(5, 4),
        nx.barabasi_albert_graph(50, 2, seed=seed),
    ):
        paths = shortest_paths(matrix(graph))
        expected = values(nx.betweenness_centrality(graph, normalized=False))
        assert np.abs(expected - paths.betweenness.value).max() < 1e-9
        assert np.abs(values(nx.harmonic_centrality(graph)) - paths.harmonic.value).max() < 1e-9


def test_measures_equal_networkx_on_the_open_data(
    automotive_network: Projection, automotive_graph: Any
) -> None:
    size = automotive_network.size
    paths = shortest_paths(automotive_network.adjacency)
    normalised = paths.betweenness.value * 2 / ((size - 1) * (size - 2))
    assert np.abs(values(nx.betweenness_centrality(automotive_graph)) - normalised).max() < 1e-9
    assert np.abs(values(nx.harmonic_centrality(automotive_graph)) - paths.harmonic.value).max() < 1e-9
    assert paths.betweenness.value == pytest.approx(betweenness(automotive_network.adjacency), abs=1e-6)


def test_distances_equal_networkx(automotive_network: Projection, automotive_graph: Any) -> None:
    counts = shortest_paths(automotive_network.adjacency).distances
    for vertex in range(0, automotive_network.size, 50):
        lengths = nx.single_source_shortest_path_length(automotive_graph, vertex)
        expected = np.bincount(list(lengths.values()), minlength=counts.shape[1])
        assert counts[vertex].round(9).tolist() == expected.tolist()


def test_medici_lie_on_half_of_the_paths_between_florentine_families() -> None:
    # Jackson (2008), Social and Economic Networks, section 2.1: Medici .522, Strozzi .103, Guadagni .255.
    graph = nx.florentine_families_graph()
    names = sorted(graph)
    adjacency = sparse.csr_array(nx.to_scipy_sparse_array(graph, nodelist=names, dtype=float))
    size = len(names)
    found = dict(zip(names, betweenness(adjacency) * 2 / ((size - 1) * (size - 2)), strict=True))
    assert round(found["Medici"], 3) == 0.522
    assert round(found["Strozzi"], 3) == 0.103
    assert round(found["Guadagni"], 3) == 0.255


def test_a_star_and_a_path_have_their_known_values() -> None:
    assert betweenness(matrix(nx.star_graph(9))).tolist() == [36.0] + [0.0] * 9
    assert betweenness(matrix(nx.path_graph(5))).tolist() == [0.0, 3.0, 4.0, 3.0, 0.0]


def test_a_long_chain_is_folded_without_a_search() -> None:
    chain = matrix(nx.path_graph(2_000))
    assert reduce_network(chain).classes == 0
    place = np.arange(2_000)
    assert betweenness(chain).tolist() == (place * (1_999 - place)).astype(float).tolist()


def test_the_reduction_keeps_every_firm(synthetic: Projection) -> None:
    reduction = reduce_network(synthetic.adjacency)
    assert reduction.classes < synthetic.size / 2
    hanging = reduction.owner[reduction.owner >= 0]
    assert np.bincount(hanging, minlength=reduction.classes).tolist() == reduction.weight.tolist()


@pytest.mark.parametrize("samples", [64, 256, 1_024])
def test_sampled_measures_lie_within_their_bound(synthetic: Projection, samples: int) -> None:
    exact = shortest_paths(synthetic.adjacency)
    for seed in (1, 2, 3):
        sampled = betweenness_sampled(synthetic.adjacency, samples=samples, seed=seed)
        assert not sampled.exact
        assert sampled.drawn == samples
        for name in ("betweenness", "harmonic"):
            true, estimate = getattr(exact, name).value, getattr(sampled, name)
            slack = 1e-5 * true.max()  # single precision
            assert np.abs(estimate.value - true).max() <= estimate.bound
            assert (estimate.lower <= true + slack).all()
            assert (true <= estimate.upper + slack).all()


def test_the_bound_says_something_and_shrinks(synthetic: Projection) -> None:
    pairs = (synthetic.size - 1) * (synthetic.size - 2) / 2
    few = betweenness_sampled(synthetic.adjacency, samples=128, seed=1).betweenness.bound / pairs
    many = betweenness_sampled(synthetic.adjacency, samples=1_024, seed=1).betweenness.bound / pairs
    assert many < 0.025
    assert many < few / 4


def test_standard_errors_are_those_of_repeated_samples(synthetic: Projection) -> None:
    exact = shortest_paths(synthetic.adjacency).betweenness.value
    hubs = np.argsort(-exact)[:30]
    draws = [betweenness_sampled(synthetic.adjacency, samples=200, seed=seed) for seed in range(30)]
    spread = np.std([draw.betweenness.value[hubs] - exact[hubs] for draw in draws], axis=0)
    stated = np.mean([draw.betweenness.error[hubs] for draw in draws], axis=0)
    assert 0.85 < float(np.median(spread / stated)) < 1.15


def test_the_same_seed_draws_the_same_sample(synthetic: Projection) -> None:
    first, second = (betweenness_sampled(synthetic.adjacency, samples=100, seed=5) for _ in range(2))
    assert first.betweenness.value.tobytes() == second.betweenness.value.tobytes()
    assert first.harmonic.value.tobytes() == second.harmonic.value.tobytes()


def test_more_samples_than_classes_is_exact(synthetic: Projection) -> None:
    assert betweenness_sampled(synthetic.adjacency, samples=10_000, seed=1).exact


def test_numbering_does_not_matter(automotive_network: Projection) -> None:
    order = np.random.default_rng(3).permutation(automotive_network.size)
    adjacency = automotive_network.adjacency
    plain, shuffled = shortest_paths(adjacency), shortest_paths(adjacency[order][:, order])
    assert shuffled.betweenness.value == pytest.approx(plain.betweenness.value[order], abs=1e-6)
    assert shuffled.harmonic.value == pytest.approx(plain.harmonic.value[order], abs=1e-9)
