"""Networks of the literature beside networkx and plain counting; their files, and the words in them."""

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import networkx as nx
import pytest

from constellary.errors import InputError, UnknownName
from constellary.literature.context.incidence import KINDS, incidence
from constellary.literature.context.network import literature_network
from constellary.literature.context.references import own_place, place_of, read_cited
from constellary.literature.record import Name, Record
from constellary.literature.works import Work
from constellary.report.network_drawing import KINDS as FILES
from constellary.report.network_drawing import draw_network, network_scene
from tests.literature.exports import SAVED, cited_dois, tagged, works_in, works_of
from tests.needs import literature

WORDS = {
    "a": ("cars", "alliances", "batteries"),
    "b": ("cars", "alliances"),
    "c": ("cars", "software", "batteries"),
    "d": ("software", "alliances", "cars"),
    "e": ("whales",),
    "f": (),
}


def few() -> list[Work]:
    return works_of(
        [
            Record(id=key, title=key, year=2000 + number, keywords=words)
            for number, (key, words) in enumerate(WORDS.items())
        ]
    )


def by_networkx(nodes_of: dict[str, set[str]], kept: set[str]) -> nx.Graph:
    """Return the one-mode projection of a two-mode graph, with the number of shared neighbours as weight."""
    two = nx.Graph()
    two.add_nodes_from(kept)
    for event, nodes in nodes_of.items():
        two.add_edges_from((("event", event), node) for node in nodes & kept)
    return nx.bipartite.weighted_projected_graph(two, kept)


def test_keywords_are_tied_as_networkx_ties_them_and_measured_alike() -> None:
    found = literature_network(few(), "keywords", least=1)
    graph = by_networkx(
        {key: set(words) for key, words in WORDS.items()}, {w for words in WORDS.values() for w in words}
    )
    ties = {frozenset(row[:2]): row[2] for row in found.ties.select("source", "target", "weight").iter_rows()}
    assert ties == {frozenset(pair): data["weight"] for *pair, data in graph.edges(data=True)}
    between = nx.betweenness_centrality(graph)
    assert dict(found.nodes.select("keyword", "betweenness").iter_rows()) == pytest.approx(between)
    assert found.missing == 1


def test_each_tie_names_the_works_that_make_it() -> None:
    ties = literature_network(few(), "keywords").ties
    row = next(
        row for row in ties.iter_rows(named=True) if {row["source"], row["target"]} == {"alliances", "cars"}
    )
    assert (row["weight"], row["evidence"], row["association"]) == (3, ["a", "b", "d"], 3 / (3 * 4))
    assert (row["first_year"], row["last_year"]) == (2000, 2003)


def test_co_citation_of_a_real_export_is_that_of_a_plain_count() -> None:
    path = literature(SAVED)
    works, lines = works_in(path), [cited_dois(one) for one in tagged(path)]
    found = incidence(works, "cocitation")
    often = Counter(doi for one in lines for doi in one)
    # Those that some work cites without a DOI are counted there by author, year, volume and page.
    dois = {doi for doi, count in often.items() if count >= 20 and found.often[f"doi {doi}"] == count}
    assert len(dois) > 10
    pairs = Counter(pair for one in lines for pair in combinations(sorted(one & dois), 2))
    label = {doi: found.labels[f"doi {doi}"] for doi in dois}
    expected = {frozenset((label[one], label[other])): count for (one, other), count in pairs.items()}
    ties = literature_network(works, "cocitation", least=20).ties.select("source", "target", "weight")
    counted = {frozenset(row[:2]): row[2] for row in ties.iter_rows()}
    assert {pair: weight for pair, weight in counted.items() if pair <= set(label.values())} == expected


def test_coupling_ties_works_by_what_both_cite() -> None:
    cited = {
        "a": ("X, 2000, J, V1, P1", "Y, 2001, J, V2, P2", "Z, 2002, J"),
        "b": ("X, 2000, J, V1, P1", "Y, 2001, J, V2, P2"),
        "c": ("Z, 2002, J",),
    }
    works = works_of(
        [Record(id=key, authors=(Name(key.upper()),), year=2010, cited=refs) for key, refs in cited.items()]
    )
    found = literature_network(works, "coupling", least=1)
    assert found.ties.select("source", "target", "weight").rows() == [
        ("A (2010)", "B (2010)", 2),
        ("A (2010)", "C (2010)", 1),
    ]
    assert found.ties["evidence"][0].to_list() == ["X 2000 J", "Y 2001 J"]


def test_authors_are_tied_by_works_they_wrote_together() -> None:
    teams = [("Lee", "Kim"), ("Lee", "Kim", "Roy"), ("Roy",)]
    works = works_of(
        [Record(id=str(n), authors=tuple(Name(name, "A.") for name in team)) for n, team in enumerate(teams)]
    )
    found = literature_network(works, "authors", least=1)
    assert found.ties.select("source", "target", "weight").rows()[0] == ("Kim, A.", "Lee, A.", 2)


