"""`constellary literature`: lists, networks, files, and what is said where there is nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from constellary.exchange.bibliography.export import Entry, Export
from constellary.literature.record import Name, Record
from constellary.study.study import open_study
from tests.cli.conftest import Call

KEYWORDS = (("Alliances", "cars"), ("alliance", "cars", "batteries"), ("cars", "batteries"), ())


@pytest.fixture
def review(airlines: Path) -> Path:
    """A study of four works, the first of which has passed every stage."""
    entries = tuple(
        Entry(
            Record(
                title=f"Work {number}",
                authors=(Name("Lee", "S."), Name(f"Other{number}", "A.")),
                year=2018 + number,
                venue="Journal of \x1b[31mCars",
                keywords=words,
                file="export.ris",
                line=number,
                format="RIS",
            ),
            (("TI", str(number)),),
        )
        for number, words in enumerate(KEYWORDS, 1)
    )
    with open_study(airlines) as study:
        study.literature.take([Export("export.ris", "RIS", None, entries)], who="Ada")
        first = study.literature.review().records[0].id
        for stage in ("title-abstract", "access", "full-text"):
            study.literature.screenings.decide(first, stage, "Ada", "include")
    return airlines


def test_the_lists_are_shown_without_what_no_work_says(call: Call, review: Path) -> None:
    done = call("literature", review)
    assert done.code == 0, done.err
    assert "Lee, S." in done.out
    assert "\x1b" not in done.out
    assert "Times cited" not in done.out
    assert "1 for keywords" in done.out


def test_included_works_alone_can_be_asked_for(call: Call, review: Path) -> None:
    done = call("literature", review, "--included", "--format", "json")
    said = json.loads(done.out)
    assert said["selection"] == "1 included works of 4"
    assert said["numbers"]["works"] == 1
    assert [row["year"] for row in said["numbers"]["years"]["rows"]] == [2019]


def test_a_table_is_written_as_csv_in_full(call: Call, review: Path) -> None:
    done = call("literature", review, "--table", "keywords", "--format", "csv")
    assert done.out.splitlines()[1:] == [
        'cars,3,1.0,""',
        "Alliances,2,0.6666666666666666,alliance",
        'batteries,2,0.6666666666666666,""',
    ]


def test_a_network_is_shown_with_its_ties(call: Call, review: Path) -> None:
    done = call("literature", review, "--network", "keywords", "--table", "ties", "--format", "csv")
    assert [line.split(",")[:3] for line in done.out.splitlines()[1:]] == [
        ["Alliances", "cars", "2"],
        ["batteries", "cars", "2"],
        ["Alliances", "batteries", "1"],
    ]


@pytest.mark.parametrize("kind", ["svg", "png", "gexf", "graphml", "net", "csv"])
def test_a_network_is_written_into_a_file(call: Call, review: Path, tmp_path: Path, kind: str) -> None:
    done = call("literature", review, "--network", "keywords", "-o", tmp_path / f"net.{kind}")
    assert done.code == 0, done.err
    assert str(tmp_path / f"net.{kind}") in done.out.splitlines()
    assert (tmp_path / f"net.{kind}").stat().st_size > 50


def test_the_number_of_nodes_can_be_bounded(call: Call, review: Path) -> None:
    done = call("literature", review, "--network", "keywords", "--nodes", "2", "--format", "json")
    assert [row["keyword"] for row in json.loads(done.out)["numbers"]["nodes"]] == ["cars"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "x.svg"), "say which, --network"),
        (("--least", "3"), "say which, --network"),
        (("--network", "keywords", "-o", "x.pdf"), "no kind of file 'pdf'"),
        (("--network", "cocitation", "-o", "x.svg"), "nothing to draw"),
        (("--network", "words"), "keywords"),
        (("--table", "venue"), "venues"),
    ],
)
def test_what_cannot_be_is_said(
    call: Call,
    review: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = call("literature", review, *options)
    assert done.code in (1, 2)
    assert said in done.err
    assert not list(tmp_path.glob("x.*"))


def test_a_study_without_literature_says_how_to_begin(call: Call, airlines: Path) -> None:
    done = call("literature", airlines)
    assert done.code == 1
    assert "constellary import" in done.err


def test_before_anything_is_included_it_is_said(call: Call, review: Path) -> None:
    with open_study(review) as study:
        first = study.literature.review().records[0].id
        study.literature.screenings.clear(first, "full-text", "Ada")
    done = call("literature", review, "--included")
    assert done.code == 1
    assert "None of the 4 works" in done.err
