"""Web of Science plain text of all vintages."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.errors import InputError
from constellary.exchange.bibliography.export import Export
from constellary.exchange.bibliography.reading import parse_export, read_export
from constellary.literature.record import Name
from tests.needs import literature

ONE = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Carrillo, J
   Vallejo, B
AF Carrillo, Jorge
   Vallejo, Bertha
TI Strategic alliances in the automobile industry: a review of
   motivations
SO JOURNAL OF ALLIANCES
LA English
DT Article; Early Access
DE alliances; joint
   ventures; ALLIANCES
ID TRUST
AB First paragraph, p < .05.
CR Gulati R, 1998, STRATEGIC MANAGE J, V19, P293, DOI 10.1002/(SICI)1097-0266
   OECD, 2001, NEW PATTERNS
TC 7
Z9 9
PU ELSEVIER
PI AMSTERDAM
SN 1234-567X
EI 2222-3333
PD MAR-APR
PY 2020
VL 12
IS 3
BP 349
EP 69
DI 10.1000/ABC.1
UT WOS:000540872300001
ER

EF"""


def read(text: str, name: str = "savedrecs.txt") -> Export:
    return parse_export(name, text.encode())


def test_a_record_holds_what_the_tags_say() -> None:
    entry = read(ONE).entries[0]
    record = entry.record
    assert record.title == "Strategic alliances in the automobile industry: a review of motivations"
    assert record.authors == (Name("Carrillo", "Jorge"), Name("Vallejo", "Bertha"))
    assert (record.year, record.date, record.language) == (2020, "2020", "en")
    assert (record.venue, record.volume, record.issue, record.pages) == (
        "JOURNAL OF ALLIANCES",
        "12",
        "3",
        "349-369",
    )
    assert (record.doi, record.issn, record.accession) == (
        "10.1000/abc.1",
        "1234-567X",
        "WOS:000540872300001",
    )
    assert record.keywords == ("alliances", "joint ventures", "TRUST")
    assert record.abstract == "First paragraph, p < .05."
    assert [line[:8] for line in record.cited] == ["Gulati R", "OECD, 20"]
    assert (record.times_cited, record.type, record.database) == (7, "article-journal", "Web of Science")
    assert (record.file, record.line, record.format) == ("savedrecs.txt", 3, "Web of Science plain text")
    assert entry.raw[:2] == (("PT", "J"), ("AU", "Carrillo, J\nVallejo, B"))
    assert entry.raw[-1] == ("UT", "WOS:000540872300001")


def test_a_file_without_its_end_is_read_with_a_remark() -> None:
    export = read_export(literature("wos/bibliometrixData/scientometrics_text.txt"))
    assert len(export.entries) == 147
    (remark,) = export.remarks
    assert remark.text.startswith("does not end with EF; 147 records")
    assert not remark.lost
    assert read(ONE).remarks == ()


def test_zoological_record_gives_its_number_in_an_and_its_pages_in_ps() -> None:
    # No such export is in the folder. Tags as in Clarivate's 'Zoological Record Field Tags': AN, PS, and an
    # electronic address inside AU, under the header of Web of Science.
    text = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AN ZOOREC:ZOOR15601003456
DT Article
TI A new gecko
AU Bauer, Aaron M. [aaron.bauer@example.org]
   Good, David A.
