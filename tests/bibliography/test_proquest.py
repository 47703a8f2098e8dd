"""ProQuest's text export. No such file is in the folder: this one is written by hand, with ProQuest's field names."""

from __future__ import annotations

import pytest

from constellary.errors import InputError
from constellary.exchange.bibliography.export import Export
from constellary.exchange.bibliography.reading import parse_export
from constellary.literature.record import Name

RULE = "_" * 60
ONE = """Document 1 of 2

Strategic alliances in the automobile industry

Author: Carrillo, Jorge; Vallejo, Bertha

Publication info: Journal of Alliances 12.3 (May 2020): 349-69.

Abstract: First paragraph.
Second: with a colon.

Subject: Alliances; Automobile industry

Identifier / keyword: trust

Title: Strategic alliances in the automobile industry

Publication title: Journal of Alliances

Volume: 12

Issue: 3

Pages: 349-69

Publication year: 2020

Publication date: May 17, 2020

Publisher: Elsevier

Place of publication: Amsterdam

Country of publication: Netherlands

ISSN: 1234567X

Source type: Scholarly Journals

Language of publication: English

Document type: Journal Article

DOI: http://dx.doi.org/10.1000/ABC

ProQuest document ID: 2214991469

Document URL: https://www.proquest.com/docview/2214991469

Copyright: Copyright Elsevier 2020

Last updated: 2020-06-01

Database: ABI/INFORM Collection
"""
TWO = """Document 2 of 2

Author: OECD

Title: On trust

Publication date: 1999

Source type: Dissertations & Theses

ProQuest document ID: 7

Database: ProQuest Dissertations & Theses Global
"""
FRAME = f"{RULE}\n\nReport Information from ProQuest\nMay 17 2020 10:10\n{RULE}\n\n"
END = f"\n{RULE}\n\nContact us at: https://example.org\nCopyright 2020 ProQuest LLC. All rights reserved.\n"


def read(text: str) -> Export:
    return parse_export("ProQuestDocuments.txt", text.encode())


def test_a_record_holds_what_the_fields_say() -> None:
    export = read(f"{FRAME}{ONE}{RULE}\n\n{TWO}{END}")
    assert (len(export.entries), export.remarks, export.database) == (2, (), None)
    record = export.entries[0].record
    assert record.title == "Strategic alliances in the automobile industry"
    assert record.authors == (Name("Carrillo", "Jorge"), Name("Vallejo", "Bertha"))
    assert (record.year, record.date, record.pages, record.issn) == (
        2020,
        "2020-05-17",
        "349-369",
        "1234-567X",
    )
    assert (record.venue, record.volume, record.issue) == ("Journal of Alliances", "12", "3")
    assert (record.publisher, record.place, record.language) == ("Elsevier", "Amsterdam", "en")
    assert record.abstract == "First paragraph.\nSecond: with a colon."
    assert record.keywords == ("trust", "Alliances", "Automobile industry")
    assert (record.doi, record.accession) == ("10.1000/abc", "2214991469")
    assert (record.type, record.database) == ("article-journal", "ABI/INFORM Collection")
    assert FRAME.count("\n") + 1 == record.line
    assert (export.entries[1].record.type, export.entries[1].record.year) == ("thesis", 1999)


def test_every_field_is_kept_in_its_order_and_the_title_that_stands_alone() -> None:
    raw = read(f"{FRAME}{ONE}{END}").entries[0].raw
    assert raw[0] == ("", "Strategic alliances in the automobile industry")
    rebuilt = "\n\n".join(f"{tag}: {text}" if tag else text for tag, text in raw)
    assert rebuilt == ONE.removeprefix("Document 1 of 2\n\n").rstrip()


def test_a_part_that_is_no_record_is_named_with_its_line() -> None:
    export = read(f"{FRAME}{ONE}{RULE}\n\nsomething else\n{RULE}\n\n{TWO}{END}")
    line = f"{FRAME}{ONE}{RULE}\n\n".count("\n") + 1
    assert [(remark.line, remark.lost) for remark in export.remarks] == [(line, True)]
    assert len(export.entries) == 2


def test_a_file_cut_off_in_a_record_is_refused_with_the_line_where_the_record_begins() -> None:
    line = f"{FRAME}{ONE}{RULE}\n\n".count("\n") + 1
    with pytest.raises(InputError, match=f"ends in the middle of the record that begins in line {line}"):
        read(f"{FRAME}{ONE}{RULE}\n\n{TWO[:60]}")
