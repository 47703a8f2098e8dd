"""From alliances to ties."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from constellary.constellation.projection import Projection, example, project
from constellary.study.frames import Frames


def test_weights_years_and_evidence_of_each_tie() -> None:
    found = project(example()).edges
    assert found.rows() == [
        ("Fiat", "PSA", 2, 2019, 2021, ["a", "c"]),
        ("Iveco", "PSA", 1, 2020, 2020, ["b"]),
    ]


def test_an_alliance_of_four_makes_six_ties() -> None:
    assert project(example([("a", 2020, ("A", "B", "C", "D"))])).edges.height == 6


def test_a_firm_listed_twice_counts_once_and_a_lone_partner_has_no_tie() -> None:
    found = project(example([("a", 2020, ("A", "B", "A")), ("b", 2021, ("C",))]))
    assert found.firms == ("A", "B", "C")
    assert found.edges.select("source", "target", "weight").rows() == [("A", "B", 1)]
    assert found.adjacency.diagonal().tolist() == [0, 0, 0]
    assert found.incidence.sum(axis=1).tolist() == [1, 1, 1]


def test_an_undated_alliance_has_no_year() -> None:
    frames = example([("a", 2020, ("A", "B"))])
    undated = frames.alliances.with_columns(pl.lit(None, dtype=pl.Int32).alias("year"))
    assert project(replace(frames, alliances=undated)).edges["first_year"].to_list() == [None]


def test_no_alliance_is_an_empty_network() -> None:
    found = project(example([]))
    assert found.size == 0
    assert found.edges.height == 0


def test_the_open_data_projects_as_in_networkx(automotive: Frames, automotive_network: Projection) -> None:
    graph = nx.Graph(automotive.partners.select("alliance", "firm").rows())
    firms = automotive.partners["firm"].unique().to_list()
    expected = nx.bipartite.weighted_projected_graph(graph, firms)
    rows = automotive_network.edges.select("source", "target", "weight").rows()
    found = {(a, b): weight for a, b, weight in rows}
    assert found == {(min(a, b), max(a, b)): weight for a, b, weight in expected.edges(data="weight")}
    assert automotive_network.adjacency.sum() == 2 * sum(found.values())


@settings(max_examples=30, deadline=None)
@given(
    alliances=st.lists(st.lists(st.sampled_from("ABCDEFG"), min_size=1, max_size=4), max_size=8),
    seed=st.integers(0, 99),
)
def test_the_order_of_rows_does_not_matter(alliances: list[list[str]], seed: int) -> None:
    frames = example([(f"a{place}", 2020 + place, tuple(firms)) for place, firms in enumerate(alliances)])
    shuffled = replace(
        frames,
        partners=frames.partners.sample(fraction=1.0, shuffle=True, seed=seed),
        alliances=frames.alliances.sample(fraction=1.0, shuffle=True, seed=seed),
    )
    one, other = project(frames), project(shuffled)
    assert one.digest == other.digest
    assert one.edges.equals(other.edges)
