"""The constellation: firms, their ties, every measure and where each firm stands, as one result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from constellary.constellation.arrays import row_sums
from constellary.constellation.betweenness import shortest_paths
from constellary.constellation.communities import Partition, find_communities
from constellary.constellation.cores import components, core_numbers
from constellary.constellation.layout import layout as place_firms
from constellary.constellation.measures import DEFINITIONS, NETWORK_LABELS
from constellary.constellation.network import network_numbers
from constellary.constellation.projection import Projection, project
from constellary.constellation.remarks import remarks_on
from constellary.constellation.spectral import eigenvector_centrality
from constellary.constellation.stability import rank_stability
from constellary.constellation.tables import RANKED, community_table, component_table, firm_table
from constellary.result import Result

if TYPE_CHECKING:
    from collections.abc import Collection

    from constellary.study.frames import Frames

__all__ = ["Constellation", "constellation"]

SEED = 20_240_601
RUNS = 10
FEW_RUNS = 3
MANY_FIRMS = 50_000
LAID_OUT = 20_000
"""Above so many firms a layout is computed only on demand: it takes minutes and shows a hairball."""
COUNTED_REPLICATES = 30_000
"""Above so many alliances ranks by counts rest on at most 50 replicates."""


@dataclass(frozen=True)
class Constellation(Result):
    """Firms and ties with their measures.

    Attributes
    ----------
    firms
        One row a firm, sorted by `firm`: the study's columns of firms, then `alliances`, `degree`,
        `strength`, `betweenness`, `betweenness_raw`, `betweenness_error`, `harmonic`,
        `harmonic_normalised`, `harmonic_error`, `eigenvector`, `core`, `component`, `community`, `x`, `y`,
        for each of alliances, degree and betweenness `rank_*`, `rank_*_low`, `rank_*_high`, `rank_*_top`
        (null when not bootstrapped), and `evidence`. See `definitions`. Undefined is null.
    edges
        One row a tie: `source`, `target`, `weight`, `first_year`, `last_year`, `evidence`.
    communities
        One row a community, the largest first: `community`, `firms`, `share` of all firms, `top` (its
        firms with most alliances, at most five), `type` (most frequent value of the firm variable asked
        for), `type_share` (its share of the firms that have a value), `evidence` (alliances of which at
        least two partners are in it).
    components
        One row for each size of component: `size`, `components`, `firms`, `share` of all firms.
    network
        Numbers of the whole: see `NETWORK_LABELS` and `definitions`.
    definitions
        A sentence for each column and number.
    exact
        Whether betweenness and closeness are exact.
    betweenness_bound, harmonic_bound
        With probability 1 - delta no firm's normalised value is farther than this from the exact one.
    replicates
        Number of draws behind the intervals of ranks (0: none).
    digest
        A fingerprint of the ties: the same digest, the same layout.
    """

    firms: pl.DataFrame
    edges: pl.DataFrame
    communities: pl.DataFrame
    components: pl.DataFrame
    network: dict[str, int | float | None]
    exact: bool
    samples: int
    delta: float
    betweenness_bound: float
    harmonic_bound: float
    replicates: int
    seed: int
    digest: str
    notes: tuple[str, ...] = ()
    definitions: dict[str, str] = field(default_factory=lambda: dict(DEFINITIONS))
    title: str = "The constellation"

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return `firms` (by betweenness), `network`, `communities`, `component_sizes`."""
        shown = self.firms.sort(
            ["betweenness", "alliances", "firm"], descending=[True, True, False], nulls_last=True
        )
        network = pl.DataFrame(
            {
                "measure": [label for key, label in NETWORK_LABELS.items() if key in self.network],
                "value": [
                    None if value is None else float(value)
                    for value in (self.network[key] for key in NETWORK_LABELS if key in self.network)
                ],
            },
            schema={"measure": pl.String, "value": pl.Float64},
        )
        return {
            "firms": shown.drop("evidence", "aliases", "x", "y", strict=False),
            "network": network,
            "communities": self.communities.drop("evidence"),
            "component_sizes": self.components,
        }

    def numbers(self) -> dict[str, object]:
        """Return `network`, `estimation`, `firms` (by name), `communities`, `component_sizes`."""
        left_out = ("evidence", "aliases", "x", "y")
        firms = self.firms.drop(left_out, strict=False)
        return {
            "network": dict(self.network),
            "estimation": {
                "exact": self.exact,
                "samples": self.samples,
                "delta": self.delta,
                "betweenness_bound": self.betweenness_bound,
                "harmonic_bound": self.harmonic_bound,
                "replicates": self.replicates,
                "seed": self.seed,
            },
            "firms": {
                row["firm"]: {key: value for key, value in row.items() if key != "firm"}
                for row in firms.iter_rows(named=True)
            },
            "communities": self.communities.drop("evidence").to_dicts(),
            "component_sizes": self.components.to_dicts(),
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """How the measures were obtained, and what they do not say."""
        return self.notes


def constellation(
    frames: Frames,
    *,
    seed: int = SEED,
    replicates: int = 200,
    ranked: Collection[str] = RANKED,
    samples: int | None = None,
    layout: bool | Mapping[str, tuple[float, float]] | None = None,
    communities: bool = True,
    firm_type: str | None = None,
    runs: int | None = None,
) -> Constellation:
    """Return the firms and their ties with all measures.

    Parameters
    ----------
    frames
        The alliances.
    seed
        Of everything that draws at random: sample, replicates, communities, layout.
    replicates
        Draws of the bootstrap of ranks; 0: none. Above 3,000 alliances betweenness is left out of it, and
        above 30,000 it has at most 50 draws.
    ranked
        Measures whose ranks are bootstrapped; the others' intervals of ranks are null. Betweenness takes by far
        the most time.
    samples
        Source firms for betweenness and closeness, see `shortest_paths`; None: exact up to 30,000 firms.
    layout
        True: place the firms; False: do not; None: place them if there are at most 20,000. A mapping of
        firm to position: an earlier layout; it is kept if it places every firm, else firms set out from it.
    communities
        Whether to look for communities.
    firm_type
        Firm variable whose dominant value describes each community; None: that of the codebook's design.
    runs
        Runs of the community search; None: 10, or 3 above 50,000 firms.

    Examples
    --------
    >>> from constellary.constellation.projection import example
    >>> sky = constellation(example(), replicates=0)
    >>> sky.firms.select("firm", "degree", "betweenness").rows()
    [('Fiat', 1, 0.0), ('Iveco', 1, 0.0), ('PSA', 2, 1.0)]
    """
    projection = project(frames)
    adjacency = projection.adjacency
    paths = shortest_paths(adjacency, samples=samples, seed=seed)
    component = components(adjacency)
    vector, dominating = eigenvector_centrality(adjacency)
    partition = _partition(projection, communities, seed, runs)
    if len(projection.alliances) > COUNTED_REPLICATES:
        replicates = min(replicates, 50)
    observed = {
        "alliances": row_sums(projection.incidence),
        "degree": np.diff(adjacency.indptr).astype(np.float64),
        "betweenness": paths.betweenness.value,
    }
    wanted = {name: values for name, values in observed.items() if name in ranked}
    ranks = rank_stability(projection, wanted, replicates=replicates, seed=seed)
    values = {
        "core": core_numbers(adjacency),
        "component": component,
        "eigenvector": vector,
        "community": partition.community if partition else None,
    }
    firms = firm_table(frames, projection, paths, values=values, observed=observed, ranks=ranks)
    firms = firms.join(_places(projection, layout, seed), on="firm", how="left", maintain_order="left")
    firms = firms.select(pl.exclude("evidence"), "evidence")
    network = network_numbers(projection, component, paths)
    if partition:
        network |= {
            "communities": partition.number,
            "modularity": partition.modularity,
            "agreement": partition.agreement,
            "information": partition.information,
        }
    pairs = max(projection.size - 1, 1) * max(projection.size - 2, 1)
    return Constellation(
        firms=firms,
        edges=projection.edges,
        communities=community_table(projection, firms, firm_type or frames.codebook.design.firm_type),
        components=component_table(component),
        network=network,
        exact=paths.exact,
        samples=paths.drawn,
        delta=paths.delta,
        betweenness_bound=2 * paths.betweenness.bound / pairs,
        harmonic_bound=paths.harmonic.bound / max(projection.size - 1, 1),
        replicates=replicates if ranks else 0,
        seed=seed,
        digest=projection.digest,
        notes=remarks_on(
            projection,
            paths,
            partition=partition,
            ranks=ranks,
            vector=vector,
            dominating=dominating,
            replicates=replicates,
        ),
    )


def _partition(projection: Projection, wanted: bool, seed: int, runs: int | None) -> Partition | None:
    if not wanted or not projection.size:
        return None
    if runs is None:
        runs = FEW_RUNS if projection.size > MANY_FIRMS else RUNS
    return find_communities(projection.adjacency, seed=seed, runs=runs)


def _places(projection: Projection, wanted: Any, seed: int) -> pl.DataFrame:
    if wanted is None:
        wanted = projection.size <= LAID_OUT
    schema = {"firm": pl.String, "x": pl.Float64, "y": pl.Float64}
    if isinstance(wanted, Mapping):
        if all(firm in wanted for firm in projection.firms):
            rows = [(firm, *wanted[firm]) for firm in projection.firms]
            return pl.DataFrame(rows, schema=schema, orient="row")
        return place_firms(projection, seed=seed, start=wanted)
    if wanted:
        return place_firms(projection, seed=seed)
    return pl.DataFrame({"firm": projection.firms, "x": None, "y": None}, schema=schema)
