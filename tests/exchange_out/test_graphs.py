"""Graph formats: what is written is what networkx, or a reader made from the format's page, reads."""

from __future__ import annotations

import csv
import io
import re
from types import ModuleType

import networkx as nx
import polars as pl
import pytest
from defusedxml import ElementTree

from constellary.exchange.drawing import Drawing, plain_edges
from constellary.exchange.writers import edges, gexf, graphml, pajek, ucinet
from constellary.study.derive import build_frames
from constellary.study.frames import Frames
from tests.exchange_out.made import BOOK

HOSTILE = ['A&B <"x">', "B\nC\tD", "Škoda 比亚迪", "E'F\\G", "H]]>", "-I", "J\x0bK", "L  M", '"']


def network_of(frames: Frames) -> nx.Graph:
    """Return the projection as networkx makes it, from the two-mode graph."""
    two = nx.Graph()
    firms = [("firm", firm) for firm in frames.signing["firm"]]
    two.add_nodes_from(firms)
    two.add_edges_from((("firm", f), ("alliance", a)) for a, f in frames.partners["alliance", "firm"].rows())
    one = nx.bipartite.weighted_projected_graph(two, firms)
    return nx.relabel_nodes(one, {node: node[1] for node in one})


def weights(graph: nx.Graph, key: str | None = None) -> dict[frozenset[str], float]:
    def name(node: str) -> str:
        return str(graph.nodes[node][key]) if key else str(node)

    return {frozenset((name(a), name(b))): float(w) for a, b, w in graph.edges.data("weight")}


def read(writer: ModuleType, frames: Frames) -> nx.Graph:
    """Return what networkx reads of the ties as they are written without a drawing."""
    (content,) = writer.files(frames).values()
    return (nx.read_gexf if writer is gexf else nx.read_graphml)(io.BytesIO(content))


@pytest.fixture(scope="module")
def hostile() -> Frames:
    """A clique of firms with names that formats stumble over, and two that differ in white space only."""
    names = [*HOSTILE, "B C D"]
    return build_frames(
        BOOK,
        alliances=pl.DataFrame({"id": ["a;1"], "announced": ["2021"]}),
        partners=pl.DataFrame({"alliance": "a;1", "firm": names, "position": list(range(len(names)))}),
        firms=pl.DataFrame({"firm": names, "kind": ["one", "two"] * 5, "about": ["<b>\x00&amp;</b>"] * 10}),
    )


def test_plain_edges_are_the_projection_of_networkx(automotive: Frames) -> None:
    ties = plain_edges(automotive)
    ours = {frozenset((a, b)): float(w) for a, b, w in ties["source", "target", "weight"].iter_rows()}
    assert ours == weights(network_of(automotive))
    assert (ties["alliances"].list.len() == ties["weight"]).all()
    assert ties.equals(ties.sort("source", "target"))


def test_gexf_is_read_by_networkx_with_all_that_is_drawn(automotive: Frames, drawn: Drawing) -> None:
    graph = nx.read_gexf(io.BytesIO(gexf.files(automotive, drawn)[".gexf"]))
    assert weights(graph) == weights(network_of(automotive))
    types = dict(automotive.firms["firm", "type"].iter_rows())
    for row in drawn.firms.iter_rows(named=True):
        node = graph.nodes[row["firm"]]
        look = node["viz"]
        assert (look["position"]["x"], look["position"]["y"]) == (row["x"], row["y"])
        assert look["size"] == row["size"]
        assert "#{r:02x}{g:02x}{b:02x}".format(**look["color"]) == row["color"]
        assert node["Type of firm"] == types[row["firm"]]
        assert node.get("betweenness") == row["betweenness"]
    tie = graph.edges["BMW", "Mercedes-Benz"]
    shared = automotive.alliances.join(
        drawn.edges.filter(source="BMW", target="Mercedes-Benz").explode("alliances"),
        left_on="id",
        right_on="alliances",
    )
    assert (tie["First year"], tie["Last year"]) == (shared["year"].min(), shared["year"].max())
    assert tie["Alliances"].split("; ") == sorted(shared["id"])


def test_gexf_says_its_version_and_that_it_is_undirected(tiny: Frames, tiny_drawn: Drawing) -> None:
    root = ElementTree.fromstring(gexf.files(tiny, tiny_drawn)[".gexf"])
    assert (root.tag, root.get("version")) == ("{http://gexf.net/1.3}gexf", "1.3")
    graph = root.find("{http://gexf.net/1.3}graph")
    assert graph is not None
    assert graph.get("defaultedgetype") == "undirected"
    shapes = {each.get("value") for each in root.iter("{http://gexf.net/1.3/viz}shape")}
    assert shapes == {"disc", "square"}


