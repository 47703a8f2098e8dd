"""Tables of references: of IEEE, Springer, Zotero, Rayyan, bibliometrix, and those that people make."""

from __future__ import annotations

import csv
import io
import time

import pytest

from constellary.errors import InputError
from constellary.exchange.bibliography.columns import people
from constellary.exchange.bibliography.reading import is_export, parse_export, read_export
from constellary.exchange.bibliography.springer_csv import people as run_together
from constellary.exchange.bibliography.tables import header
from constellary.literature.record import Name, Record
from tests.needs import literature

TABLES = (
    "ieee/litstudy/ieee_1.csv",
    "springer/litstudy/springer_notebook.csv",
    "screening/Nagtegaal_2019.csv",
    "wos/bibliometrixData/scopusCollection.csv",
    "asreview_demo/generic_semicolon.csv",
    "dedup/haematology/records_pre_merged.csv",
)


def records(text: str) -> list[Record]:
    return [entry.record for entry in parse_export("x.csv", text.encode()).entries]


@pytest.mark.parametrize("name", TABLES)
def test_every_cell_of_a_real_table_is_kept_under_its_name(name: str) -> None:
    path = literature(name)
    divider = ";" if "semicolon" in name else ","
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=divider))
    export = read_export(path)
    assert [dict(entry.raw) for entry in export.entries] == [
        {key: cell for key, cell in row.items() if cell} for row in rows
    ]
    assert [entry.record.line for entry in export.entries] == list(range(2, len(rows) + 2))


def test_ieee_tells_kinds_by_its_collections() -> None:
    export = read_export(literature("ieee/litstudy/ieee.csv"))
    first = export.entries[0].record
    assert first.type == "article-magazine"
    assert first.authors == (Name("Kogge", "P."), Name("Shalf", "J."))
    assert (first.doi, first.accession) == (
        "10.1109/mcse.2013.95",
        dict(export.entries[0].raw)["PDF Link"][-7:],
    )
    assert {entry.record.type for entry in export.entries} == {
        "article-magazine",
        "article-journal",
        "paper-conference",
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Vivek K. PallipuramMohammad BhuiyanMelissa C. Smith",
            ["Pallipuram, Vivek K.", "Bhuiyan, Mohammad", "Smith, Melissa C."],
        ),
        ("V. A. BakhtinE. V. Shil’nikov", ["Bakhtin, V. A.", "Shil’nikov, E. V."]),
        ("Prof. Rafik A. AlievProf. Dr. Janusz Kacprzyk", ["Aliev, Rafik A.", "Kacprzyk, Janusz"]),
        ("Jane McDonaldJohn O’Neill", ["McDonald, Jane", "O’Neill, John"]),
        ("Rens van de SchootÁngel Pérez", ["van de Schoot, Rens", "Pérez, Ángel"]),
    ],
)
def test_authors_of_springer_are_divided_by_their_capitals(text: str, names: list[str]) -> None:
    assert [str(name) for name in run_together(text)] == names


def test_zotero() -> None:
    """The columns that Zotero 7 writes; a file made by hand, since none is among the real ones."""
    head = (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","ISBN","ISSN","DOI","Url",'
        '"Abstract Note","Date","Date Added","Pages","Issue","Volume","Publisher","Place","Language",'
        '"Library Catalog","Extra","Notes","Manual Tags","Automatic Tags","Editor"\n'
    )
    row = (
        '"ABCD1234","journalArticle","2020","Vallejo, Bertha; OECD","Alliances","Research Policy","","0048-7333",'
        '"10.1016/j.respol.2020.1","https://example.org","On trust.","2020-05-17","2021-01-01 10:00:00","123-145",'
        '"2","49","Elsevier","Amsterdam","en","DOI.org (Crossref)","PMID: 35064163","<p>Read.</p>","trust; firms",'
        '"Trust","Roe, K."\n'
    )
    export = parse_export("zotero.csv", ("\ufeff" + head + row).encode())
    record = export.entries[0].record
    assert (export.format, export.database) == ("Zotero CSV", "Crossref")
    assert record.authors == (Name("Vallejo", "Bertha"), Name("OECD"))
    assert (record.date, record.pmid, record.keywords) == ("2020-05-17", "35064163", ("trust", "firms"))
    assert record.notes == ("Read.", "PMID: 35064163")
    assert record.type == "article-journal"


