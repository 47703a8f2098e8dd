"""EndNote's text export. No such file is in the folder: these are written by hand after EndNote's own style."""

from __future__ import annotations

import pytest

from constellary.errors import InputError
from constellary.exchange.bibliography.reading import parse_export
from constellary.literature.record import Name

ONE = """%0 Journal Article
%T Strategic alliances in the automobile industry
%A Carrillo, Jorge
%A Vallejo, Bertha
%J Journal of Alliances
%V 12
%N 3
%P 349-69
%@ 1234-567X
%D 2020
%8 May 17
%K alliances
trust
%X One line
and another.
%R 10.1000/ABC
%G English
%M WOS:1
%~ Web of Science
%Z A note.
%U https://example.org/1

%0 Book Section
%T On trust
%A OECD
%E Gulati, Ranjay
%B Handbook of alliances
%I Elsevier
%C Amsterdam
%7 2nd
%D 1999
"""


def test_a_record_holds_what_the_tags_say() -> None:
    export = parse_export("endnote.txt", ONE.encode())
    first, second = (entry.record for entry in export.entries)
    assert first.authors == (Name("Carrillo", "Jorge"), Name("Vallejo", "Bertha"))
    assert (first.title, first.venue) == (
        "Strategic alliances in the automobile industry",
        "Journal of Alliances",
    )
    assert (first.volume, first.issue, first.pages, first.issn) == ("12", "3", "349-369", "1234-567X")
    assert (first.year, first.date, first.language, first.doi) == (2020, "2020-05-17", "en", "10.1000/abc")
    assert (first.keywords, first.abstract) == (("alliances", "trust"), "One line\nand another.")
    assert (first.database, first.accession, first.notes) == ("Web of Science", "WOS:1", ("A note.",))
    assert (second.type, second.venue, second.editors) == (
        "chapter",
        "Handbook of alliances",
        (Name("Gulati", "Ranjay"),),
    )
    assert (second.publisher, second.place, second.edition) == ("Elsevier", "Amsterdam", "2nd")
    assert (second.authors, second.line, second.format) == ((Name("OECD"),), 23, "EndNote text")


def test_every_tag_is_kept_in_its_order() -> None:
    entries = parse_export("endnote.txt", ONE.replace("\n", "\r\n").encode()).entries
    rebuilt = "\n".join(f"{tag} {text}" for entry in entries for tag, text in entry.raw)
    assert rebuilt == "\n".join(line for line in ONE.split("\n") if line)


def test_records_without_a_kind_are_divided_by_blank_lines() -> None:
    text = "%A Carrillo, J\n%T One\n%J Journal\n%D 2019\n\n%A Vallejo, B\n%T Two\n%D 2020\n"
    export = parse_export("refer.txt", text.encode())
    assert [entry.record.title for entry in export.entries] == ["One", "Two"]
    assert [entry.record.type for entry in export.entries] == ["article-journal", "document"]
    assert [entry.record.line for entry in export.entries] == [1, 6]


def test_a_percentage_at_the_beginning_of_a_line_is_no_record() -> None:
    with pytest.raises(InputError, match="none of the formats"):
        parse_export("notes.txt", b"We surveyed firms;\n%50 of them\n%A little\nanswered.\n")