def test_graphml_is_read_by_networkx_with_all_that_is_drawn(automotive: Frames, drawn: Drawing) -> None:
    graph = nx.read_graphml(io.BytesIO(graphml.files(automotive, drawn)[".graphml"]))
    assert weights(graph) == weights(network_of(automotive))
    for row in drawn.firms.iter_rows(named=True):
        node = graph.nodes[row["firm"]]
        assert (node["x"], node["y"], node["size"]) == (row["x"], row["y"], row["size"])
        assert f"#{node['r']:02x}{node['g']:02x}{node['b']:02x}" == row["color"]
        assert (node["label"], node["shape"]) == (row["firm"], row["shape"])
        assert node.get("betweenness") == row["betweenness"]


@pytest.mark.parametrize("writer", [gexf, graphml])
def test_without_a_drawing_there_are_ties_and_attributes_but_no_looks(
    writer: ModuleType, tiny: Frames
) -> None:
    graph = read(writer, tiny)
    assert weights(graph) == weights(network_of(tiny))
    assert not {"viz", "x", "r"} & set(graph.nodes["Iberia"])


@pytest.mark.parametrize("writer", [gexf, graphml])
def test_names_that_need_escaping_come_back(writer: ModuleType, hostile: Frames) -> None:
    graph = read(writer, hostile)
    expected = {'A&B <"x">', "B C D", "B C D (2)", "Škoda 比亚迪", "E'F\\G", "H]]>", "-I", "J K", "L M", '"'}
    assert set(graph.nodes) == expected
    assert set(nx.get_node_attributes(graph, "About" if writer is gexf else "about").values()) == {
        "<b>&amp;</b>"
    }
    assert graph.number_of_edges() == 45


def test_an_attribute_named_like_a_look_stands_aside(tiny: Frames, tiny_drawn: Drawing) -> None:
    named = Drawing(tiny_drawn.firms.rename({"betweenness": "weight"}), tiny_drawn.edges)
    graph = nx.read_graphml(io.BytesIO(graphml.files(tiny, named)[".graphml"]))
    assert graph.nodes["Iberia"]["weight_"] == 1 / 7


def test_pajek_is_read_by_networkx(automotive: Frames, drawn: Drawing) -> None:
    content = pajek.files(automotive, drawn)[".net"]
    graph = nx.read_pajek(io.BytesIO(content), encoding="utf-8-sig")
    assert weights(graph) == weights(network_of(automotive))


def test_pajek_keeps_places_in_proportion_with_the_top_at_the_top(tiny: Frames, tiny_drawn: Drawing) -> None:
    graph = nx.read_pajek(io.BytesIO(pajek.files(tiny, tiny_drawn)[".net"]))
    firms = tiny_drawn.firms
    seen = [(float(graph.nodes[firm]["x"]), float(graph.nodes[firm]["y"])) for firm in firms["firm"]]
    assert all(0 < value < 1 for place in seen for value in place)
    scale = 0.9 / max(firms[axis].max() - firms[axis].min() for axis in "xy")  # type: ignore[operator]
    for axis, sign in ((0, 1), (1, -1)):
        drawn_at = firms["xy"[axis]]
        for number, place in enumerate(seen):
            shift = sign * (drawn_at[number] - drawn_at[0]) * scale
            assert place[axis] - seen[0][axis] == pytest.approx(shift, abs=2e-6)


def test_pajek_numbers_types_and_measures_beside_the_network(tiny: Frames, tiny_drawn: Drawing) -> None:
    files = {
        name: content.decode().split("\r\n")[:-1] for name, content in pajek.files(tiny, tiny_drawn).items()
    }
    assert sorted(files) == ["-alliances.vec", "-betweenness.vec", ".clu", ".net"]
    assert files[".clu"] == ["*Vertices 6", "1", "1", "9999998", "1", "3", "2"]
    assert files["-alliances.vec"] == ["*Vertices 6", "2", "4", "1", "2", "2", "2"]
    assert files["-betweenness.vec"][:3] == ["*Vertices 6", "999999998", str(1 / 7)]


def test_pajek_marks_utf8_only_where_it_is_needed_and_gives_colours_different_names(
    hostile: Frames, tiny: Frames, tiny_drawn: Drawing
) -> None:
    assert pajek.files(hostile)[".net"].startswith(b"\xef\xbb\xbf*Vertices 10")
    content = pajek.files(tiny, tiny_drawn)[".net"]
    assert content.startswith(b"*Vertices 6")
    assert len(set(re.findall(" ic ([A-Za-z]+)", content.decode()))) == tiny_drawn.firms["color"].n_unique()


