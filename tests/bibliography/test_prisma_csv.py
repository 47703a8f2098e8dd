"""The CSV of PRISMA2020: a flow goes out and comes back with its counts."""

from __future__ import annotations

import csv
import io

import pytest

from constellary.errors import InputError
from constellary.exchange.bibliography.prisma_csv import ROWS, read_prisma, write_prisma
from constellary.literature.flow import flow
from constellary.literature.protocol import Protocol, Reason, Search, Stage
from constellary.literature.review import Review
from tests.literature.screened_reviews import article, record, same, screened
from tests.needs import literature


def test_the_keys_are_those_of_the_package_in_its_order() -> None:
    theirs = literature("prisma/PRISMA.csv").read_text(encoding="utf-8")
    keys = [(row["data"], row["box"]) for row in csv.DictReader(io.StringIO(theirs))]
    assert [(data, box) for data, _, box, _ in ROWS] == keys


def test_the_empty_template_of_the_package_reads_as_a_flow_of_zeros() -> None:
    found = flow(Review(protocol=read_prisma(literature("prisma/PRISMA.csv").read_bytes())))
    assert {one.count for one in found.counts()} == {0}


def reviewed() -> Review:
    stages = (
        Stage("title", "Title", reason_needed=False),
        Stage("access", "Access", kind="retrieval"),
        Stage("full-text", "Full text", reasons=(Reason("topic", "Topic, or theme"), Reason("kind", "Kind"))),
    )
    searches = (
        Search("wos", "Web of Science"),
        Search("scopus", "Scopus"),
        Search("snow", "Citation searching", other=True),
    )
    records = tuple(record(number, ("wos", "scopus", "snow")[number % 3]) for number in range(30))
    ids = [one.id for one in records if one.id != "r1"]
    return Review(
        protocol=Protocol(searches=searches, stages=stages),
        records=records,
        matches=(same("r0", "r1"),),
        screenings=(
            *screened(ids[:9], "title", "exclude"),
            *screened(ids[9:], "title", "include"),
            *screened(ids[9:11], "access", "exclude"),
            *screened(ids[11:], "access", "include"),
            *screened(ids[11:14], "full-text", "exclude", "topic"),
            *screened(ids[14:16], "full-text", "exclude", "kind"),
            *screened(ids[16:], "full-text", "include"),
        ),
    )


def test_a_flow_comes_back_with_its_numbers() -> None:
    first = flow(reviewed())
    told = read_prisma(write_prisma(first))
    second = flow(Review(protocol=told))
    assert second.included.count == first.included.count == 13
    databases = second.routes[0]
    assert (databases.identified.count, databases.removed[0].count) == (20, 1)
    assert [(one.label, one.count) for one in databases.sources] == [("Web of Science", 10), ("Scopus", 10)]
    assert [level.entered.count for level in databases.levels] == [
        level.entered.count for level in first.routes[0].levels
    ]
    assert second.routes[1].identified.count == 10


def test_what_the_package_has_no_box_for_is_told_as_removed_for_other_reasons() -> None:
    rows = {
        row["data"]: row["n"] for row in csv.DictReader(io.StringIO(write_prisma(flow(article())).decode()))
    }
    assert (rows["database_results"], rows["excluded_other"], rows["new_studies"]) == ("118", "81", "30")
    assert rows["dbr_sought_reports"] == "37"
    assert rows["dbr_notretrieved_reports"] == "7"
    assert flow(Review(protocol=read_prisma(write_prisma(flow(article()))))).included.count == 30


def test_previous_studies_come_back_and_are_added() -> None:
    rows = write_prisma(flow(reviewed())).decode()
    told = rows.replace("previous_studies.html,NA", "previous_studies.html,7").replace(
        "total_studies.html,NA", "total_studies.html,20"
    )
    found = flow(Review(protocol=read_prisma(told.encode())))
    assert found.previous is not None
    assert found.total is not None
    assert (found.previous.count, found.included.count, found.total.count) == (7, 13, 20)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"data,n\nx,1\n", b"\xff\xfe\x00", b"x" * 1_000_001])
def test_another_file_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(InputError, match=r"PRISMA"):
        read_prisma(content)