def test_decisions_and_reasons_of_rayyan_are_notes_of_their_own() -> None:
    head = (
        "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,language,publisher,location,"
        "abstract,notes\n"
    )
    note = 'Read | RAYYAN-INCLUSION: {""Ann""=>""Excluded""} | RAYYAN-EXCLUSION-REASONS: wrong topic,no firms'
    row = f'r-1,Alliances,2020,5,17,Policy,0048-7333,49,2,1-9,"Vallejo, B. and Roe, K.",,eng,,,On,"{note}"\n'
    export = parse_export("x.csv", (head + row).encode())
    record = export.entries[0].record
    assert export.format == "Rayyan CSV"
    assert record.notes == (
        "Read",
        'RAYYAN-INCLUSION: {"Ann"=>"Excluded"}',
        "RAYYAN-EXCLUSION-REASONS: wrong topic,no firms",
    )
    assert record.authors == (Name("Vallejo", "B."), Name("Roe", "K."))
    assert (record.date, record.language) == ("2020-05-17", "en")


@pytest.mark.parametrize("divider", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_columns_are_found_by_name_in_any_order_under_any_divider(divider: str, end: str) -> None:
    cells = ["DOI", "Publication Year", "Article Title", "label_included", "First Authors"]
    row = ["10.1234/A", "2020", "Alliances", "1", "Vallejo B"]
    text = end.join([divider.join(cells), divider.join(row), ""])
    entry = parse_export("x.txt", text.encode()).entries[0]
    assert entry.record.title == "Alliances"
    assert (entry.record.year, entry.record.doi) == (2020, "10.1234/a")
    assert entry.record.authors == (Name("Vallejo", "B"),)
    assert ("label_included", "1") in entry.raw


def test_capitals_of_bibliometrix_stay_as_they_are() -> None:
    record = read_export(literature("wos/bibliometrixData/scopusCollection.csv")).entries[0].record
    assert (
        record.title == "REVIEWING THE TRANSPORT DOMAIN: AN EVOLUTIONARY BIBLIOMETRICS AND NETWORK ANALYSIS"
    )
    assert record.authors[1] == Name("RASHIDI", "TH")
    assert (record.year, record.database) == (2017, "Scopus")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Zhai, Q. J. and Yue, X. Y.", ["Zhai, Q. J.", "Yue, X. Y."]),
        ("Zhai QJ, Yue XY", ["Zhai, QJ", "Yue, XY"]),
        ("Q. J. Zhai, X. Y. Yue", ["Zhai, Q. J.", "Yue, X. Y."]),
        ("['Zhai, Q. J.', \"O'Neill, K.\"]", ["Zhai, Q. J.", "O'Neill, K."]),
        ("Vallejo B., Carrillo-García J.A.", ["Vallejo, B.", "Carrillo-García, J.A."]),
        ("Vallejo, Bertha", ["Vallejo, Bertha"]),
        ("A; B | C", ["A", "B | C"]),
    ],
)
def test_authors_in_a_cell_are_divided_by_what_divides_them(cell: str, names: list[str]) -> None:
    assert [str(name) for name in people(cell)] == names


def test_a_row_with_too_many_cells_is_named_and_one_with_too_few_is_read() -> None:
    export = parse_export("x.csv", b"title,year,doi\nOne,2020,,loose\nTwo,2021\nThree,2022,\n")
    assert [entry.record.title for entry in export.entries] == ["Two", "Three"]
    assert [(remark.line, remark.lost) for remark in export.remarks] == [(2, True), (3, False)]


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_row() -> None:
    with pytest.raises(InputError, match=r"x\.csv, row 3: a quotation mark opens a cell and is never closed"):
        parse_export("x.csv", b'title,year\nOne,2020\n"Two,2021\nThree,2022\n')


