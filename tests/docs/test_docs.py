"""What the documentation shows is true: its commands run, its links lead somewhere, nothing is left out."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from constellary.cli.main import COMMANDS
from tests.docs.pages import FOLDER, ROOT, Command, File, anchors, examples, links, written

REFERENCE = FOLDER / "reference" / "cli.md"


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def same(shown: str, printed: str) -> bool:
    """Return whether an output is as a page shows it: `...` is anything, space at line ends nothing."""
    lines = [re.escape(line.rstrip()) for line in shown.strip().splitlines()]
    pattern = "\n".join(lines).replace(re.escape("..."), ".*?")
    return re.fullmatch(pattern, re.sub(r"[ \t]+\n", "\n", printed.strip()), re.DOTALL) is not None


def run(command: Command, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a reader would, with this environment's programs first on the PATH."""
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "NO_COLOR": "1",
    }
    return subprocess.run(
        ["bash", "-c", command.line], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("page", [page for page in written() if examples(page)], ids=name)
def test_the_examples_of_a_page_run_and_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    for example in examples(page):
        if isinstance(example, File):
            (tmp_path / example.name).write_text(example.content, encoding="utf-8")
            continue
        done = run(example, tmp_path)
        printed = done.stdout + done.stderr
        assert done.returncode == example.status, f"$ {example.line}\n{printed}"
        if example.output is not None:
            assert same(example.output, printed), f"$ {example.line}\n{printed}"


def test_readme_and_tutorial_have_examples_that_run() -> None:
    for page in (ROOT / "README.md", FOLDER / "tutorial.md"):
        assert [example for example in examples(page) if isinstance(example, Command)], name(page)


@pytest.mark.parametrize("page", written(), ids=name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in links(page):
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{target}: no such file"
        if anchor and there.suffix == ".md":
            assert anchor in anchors(there), f"{target}: no such heading"


def test_the_command_reference_is_what_the_commands_say_of_themselves() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "cli_reference.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented_and_used_on_a_page(command: str) -> None:
    reference = REFERENCE.read_text(encoding="utf-8")
    others = "".join(page.read_text(encoding="utf-8") for page in written() if page != REFERENCE)
    assert f"\n## constellary {command}\n" in reference
    assert re.search(rf"\bconstellary {command}\b", others), f"no page uses 'constellary {command}'"


def test_the_reader_of_examples_sees_files_commands_and_outputs(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- file: a.csv -->\n```csv\nid\n1\n```\n\n"
        "<!-- run -->\n\n```console\n$ one \\\n    more\n$ two\nout ...\n```\n\n"
        "<!-- run: exit 1 -->\n```console\n$ three\n```\n\n```console\n$ never\n```\n",
        encoding="utf-8",
    )
    assert examples(page) == [
        File("a.csv", "id\n1\n"),
        Command("one more", None, 0),
        Command("two", "out ...\n", 0),
        Command("three", None, 1),
    ]


def test_outputs_are_compared_line_by_line_with_gaps() -> None:
    assert same("a ... d\n", "a b\nc d  \n")
    assert not same("a\n", "a\nb\n")
