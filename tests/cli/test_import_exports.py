"""`constellary import` with bibliographic exports: what is in is out, told for each file."""

from __future__ import annotations

from pathlib import Path

import pytest

from constellary.study.study import open_study
from tests.cli.conftest import Call
from tests.needs import literature

RIS = """TY  - JOUR
TI  - {title}
AU  - Vallejo, Bertha
PY  - 2020
ER  -
"""


@pytest.fixture
def empty(call: Call, tmp_path: Path) -> Path:
    path = tmp_path / "cars.study"
    assert call("new", path).code == 0
    return path


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "found.txt"
    path.write_text(RIS.format(title="Alliances") + RIS.format(title="Ties"), encoding="utf-8")
    return path


def test_an_export_is_known_by_its_content_and_each_record_accounted_for(
    call: Call, empty: Path, export: Path
) -> None:
    done = call("import", empty, export, export, "--by", "Ana")
    assert done.code == 0, done.err
    rows = [line.split() for line in done.out.splitlines() if line.startswith("found.txt")]
    assert [row[-4:] for row in rows] == [
        ["2", "2", "0", "0"],
        ["2", "0", "0", "2"],
    ]  # read new known repeated
    assert "Next: constellary duplicates" in done.out
    again = call("import", empty, export)
    assert "nothing was changed" in again.out
    with open_study(empty) as study:
        assert len(study.literature.review().records) == 2
        assert study.history.log()[-1].who == "Ana"


def test_a_dry_run_of_an_export_writes_nothing(call: Call, empty: Path, export: Path) -> None:
    before = empty.read_bytes()
    assert "Nothing was written" in call("import", empty, export, "--dry-run").out
    assert empty.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bad.ris", b"%PDF-1.4\n"),
        ("empty.bib", b""),
        ("noise.nbib", bytes(range(256)) * 9),
    ],
)
def test_one_bad_file_among_good_ones_changes_nothing(
    call: Call, empty: Path, export: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    done = call("import", empty, export, bad)
    assert done.code == 1, done.out
    assert name in done.err
    with open_study(empty) as study:
        assert not study.literature.review().records
        assert len(study.history.log()) == 1


def test_a_search_that_the_protocol_does_not_have_is_refused(call: Call, empty: Path, export: Path) -> None:
    done = call("import", empty, export, "--search", "wos")
    assert done.code == 2
    assert "no search of the protocol 'wos'" in done.err


def test_records_are_tied_to_the_search_of_their_database(call: Call, empty: Path, tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_text('[[search]]\nname = "w"\ndatabase = "Web of Science"\n', encoding="utf-8")
    assert call("protocol", empty, "--set", plan).code == 0
    done = call("import", empty, literature("wos/wosfile/wos_plaintext.txt"))
    assert done.code == 0, done.err
    with open_study(empty) as study:
        assert {one.search for one in study.literature.review().records} == {"w"}


def test_a_map_of_headers_is_not_for_exports(call: Call, empty: Path, export: Path) -> None:
    assert call("import", empty, export, "--map", "TI=title").code == 2


def test_a_search_that_is_run_again_brings_in_what_is_new_and_what_was_decided_stays(
    call: Call, empty: Path, export: Path, tmp_path: Path
) -> None:
    plan, later = tmp_path / "plan.toml", tmp_path / "later.txt"
    first = '[[search]]\nname = "w"\ndatabase = "Scopus"\ndate = "2024"\n'
    plan.write_text(first, encoding="utf-8")
    assert call("protocol", empty, "--set", plan).code == 0
    assert call("import", empty, export, "--search", "w").code == 0
    with open_study(empty) as study:
        for one in study.literature.review().records:
            study.literature.screenings.decide(one.id, "title-abstract", "ann", "include")
    again = '[[search]]\nname = "w2"\ndatabase = "Scopus"\ndate = "2026"\nupdates = "w"\n'
    plan.write_text(first + again, encoding="utf-8")
    assert call("protocol", empty, "--set", plan).code == 0
    later.write_text(export.read_text(encoding="utf-8") + RIS.format(title="Batteries"), encoding="utf-8")
    done = call("import", empty, later, "--search", "w2")
    assert [line.split()[-3:] for line in done.out.splitlines() if line.startswith("later.txt")] == [
        ["3", "1", "2"]
    ]
    with open_study(empty, read_only=True) as study:
        review = study.literature.review()
    assert [one.search for one in review.records] == ["w", "w", "w2"]
    assert len(review.screenings) == 2
    rows = call("flow", empty, "--format", "csv").out.splitlines()
    assert any(row.startswith("identified:w2,Scopus (w2),1,") for row in rows)
    assert "2 works of earlier searches are not decided yet." in " ".join(call("flow", empty).out.split())
