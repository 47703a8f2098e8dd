"""PubMed's own format."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.errors import InputError
from constellary.exchange.bibliography.export import Export
from constellary.exchange.bibliography.reading import parse_export, read_export
from constellary.literature.record import Name
from tests.needs import literature

ONE = """PMID- 30776994
OWN - NLM
IS  - 1524-4628 (Electronic)
IS  - 0039-2499 (Linking)
VI  - 50
IP  - 3
DP  - 2019 Mar-Apr
TI  - Impact of alliances on outcomes in the
      automobile industry.
PG  - 697-704
LID - 10.1161/STROKEAHA.118.021126 [doi]
AB  - BACKGROUND: Alliances are agreements
      between firms.
FAU - Brinjikji, Waleed
AU  - Brinjikji W
CN  - Alliance Study Group
LA  - eng
PT  - Journal Article
PT  - Review
DEP - 20190218
PL  - England
TA  - Stroke
JT  - Stroke
OTO - NOTNLM
OT  - alliances
MH  - *Industry
SO  - Stroke. 2019 Mar;50(3):697-704.
"""


def read(text: str, name: str = "pubmed.nbib") -> Export:
    return parse_export(name, text.encode())


def test_a_record_holds_what_the_tags_say() -> None:
    record = read("\n" + ONE).entries[0].record
    assert record.title == "Impact of alliances on outcomes in the automobile industry."
    assert record.authors == (Name("Brinjikji", "Waleed"), Name("Alliance Study Group"))
    assert (record.year, record.date, record.language, record.venue) == (2019, "2019", "en", "Stroke")
    assert (record.volume, record.issue, record.pages, record.issn) == ("50", "3", "697-704", "1524-4628")
    assert (record.doi, record.pmid) == ("10.1161/strokeaha.118.021126", "30776994")
    assert record.abstract == "BACKGROUND: Alliances are agreements between firms."
    assert record.keywords == ("alliances", "Industry")
    assert (record.type, record.database, record.line) == ("article-journal", "PubMed", 2)


def test_the_fields_add_up_to_what_nbib_and_grep_find() -> None:
    # nbib 0.3.2, read_file(): number of doi, abstract and title, sum of pubmed_id. grep -c: AU 773 of which
    # nbib reads 770 and 3 are CN.
    records = [
        entry.record for entry in read_export(literature("pubmed/nbib/pubmed-balloongui-set.nbib")).entries
    ]
    assert len(records) == 75
    assert sum(record.doi is not None for record in records) == 74
    assert sum(record.abstract is not None for record in records) == 70
    assert sum(int(record.pmid or 0) for record in records) == 2148956159
    assert sum(len(record.authors) for record in records) == 770 + 3
    assert sum(record.pages is not None for record in records) == 69


def test_a_line_separator_within_a_field_ends_no_line() -> None:
    entries = read_export(literature("pubmed/nbib/pubmed-balloongui-set.nbib")).entries
    within = [text for entry in entries for _, text in entry.raw if "\u2028" in text]
    assert len(within) == 1
    assert all(tag.strip().isupper() or tag == "" for entry in entries for tag, _ in entry.raw)
    assert "\u2028" not in "".join(entry.record.abstract or "" for entry in entries)


def test_a_number_in_pubmed_central_stands_before_the_record_it_belongs_to() -> None:
    entries = read_export(literature("pubmed/nbib/pmc_medlars.txt")).entries
    assert [dict(entry.raw)["PMC"] for entry in entries][:2] == ["PMC6055010", "PMC6088416"]
    assert entries[0].raw[:2] == (("PMC", "PMC6055010"), ("PMID", "30042925"))
    assert [entry.record.line for entry in entries][:2] == [2, 47]
    assert entries[0].record.pages == "283-298"


def test_records_are_told_apart_without_blank_lines_and_blank_lines_within_one_divide_nothing() -> None:
    other = ONE.replace("30776994", "1").replace("SO  - ", "\nSO  - ")
    assert len(read(f"{ONE} \t\n{ONE}").entries) == 2
    export = read(ONE + other)
    assert [entry.record.pmid for entry in export.entries] == ["30776994", "1"]
    assert export.entries[1].raw[-1] == ("SO", "Stroke. 2019 Mar;50(3):697-704.")


def test_a_record_without_a_number_is_told_apart_by_the_blank_line_with_spaces_before_it() -> None:
    bookless = "TI  - A record of Europe PMC.\nSO  - Stroke. 2019.\n"
    export = read(f"{ONE}  \n{bookless}")
    assert [entry.record.pmid for entry in export.entries] == ["30776994", None]


def test_an_editorial_or_preprint_says_its_kind_before_the_general_one() -> None:
    assert read(ONE.replace("PT  - Review", "PT  - Preprint")).entries[0].record.type == "article"


def test_a_file_cut_off_in_a_record_is_refused_with_the_line_where_the_record_begins() -> None:
    line = ONE.count("\n") + 2
    with pytest.raises(
        InputError, match=f"pubmed.nbib ends in the middle of the record that begins in line {line}:"
    ):
        read(f"{ONE}\n{ONE[:300]}")


tags = st.sampled_from(["TI", "AB", "OT", "LID", "PHST", "AU", "SI"])
lines = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=30
)
rows = st.lists(lines.map(lambda text: text.strip(" \t")).filter(bool), min_size=1, max_size=3)


@given(st.lists(st.lists(st.tuples(tags, rows), max_size=6), min_size=1, max_size=4))
def test_nothing_that_stands_in_a_record_is_lost(records: list[list[tuple[str, list[str]]]]) -> None:
    text = "".join(
        f"PMID- {number}\r\n"
        + "".join(f"{tag.ljust(4)}- " + "\r\n      ".join(parts) + "\r\n" for tag, parts in record)
        + "\r\n"
        for number, record in enumerate(records, 1)
    )
    assert [entry.raw for entry in read(text).entries] == [
        (("PMID", str(number)), *((tag, "\n".join(parts)) for tag, parts in record))
        for number, record in enumerate(records, 1)
    ]