@pytest.mark.parametrize(
    ("color", "name"), [("#999999", "Gray"), ("#cc79a7", "Pink"), ("#009e73", "Green"), ("#d62728", "Red")]
)
def test_pajek_names_the_hue(color: str, name: str, tiny: Frames, tiny_drawn: Drawing) -> None:
    one = Drawing(tiny_drawn.firms.with_columns(color=pl.lit(color)), tiny_drawn.edges)
    assert set(re.findall(" ic ([A-Za-z]+)", pajek.files(tiny, one)[".net"].decode())) == {name}


# ---- UCINET DL: a reader from the description of the language ----------------------------------------


def read_dl(content: bytes) -> tuple[list[str], list[str], dict[tuple[int, int], float]]:
    """Return row labels, column labels and cells of an edge list, as the DL language defines them.

    From http://www.analytictech.com/ucinet/help/hs5000.htm: DL first; N, or NR and NC; labels separated
    by spaces, commas or line ends, in quotes where they hold spaces; a pair a line with its value, 1.0
    where there is none.
    """
    text = content.decode("ascii")
    head, data = re.split(r"(?im)^data:\s*", text, maxsplit=1)
    sizes = {key.lower(): int(value) for key, value in re.findall(r"(?i)\b(n|nr|nc)\s*=\s*(\d+)", head)}
    assert re.match(r"(?i)dl\b", head)
    blocks = re.split(r"(?im)^((?:row |column )?labels):\s*", head)
    labels = {
        blocks[at].lower(): [
            quoted or bare for quoted, bare in re.findall(r'"([^"]*)"|([^\s,"]+)', blocks[at + 1])
        ]
        for at in range(1, len(blocks), 2)
    }
    rows = labels.get("row labels", labels.get("labels", []))
    columns = labels.get("column labels", labels.get("labels", []))
    assert len(rows) == sizes.get("nr", sizes.get("n"))
    assert len(columns) == sizes.get("nc", sizes.get("n"))
    cells = {}
    for line in data.split("\r\n")[:-1]:
        row, column, *value = line.split()
        assert 1 <= int(row) <= len(rows)
        assert 1 <= int(column) <= len(columns)
        cells[int(row) - 1, int(column) - 1] = float(value[0]) if value else 1.0
    return rows, columns, cells


def test_ucinet_one_mode_is_symmetric_and_weighted(automotive: Frames) -> None:
    rows, columns, cells = read_dl(ucinet.files(automotive)["-firms.dl"])
    assert rows == columns
    assert len(set(rows)) == automotive.signing.height
    assert all(cells[b, a] == weight for (a, b), weight in cells.items())
    names = automotive.signing["firm"]
    assert {frozenset((names[a], names[b])): w for (a, b), w in cells.items()} == weights(
        network_of(automotive)
    )


def test_ucinet_two_mode_is_the_table_of_partners(automotive: Frames) -> None:
    _, columns, cells = read_dl(ucinet.files(automotive)["-alliances.dl"])
    assert columns == automotive.alliances["id"].to_list()
    names = automotive.signing["firm"]
    seen = {(columns[alliance], names[firm]) for firm, alliance in cells}
    assert seen == set(automotive.partners["alliance", "firm"].iter_rows())


def test_ucinet_labels_are_plain_and_different(hostile: Frames) -> None:
    rows, _, cells = read_dl(ucinet.files(hostile)["-firms.dl"])
    assert len(set(rows)) == 10
    assert {"Skoda ???", "E'F\\G", "'", "B C D", "B C D (2)"} <= set(rows)
    assert len(cells) == 90


def test_a_firm_without_a_tie_stays_in_the_graph(tiny: Frames) -> None:
    alone = Drawing(
        pl.DataFrame({"firm": ["Iberia", "Renfe", "Alone"]}),
        plain_edges(tiny).filter(source="Iberia", target="Renfe"),
    )
    rows, _, cells = read_dl(ucinet.files(tiny, alone)["-firms.dl"])
    assert rows == ["Iberia", "Renfe", "Alone"]
    assert set(cells) == {(0, 1), (1, 0)}
    assert "Alone" in nx.read_gexf(io.BytesIO(gexf.files(tiny, alone)[".gexf"]))


# ---- the edge list ---------------------------------------------------------------------------------


def test_the_edge_list_holds_ties_years_and_alliances(tiny: Frames) -> None:
    rows = list(csv.DictReader(io.StringIO(edges.files(tiny)[".csv"].decode(), newline="")))
    assert rows[0] == {
        "source": "Finnair",
        "target": "Iberia",
        "weight": "2",
        "first_year": "2019",
        "last_year": "2020",
        "alliances": "a1; a2",
    }
    undated = next(row for row in rows if row["alliances"] == "a6")
    assert (undated["first_year"], undated["last_year"]) == ("", "")


def test_the_edge_list_starts_no_formula(hostile: Frames) -> None:
    assert not re.search(r"(?m)(^|,)\"?[=+\-@]", edges.files(hostile)[".csv"].decode())
