"""The example review that ships, against counts made from its files by other means."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from constellary.cli.demo import build_article
from constellary.data import automotive_codebook, review_folder
from constellary.data.review import add_review, review_records
from constellary.literature.flow import flow
from constellary.literature.screening import included
from constellary.study.codebook_file import read_codebook
from constellary.study.study import create_study, open_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from constellary.literature.flow import Flow
    from constellary.study.study import Study


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    path = tmp_path_factory.mktemp("review") / "review.study"
    create_study(path, read_codebook(automotive_codebook()), who="me").close()
    with open_study(path) as made:
        add_review(made, who="me")
        yield made


def rows(name: str) -> list[dict[str, str]]:
    with (review_folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def numbers(found: Flow) -> dict[str, int]:
    return {one.box: one.count for one in found.counts()}


def test_its_flow_is_what_counting_its_files_by_hand_comes_to(study: Study) -> None:
    years = [item["issued"]["date-parts"][0][0] for item in json.loads(review_records().read_text("utf-8"))]
    outside = sum(not 2018 <= year <= 2023 for year in years)
    verdicts = [row["verdict"] for row in rows("screening.csv")]
    found = numbers(flow(study.literature.review()))
    assert found["identified"] == len(years) == 53
    assert found["removed:years"] == outside == 15
    assert found["removed:duplicates"] == 2
    assert found["entered:page"] == len(verdicts) == 53 - 15 - 2
    assert found["excluded:page"] == verdicts.count("exclude") == 18
    assert found["included"] == verdicts.count("include") == 18
    assert found["open:page"] == found["conflict:page"] == 0


def test_every_included_study_is_coded_and_no_other(study: Study) -> None:
    review = study.literature.review()
    assert {one.record for one in review.passages} == {work.id for work in included(review)}
    assert len(review.passages) == len(rows("coding.csv"))


def test_every_code_stands_in_a_group_of_each_dimension_and_is_used(study: Study) -> None:
    review = study.literature.review()
    codes = {one.name for one in review.taxonomy.codes}
    assert {one.code for one in review.passages} == codes
    for dimension, _ in review.taxonomy.labels:
        gathered = [
            code for group in review.taxonomy.groups if group.dimension == dimension for code in group.codes
        ]
        assert sorted(gathered) == sorted(codes)


def test_the_motivations_are_those_by_which_the_alliances_are_coded(study: Study) -> None:
    motivations = [
        one.name for one in study.literature.review().taxonomy.groups if one.dimension == "motivation"
    ]
    variables = {one.name: one for one in read_codebook(automotive_codebook()).variables}
    assert sorted(motivations) == sorted(one.value for one in variables["motivation"].categories)


def test_every_record_says_where_its_facts_were_seen_and_copies_no_abstract(study: Study) -> None:
    for record in study.literature.review().records:
        assert (record.url or "").startswith("http")
        assert "seen at this address" in record.notes[0]
        assert record.abstract is None
        assert all((record.title, record.authors, record.year))


def test_the_flow_of_the_article_comes_out_as_printed_and_is_marked_as_told(tmp_path: Path) -> None:
    build_article(tmp_path / "article.study", fresh=False)
    build_article(tmp_path / "article.study", fresh=False)  # what is there is kept
    with open_study(tmp_path / "article.study") as made:
        found = flow(made.literature.review())
    # Carrillo, Vallejo and Gomis (2024), Figure 1: 118 hits, 37 of 2018-2023, 30 relevant and at hand.
    told = {one.box: one.count for one in found.counts() if one.origin == "declared"}
    assert told == {
        "identified:wos": 118,
        "removed:years": 81,
        "entered:relevance": 37,
        "excluded:relevance": 7,
        "included": 30,
    }
    assert any("PRISMA 2020 asks for the two to be told apart" in remark for remark in found.remarks)
    assert any("as printed" in remark for remark in found.remarks)
