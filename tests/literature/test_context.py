"""Years, venues, authors, keywords and citations, beside counts of the raw files by other means."""

import csv
import re
from collections import Counter
from typing import Any

import pytest

from constellary.literature.context.citations import most_cited, reference_table
from constellary.literature.context.listing import Listing
from constellary.literature.context.overview import overview
from constellary.literature.context.tallies import author_key, top_authors, top_venues, yearly_output
from constellary.literature.context.topics import keyword_table
from constellary.literature.record import Name, Record
from constellary.literature.works import Work
from tests.literature.exports import SAVED, cited_dois, tagged, works_in, works_of
from tests.needs import literature

SCOPUS = "wos/bibliometrixData/scopusCollection.csv"


@pytest.fixture(scope="module")
def saved() -> tuple[list[Work], list[dict[str, list[str]]]]:
    path = literature(SAVED)
    return works_in(path), tagged(path)


def column(listing: Listing, *names: str) -> list[tuple[Any, ...]]:
    return listing.rows.select(*names).rows()


def test_years_of_a_real_export_are_those_of_its_lines(
    saved: tuple[list[Work], list[dict[str, list[str]]]],
) -> None:
    works, raw = saved
    counted = Counter(int(one["PY"][0]) for one in raw)
    found = yearly_output(works)
    assert column(found, "year", "works") == sorted(counted.items())
    assert found.rows["total"][-1] == len(raw) == 500
    assert [len(ids) for ids in found.rows["evidence"]] == found.rows["works"].to_list()


def test_venues_of_a_real_export_are_those_of_its_lines(
    saved: tuple[list[Work], list[dict[str, list[str]]]],
) -> None:
    works, raw = saved
    counted = Counter(" ".join(one["SO"]) for one in raw)
    cited: Counter[str] = Counter()
    for one in raw:
        cited[" ".join(one["SO"])] += int(one["TC"][0])
    found = column(top_venues(works), "venue", "works", "times_cited")
    best = counted.most_common(4)
    assert found[:4] == [(name, number, cited[name]) for name, number in best]
    assert sum(row[1] for row in found) == 500


def test_authors_count_whole_and_in_fractions(saved: tuple[list[Work], list[dict[str, list[str]]]]) -> None:
    works, raw = saved
    found = top_authors(works)
    assert found.rows["fractional"].sum() == pytest.approx(sum("AU" in one for one in raw), abs=1e-3)
    assert found.rows["works"].sum() <= sum(len(one.get("AU", [])) for one in raw)
    lines = Counter(author for one in raw for author in one.get("AU", []))
    hellwig = found.rows.filter(found.rows["author"].str.starts_with("Hellwig, O"))
    assert hellwig["works"].to_list() == [lines["Hellwig, O"]]
    assert len(hellwig["evidence"][0]) == lines["Hellwig, O"]


def test_citations_of_a_real_export_are_those_of_its_lines(
    saved: tuple[list[Work], list[dict[str, list[str]]]],
) -> None:
    works, raw = saved
    dois: Counter[str] = Counter()
    for one in raw:
        dois.update(cited_dois(one))
    found = {doi: number for doi, number in column(reference_table(works), "doi", "works") if doi is not None}
    best = dois.most_common(30)
    for doi, number in best:
        # Strings without a DOI join where author, year, volume and page agree.
        assert number <= found[doi] <= number * 1.1
    assert found["10.1109/tmag.2006.878392"] == dois["10.1109/tmag.2006.878392"] == 85
    times = [int(one["TC"][0]) for one in raw]
    assert most_cited(works).rows["times_cited"].to_list() == sorted(times, reverse=True)


