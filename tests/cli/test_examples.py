"""The examples at the end of each command's help, run as they stand."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import click
import pytest

from constellary.cli.main import COMMANDS, cli
from tests.cli.conftest import Call, Done


def lines(name: str) -> list[str]:
    command = cli.get_command(click.Context(cli, info_name="constellary"), name)
    assert command is not None
    return [line.strip() for line in (command.epilog or "").splitlines() if line.startswith("  constellary ")]


def typed(line: str, call: Call) -> Done:
    """Run a line as a shell would: quotes, patterns of file names, output into a file."""
    program, *words = shlex.split(line)
    assert program == "constellary"
    target = None
    if ">" in words:
        words, target = words[: words.index(">")], words[-1]
    expanded = [
        item for word in words for item in (sorted(map(str, Path().glob(word))) if "*" in word else [word])
    ]
    done = call(*expanded)
    if target is not None:
        Path(target).write_text(done.out, encoding="utf-8")
    return done


ENDLESS = {"serve"}
"""Runs until it is told to stop: it is started, asked and stopped as a process in `tests/workbench/test_serve.py`."""


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ENDLESS])
def test_the_examples_of_the_help_work(
    name: str, call: Call, automotive_study: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if name != "demo":
        (tmp_path / "out").mkdir()
        shutil.copy(automotive_study, tmp_path / "out")
    if name == "new":
        Path("airlines.toml").write_text(call("codebook", automotive_study).out, encoding="utf-8")
    examples = lines(name)
    assert examples
    for line in examples:
        done = typed(line, call)
        assert done.code == 0, f"{line}\n{done.err}"
