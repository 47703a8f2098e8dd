"""What is in the packages that people install: the wheel, and the sdist that a wheel can be made from."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
STATIC = "constellary/workbench/static/"
BUILT = {
    "charts.js",
    "favicon.svg",
    *(
        f"{room}.{kind}"
        for room in ("coding", "constellation", "import", "review", "workbench")
        for kind in ("css", "js")
    ),
}
"""What the pages load, and all that they load."""


def packed(target: str, folder: Path, *, root: Path = ROOT, path: str | None = None) -> Path:
    """Return the package that hatchling builds of a source tree, with `path` as the PATH."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    run = subprocess.run(
        command,
        cwd=root,
        env=None if path is None else {"PATH": path},
        check=False,
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return packed("wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, unpacked where no git and no checkout is above it."""
    sdist = packed("sdist", tmp_path_factory.mktemp("sdist"))
    folder = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (root,) = folder.iterdir()
    return root


def test_the_wheel_holds_the_package_and_nothing_else(names: set[str]) -> None:
    source = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert source == {name for name in names if ".dist-info/" not in name}


@pytest.mark.parametrize("table", ["alliances", "partners", "firms", "sources", "codings"])
def test_the_wheel_holds_the_open_data(names: set[str], table: str) -> None:
    assert f"constellary/data/automotive/{table}.csv" in names


def test_the_wheel_holds_the_codebook_the_type_marker_and_the_licence(names: set[str]) -> None:
    assert {"constellary/data/automotive/codebook.toml", "constellary/py.typed"} <= names
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)


def test_the_wheel_holds_the_front_end_as_it_was_built_and_nothing_else_of_it(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        static = {
            name.removeprefix(STATIC): archive.read(name)
            for name in archive.namelist()
            if name.startswith(STATIC)
        }
        assert not [name for name in archive.namelist() if name.endswith((".map", ".ts")) or "node_" in name]
    manifest = json.loads(static.pop("manifest.json"))
    assert static.pop("stamp.txt")
    assert set(manifest) == BUILT
    assert manifest == {name: hashlib.sha256(content).hexdigest()[:12] for name, content in static.items()}


def test_the_wheel_runs_on_every_platform(wheel: Path) -> None:
    assert wheel.name.endswith("-py3-none-any.whl")


def test_two_builds_are_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    assert wheel.read_bytes() == packed("wheel", tmp_path).read_bytes()


def test_the_sdist_holds_the_front_end_built_and_its_sources_and_no_packages_of_others(
    unpacked: Path,
) -> None:
    assert {path.name for path in (unpacked / "src" / STATIC).iterdir()} == BUILT | {
        "manifest.json",
        "stamp.txt",
    }
    front = unpacked / "frontend"
    assert {path.name for path in front.iterdir()} == {
        ".npmrc",
        "build.mjs",
        "package-lock.json",
        "package.json",
        "public",
        "src",
        "tsconfig.json",
    }


def test_a_wheel_made_of_the_sdist_without_node_is_the_same_and_works(
    wheel: Path, unpacked: Path, tmp_path: Path
) -> None:
    for folder in ("no_programs", "built", "installed"):
        (tmp_path / folder).mkdir()
    nowhere = str(tmp_path / "no_programs")
    made = packed("wheel", tmp_path / "built", root=unpacked, path=nowhere)
    assert made.read_bytes() == wheel.read_bytes()
    place = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
    subprocess.run(
        [*pip, "--no-deps", "--no-index", "--no-compile", "--target", str(place), str(made)], check=True
    )
    code = (
        "import constellary; from constellary.workbench.render import asset_versions; "
        "print(constellary.__file__); print(*sorted(asset_versions()))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(place), "PATH": nowhere},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    assert Path(said[0]).is_relative_to(place)
    assert set(said[1].split()) == BUILT