def test_scopus_keywords_and_years_are_those_of_the_columns() -> None:
    path = literature(SCOPUS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    works = works_in(path)
    years = Counter(int(float(row["PY"])) for row in rows if row["PY"])
    found = column(yearly_output(works), "year", "works")
    assert [row for row in found if row[1]] == sorted(years.items())
    words: Counter[str] = Counter()
    for row in rows:
        words.update(
            {word.strip() for cell in (row["DE"], row["ID"]) for word in cell.split(";") if word.strip()}
        )
    table: dict[str, int] = dict(column(keyword_table(works), "keyword", "works"))
    for word in ("SCIENTOMETRICS", "CITATION ANALYSIS", "TEXT MINING"):
        assert table[word] >= words[word] > 0


def test_years_without_works_are_there_and_works_without_a_year_are_counted() -> None:
    found = yearly_output(works_of([Record(id="a", year=2018), Record(id="b", year=2020), Record(id="c")]))
    assert column(found, "year", "works", "total") == [(2018, 1, 1), (2019, 0, 1), (2020, 1, 2)]
    assert found.missing == 1
    assert yearly_output([]).rows.height == 0


def test_a_venue_is_one_however_it_is_written() -> None:
    names = ("Revista de Gestión", "REVISTA DE GESTION", "Revista de gestion.", None)
    found = top_venues(works_of([Record(id=str(n), venue=name) for n, name in enumerate(names)]))
    assert column(found, "venue", "works", "share") == [("Revista de Gestión", 3, 1.0)]
    assert column(found, "times_cited", "h_index") == [(None, None)]
    assert found.missing == 1


def test_an_author_is_a_family_name_with_initials() -> None:
    assert (
        author_key(Name("Garcia", "J. M."))
        == author_key(Name("GARCÍA", "JM"))
        == author_key(Name("García", "Juan Maria"))
    )
    assert author_key(Name("Garcia", "J.")) != author_key(Name("Garcia", "J. M."))


def test_an_author_who_is_named_twice_in_a_work_counts_once() -> None:
    twice = Record(id="a", authors=(Name("Lee", "S."), Name("Lee", "Sun"), Name("Kim", "J.")), times_cited=3)
    assert column(top_authors(works_of([twice])), "author", "works", "fractional", "leading") == [
        ("Kim, J.", 1, 0.5, 0),
        ("Lee, S.", 1, 0.5, 1),
    ]


def test_a_plural_joins_its_singular_and_spellings_are_kept() -> None:
    words = (
        ("Strategic Alliances", "open-innovation"),
        ("strategic alliance", "Open innovation"),
        ("analysis",),
        (),
    )
    found = keyword_table(works_of([Record(id=str(n), keywords=each) for n, each in enumerate(words)]))
    assert column(found, "keyword", "works", "spellings") == [
        ("Open innovation", 2, ["open-innovation"]),
        ("Strategic Alliances", 2, ["strategic alliance"]),
        ("analysis", 1, []),
    ]
    assert found.missing == 1


def test_a_work_that_others_cite_is_known_by_its_doi_or_its_place() -> None:
    first = Record(
        id="a", authors=(Name("Ahuja", "G."),), year=2000, volume="45", pages="425-455", times_cited=9
    )
    second = Record(
        id="b",
        doi="10.1000/x",
        year=2005,
        cited=("Ahuja G, 2000, ADMIN SCI QUART, V45, P425, DOI 10.2307/2667105",),
    )
    third = Record(
        id="c",
        cited=("AHUJA, G., NETWORKS (2000) ADM. SCI. Q., 45 (3), PP. 425-455", "Any B, 2005, DOI 10.1000/X"),
    )
    found = most_cited(works_of([first, second, third]))
    assert column(found, "work", "times_cited", "cited_here", "evidence") == [
        ("a", 9, 2, ["b", "c"]),
        ("b", None, 1, ["c"]),
        ("c", None, 0, []),
    ]
    cited = reference_table(works_of([first, second, third]))
    assert column(cited, "works", "doi", "work") == [(2, "10.2307/2667105", "a"), (1, "10.1000/x", "b")]


def test_what_no_work_tells_is_missing_and_not_nil() -> None:
    found = most_cited(works_of([Record(id="a")]))
    assert column(found, "times_cited", "cited_here") == [(None, None)]


def test_the_overview_has_every_listing_and_survives_hostile_words() -> None:
    odd = Record(
        id="a",
        title="<script>",
        venue="\u202e=1+1",
        authors=(Name(""), Name("<b>", "!")),
        keywords=("-", "", "=cmd()"),
        cited=("", "(2000)", "," * 5000, "10.1/" * 900),
        year=1,
    )
    found = overview(works_of([odd]))
    assert list(found.tables()) == ["years", "venues", "authors", "keywords", "cited", "references"]
    assert "<script>" not in found._repr_html_()
    assert overview([]).numbers()["works"] == 0


def test_scopus_references_are_one_though_their_strings_differ() -> None:
    path = literature(SCOPUS)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [row["CR"] for row in csv.DictReader(file)]
    # Hirsch (2005), PNAS 102, 16569: by author, volume and first page within one reference, or by its DOI.
    place = re.compile(r"(?:^|;)\s*HIRSCH[^;]*\(2005\)[^;]*\b102\b[^;]*\b16569\b")
    citing = sum(bool(place.search(cell)) or "10.1073/PNAS.0507655102" in cell for cell in cells)
    table = reference_table(works_in(path)).rows
    found = table.filter(table["reference"].str.starts_with("HIRSCH 2005 PROC"))
    assert found["works"][0] == citing > 40
