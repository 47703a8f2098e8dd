"""The rules of the house that a reader should be able to rely on, each as a test."""

from __future__ import annotations

import ast
import json
import re
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

import constellary
import hatch_build
from constellary.report.drawing import VEGA_LITE

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "constellary"
MODULES = sorted(PACKAGE.rglob("*.py"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
FRONT = ROOT / "frontend"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

LONGEST = 500
"""Lines of a module; above that it holds two ideas."""

ORACLES = {"altair", "networkx", "pandas", "statsmodels"}
"""What tests and benchmarks compare with, and the package itself must never need."""

PURE = ("statistics", "constellation", "coding", "literature")
"""Rooms that take frames and return results: no file, no database, no clock, no terminal."""

EDGES = {"click", "pathlib", "shutil", "sqlalchemy", "sqlite3", "subprocess", "tempfile", "time"}
ROOMS_BELOW_PURE = (
    "constellary.cli",
    "constellary.exchange",
    "constellary.report",
    "constellary.study.study",
)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    """Return the modules that a file imports, those for type checking alone left out."""
    found: set[str] = set()

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            return
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(path.read_text(encoding="utf-8")))
    return found


def roots(path: Path) -> set[str]:
    return {module.partition(".")[0] for module in imported(path)}


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_holds_one_idea(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{name(path)} has {lines} lines; split it by its ideas"


@pytest.mark.parametrize("path", [path for path in MODULES if path.stat().st_size], ids=name)
def test_a_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_the_package_never_needs_what_it_is_compared_with(path: Path) -> None:
    assert not roots(path) & ORACLES


@pytest.mark.parametrize(
    "path", [path for room in PURE for path in sorted((PACKAGE / room).rglob("*.py"))], ids=name
)
def test_the_middle_touches_nothing_outside(path: Path) -> None:
    assert not roots(path) & EDGES
    assert not {module for module in imported(path) if module.startswith(ROOMS_BELOW_PURE)}
    calls = {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not calls & {"open", "print", "input"}


@pytest.mark.parametrize("path", LOCKS, ids=name)
def test_pins_carry_hashes_and_name_no_place(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"(?m)^\s*(--?(?!hash)[a-z-]+|-[a-z]) ", text), "an option beside the hashes"
    assert not re.search(r"(?m)^\s*[./~]", text), "a path"
    blocks = re.split(r"(?m)^(?=\S)", text)
    unpinned = [block for block in blocks if block.strip() and ("==" not in block or "--hash=" not in block)]
    assert not unpinned


@pytest.mark.parametrize(("one", "other"), list(combinations(LOCKS, 2)), ids=name)
def test_pins_agree_with_each_other(one: Path, other: Path) -> None:
    first, second = pins(one), pins(other)
    assert {key: first[key] for key in first.keys() & second.keys()} == {
        key: second[key] for key in first.keys() & second.keys()
    }


def test_every_requirement_is_pinned() -> None:
    def plain(requirement: str) -> str:
        return re.split(r"[<>=!~;\[ ]", requirement, maxsplit=1)[0].lower()

    groups = PROJECT["dependency-groups"]
    wanted = {
        "run": PROJECT["project"]["dependencies"],
        "build": [*PROJECT["build-system"]["requires"], *groups["build"]],
        "dev": groups["dev"],
        "docs": groups["docs"],
        "node": groups["node"],
    }
    for lock, requirements in wanted.items():
        pinned = pins(ROOT / "requirements" / f"{lock}.txt")
        assert {plain(item) for item in requirements if isinstance(item, str)} <= {
            key.lower() for key in pinned
        }


def test_the_version_is_the_same_everywhere() -> None:
    version = PROJECT["project"]["version"]
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert version == constellary.__version__
    assert f'\nversion: "{version}"\n' in citation
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_front_end_is_locked_without_a_host() -> None:
    assert '"resolved"' not in (FRONT / "package-lock.json").read_text(encoding="utf-8")
    assert (
        "omit-lockfile-registry-resolved=true" in (FRONT / ".npmrc").read_text(encoding="utf-8").splitlines()
    )
    lock = json.loads((FRONT / "package-lock.json").read_text(encoding="utf-8"))
    unpinned = [
        path
        for path, package in lock["packages"].items()
        if path and not package.get("integrity", "").strip()
    ]
    assert not unpinned


def test_the_front_end_is_of_the_same_sources_for_all_who_look_at_them() -> None:
    build = (FRONT / "build.mjs").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^const SOURCES = (\[.*\]);$", build, re.MULTILINE)
    assert tuple(json.loads(listed)) == hatch_build.SOURCES
    packed = PROJECT["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    assert {f"/frontend/{source}" for source in hatch_build.SOURCES} == {
        path for path in packed if path.startswith("/frontend")
    }


def test_the_node_of_the_makefile_is_that_of_the_build_hook() -> None:
    assert PROJECT["dependency-groups"]["node"] == [hatch_build.NODE_WHEEL]


def test_the_page_draws_with_the_line_of_vega_lite_that_the_report_draws_with() -> None:
    lock = json.loads((FRONT / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"]["node_modules/vega-lite"]["version"].startswith(f"{VEGA_LITE}.")


def test_make_help_explains_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    assert phony == set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))
