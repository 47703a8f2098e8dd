"""`records`, `passages`, `taxonomy` and `synthesis` on the example review."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from constellary.study.codebook_file import read_codebook
from tests.cli.conftest import Call

DOI = "10.3390/jrfm14080385"


@pytest.fixture
def study(automotive_study: Path, tmp_path: Path) -> Path:
    """A copy of the study with the example review."""
    return Path(shutil.copy(automotive_study, tmp_path))


def test_records_are_listed_by_state_and_filters_are_checked(call: Call, automotive_study: Path) -> None:
    everything = json.loads(call("records", automotive_study, "--format", "json").out)
    included = json.loads(call("records", automotive_study, "--state", "included", "--format", "json").out)
    assert 0 < len(included) < len(everything)
    assert {row["state"] for row in included} == {"included"}
    wrong = call("records", automotive_study, "--stage", "nothing")
    assert (wrong.code, "There is no stage 'nothing'" in wrong.err) == (2, True)


def test_one_work_is_shown_with_its_fields_codes_and_tags(call: Call, automotive_study: Path) -> None:
    shown = json.loads(call("records", automotive_study, "--show", DOI, "--format", "json").out)
    assert shown["fields"]["doi"] == DOI
    assert shown["records"][0]["raw"]
    assert shown["passages"]
    assert "Codes" in call("records", automotive_study, "--show", DOI).out


def test_references_are_of_the_included_works(call: Call, automotive_study: Path) -> None:
    included = json.loads(call("records", automotive_study, "--state", "included", "--format", "json").out)
    listed = json.loads(call("records", automotive_study, "--references", "apa", "--format", "json").out)
    assert {row["work"] for row in listed} == {row["work"] for row in included}
    assert any(f"https://doi.org/{DOI}" in row["text"] for row in listed)
    assert call("records", automotive_study, "--references", "mla").code == 2


@pytest.mark.parametrize("ending", ["ris", "bib", "json", "csv", "xlsx"])
def test_works_are_written_with_their_decisions(
    call: Call, automotive_study: Path, tmp_path: Path, ending: str
) -> None:
    target = tmp_path / f"works.{ending}"
    assert call("records", automotive_study, "-o", target, "--state", "included").code == 0
    content = target.read_bytes()
    assert content
    if ending != "xlsx":
        assert b"included" in content
        assert DOI.encode() in content


def test_an_ending_that_is_no_format_is_refused(call: Call, automotive_study: Path, tmp_path: Path) -> None:
    done = call("records", automotive_study, "-o", tmp_path / "works.doc")
    assert (done.code, list(tmp_path.glob("works*"))) == (2, [])


def test_table_1_is_printed_and_given_as_csv(call: Call, automotive_study: Path) -> None:
    out = call("synthesis", automotive_study).out
    for words in ("Knowledge and capabilities", "Examples", "Studies", "Exploration", "Exploitation"):
        assert words in out
    table = call("synthesis", automotive_study, "--format", "csv").out.splitlines()
    assert table[0] == "group,label,works,share,passages,examples,studies"
    matrix = call("synthesis", automotive_study, "--matrix", "--format", "csv").out
    assert matrix.startswith("study,year,work,")
    assert call("synthesis", automotive_study, "--groups").code == 2


def test_the_taxonomy_is_printed_set_and_its_history_told(call: Call, study: Path, tmp_path: Path) -> None:
    assert "Motivation" in call("taxonomy", study).out
    text = call("taxonomy", study, "--format", "toml").out.replace("Scarce materials", "Rare materials")
    (tmp_path / "new.toml").write_text(text, encoding="utf-8")
    done = call("taxonomy", study, "--set", tmp_path / "new.toml", "--why", "plainer", "--by", "ann")
    assert "renamed from 'Scarce materials' to 'Rare materials'" in done.out
    history = call("taxonomy", study, "--history").out
    assert "by ann: plainer" in history
    assert "Version 2" in history


def test_a_taxonomy_with_mistakes_changes_nothing(call: Call, study: Path, tmp_path: Path) -> None:
    before = call("taxonomy", study, "--format", "toml").out
    (tmp_path / "bad.toml").write_text('[[group]]\nname = "x"\ncodes = ["none"]\n', encoding="utf-8")
    done = call("taxonomy", study, "--set", tmp_path / "bad.toml")
    assert done.code == 1
    assert "there is no code 'none'" in done.err
    assert call("taxonomy", study, "--format", "toml").out == before


def test_the_codebook_of_the_taxonomy_begins_a_study(call: Call, study: Path, tmp_path: Path) -> None:
    target = tmp_path / "book.toml"
    assert call("taxonomy", study, "--codebook", target, "--alone").code == 0
    assert len(read_codebook(target).variables) == 1
    assert call("new", tmp_path / "made.study", "--codebook", target).code == 0
    assert "Each category of 'motivation' is a group" in call("taxonomy", study, "--compare").out


def test_passages_are_added_once_and_removed(call: Call, study: Path) -> None:
    said = ("--add", DOI, "crisis", "--page", "7", "--quote", "their words", "--by", "ann")
    assert "bears 'crisis'" in call("passages", study, *said).out
    assert "nothing was changed" in call("passages", study, *said).out
    rows = json.loads(call("passages", study, "--code", "crisis", "--format", "json").out)
    (mine,) = (row for row in rows if row["coder"] == "ann")
    assert (mine["page"], mine["quote"]) == ("7", "their words")
    assert call("passages", study, "--remove", mine["id"]).code == 0
    left = json.loads(call("passages", study, "--code", "crisis", "--format", "json").out)
    assert mine["id"] not in {row["id"] for row in left}


def test_passages_come_from_a_table_of_any_delimiter(call: Call, study: Path, tmp_path: Path) -> None:
    table = tmp_path / "coding.csv"
    table.write_text(f"\ufeffDOI;Code;Page;Example\n{DOI};crisis;3;'=held together\n", encoding="utf-8")
    assert "1 passage taken" in call("passages", study, "--from", table, "--by", "bob").out
    assert "nothing was changed" in call("passages", study, "--from", table, "--by", "bob").out
    rows = json.loads(call("passages", study, "--code", "crisis", "--format", "json").out)
    (mine,) = (row for row in rows if row["coder"] == "bob")
    assert (mine["note"], mine["page"]) == ("=held together", "3")


def test_a_table_with_unknown_names_is_refused_row_by_row(call: Call, study: Path, tmp_path: Path) -> None:
    table = tmp_path / "coding.csv"
    table.write_text(f"record,code\n{DOI},crysis\nnobody1999,crisis\n{DOI},crisis\n", encoding="utf-8")
    before = call("passages", study, "--format", "csv").out
    done = call("passages", study, "--from", table)
    assert done.code == 1
    assert "row 2, column 'code'" in done.err
    assert "Did you mean crisis?" in done.err
    assert "row 3, column 'record'" in done.err
    assert call("passages", study, "--format", "csv").out == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"title,code\nx,y\n", "no column 'record'"),
        (b'record,code\n"never closed,crisis\n', "coding.csv"),
    ],
)
def test_what_is_no_table_of_codes_is_refused_in_words(
    call: Call, study: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    table = tmp_path / "coding.csv"
    table.write_bytes(content)
    done = call("passages", study, "--from", table)
    assert done.code == 1
    assert said in done.err


@pytest.mark.parametrize("name", ["taxonomy", "synthesis", "passages", "records"])
def test_a_study_without_literature_is_answered_in_words(call: Call, tmp_path: Path, name: str) -> None:
    call("new", tmp_path / "empty.study")
    done = call(name, tmp_path / "empty.study")
    assert done.code in (0, 1)
    assert "Traceback" not in done.err
