"""Data packages in a folder, by their descriptor, packed and inline; none leads out of its folder."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from constellary.exchange.importer import read_files
from constellary.exchange.readers.packages import is_inside
from constellary.study.codebook import Codebook
from tests.exchange_in.made import partners_of, refused, told

FILES = {
    "deals.csv": "id,announced,purpose\na1,2021,cost\n",
    "data/who.csv": "alliance,firm,position\na1,=Iberia,1\na1,'-x,2\n",
}
RESOURCES: list[dict[str, object]] = [
    {"name": "alliances", "path": "deals.csv"},
    {"name": "partners", "path": ["data/who.csv"]},
    {"name": "logo", "path": "logo.json"},
]


def lay(folder: Path, resources: list[dict[str, object]] = RESOURCES) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "data").mkdir(exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "logo.json").write_text('[{"colour": "red"}]', encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps({"resources": resources}), encoding="utf-8")
    return folder


def packed(folder: Path, inside: str = "") -> Path:
    path = folder.parent / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, inside + file.relative_to(folder).as_posix())
    return path


def test_a_package_is_the_same_in_a_folder_by_its_descriptor_and_packed(
    tmp_path: Path, tiny_book: Codebook
) -> None:
    folder = lay(tmp_path / "package")
    for path in (folder, folder / "datapackage.json", packed(folder), packed(folder, "package/")):
        reading = read_files([path], tiny_book)
        # Nothing stands before a text of a package to guard it from spreadsheets, so nothing is taken off.
        assert partners_of(reading) == {"a1": ["=Iberia", "'-x"]}
        assert any("'logo' is not read" in note for note in reading.notes)


def test_a_text_table_loses_the_guard_against_spreadsheets(tmp_path: Path, tiny_book: Codebook) -> None:
    path = lay(tmp_path / "package") / "data" / "who.csv"
    path.write_text("alliance,firm\na1,'=Iberia\na1,''-x\na1,'s-Hertogenbosch\n", encoding="utf-8")
    reading = read_files([path], tiny_book, known_alliances={"a1"})
    assert partners_of(reading) == {"a1": ["=Iberia", "'-x", "'s-Hertogenbosch"]}


def test_rows_may_be_in_the_descriptor(tmp_path: Path, tiny_book: Codebook) -> None:
    rows = [{"id": "a1", "announced": 2021, "partners": ["A", "B"]}]
    reading = read_files([lay(tmp_path / "p", [{"name": "alliances", "data": rows}])], tiny_book)
    assert partners_of(reading) == {"a1": ["A", "B"]}


@pytest.mark.parametrize(
    "path", ["../secret.csv", "/etc/passwd", "https://example.org/a.csv", "data/../../secret.csv", ""]
)
def test_a_path_out_of_the_folder_is_refused(path: str, tmp_path: Path, tiny_book: Codebook) -> None:
    (tmp_path / "secret.csv").write_text("id,purpose\ns,cost\n", encoding="utf-8")
    folder = lay(
        tmp_path / "p", [{"name": "alliances", "path": path}, {"name": "partners", "path": "data/who.csv"}]
    )
    for given_path in (folder, packed(folder)):
        error = refused([given_path], tiny_book, known_alliances={"a1"})
        assert [problem.kind for problem in error.problems] == ["package"]
        assert "Resource 'alliances'" in str(error)


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, tiny_book: Codebook) -> None:
    (tmp_path / "secret.csv").write_text("id,purpose\ns,cost\n", encoding="utf-8")
    folder = lay(tmp_path / "p", [{"name": "alliances", "path": "link.csv"}])
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    assert "leads out of the package's folder" in str(refused([folder], tiny_book))
    # A neighbour whose path begins with the same letters is outside too.
    (tmp_path / "p-secret.csv").write_text("id,purpose\ns,cost\n", encoding="utf-8")
    (folder / "link.csv").unlink()
    (folder / "link.csv").symlink_to(tmp_path / "p-secret.csv")
    assert "leads out of the package's folder" in str(refused([folder], tiny_book))


@given(st.lists(st.sampled_from(["..", ".", "a", "", "/", "\\", "~", "b.csv"]), max_size=6).map("/".join))
def test_a_path_that_is_inside_stays_inside(path: str) -> None:
    root = Path("/root/package")
    if is_inside(path):
        assert Path(root, path).resolve().is_relative_to(root)


def test_a_broken_descriptor_and_absent_files_are_told(tmp_path: Path, tiny_book: Codebook) -> None:
    folder = lay(tmp_path / "p", [{"name": "alliances", "path": "absent.csv"}])
    assert "There is no such file in the package's folder" in str(refused([folder], tiny_book))
    (folder / "datapackage.json").write_text('{"resources": [', encoding="utf-8")
    assert "This is no JSON" in str(refused([folder], tiny_book))
    (folder / "datapackage.json").write_text('{"resources": []}', encoding="utf-8")
    assert "lists no resources" in str(refused([folder], tiny_book))


def test_problems_name_the_resources_file(tmp_path: Path, tiny_book: Codebook) -> None:
    folder = lay(tmp_path / "p")
    (folder / "deals.csv").write_text("id,purpose\na1,fun\n", encoding="utf-8")
    error = refused([folder], tiny_book)
    assert told(error) == ["2 purpose [fun] unknown-category"]
    assert error.problems[0].file == f"{folder}/deals.csv"
