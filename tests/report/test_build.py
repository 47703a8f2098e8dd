"""The report as files: what is written, that it is the same every time, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import openpyxl
import pytest

import constellary as cy
from constellary.errors import InputError, UnknownName
from constellary.report.build import FORMATS, write_report
from constellary.report.compose import compose
from constellary.report.evidence import EvidenceBook
from constellary.report.findings import find
from constellary.study.frames import Frames
from constellary.study.selection import select
from constellary.study.study import create_study


@pytest.fixture(scope="module")
def written(tiny: Frames, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    write_report(tiny, folder)
    return folder


def test_every_kind_of_file_is_there(written: Path) -> None:
    names = {path.name for path in written.iterdir()}
    assert names == {
        "report.html",
        "report.pdf",
        "report.docx",
        "figures",
        "tables",
        "tables.xlsx",
        "results.json",
        "methods.md",
    }
    figures = {path.stem for path in (written / "figures").iterdir()}
    assert {path.name for path in (written / "figures").iterdir()} == {
        f"{stem}.{suffix}" for stem in figures for suffix in ("svg", "png", "pdf")
    }


def test_tables_alone_draw_no_figure(tiny: Frames, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from constellary.report import drawing

    def refuse(figure: object) -> str:
        raise AssertionError(figure)

    monkeypatch.setattr(drawing, "draw", refuse)
    paths = write_report(tiny, tmp_path, formats=["tables"])
    assert {path.name for path in paths.files} >= {"results.json", "methods.md", "tables.xlsx"}


def test_another_industry_gets_its_own_words_and_none_of_the_automotive_ones(written: Path) -> None:
    page = (written / "report.html").read_text(encoding="utf-8")
    assert "Airline alliances" in page
    assert "Flag carrier" in page
    for word in ("OEM", "automotive", "Automobile", "Green manufacturing", "Traditional"):
        assert word not in page


def test_numbers_of_the_file_are_those_of_the_frames(written: Path, tiny: Frames) -> None:
    found = json.loads((written / "results.json").read_text(encoding="utf-8"))
    assert found["sample"]["alliances"] == 6
    counts = {name: row["count"] for name, row in found["frequency"]["purpose"]["categories"].items()}
    assert counts == {"network": 2, "cost": 2, "loyalty": 1}
    assert found["frequency"]["purpose"]["missing"] == 1


def test_tables_are_whole_and_numbers_are_numbers(written: Path) -> None:
    rows = list(
        csv.DictReader(io.StringIO((written / "tables" / "firms.csv").read_text(encoding="utf-8-sig")))
    )
    assert {row["Firm"] for row in rows} == {"Iberia", "Finnair", "Qantas", "Ryanair", "Renfe", "Mystery"}
    book = openpyxl.load_workbook(written / "tables.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(cell.data_type == "n" and cell.value == 6 for cell in cells)


def test_every_link_of_the_page_has_its_evidence(tiny: Frames) -> None:
    book = EvidenceBook()
    document = compose(find(tiny), book)
    keys = {key for table in document.tables for key in table.evidence.values()}
    assert keys
    assert keys <= set(book)
    known = set(tiny.alliances["id"])
    assert all(set(book.lists[key].alliances) <= known for key in book)


def test_evidence_of_a_cell_is_as_long_as_its_count(automotive: Frames) -> None:
    small = select(automotive, where="place = China")
    book = EvidenceBook()
    document = compose(find(small), book)
    table = next(table for table in document.tables if table.key == "motivation-focus-cells")
    column = [each.label for each in table.columns].index("n")
    assert table.evidence
    for (row, place), key in table.evidence.items():
        if place == column:
            assert len(book.lists[key].alliances) == table.rows[row][place]


def test_a_selection_of_a_study_keeps_every_firm_in_its_place(tiny: Frames, tmp_path: Path) -> None:
    from constellary.report.placed import placed_constellation

    with create_study(tmp_path / "tiny.study", tiny.codebook) as study:
        whole = placed_constellation(tiny, tiny, study.layouts)
        part = placed_constellation(select(tiny, since="2020"), tiny, study.layouts)
    places = dict(zip(whole.firms["firm"], whole.firms.select("x", "y").rows(), strict=True))
    assert part.firms.height
    for firm, x, y in part.firms.select("firm", "x", "y").rows():
        assert (x, y) == places[firm]


def test_a_declared_file_of_published_values_is_set_beside_the_numbers(tiny: Frames, tmp_path: Path) -> None:
    published = textwrap.dedent("""
        title = "Doe (2020)"
        reference = "Doe, J. (2020)."
        [[value]]
        id = "network"
        quantity = "purpose: network"
        printed = "95"
        kind = "percent"
        n = 400
        ours = "/frequency/purpose/categories/network"
        of = "/frequency/purpose/n"
    """)
    (tmp_path / "published.toml").write_text(published, encoding="utf-8")
    write_report(tiny, tmp_path / "out", formats=["html"], published=tmp_path / "published.toml")
    found = json.loads((tmp_path / "out" / "results.json").read_text(encoding="utf-8"))
    assert [row["verdict"] for row in found["against_print"]] == ["beyond"]
    assert "Against print" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


def test_an_unknown_format_and_an_empty_selection_are_refused(tiny: Frames, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Did you mean html"):
        write_report(tiny, tmp_path / "out", formats=["htm"])
    with pytest.raises(InputError, match="no alliance to report on"):
        write_report(tiny, tmp_path / "out", since="2099")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("where", ["id = a1", "id in (a1, a2)", "kind = rail"])
def test_a_report_of_very_few_alliances_can_be_written(tiny: Frames, tmp_path: Path, where: str) -> None:
    paths = write_report(tiny, tmp_path, where=where, formats=["html", "tables"])
    assert paths.page is not None


SCRIPT = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import constellary as cy
study = cy.open({study!r}, read_only=True)
cy.report(study, {out!r})
study.close()
"""


def test_two_runs_write_the_same_bytes_whatever_the_hash_seed(tiny: Frames, tmp_path: Path) -> None:
    from constellary.study.batch import Batch
    from constellary.study.derive import table_schema

    path = tmp_path / "tiny.study"
    with create_study(path, tiny.codebook) as study:
        batch = Batch(
            tiny.alliances.select(list(table_schema(tiny.codebook, "alliances"))),
            tiny.partners,
            tiny.firms.select(list(table_schema(tiny.codebook, "firms"))),
            tiny.sources,
            tiny.codings,
        )
        study.take(batch, who="ana")
    contents = []
    for seed in ("0", "4711"):
        out = tmp_path / f"out{seed}"
        script = SCRIPT.format(tests=str(Path(__file__).parent), study=str(path), out=str(out))
        subprocess.run([sys.executable, "-c", script], check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        contents.append(
            {str(file.relative_to(out)): file.read_bytes() for file in out.rglob("*") if file.is_file()}
        )
    first, second = contents
    assert sorted(first) == sorted(second)
    assert [name for name in sorted(first) if first[name] != second[name]] == []


def test_documents_carry_no_moment_of_their_making(written: Path) -> None:
    for name in ("report.docx", "tables.xlsx"):
        with zipfile.ZipFile(written / name) as archive:
            assert {item.date_time for item in archive.infolist()} == {(2024, 1, 1, 0, 0, 0)}


def test_the_formats_of_a_report_are_these() -> None:
    assert list(FORMATS) == ["html", "pdf", "docx", "figures", "tables"]
    assert cy.report.__doc__
