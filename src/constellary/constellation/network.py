"""Numbers of the network as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from constellary.constellation.cores import triangles

if TYPE_CHECKING:
    from constellary.constellation.arrays import Integers
    from constellary.constellation.betweenness import Paths
    from constellary.constellation.projection import Projection

__all__ = ["network_numbers"]


def network_numbers(
    projection: Projection, component: Integers, paths: Paths
) -> dict[str, int | float | None]:
    """Return the whole network's numbers by name; what is undefined is None.

    Undefined are: density without two firms, shares and means over firms without a firm, transitivity and
    average clustering without a firm of two partners, distances without a tie. The diameter is not known
    from a sample of source firms.

    Examples
    --------
    >>> from constellary.constellation.betweenness import shortest_paths
    >>> from constellary.constellation.cores import components
    >>> from constellary.constellation.projection import example, project
    >>> projection = project(example())  # Fiat - PSA - Iveco
    >>> adjacency = projection.adjacency
    >>> numbers = network_numbers(projection, components(adjacency), shortest_paths(adjacency))
    >>> numbers["ties"], round(numbers["density"], 4), numbers["transitivity"], numbers["diameter"]
    (2, 0.6667, 0.0, 2)
    """
    firms = projection.size
    degree = np.diff(projection.adjacency.indptr).astype(np.int64)
    ties = int(degree.sum()) // 2
    largest = component == 1
    in_largest = int(largest.sum())
    through = triangles(projection.adjacency)
    meeting = degree * (degree - 1) / 2
    local = np.divide(through, meeting, out=np.zeros(firms), where=meeting > 0)
    counts = paths.distances[largest].sum(axis=0) if firms else np.zeros(1)
    apart = counts[1:]
    steps = np.arange(1, apart.size + 1)
    return {
        "firms": firms,
        "alliances": len(projection.alliances),
        "ties": ties,
        "density": 2 * ties / (firms * (firms - 1)) if firms > 1 else None,
        "mean_degree": 2 * ties / firms if firms else None,
        "components": int(component.max(initial=0)),
        "largest_component": in_largest,
        "share_in_largest": in_largest / firms if firms else None,
        "transitivity": float(through.sum() / meeting.sum()) if meeting.sum() else None,
        "average_clustering": float(local.mean()) if meeting.any() else None,
        "mean_distance": float((apart * steps).sum() / apart.sum()) if apart.sum() else None,
        "diameter": int(steps[apart > 0].max()) if paths.exact and apart.any() else None,
    }
