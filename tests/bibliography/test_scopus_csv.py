"""Scopus CSV, with the header that lacks a name."""

from __future__ import annotations

import csv
import io

import pytest

from constellary.exchange.bibliography.reading import parse_export, read_export
from constellary.exchange.bibliography.scopus_csv import people
from tests.needs import literature

HEADER = (
    "Authors,Title,Year,Source title,Funding Text 1,References,Language of Original Document,Source,EID\n"
)


def test_the_short_header_is_set_right_by_what_the_cells_hold() -> None:
    """All 58 EIDs begin with 2-s2.0-, where a reader that trusts the header finds `Scopus` in 56 of them."""
    path = literature("scopus/litstudy/scopus.csv")
    export = read_export(path)
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert len(rows[0]) == 45
    assert sorted({len(row) for row in rows[1:]}) == [45, 46]
    assert len(export.entries) == len(rows) - 1 == 58
    for entry, row in zip(export.entries, rows[1:], strict=True):
        record = entry.record
        assert record.accession == row[-1]
        assert row[-1].startswith("2-s2.0-")
        assert record.language == "en"
        assert record.pmid is None or record.pmid.isdigit()
        assert [text for _, text in entry.raw] == [cell for cell in row if cell]
    (remark,) = export.remarks
    assert "56 rows have one cell more" in remark.text
    assert "missing behind 'Funding Text 1'" in remark.text
    assert not remark.lost


def test_a_shifted_row_whose_cells_fit_nowhere_is_named_and_not_read() -> None:
    good = 'A B.,Alliances,2020,Policy,thanks,,"Doe, J., (1999) X",English,Scopus,2-s2.0-1\n'
    bad = 'A B.,Alliances,2020,Policy,thanks,,"Doe, J., (1999) X",English,Scopus,elsewhere\n'
    export = parse_export("x.csv", (HEADER + good + bad).encode())
    assert [entry.record.accession for entry in export.entries] == ["2-s2.0-1"]
    assert [(remark.line, remark.lost) for remark in export.remarks if remark.lost] == [(3, True)]


def test_a_whole_header_is_taken_as_it_is() -> None:
    row = 'A B.,Alliances,2020,Policy,thanks,"Doe, J., (1999) X; Roe, K., (2001) Y",English,Scopus,2-s2.0-1\n'
    export = parse_export("x.txt", (HEADER + row).encode("utf-8-sig"))
    assert export.remarks == ()
    assert export.format == "Scopus CSV"
    assert export.entries[0].record.cited == ("Doe, J., (1999) X", "Roe, K., (2001) Y")


@pytest.mark.parametrize(
    "text",
    [
        "Vallejo B., Carrillo-García J.A.",  # 2013 to 2022
        "Vallejo, B., Carrillo-García, J.A.",  # before
        "Vallejo, B.; Carrillo-García, J.A.",  # since 2023
        "Vallejo, B. (57202138757); Carrillo-García, J.A. (6701753117)",
    ],
)
def test_authors_are_read_in_every_way_that_scopus_has_written_them(text: str) -> None:
    assert [str(name) for name in people(text)] == ["Vallejo, B.", "Carrillo-García, J.A."]


def test_full_names_are_preferred_where_all_are_there() -> None:
    header = "Authors,Author full names,Author(s) ID,Title,Year,Source title,EID\n"
    row = '"Vallejo, B.","Vallejo, Bertha (57202138757)",57202138757,Alliances,2020,Policy,2-s2.0-1\n'
    record = parse_export("x.csv", (header + row).encode()).entries[0].record
    assert str(record.authors[0]) == "Vallejo, Bertha"


@pytest.mark.parametrize("text", ["[No author name available]", "[No author id available]", ""])
def test_nobody_is_no_author(text: str) -> None:
    assert people(text) == ()
