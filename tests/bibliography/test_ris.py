"""RIS as every vendor of the folder writes it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.errors import InputError
from constellary.exchange.bibliography.export import Export
from constellary.exchange.bibliography.reading import parse_export, read_export
from constellary.literature.record import Name, Record
from tests.needs import literature


def read(text: str, name: str = "export.ris") -> Export:
    return parse_export(name, text.encode())


def only(text: str) -> Record:
    (entry,) = read(text).entries
    return entry.record


def real(name: str) -> list[Record]:
    return [entry.record for entry in read_export(literature(name)).entries]


def test_a_record_holds_what_the_tags_say() -> None:
    record = only(
        "TY  - CHAP\nTI  - On <i>alliances</i>\nAU  - Carrillo, Jorge\nAU  - Vallejo, Bertha\nA2  - Gulati, R.\n"
        "T2  - Handbook of alliances\nPY  - 2020\nDA  - 2020/05/17/\nSP  - 1520\nEP  - 31\nPB  - Elsevier\n"
        "CY  - Amsterdam\nET  - 2nd\nSN  - 978-3-540-25659-5\nDO  - https://doi.org/10.1000/ABC\nLA  - ger\n"
        "UR  - https://example.org/1\nKW  - trust; learning\nAB  - <p>One.</p><p>Two.</p>\n"
        "N1  - <p>Read it.</p>\nER  - \n"
    )
    assert record == Record(
        title="On alliances",
        authors=(Name("Carrillo", "Jorge"), Name("Vallejo", "Bertha")),
        editors=(Name("Gulati", "R."),),
        venue="Handbook of alliances",
        year=2020,
        date="2020-05-17",
        pages="1520-1531",
        publisher="Elsevier",
        place="Amsterdam",
        edition="2nd",
        isbn="9783540256595",
        doi="10.1000/abc",
        language="de",
        url="https://example.org/1",
        keywords=("trust", "learning"),
        abstract="One.\nTwo.",
        notes=("Read it.",),
        type="chapter",
        file="export.ris",
        line=1,
        format="RIS",
    )


def test_a_bare_carriage_return_divides_repeated_tags_as_a_line_feed_does() -> None:
    # Web of Science's RIS of 2025 divides repeated tags so, and records by line feeds; rispy keeps 43 of 100.
    export = read(
        "TY  - JOUR\nAU  - A\rAU  - B\nAD  - One\rAD  - Two\rAD  - Three\nER  -\n\nTY  - JOUR\nTI  - X\nER  -\n"
    )
    assert [tag for tag, _ in export.entries[0].raw].count("AD") == 3
    assert [len(entry.record.authors) for entry in export.entries] == [2, 0]
    assert [entry.record.line for entry in export.entries] == [1, 9]


def test_every_address_of_a_repeated_tag_is_kept() -> None:
    # Number of lines that begin with AD and C3, by grep -c.
    entries = read_export(literature("asreview_demo/web_of_science.txt")).entries
    assert sum(tag == "AD" for entry in entries for tag, _ in entry.raw) == 25
    assert sum(tag == "C3" for entry in entries for tag, _ in entry.raw) == 32


@pytest.mark.parametrize(
    ("name", "authors", "keywords", "dois", "years"),
    [
        # rispy 0.10.0, load(): lengths of authors or first_authors and of keywords, number of doi, sum of year.
        ("ris/wostools/scopus.ris", 3985, 2379, 771, 1681616),
        ("asreview_demo/_baseline.ris", 648, 390, 100, 201831),
        ("asreview_demo/embase.ris", 29, 190, 6, 12083),
        ("asreview_demo/proquest.ris", 47, 95, 6, 12112),
        ("asreview_demo/web_of_science.txt", 36, 101, 10, 20166),
    ],
)
def test_the_fields_add_up_to_what_rispy_reads(
    name: str, authors: int, keywords: int, dois: int, years: int
) -> None:
    export = read_export(literature(name))
    records = [entry.record for entry in export.entries]
    assert sum(len(record.authors) for record in records) == authors
    assert sum(tag == "KW" for entry in export.entries for tag, _ in entry.raw) == keywords
    assert sum(len(record.keywords) for record in records) <= keywords
    assert sum(record.doi is not None for record in records) == dois
    assert sum(record.year or 0 for record in records) == years


def test_scopus_gives_references_counts_and_its_number_in_notes_and_address() -> None:
    records = real("ris/wostools/scopus.ris")
    first = records[0]
    assert len(first.cited) == 64
    assert first.cited[0] == "Mayergoyz, I.D., (1986) Phys. Rev. Lett., 56, p. 1518"
    assert not any("\n" in text or text.endswith(";") for record in records for text in record.cited)
    assert (first.pages, first.venue, first.database) == ("093903", "Journal of Applied Physics", "Scopus")
    assert all((record.accession or "2-s2.0-").startswith("2-s2.0-") for record in records)
    assert not any(record.notes for record in records)


def test_embase_gives_initials_with_stops_and_pubmed_numbers_in_c5() -> None:
    record = real("asreview_demo/embase.ris")[1]
    assert record.authors[0] == Name("Eloubeidi", "M.A.")
    assert (record.pmid, record.accession, record.database) == ("15368318", "L39097156", "Embase")
    assert record.pages == "253-258"


def test_ovid_numbers_its_records_and_writes_behind_their_end() -> None:
    entries = read_export(literature("asreview_demo/ovid_psycinfo.ris")).entries
    record, raw = entries[0].record, entries[0].raw
    assert (record.database, record.doi, record.pages) == ("APA PsycInfo", "10.1002/cpp.2398", None)
    assert raw[-1][0] == "NL"
    assert "Link to the Ovid Full Text" in raw[-1][1]
    assert not any(text.rstrip().endswith("\n2.") for _, text in raw)


def test_endnote_writes_keywords_and_notes_over_several_lines() -> None:
    record = real("asreview_demo/pubmed_endnote.txt")[0]
    assert record.keywords[:2] == (
        "Animals",
        "Anti-Inflammatory Agents/adverse effects/pharmacokinetics/*pharmacology",
    )
    assert (record.pages, record.edition, record.pmid) == ("349-369", None, "21553931")
    assert (record.date, record.database) == ("2011-06", "PubMed")


def test_ieee_gives_names_as_they_are_spoken_and_dates_as_spans() -> None:
    records = real("ris/litstudy/example.ris")
    assert records[1].authors[2] == Name("Belloum", "A. S. Z.")
    assert [record.date for record in records[:3]] == ["2019", "2019-09", "2021-06"]
    assert records[1].type == "paper-conference"


def test_zotero_and_asreview_notes_and_labels_are_kept() -> None:
    assert real("asreview_demo/baseline_zotero.ris")[0].notes == ("ASReview_relevant",)
    labels = [record.notes for record in real("asreview_demo/baseline_tag-notes_labels.ris")]
    assert labels[0] == ("ASReview_relevant", "ASReview_prior")
    assert labels[4] == ("ASReview_relevant. Additional notes 2.",)
    assert real("asreview_demo/baseline_tag-notes_zotero.ris")[0].notes == (
        "XHTML\ntags should be stripped, leaving content intact.",
    )


def test_a_blank_line_within_a_record_divides_nothing() -> None:
    notes = [record.notes for record in real("asreview_demo/baseline_tag-notes.ris")]
    assert ("Oops, there is an empty line", "in this record's notes section.") in notes


def test_every_type_of_the_specification_is_a_kind_of_publication() -> None:
    records = real("asreview_demo/baseline_reference_types.ris")
    assert len(records) == 61
    assert {record.type for record in records} >= {
        "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "dataset", "document",
        "paper-conference", "report", "thesis", "webpage",
    }  # fmt: skip


def test_a_year_that_is_none_stays_missing() -> None:
    (record,) = real("asreview_demo/faulty_year.ris")
    assert (record.year, record.date) == (None, None)


def test_tags_that_are_followed_by_a_tab_or_one_space_are_read() -> None:
    assert only("TY  - JOUR\nTI\t- On alliances\nAU \t- Vallejo, B\nER  -").title == "On alliances"
    loose = only("TY - JOUR\nTI - On alliances\nAU - Vallejo, B\nER -\n")
    assert (loose.title, loose.authors) == ("On alliances", (Name("Vallejo", "B"),))


def test_a_file_cut_off_in_a_record_is_refused_with_the_line_where_the_record_begins() -> None:
    with pytest.raises(
        InputError, match=r"export.ris ends in the middle of the record that begins in line 4"
    ):
        read("TY  - JOUR\nTI  - One\nER  -\nTY  - JOUR\nTI  - Tw")


def test_a_record_that_nothing_closes_is_read_up_to_the_next_and_named() -> None:
    export = read("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  -\n")
    assert [entry.record.title for entry in export.entries] == ["One", "Two"]
    assert [(remark.line, remark.text[:27]) for remark in export.remarks] == [
        (1, "this record is not closed b")
    ]


def test_where_no_record_is_closed_that_is_said_once() -> None:
    export = read("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\n")
    assert len(export.entries) == 2
    assert [remark.text[:22] for remark in export.remarks] == ["no record is closed by"]


def test_lines_before_the_first_record_are_named() -> None:
    export = read("Provider: Example\nContent: text/plain\n\nTY  - JOUR\nTI  - One\nER  -\n")
    assert export.entries[0].record.line == 4
    assert export.remarks[0].text.startswith(
        "what stands before the first record is left out: 'Provider: Example"
    )


def test_files_that_were_joined_are_read_as_one() -> None:
    one = "TY  - JOUR\nTI  - One\nER  -\n"
    assert [entry.raw for entry in read(f"{one}\ufeff{one}\x1a").entries] == [
        (("TY", "JOUR"), ("TI", "One"))
    ] * 2


def test_text_that_looks_like_a_tag_in_the_middle_of_a_line_is_none() -> None:
    record = only("TY  - JOUR\nAB  - We study the EU  - and its firms.\nTY is no tag, nor is ER\nER  -\n")
    assert record.abstract == "We study the EU - and its firms.\nTY is no tag, nor is ER"


tags = st.from_regex(r"[A-Z][A-Z0-9]", fullmatch=True).filter(lambda tag: tag not in {"TY", "ER"})
characters = st.characters(codec="utf-8", exclude_characters="\r\n\0", exclude_categories=["Cs"])
values = st.text(characters, max_size=30).map(lambda text: text.lstrip(" \t"))


@given(st.lists(st.lists(st.tuples(tags, values), max_size=8), min_size=1, max_size=5))
def test_nothing_that_stands_in_a_record_is_lost(records: list[list[tuple[str, str]]]) -> None:
    text = "".join(
        "TY  - JOUR\r\n" + "".join(f"{tag}  - {value}\r\n" for tag, value in record) + "ER  - \r\n\r\n"
        for record in records
    )
    assert [entry.raw for entry in read(text).entries] == [(("TY", "JOUR"), *record) for record in records]