def test_a_table_that_ends_within_a_row_is_refused() -> None:
    with pytest.raises(InputError, match="ends in the middle of row 3, which has 1 of 2 cells"):
        parse_export("x.csv", b"title,year\nOne,2020\nTw")


def test_a_header_alone_is_refused() -> None:
    with pytest.raises(InputError, match="a header and no rows"):
        parse_export("x.csv", b"title,year\n")


def test_a_table_without_titles_is_no_export() -> None:
    assert not is_export(b"merged_ids,number\nid_1;id_2,2\n")


@pytest.mark.parametrize(
    "text",
    [
        "title,year" + "," * 10_000_000 + "\nA,2020\n",
        "title,year\n" + "," * 10_000_000 + "\n",
        "title,year\nA" * 10,
    ],
    ids=["header", "row", "lines"],
)
def test_ten_million_commas_are_refused_or_read_in_bounded_time(text: str) -> None:
    start = time.process_time()
    try:
        export = parse_export("x.csv", text.encode())
    except InputError:
        pass
    else:
        assert len(export.entries) <= 10
    assert time.process_time() - start < 10


def test_a_line_that_tells_the_divider_is_none_of_the_rows() -> None:
    (record,) = records("sep=;\ntitle;year\nAlliances, joint;2020\n")
    assert (record.title, record.line) == ("Alliances, joint", 3)
    assert header("sep=|\na|b\n") == ("|", ("a", "b"))


def test_the_line_that_dimensions_writes_before_the_header_is_passed_over() -> None:
    text = (
        '"About the data: Exported on Nov 25, 2019. Criteria: ""alliance*"" in title."\n'
        "Publication ID,DOI,Title,Source title,PubYear,Authors,Times cited\n"
        'pub.1,10.1234/a,Alliances,Policy,2019,"Vallejo, Bertha; Roe, K.",3\n'
    )
    (record,) = records(text)
    assert (record.title, record.venue, record.year, record.times_cited) == ("Alliances", "Policy", 2019, 3)
    assert (record.accession, record.line) == ("pub.1", 3)
    assert len(record.authors) == 2


def test_the_table_that_pubmed_saves() -> None:
    text = (
        "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\n"
        '35064163,Alliances,"Vallejo B, Roe KT.",Policy. 2022,Vallejo B,Res Policy,2022,2022/01/22,PMC1,,10.1234/a\n'
    )
    (record,) = records(text)
    assert [name.family for name in record.authors] == ["Vallejo", "Roe"]
    assert (record.pmid, record.venue, record.year) == ("35064163", "Res Policy", 2022)


SPACES = " " * 1_000_000


@pytest.mark.parametrize(
    "text",
    [
        f"title,authors\nA,{SPACES}B\n",
        f"title,authors\nA,x{SPACES}y{SPACES}z\n",
        "title,authors\nA," + "\"['" + "\\'" * 500_000 + ']"\n',
        'title,authors\nA,"' + "a" * 1_000_000 + ', b"\n',
        f"key,title,authors,journal,notes,location,issn,month\n1,A,B,C,x{SPACES}y,,,\n",
        f"Authors,Title,Year,Source title,EID\nA{SPACES}B.,T,2020,S,2-s2.0-1\n",
        "Item Title,Item DOI,Content Type,Authors\nA,,Article," + "aB" * 300_000 + "\n",
        "@article{a, author={x" + SPACES + "y}}",
        "\n" * 60_000 + "@article{a, title={x}}",
    ],
    ids=["space", "spaces", "list", "word", "rayyan", "scopus", "springer", "bibtex", "lines"],
)
def test_a_cell_of_a_million_signs_takes_no_more_than_its_share_of_time(text: str) -> None:
    start = time.process_time()
    assert len(parse_export("x", text.encode()).entries) == 1
    assert time.process_time() - start < 5
