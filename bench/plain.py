"""The plain way: what a scholar's script does with pandas, networkx, scipy and sqlite3, to compare with.

Each part computes what our own pipeline computes, as far as the libraries have it, written as one would
write it by hand and not made slow on purpose.
"""

from __future__ import annotations

import itertools
import sqlite3
import sys
import time
from pathlib import Path

import networkx as nx
import pandas as pd
from scipy import stats


def take_in(folder: Path, database: Path) -> None:
    """Read the CSV files, check what an importer has to check, and store them."""
    alliances = pd.read_csv(folder / "alliances.csv", dtype=str)
    partners = pd.read_csv(folder / "partners.csv", dtype={"alliance": str, "firm": str, "position": int})
    firms = pd.read_csv(folder / "firms.csv", dtype=str)
    if alliances["id"].duplicated().any() or partners.duplicated(["alliance", "firm"]).any():
        raise ValueError("duplicates")
    if not partners["alliance"].isin(alliances["id"]).all() or not partners["firm"].isin(firms["firm"]).all():
        raise ValueError("dangling references")
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        for name, frame, keys in (
            ("alliance", alliances, "id"),
            ("firm", firms, "firm"),
            ("partner", partners, "alliance, firm"),
        ):
            frame.to_sql(name, connection, index=False, if_exists="replace")
            connection.execute(f"CREATE UNIQUE INDEX {name}_key ON {name} ({keys})")
        connection.execute("CREATE INDEX partner_firm ON partner (firm)")
    connection.close()


def analyse(database: Path, *, sources: int | None) -> None:
    """Counts, shares, crosstab with test, concentration, and the centralities of the projection."""
    with sqlite3.connect(database) as connection:
        alliances = pd.read_sql("SELECT * FROM alliance", connection)
        partners = pd.read_sql("SELECT * FROM partner", connection)
    connection.close()
    alliances["year"] = alliances["announced"].str[:4]
    for column in ("form", "motivation", "focus", "place", "year"):
        alliances[column].value_counts(normalize=True)
    for row, column in (("place", "motivation"), ("motivation", "focus")):
        stats.chi2_contingency(pd.crosstab(alliances[row], alliances[column]), correction=False)
    portfolio = partners.groupby("firm")["alliance"].nunique()
    portfolio.describe()
    graph = nx.Graph()
    graph.add_nodes_from(partners["firm"].unique())
    for _, members in partners.groupby("alliance")["firm"]:
        for first, second in itertools.combinations(sorted(set(members)), 2):
            weight = graph.get_edge_data(first, second, {"weight": 0})["weight"]
            graph.add_edge(first, second, weight=weight + 1)
    dict(graph.degree(weight="weight"))
    list(nx.connected_components(graph))
    nx.core_number(graph)
    nx.eigenvector_centrality(graph, weight="weight", max_iter=2000, tol=1e-8)
    nx.betweenness_centrality(graph, k=sources, seed=1)
    if sources is None:
        nx.harmonic_centrality(graph)
    nx.community.louvain_communities(graph, seed=1)


if __name__ == "__main__":
    begin = time.perf_counter()
    what, place, *rest = sys.argv[1:]
    if what == "import":
        take_in(Path(place), Path(rest[0]))
    else:
        analyse(Path(place), sources=int(rest[0]) if rest else None)
    print(f"{time.perf_counter() - begin:.2f}")
