"""`constellary flow` and `constellary protocol`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from constellary.study.study import open_study
from tests.cli.conftest import Call

PRINTED = """
years = "2018-2023"
[[search]]
name = "wos"
database = "Web of Science"
string = '''
TS=(Alliances
  AND Automobile)
'''
date = "2023"
hits = 118
[[stage]]
name = "relevance-access"
label = "Relevance and access"
kind = "both"
reason_needed = false
[[declared]]
box = "identified"
count = 118
note = "section 2"
[[declared]]
box = "removed:years"
count = 81
[[declared]]
box = "included"
count = 30
"""


@pytest.fixture
def study(call: Call, tmp_path: Path) -> Path:
    path, plan = tmp_path / "review.study", tmp_path / "plan.toml"
    assert call("new", path).code == 0
    plan.write_text(PRINTED, encoding="utf-8")
    done = call("protocol", path, "--set", plan, "--by", "Ana", "--why", "as printed")
    assert done.code == 0, done.err
    assert "version 1 of the protocol" in done.out
    return path


def test_the_flow_is_a_table_with_what_is_told_and_the_note(call: Call, study: Path) -> None:
    done = call("flow", study)
    assert done.code == 0, done.err
    assert "declared" in done.out
    assert "derived" in done.out
    rows = call("flow", study, "--format", "csv").out.splitlines()
    assert (
        "entered:relevance-access,Reports sought and assessed (Relevance and access),37,works,0,derived,"
        in rows
    )
    assert "PRISMA 2020 asks for the two to be told apart" in " ".join(done.out.split())


@pytest.mark.parametrize("kind", ["svg", "png", "pdf", "csv", "json"])
def test_the_flow_is_written_as_its_name_says(call: Call, study: Path, tmp_path: Path, kind: str) -> None:
    target = tmp_path / f"flow.{kind}"
    done = call("flow", study, "-o", target)
    assert done.code == 0, done.err
    assert done.out.strip() == str(target)
    assert target.stat().st_size > 200


def test_the_flow_is_json_for_programs(call: Call, study: Path) -> None:
    said = json.loads(call("flow", study, "--format", "json").out)
    assert said["numbers"]["boxes"]["entered:relevance-access"]["count"] == 37


def test_a_flow_for_prisma2020_needs_a_csv_and_reads_back(call: Call, study: Path, tmp_path: Path) -> None:
    assert call("flow", study, "--prisma2020", "-o", tmp_path / "flow.svg").code == 2
    target = tmp_path / "PRISMA.csv"
    assert call("flow", study, "--prisma2020", "-o", target).code == 0
    done = call("protocol", study, "--from-prisma", target)
    assert done.code == 0, done.err
    assert 'box = "identified"\ncount = 118\nnote = "PRISMA.csv"' in done.out


def test_a_flow_whose_sums_fail_is_refused(call: Call, study: Path, tmp_path: Path) -> None:
    plan = tmp_path / "wrong.toml"
    wrong = PRINTED + '[[declared]]\nbox = "entered:relevance-access"\ncount = 38\n'
    plan.write_text(wrong, encoding="utf-8")
    assert call("protocol", study, "--set", plan).code == 0
    done = call("flow", study, "-o", tmp_path / "flow.svg")
    assert done.code == 1
    assert "118 - 81 = 37, not 38" in done.err
    assert not (tmp_path / "flow.svg").exists()


def test_the_protocol_is_printed_with_its_search_string_word_for_word(call: Call, study: Path) -> None:
    done = call("protocol", study)
    assert "    TS=(Alliances\n      AND Automobile)" in done.out
    assert "118 hits; 0 records in the study" in done.out
    assert "identified: 118 (section 2)" in done.out


def test_the_protocol_goes_out_as_toml_and_comes_back_the_same(
    call: Call, study: Path, tmp_path: Path
) -> None:
    with open_study(study, read_only=True) as found:
        before = found.literature.review().protocol
    plan = tmp_path / "out.toml"
    plan.write_text(call("protocol", study, "--format", "toml").out, encoding="utf-8")
    assert call("protocol", study, "--set", plan).code == 0
    with open_study(study, read_only=True) as found:
        assert found.literature.review().protocol == before
    assert json.loads(call("protocol", study, "--format", "json").out)["years"] == [2018, 2023]


def test_each_version_of_a_protocol_stays(call: Call, study: Path, tmp_path: Path) -> None:
    plan = tmp_path / "second.toml"
    plan.write_text('question = "Why?"\n', encoding="utf-8")
    assert call("protocol", study, "--set", plan).code == 0
    lines = call("protocol", study, "--history").out.splitlines()
    assert len(lines) == 2
    assert lines[0].endswith("by Ana: as printed")
    assert call("protocol", study, "--number", 1).out == PRINTED
    assert call("protocol", study, "--number", 3).code == 2


def test_a_protocol_with_mistakes_is_refused_with_all_of_them(
    call: Call, study: Path, tmp_path: Path
) -> None:
    plan = tmp_path / "wrong.toml"
    plan.write_text('years = "x"\nlangauges = []\n', encoding="utf-8")
    done = call("protocol", study, "--set", plan)
    assert done.code == 1
    assert "wrong.toml" in done.err
    assert "did you mean 'languages'" in done.err
    with open_study(study, read_only=True) as found:
        assert len(found.literature.versions("protocol")) == 1


def test_what_belongs_to_no_part_of_a_new_protocol_is_told(call: Call, study: Path, tmp_path: Path) -> None:
    found = tmp_path / "found.ris"
    found.write_text("TY  - JOUR\nTI  - Alliances\nER  -\n", encoding="utf-8")
    assert call("import", study, found, "--search", "wos").code == 0
    plan = tmp_path / "other.toml"
    plan.write_text("", encoding="utf-8")
    assert "1 record is of a search" in call("protocol", study, "--set", plan).out


def test_a_study_without_a_protocol_says_how_to_begin(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "new.study"
    assert call("new", path).code == 0
    done = call("protocol", path)
    assert "--template" in done.out
    assert call("protocol", path, "--template").out.startswith("# The protocol of a review")
    assert call("protocol", path, "--template", "--history").code == 2
