"""The chapter on the literature: what stands in it, where it stands, and a report of nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from constellary.data import automotive_codebook
from constellary.errors import InputError, UnknownName
from constellary.literature.protocol import Declared
from constellary.literature.record import Name, Record
from constellary.literature.review import Review
from constellary.report.build import write_report
from constellary.report.compose import compose
from constellary.report.document import Bullets, Figure, Note, Section, Table
from constellary.report.evidence import EvidenceBook
from constellary.report.findings import Findings
from constellary.report.html_blocks import block_html
from constellary.report.inline import parse
from constellary.report.literature import LiteratureFindings
from constellary.report.sections.literature import section_of
from constellary.study.codebook_file import read_codebook
from constellary.study.frames import Frames
from constellary.study.study import Study, create_study
from tests.literature.reviews import PASSAGES, RECORDS, REVIEW, TAXONOMY, VERDICTS

BOOK = read_codebook(automotive_codebook())


def chapter(review: Review) -> Section:
    return section_of(LiteratureFindings(replace(review, memory={}), BOOK))


def table(section: Section, key: str) -> Table:
    return next(block for block in section.blocks if isinstance(block, Table) and block.key == key)


def text(section: Section) -> str:
    return " ".join(
        "".join(span.text for span in parse(item))
        for block in section.blocks
        for item in (block.items if isinstance(block, Bullets) else [getattr(block, "text", "")])
    )


def test_it_tells_the_search_word_for_word_with_its_date_and_hits() -> None:
    section = chapter(REVIEW)
    assert 'TS=("alliance*")' in text(section)
    assert table(section, "literature-searches").rows == (("wos", "Web of Science", "2024-02", None, 7, 0),)


def test_table_1_has_groups_examples_and_studies() -> None:
    assert table(chapter(REVIEW), "literature-motivation").rows == (
        (
            "Knowledge",
            "a laboratory for cells; code together; a second quote",
            "Chen (2021); Diaz (2020)",
            2,
            0.5,
        ),
        ("Supply chain risk", "one plant; a plant in Hefei", "Abe (2019); Chen (2021)", 2, 0.5),
        ("Services", None, None, 0, 0.0),
        ("In no group", "whatever", "Diaz (2020)", 1, 0.25),
    )


def test_groups_are_set_against_the_other_dimension() -> None:
    found = table(chapter(REVIEW), "literature-motivation-crossed")
    assert [column.label for column in found.columns] == [
        "Motivation",
        "Exploration",
        "Exploitation",
        "Both",
        "None",
    ]
    assert found.rows[0] == ("Knowledge", 0, 0, 1, 1)


def test_the_matrix_and_the_included_works_are_there() -> None:
    section = chapter(REVIEW)
    assert table(section, "literature-matrix").rows[0] == ("Abe (2019)", None, 2, None, None)
    assert [row[0] for row in table(section, "literature-works").rows] == [
        "Abe (2019)",
        "Chen (2021)",
        "Diaz (2020)",
        "Fry (2022)",
    ]
    references = section.blocks[-1]
    assert isinstance(references, Bullets)
    assert [item[:10] for item in references.items] == [
        "Abe, A. (2",
        "Chen, A. (",
        "Diaz, A. (",
        "Fry, A. (2",
    ]


def test_the_numbers_of_the_flow_stand_in_figure_and_table() -> None:
    section = chapter(REVIEW)
    (figure,) = (block for block in section.blocks if isinstance(block, Figure))
    assert figure.svg is not None
    assert 'viewBox="0 0 ' in figure.svg
    counts = {row[0]: row[1] for row in table(section, "literature-flow").rows}
    assert counts["Works included"] == 4


def test_declared_counts_are_marked() -> None:
    declared = (Declared("identified", 118, "Figure 1"),)
    protocol = replace(REVIEW.protocol, searches=(), declared=declared)
    section = chapter(Review(protocol=protocol, planned=True))
    (figure,) = (block for block in section.blocks if isinstance(block, Figure))
    assert "declared" in figure.note
    assert ("declared", 118) in {(row[4], row[1]) for row in table(section, "literature-flow").rows}


def test_a_flow_that_does_not_add_up_is_told_instead_of_drawn() -> None:
    declared = (Declared("entered:full-text", 10, ""), Declared("excluded:full-text", 11, ""))
    section = chapter(replace(REVIEW, protocol=replace(REVIEW.protocol, declared=declared)))
    assert not any(isinstance(block, Figure) for block in section.blocks)
    assert any(isinstance(block, Note) and "no flow diagram" in block.text for block in section.blocks)


@pytest.mark.parametrize(
    "review", [Review(planned=True), Review(records=RECORDS), replace(REVIEW, passages=())]
)
def test_a_review_that_has_just_begun_has_a_chapter(review: Review) -> None:
    assert chapter(review).blocks


def test_hostile_text_stays_text() -> None:
    bad = "<script>alert(1)</script> [x](javascript:alert(1)) *"
    records = tuple(
        Record(id=one.id, title=bad, authors=(Name(bad),), year=2020, venue=bad, url="javascript:alert(1)")
        for one in RECORDS
    )
    section = chapter(replace(REVIEW, records=records))
    numbers = {
        f"{kind}:{block.key}": "1"
        for kind, sort in (("table", Table), ("figure", Figure))
        for block in section.blocks
        if isinstance(block, sort)
    }
    page = "".join(block_html(block, {"literature-flow": "<svg></svg>"}, numbers) for block in section.blocks)
    assert "<script" not in page
    assert 'href="javascript' not in page


def test_the_works_that_the_report_rests_on_are_those_of_the_parts_that_it_has(tiny: Frames) -> None:
    def cited(findings: Findings) -> str:
        return " ".join(one.text for one in compose(findings, EvidenceBook()).references)

    both, alone = cited(Findings(tiny, review=replace(REVIEW, memory={}))), cited(Findings(tiny))
    assert "PRISMA 2020" in both
    assert "PRISMA 2020" not in alone
    assert "betweenness" in both
    assert "betweenness" in alone


def test_it_comes_first_and_only_where_there_is_a_review(tiny: Frames) -> None:
    with_it = compose(Findings(tiny, review=replace(REVIEW, memory={})), EvidenceBook())
    without = compose(Findings(tiny), EvidenceBook())
    assert with_it.sections[0].key == "literature"
    assert [one.key for one in with_it.sections[1:]] == [one.key for one in without.sections]
    assert ("Literature", "4 works of 7 records") in with_it.meta


@pytest.fixture
def reviewed(tmp_path: Path) -> Study:
    """A study of the literature alone."""
    from constellary.exchange.bibliography.export import Entry, Export

    study = create_study(tmp_path / "reviewed.study", BOOK, who="ann")
    literature = study.literature
    literature.set_protocol(
        'question = "Why?"\n[[stage]]\nname = "full-text"\nlabel = "Full text"\n', who="ann"
    )
    literature.set_taxonomy(TAXONOMY, who="ann")
    entries = tuple(
        Entry(one._replace(id="", accession=one.id, database="WoS", line=number), (("UT", one.id),))
        for number, one in enumerate(RECORDS, 1)
    )
    literature.take([Export("a.txt", "WoS", "WoS", entries)], who="ann")
    ids = {one.accession: one.id for one in literature.review().records}
    for key, verdict in VERDICTS.items():
        literature.screenings.decide(ids[key], "full-text", "ann", verdict, None)
    literature.passages.put([one._replace(id="", record=ids[one.record]) for one in PASSAGES], who="ann")
    return study


def test_a_study_without_alliances_has_a_report_of_its_literature(reviewed: Study, tmp_path: Path) -> None:
    paths = write_report(reviewed, tmp_path / "out", formats=["html", "tables"])
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Chen (2021); Diaz (2020)" in page
    numbers = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert list(numbers) == ["selection", "literature"]
    assert numbers["literature"]["synthesis"]["motivation"]["groups"]["knowledge"]["works"] == 2
    assert "Literature" in (tmp_path / "out" / "methods.md").read_text(encoding="utf-8")
    assert {path.name for path in paths.files} >= {"literature-motivation.csv", "literature-matrix.csv"}


def test_a_page_without_alliances_speaks_of_none(reviewed: Study, tmp_path: Path) -> None:
    write_report(reviewed, tmp_path / "out", formats=["html"])
    assert "alliances behind it" not in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_the_reference_list_is_in_the_style_that_is_asked_for(reviewed: Study, tmp_path: Path) -> None:
    pages = {}
    for style in ("apa", "ieee"):
        write_report(reviewed, tmp_path / style, formats=["html"], references=style)
        pages[style] = (tmp_path / style / "report.html").read_text(encoding="utf-8")
    assert pages["apa"] != pages["ieee"]
    with pytest.raises(UnknownName, match="ieee"):
        write_report(reviewed, tmp_path / "none", references="iee")
    assert not (tmp_path / "none").exists()


def test_a_selection_without_alliances_is_refused_all_the_same(reviewed: Study, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no alliance"):
        write_report(reviewed, tmp_path / "out", formats=["tables"], since="2021")


def test_a_study_without_anything_is_refused(tmp_path: Path) -> None:
    study = create_study(tmp_path / "empty.study", BOOK, who="ann")
    with pytest.raises(InputError, match="no alliance"):
        write_report(study, tmp_path / "out", formats=["tables"])