def test_where_there_are_too_many_only_the_frequent_stay_and_it_is_told() -> None:
    found = literature_network(few(), "keywords", least=1, most=2)
    assert (found.nodes["keyword"].to_list(), found.least, found.left_out) == (["cars", "alliances"], 3, 3)
    assert any("at least 3 times" in remark and "3 others" in remark for remark in found.remarks)
    alike = works_of([Record(id="x", keywords=tuple("abcdef")), Record(id="y", keywords=("a", "z"))])
    assert literature_network(alike, "authors", least=1).nodes.height == 0
    assert literature_network(alike[:1], "keywords", least=1, most=3).nodes["keyword"].to_list() == [
        "a",
        "b",
        "c",
    ]


def test_references_with_one_label_are_told_apart() -> None:
    cited = ("Wood R, 2009, IEEE, V45, P917, DOI 10.1000/a", "Wood R, 2009, IEEE, V45, P100")
    works = works_of([Record(id=key, cited=cited) for key in "ab"])
    names = literature_network(works, "cocitation").nodes["reference"].to_list()
    assert sorted(names) == ["Wood R, 2009, IEEE, V45, P100", "Wood R, 2009, IEEE, V45, P917"]


@pytest.mark.parametrize(
    ("text", "doi", "place"),
    [
        ("Homma Takayuki, 2015, ECS Transactions, V64, P1, DOI 10.1149/06431.0001ecst", "10.1149/06431.0001ecst", "homm 2015 64 1"),  # noqa: E501
        ("FREEMAN LC, 1977, SOCIOMETRY, V40, P35, DOI 10.2307/3033543", "10.2307/3033543", "free 1977 40 35"),
        ("Gapin AI, 2006, J APPL PHYS, V99, DOI [10.1063/1.2163289, 10.1000/x]", "10.1063/1.2163289", None),
        ("*OECD, 1997, REP", None, None),
        ("Almeida P, 2003, RES POLICY, V32, P301, DOI 10.1016/S0048-7333(02)00101-4", "10.1016/s0048-7333(02)00101-4", "alme 2003 32 301"),  # noqa: E501
        ("Humphrey, W., Dalke, A., Schulten, K., (1996) J Mol Graphics, 14, p. 33", None, "hump 1996 14 33"),
        ("ABBASI, A., IDENTIFYING (2011) JOURNAL OF INFORMETRICS, 5 (4), PP. 594-607", None, "abba 2011 5 594"),
        ("no year at all", None, None),
    ],
)  # fmt: skip
def test_a_cited_reference_says_what_it_is(text: str, doi: str | None, place: str | None) -> None:
    found = read_cited(text)
    assert (found.doi, found.place) == (doi, place)


def test_a_record_is_known_by_the_place_that_others_cite() -> None:
    record = Record(authors=(Name("van Raan", "A. F. J."),), year=2004, volume="59", pages="467–472")
    assert own_place(record) == place_of("VANRAAN AFJ", 2004, "59", "467") == "vanr 2004 59 467"


@pytest.mark.parametrize("kind", FILES)
def test_each_file_is_written_twice_alike(tmp_path: Path, kind: str) -> None:
    network = literature_network(few(), "keywords", least=1)
    first, second = (draw_network(network, tmp_path / name / f"n.{kind}") for name in ("one", "two"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]
    assert first


def test_files_speak_of_keywords_and_works(tmp_path: Path) -> None:
    network = literature_network(few(), "keywords", least=1)
    for kind in ("svg", "gexf", "graphml", "csv"):
        (path,) = draw_network(network, tmp_path / f"n.{kind}")
        text = (
            path.read_text(encoding="utf-8")
            .replace('class="firms"', "")
            .replace(">alliances", "")
            .replace('"alliances"', "")
        )
        assert not re.search(r"\bfirms?\b|[Aa]lliances? ?(shared|of)|Alliances", text), kind
    graph = nx.read_graphml(tmp_path / "n.graphml")
    assert graph.nodes["cars"]["works"] == 4
    assert graph.edges["alliances", "cars"]["works"] == "a; b; d"
    assert {"community", "betweenness", "x", "y"} <= graph.nodes["cars"].keys()


def test_the_picture_says_what_it_shows() -> None:
    scene = network_scene(literature_network(few(), "keywords"))
    assert scene.words == "Keyword co-occurrence: 4 keywords of 6 works; those that occur at least 2 times"
    assert (
        scene.firms.filter(scene.firms["firm"] == "cars")["text"].item()
        == "4 works, together with 3 keywords"
    )
    assert scene.legend.titles[2] == "Works"


def test_what_there_is_not_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="network 'cocitations'"):
        literature_network(few(), "cocitations")
    with pytest.raises(UnknownName, match="kind of file 'pdf'"):
        draw_network(literature_network(few(), "keywords"), tmp_path / "n.pdf")
    with pytest.raises(InputError, match="nothing to draw"):
        draw_network(literature_network(few(), "cocitation"), tmp_path / "n.svg")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_makes_an_empty_network(kind: str) -> None:
    found = literature_network([], kind)
    assert found.nodes.height == found.ties.height == 0
    assert found.numbers()["network"]
    assert found._repr_html_()
