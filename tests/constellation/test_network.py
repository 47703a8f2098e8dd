"""Numbers of the network as a whole, where they are undefined."""

from __future__ import annotations

import numpy as np
import pytest

from constellary.constellation.betweenness import shortest_paths
from constellary.constellation.cores import components
from constellary.constellation.network import network_numbers
from constellary.constellation.projection import example, project


def numbers(*members: tuple[str, ...]) -> dict[str, int | float | None]:
    alliances = tuple((f"a{place}", 2020, firms) for place, firms in enumerate(members))
    projection = project(example(alliances))
    adjacency = projection.adjacency
    return network_numbers(projection, components(adjacency), shortest_paths(adjacency))


def test_clustering_is_undefined_where_no_firm_has_two_partners() -> None:
    found = numbers(("Fiat", "PSA"), ("BMW", "Ford"))
    assert found["ties"] == 2
    assert found["average_clustering"] is None
    assert found["transitivity"] is None


def test_clustering_is_zero_where_two_partners_of_a_firm_are_never_tied() -> None:
    found = numbers(("Fiat", "PSA"), ("PSA", "Ford"))
    assert found["average_clustering"] == 0.0
    assert found["transitivity"] == 0.0


def test_a_firm_with_one_partner_counts_as_zero_in_the_average() -> None:
    # A triangle with a tail: 1, 1, 1/3 and 0, as networkx.average_clustering has it.
    found = numbers(("Audi", "BMW", "Ford"), ("Ford", "PSA"))
    assert found["average_clustering"] == pytest.approx(np.mean([1, 1, 1 / 3, 0]))
