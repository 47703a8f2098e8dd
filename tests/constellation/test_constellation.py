"""The constellation as one result."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import polars as pl
import pytest

from constellary.constellation.constellation import Constellation, constellation
from constellary.constellation.projection import Projection, example, project
from constellary.constellation.stability import competition_ranks, rank_stability
from constellary.study.frames import Frames


@pytest.fixture(scope="module")
def sky(automotive: Frames) -> Constellation:
    return constellation(automotive, replicates=50)


def test_every_column_and_number_has_a_definition(sky: Constellation) -> None:
    own = {"x", "y", "evidence", "firm", "aliases", "parent", "type", "generation", "country"}
    columns = {name.split("_")[0] if name.startswith("rank_") else name for name in sky.firms.columns}
    assert columns - own <= set(sky.definitions)
    counted = {"firms", "alliances", "components", "largest_component", "communities"}
    assert set(sky.network) - counted <= set(sky.definitions)


def test_numbers_of_the_network_equal_networkx(sky: Constellation, automotive_graph: Any) -> None:
    graph = automotive_graph
    largest = graph.subgraph(max(nx.connected_components(graph), key=len))
    expected = {
        "ties": graph.number_of_edges(),
        "density": nx.density(graph),
        "components": nx.number_connected_components(graph),
        "transitivity": nx.transitivity(graph),
        "average_clustering": nx.average_clustering(graph),
        "mean_distance": nx.average_shortest_path_length(largest),
        "diameter": nx.diameter(largest),
    }
    assert {name: sky.network[name] for name in expected} == pytest.approx(expected, abs=1e-9)


def test_firms_carry_their_alliances_as_evidence(sky: Constellation, automotive: Frames) -> None:
    expected = (
        automotive.partners.group_by("firm")
        .agg(pl.col("alliance").unique().sort().alias("evidence"))
        .sort("firm")
    )
    assert sky.firms.select("firm", "evidence").equals(expected)
    assert sky.firms["alliances"].to_list() == [len(ids) for ids in expected["evidence"]]
    assert sky.firms.columns[-1] == "evidence"


def test_strength_and_degree_are_those_of_the_ties(sky: Constellation, automotive_graph: Any) -> None:
    assert sky.firms["degree"].to_list() == [degree for _, degree in sorted(automotive_graph.degree())]
    weights = [int(weight) for _, weight in sorted(automotive_graph.degree(weight="weight"))]
    assert sky.firms["strength"].to_list() == weights


def test_each_rank_lies_in_its_interval(sky: Constellation) -> None:
    for name in ("alliances", "degree", "betweenness"):
        rank, low, high = (sky.firms[f"rank_{name}{end}"] for end in ("", "_low", "_high"))
        assert ((low <= rank) & (rank <= high)).all()
        assert sky.firms[f"rank_{name}_top"].is_between(0, 1).all()
    first = sky.firms.sort("betweenness", descending=True).row(0, named=True)
    assert first["rank_betweenness"] == 1
    assert first["rank_betweenness_top"] > 0.9


def test_the_community_table_adds_up(sky: Constellation) -> None:
    assert sky.communities["firms"].sum() == sky.firms.height
    assert sky.communities["share"].sum() == pytest.approx(1.0)
    row = sky.communities.row(0, named=True)
    own = sky.firms.filter(pl.col("community") == row["community"])
    types = own["type"].value_counts().sort("count", descending=True)
    assert row["type"] == types["type"][0]
    assert row["type_share"] == pytest.approx(types["count"][0] / own["type"].count())
    assert row["top"][0] == own.sort("alliances", descending=True)["firm"][0]
    assert sky.components["firms"].sum() == sky.firms.height


def test_numbers_are_plain_json_and_never_nan(sky: Constellation) -> None:
    text = json.dumps(sky.numbers(), allow_nan=False)
    assert json.loads(text)["network"]["firms"] == sky.firms.height


def test_tables_leave_evidence_out(sky: Constellation) -> None:
    assert set(sky.tables()) == {"firms", "network", "communities", "component_sizes"}
    assert all("evidence" not in table.columns for table in sky.tables().values())
    assert "<table>" in sky._repr_html_()


def test_two_runs_and_any_order_of_rows_give_the_same(automotive: Frames, sky: Constellation) -> None:
    shuffled = replace(
        automotive,
        partners=automotive.partners.sample(fraction=1.0, shuffle=True, seed=2),
        firms=automotive.firms.sample(fraction=1.0, shuffle=True, seed=2),
        alliances=automotive.alliances.sample(fraction=1.0, shuffle=True, seed=2),
    )
    again = constellation(shuffled, replicates=50)
    assert again.firms.equals(sky.firms)
    assert again.communities.equals(sky.communities)
    assert json.dumps(again.numbers()) == json.dumps(sky.numbers())


def test_what_is_undefined_is_null() -> None:
    pair = constellation(example([("a", 2020, ("A", "B"))]), replicates=10).firms
    assert pair["betweenness"].to_list() == [None, None]
    assert pair["harmonic_normalised"].to_list() == [1.0, 1.0]
    alone = constellation(example([("a", 2020, ("A",))]), replicates=10)
    assert alone.firms["harmonic"].to_list() == [None]
    assert alone.firms["eigenvector"].to_list() == [None]
    assert alone.network["density"] is None
    assert alone.network["mean_distance"] is None
    nothing = constellation(example([]))
    assert nothing.firms.height == 0
    assert nothing.network["mean_degree"] is None
    json.dumps(nothing.numbers(), allow_nan=False)


def test_a_kept_layout_is_used_as_it_is() -> None:
    kept = {"Fiat": (0.1, 0.2), "Iveco": (0.3, 0.4), "PSA": (0.5, 0.6)}
    found = constellation(example(), replicates=0, layout=kept).firms
    assert {firm: (x, y) for firm, x, y in found.select("firm", "x", "y").iter_rows()} == kept
    assert constellation(example(), replicates=0, layout=False).firms["x"].to_list() == [None] * 3


def test_a_sample_states_its_bound(synthetic_frames: Frames) -> None:
    found = constellation(synthetic_frames, samples=300, replicates=5, layout=False, runs=2)
    exact = constellation(synthetic_frames, replicates=0, layout=False, communities=False)
    assert not found.exact
    assert found.samples == 300
    for name, bound in (
        ("betweenness", found.betweenness_bound),
        ("harmonic_normalised", found.harmonic_bound),
    ):
        difference = (found.firms[name] - exact.firms[name]).abs()
        assert (difference <= bound).all()
    assert found.network["mean_distance"] == pytest.approx(exact.network["mean_distance"], rel=0.02)
    assert found.network["diameter"] is None
    assert any("95%" in remark and "betweenness" in remark for remark in found.remarks)


def test_equal_values_share_the_best_rank() -> None:
    assert competition_ranks(np.array([[0.5, 0.25, 0.25, 0.1]])).tolist() == [[1, 2, 2, 4]]
    assert competition_ranks(np.array([[5.0, 9.0, 5.0, 0.0]])).tolist() == [[2, 1, 2, 4]]


def test_a_draw_is_the_network_of_the_drawn_alliances(automotive_network: Projection) -> None:
    drawn = np.random.default_rng(9).integers(
        0, len(automotive_network.alliances), len(automotive_network.alliances)
    )
    chosen = automotive_network.pairs[np.isin(automotive_network.pairs[:, 2], drawn)]
    graph = nx.Graph()
    graph.add_nodes_from(range(automotive_network.size))
    graph.add_edges_from(chosen[:, :2].tolist())
    between = nx.betweenness_centrality(graph)
    expected = competition_ranks(np.array([[between[firm] for firm in range(automotive_network.size)]]))[0]
    observed = {"betweenness": np.array([between[firm] for firm in range(automotive_network.size)])}
    found = rank_stability(automotive_network, observed, replicates=1, seed=9)["betweenness"]
    # With one draw both ends are its rank, widened to the rank of the values given, which are the same.
    assert found.low.tolist() == found.high.tolist() == expected.tolist()


def test_large_studies_bootstrap_counts_alone(generator: Any) -> None:
    tables = generator.synthetic(3_500)
    frames = replace(example([]), **tables)
    found = rank_stability(project(frames), {"betweenness": np.zeros(1)}, replicates=2)
    assert found == {}
