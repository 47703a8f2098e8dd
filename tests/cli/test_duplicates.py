"""`constellary duplicates`: the rules as one decision, the questions, what persons decide, lists and forms."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from constellary.cli import asking
from constellary.exchange.bibliography.export import Entry, Export
from constellary.literature.record import Name, Record
from constellary.literature.works import works
from constellary.study.study import open_study
from tests.cli.conftest import Call


def made(number: int, **fields: object) -> Entry:
    usual: dict[str, object] = {
        "title": "Alliances of car makers and the diffusion of electric vehicles",
        "authors": (Name("Kim", "S."),),
        "year": 2018,
        "venue": "Journal of Industry Studies",
        "volume": "97",
        "issue": "3",
        "pages": "150-171",
        "file": "export.ris",
        "line": number,
        "format": "RIS",
        "accession": f"X{number}",
    }
    return Entry(Record(**(usual | fields)), (("TI", str(number)),))  # type: ignore[arg-type]


@pytest.fixture
def review(airlines: Path) -> Path:
    """A study with six records: three of one work, one to be asked about, a correction, another article."""
    entries = (
        made(1),
        made(2, title="ALLIANCES OF CAR MAKERS AND THE DIFFUSION OF ELECTRIC VEHICLES."),
        made(3, doi="10.1000/abcdef", issue=None),
        made(4, pages="155-156"),
        made(
            5,
            title="Corrigendum to “Alliances of car makers and the diffusion of electric vehicles”",
            pages="9",
        ),
        made(6, title="On \x1b[31mbatteries", authors=(), venue=None),
    )
    with open_study(airlines) as study:
        study.literature.take([Export("export.ris", "RIS", None, entries)], who="tester")
    return airlines


def ids(study: Path) -> list[str]:
    with open_study(study, read_only=True) as found:
        return [record.id for record in found.literature.review().records]


def groups(study: Path) -> list[int]:
    with open_study(study, read_only=True) as found:
        return [len(work.records) for work in works(found.literature.review())]


def test_what_is_certain_is_merged_and_the_rest_is_asked_beside_each_other(review: Path, call: Call) -> None:
    done = call("duplicates", review)
    assert done.code == 0
    assert "6 records, 4 works; 2 merged now, 1 question" in done.out
    assert "1 of 1: Title, authors and volume are one, but one stands within the other's pages" in done.out
    pages = next(line for line in done.out.splitlines() if "Pages" in line)
    assert pages.split() == ["≠", "Pages", "150-171", "155-156"]
    assert groups(review) == [3, 1, 1, 1]


def test_a_second_run_changes_nothing_and_asks_the_same(review: Path, call: Call) -> None:
    call("duplicates", review)
    before = call("log", review, "--format", "json").out
    assert "nothing new to merge, 1 question" in call("duplicates", review).out
    assert call("log", review, "--format", "json").out == before


def test_undo_takes_the_merging_back(review: Path, call: Call) -> None:
    call("duplicates", review)
    call("undo", review)
    assert groups(review) == [1] * 6


def test_a_person_decides_by_name_and_it_stands(review: Path, call: Call) -> None:
    call("duplicates", review)
    first, _, _, fourth, *_ = ids(review)
    done = call("duplicates", review, "--same", fourth, first, "--why", "a misprint", "--by", "Bertha")
    assert f"{first} and {fourth} are one work" in done.out
    assert groups(review) == [4, 1, 1]
    assert "0 questions" in call("duplicates", review).out
    assert "Bertha" in call("duplicates", review, "--list").out


def test_records_that_a_person_parts_are_never_joined_again(review: Path, call: Call) -> None:
    call("duplicates", review)
    first, second, third, *_ = ids(review)
    assert call("duplicates", review, "--apart", first, second, "--by", "Bertha").code == 0
    call("duplicates", review)
    with open_study(review, read_only=True) as found:
        lists = [{record.id for record in work.records} for work in works(found.literature.review())]
    assert not any({first, second} <= one for one in lists)
    assert any(third in one and len(one) == 2 for one in lists)


def test_a_decision_against_another_person_is_refused(review: Path, call: Call) -> None:
    first, second, third, *_ = ids(review)
    call("duplicates", review, "--same", first, second, "--by", "Bertha")
    call("duplicates", review, "--apart", second, third, "--by", "Jorge")
    done = call("duplicates", review, "--same", first, third, "--by", "Bertha")
    assert done.code == 1
    assert "Jorge holds apart" in done.err


def test_a_record_that_is_not_there_is_met_with_near_names(review: Path, call: Call) -> None:
    name = ids(review)[0]
    done = call("duplicates", review, "--same", name, f"{name}x")
    assert done.code == 2
    assert name in done.err


@pytest.mark.parametrize(
    ("typed", "sizes", "said"),
    [
        ("s", [4, 1, 1], "1 decided, 0 left."),
        ("a", [3, 1, 1, 1], "1 decided, 0 left."),
        ("xl", [3, 1, 1, 1], "0 decided, 1 left."),
        ("q", [3, 1, 1, 1], "0 decided, 1 left."),
        ("", [3, 1, 1, 1], "0 decided, 1 left."),
    ],
)
def test_one_key_decides_a_question(
    review: Path, call: Call, monkeypatch: pytest.MonkeyPatch, typed: str, sizes: list[int], said: str
) -> None:
    keys = iter(typed)
    monkeypatch.setattr(asking, "read_key", lambda: next(keys, ""))
    done = call("duplicates", review, "--ask", "--by", "Bertha")
    assert done.code == 0
    assert said in done.out
    assert groups(review) == sizes


def test_the_list_says_what_was_merged_why_and_where_the_records_differ(review: Path, call: Call) -> None:
    call("duplicates", review)
    done = call("duplicates", review, "--list")
    assert "1 work of several records, 3 records in all" in done.out
    assert "Title, authors, volume and page are one" in done.out


def test_why_two_records_stay_apart_is_told_and_nothing_is_changed(review: Path, call: Call) -> None:
    first, second, _, _, fifth, _ = ids(review)
    done = call("duplicates", review, "--explain", fifth, first)
    assert "Two works, by the rules: One is a correction, the other is not" in done.out
    call("duplicates", review, "--apart", first, second, "--by", "Bertha", "--why", "two printings")
    assert "Two works, by Bertha: two printings" in call("duplicates", review, "--explain", first, second).out
    assert groups(review) == [1] * 6


def test_the_forms_for_programs_and_spreadsheets_say_the_same(review: Path, call: Call) -> None:
    said = json.loads(call("duplicates", review, "--format", "json").out)
    assert (said["records"], said["works"], said["merged"]) == (6, 4, 2)
    rows = list(csv.DictReader(io.StringIO(call("duplicates", review, "--format", "csv").out)))
    assert [(row["first"], row["second"]) for row in rows] == [
        (one["first"], one["second"]) for one in said["questions"]
    ]
    listed = list(csv.DictReader(io.StringIO(call("duplicates", review, "--list", "--format", "csv").out)))
    assert [row["record"] for row in listed] == said["groups"][0]["records"]
    assert json.loads(call("duplicates", review, "--list", "--format", "json").out) == said["groups"]


def test_no_escape_of_a_file_reaches_the_terminal(review: Path, call: Call) -> None:
    *_, fifth, sixth = ids(review)
    call("duplicates", review, "--same", fifth, sixth)
    for arguments in ((), ("--list",)):
        assert "\x1b" not in call("duplicates", review, *arguments).out


def test_without_records_it_says_so(airlines: Path, call: Call) -> None:
    done = call("duplicates", airlines)
    assert done.code == 0
    assert "there are no records yet" in done.out


def test_two_ways_at_once_are_refused(review: Path, call: Call) -> None:
    assert call("duplicates", review, "--ask", "--list").code == 2
