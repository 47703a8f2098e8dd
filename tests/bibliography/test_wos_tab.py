"""Web of Science, tab-delimited: the same records as plain text gives."""

from __future__ import annotations

import pytest

from constellary.errors import InputError
from constellary.exchange.bibliography.reading import parse_export, read_export
from constellary.literature.record import FIELDS
from tests.needs import literature

HEADER = "PT\tAU\tTI\tSO\tPY\tCR\tUT\n"
ROW = "J\tVallejo, B; Carrillo, J\tAlliances\tRES POLICY\t2020\tA, 2001; B, 2002\tWOS:1\n"

FOLDER = "wos/wosfile"


@pytest.mark.parametrize("name", ["wos_tab_delimited_win_utf8.txt", "wos_tab_delimited_win_utf16.txt"])
def test_the_same_fifty_records_are_equal_in_every_field(name: str) -> None:
    plain = read_export(literature(f"{FOLDER}/wos_plaintext.txt"))
    tab = read_export(literature(f"{FOLDER}/{name}"))
    assert len(plain.entries) == len(tab.entries) == 50
    for one, other in zip(plain.entries, tab.entries, strict=True):
        for field in FIELDS:
            left, right = getattr(one.record, field), getattr(other.record, field)
            if field == "abstract" and left:  # a row has no place for the lines that divide paragraphs
                left, right = " ".join(left.split()), " ".join(right.split())
            assert left == right, (one.record.accession, field)


@pytest.mark.parametrize("name", ["wos_tab_delimited_win_utf8.txt", "wos_tab_delimited_win_utf16.txt"])
def test_every_tag_is_kept_but_the_full_stops_that_end_addresses(name: str) -> None:
    plain = read_export(literature(f"{FOLDER}/wos_plaintext.txt"))
    tab = read_export(literature(f"{FOLDER}/{name}"))
    for one, other in zip(plain.entries, tab.entries, strict=True):
        left, right = dict(one.raw), dict(other.raw)
        assert left.keys() == right.keys()
        for tag, text in left.items():
            whole = "; ".join(line.rstrip(".") for line in text.split("\n")) if tag == "C1" else text
            words = whole.replace(";", " ").split(), right[tag].replace(";", " ").split()
            assert words[0] == words[1], (one.record.accession, tag)


def test_utf_16_and_utf_8_are_the_same() -> None:
    read = [parse_export("x.txt", (HEADER + ROW).encode(code)) for code in ("utf-8", "utf-8-sig", "utf-16")]
    assert read[0] == read[1] == read[2]
    record = read[0].entries[0].record
    assert [str(name) for name in record.authors] == ["Vallejo, B", "Carrillo, J"]
    assert record.cited == ("A, 2001", "B, 2002")
    assert (record.line, record.format) == (2, "Web of Science tab-delimited")


def test_a_row_of_another_width_is_named_and_the_others_are_read() -> None:
    export = parse_export("x.txt", (HEADER + "J\tA, B\tOne\n" + ROW).encode())
    assert [entry.record.line for entry in export.entries] == [3]
    assert [(remark.line, remark.lost) for remark in export.remarks] == [(2, True)]


def test_a_file_that_ends_within_a_row_is_refused() -> None:
    with pytest.raises(InputError, match="ends in the middle of line 3, which has 3 of 7 cells"):
        parse_export("x.txt", (HEADER + ROW + "J\tA, B\tOne").encode())


def test_a_header_alone_is_refused() -> None:
    with pytest.raises(InputError, match="no records"):
        parse_export("x.txt", HEADER.encode())