SO Zootaxa
PD Jan 17
VL 4724
IS 2
PS 151-172
PY 2020
SN 1175-5326
ER
EF
"""
    record = read(text).entries[0].record
    assert record.authors == (Name("Bauer", "Aaron M."), Name("Good", "David A."))
    assert (record.accession, record.pages) == ("ZOOREC:ZOOR15601003456", "151-172")
    assert (record.date, record.database) == ("2020-01-17", "Zoological Record")
    assert dict(read(text).entries[0].raw)["AU"].startswith("Bauer, Aaron M. [aaron.bauer@example.org]")


@pytest.mark.parametrize(
    ("publication", "document", "kind"),
    [
        ("J", "Article; Proceedings Paper", "article-journal"),
        ("J", "Review", "article-journal"),
        ("S", "Proceedings Paper", "paper-conference"),
        ("C", "Proceedings Paper", "paper-conference"),
        ("B", "Article; Book Chapter", "chapter"),
        ("B", "Book", "book"),
        ("B", "Proceedings Paper", "paper-conference"),
        ("P", "", "document"),
    ],
)
def test_the_kind_follows_from_publication_and_document_type(
    publication: str, document: str, kind: str
) -> None:
    text = ONE.replace("PT J", f"PT {publication}").replace("DT Article; Early Access", f"DT {document}")
    assert read(text).entries[0].record.type == kind


@pytest.mark.parametrize(
    ("name", "records", "cited"),
    [
        ("wos/bibliometrixData/scientometrics_text.txt", 147, 5815),
        ("wos/wosfile/wos_plaintext.txt", 50, 2911),
        ("wos/wostools/bit-pattern-savedrecs.txt", 500, 13444),
        ("wos/wostools/single-article.txt", 1, 28),
    ],
)
def test_every_record_has_as_many_references_as_its_database_counts(
    name: str, records: int, cited: int
) -> None:
    # NR, the database's own count of the references; the sums are awk's over the lines that begin with NR.
    entries = read_export(literature(name)).entries
    assert [len(entry.record.cited) for entry in entries] == [int(dict(entry.raw)["NR"]) for entry in entries]
    assert (len(entries), sum(len(entry.record.cited) for entry in entries)) == (records, cited)


def test_the_fields_add_up_to_what_wosfile_reads() -> None:
    # wosfile 0.7.0, records_from(path): number of AU, DI, AB, SN and UT, sums of TC and PY.
    for name, authors, dois, abstracts, serials, cited, years in (
        ("wos/wosfile/wos_plaintext.txt", 250, 47, 49, 49, 3272, 100347),
        ("wos/wostools/bit-pattern-savedrecs.txt", 2570, 486, 497, 500, 3584, 1006504),
    ):
        records = [entry.record for entry in read_export(literature(name)).entries]
        assert sum(len(record.authors) for record in records) == authors
        assert sum(record.doi is not None for record in records) == dois
        assert sum(record.abstract is not None for record in records) == abstracts
        assert sum(record.issn is not None for record in records) == serials
        assert sum(record.times_cited or 0 for record in records) == cited
        assert sum(record.year or 0 for record in records) == years
        assert all((record.accession or "").startswith("WOS:") for record in records)


def test_the_case_of_the_file_is_kept() -> None:
    # bibliometrix turns its tables into capitals.
    record = read_export(literature("wos/wosfile/wos_plaintext.txt")).entries[0].record
    assert (record.title or "").startswith(
        "Knowledge networks as channels and conduits: The effects of spillovers in"
    )
    assert record.venue == "ORGANIZATION SCIENCE"


def test_a_file_cut_off_in_a_record_is_refused_with_the_line_where_the_record_begins() -> None:
    whole = ONE.removesuffix("\n\nEF")
    text = f"{whole}\n\n{whole[whole.index('PT J') : whole.index('PD MAR')]}"
    line = len(whole.split("\n")) + 2
    with pytest.raises(
        InputError, match=rf"savedrecs.txt ends in the middle .* begins in line {line}: it is cut off"
    ):
        read(text)


def test_a_real_file_cut_anywhere_is_refused_or_loses_nothing_before_the_cut() -> None:
    path = literature("wos/wosfile/wos_plaintext.txt")
    data = path.read_bytes()
    for end in range(4000, len(data), 30_011):
        closed = len(re.findall(rb"^ER[ \r]*$", data[:end], re.MULTILINE))
        if closed and not re.search(rb"\nER\s*$", data[:end]):
            with pytest.raises(InputError, match="cut off"):
                parse_export(path.name, data[:end])
        else:
            export = parse_export(path.name, data[:end])
            assert len(export.entries) == max(closed, 1)
            assert export.remarks


def test_a_record_that_nothing_closes_is_read_up_to_the_next() -> None:
    whole = ONE.removesuffix("\n\nEF")
    first = whole.removesuffix("\nER")
    export = read(f"{first}\n\n{whole[whole.index('PT J') :]}\nEF")
    assert [entry.record.doi for entry in export.entries] == ["10.1000/abc.1"] * 2
    assert [(remark.line, remark.lost) for remark in export.remarks] == [(3, False)]


def test_files_that_were_joined_are_read_as_one() -> None:
    export = parse_export("joined.txt", f"{ONE}\n\ufeff{ONE}\n".encode())
    assert [entry.record.doi for entry in export.entries] == ["10.1000/abc.1"] * 2
    assert export.entries[0].raw == export.entries[1].raw == read(ONE).entries[0].raw
    assert export.remarks == ()


def test_lines_that_have_lost_their_indentation_stay_with_their_field() -> None:
    text = ONE.replace("   motivations", "motivations of firms")
    entry = read(text).entries[0]
    assert (entry.record.title or "").endswith("a review of motivations of firms")
    assert dict(entry.raw)["TI"].split("\n")[1] == "motivations of firms"


def test_wrapped_abstracts_are_joined_and_paragraphs_are_not() -> None:
    wrapped = ONE.replace("AB First paragraph, p < .05.", "AB Alliances are agreements\n   between firms.")
    assert read(wrapped).entries[0].record.abstract == "Alliances are agreements between firms."
    long = "Alliances are agreements between firms that remain independent of each other, and last. " * 2
    parted = ONE.replace("AB First paragraph, p < .05.", f"AB {long}\n   Second.")
    assert read(parted).entries[0].record.abstract == f"{long.strip()}\nSecond."


def test_windows_line_ends_and_marks_change_nothing() -> None:
    plain = read(ONE)
    for data in (
        ONE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + ONE.encode(),
        ONE.replace("\n", "\r\n").encode("utf-16"),
        ONE.encode("utf-16-be"),
    ):
        assert parse_export("savedrecs.txt", data) == plain


tags = st.from_regex(r"[A-Z][A-Z0-9]", fullmatch=True).filter(
    lambda tag: tag not in {"PT", "ER", "EF", "FN", "VR"}
)
lines = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=30
)


@given(
    st.lists(
        st.lists(
            st.tuples(tags, st.lists(lines.map(str.rstrip).filter(bool), min_size=1, max_size=4)), max_size=8
        ),
        min_size=1,
        max_size=5,
    )
)
def test_nothing_that_stands_in_a_record_is_lost(records: list[list[tuple[str, list[str]]]]) -> None:
    written = "".join(
        "PT J\n" + "".join(f"{tag} " + "\n   ".join(rows) + "\n" for tag, rows in record) + "ER\n\n"
        for record in records
    )
    export = read(f"FN Clarivate Analytics Web of Science\nVR 1.0\n{written}EF")
    assert [entry.raw for entry in export.entries] == [
        (("PT", "J"), *((tag, "\n".join(rows)) for tag, rows in record)) for record in records
    ]
