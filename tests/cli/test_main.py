from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import click
import pytest

from constellary.cli.main import COMMANDS, cli
from tests.cli.conftest import Call

HEAVY = {"polars", "numpy", "scipy", "sqlalchemy", "vl_convert", "docx", "typst", "xlsxwriter", "pandas"}


def test_the_commands_are_these() -> None:
    assert list(COMMANDS) == [
        "demo",
        "new",
        "import",
        "codebook",
        "edit",
        "merge",
        "remove",
        "published",
        "serve",
        "alliances",
        "frequency",
        "crosstab",
        "firms",
        "trend",
        "agreement",
        "protocol",
        "duplicates",
        "literature",
        "screen",
        "flow",
        "records",
        "taxonomy",
        "passages",
        "synthesis",
        "report",
        "publish",
        "draw",
        "export",
        "check",
        "log",
        "undo",
        "redo",
        "doctor",
    ]


def test_help_imports_no_heavy_library_and_no_command() -> None:
    script = (
        "import sys; from constellary.cli.main import run; code = run(['--help'])\n"
        "print(code, *sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    code, *modules = done.stderr.split()
    assert code == "0"
    assert not HEAVY & set(modules)
    ours = {f"constellary.cli.{entry.module}" for entry in COMMANDS.values()}
    assert not ours & set(modules)
    for name, entry in COMMANDS.items():
        assert name in done.stdout
        assert entry.help in done.stdout


def test_help_of_a_cold_process_takes_a_quarter_of_a_second_at_most() -> None:
    """Time of the processor, not of the clock, so that a busy machine does not make it fail."""
    resource = pytest.importorskip("resource")

    def taken() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "constellary", "--help"], capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return float(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)

    assert min(taken() for _ in range(5)) <= 0.25


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself_and_each_option(name: str, call: Call) -> None:
    context = click.Context(cli, info_name="constellary")
    command = cli.get_command(context, name)
    assert command is not None
    assert command is import_module(f"constellary.cli.{COMMANDS[name].module}").command
    assert (command.help or "").split("\n\n")[0].strip() == COMMANDS[name].help
    assert command.epilog is not None
    assert f"constellary {name}" in command.epilog
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"--{parameter.name} has no help"
    done = call(name, "--help")
    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 100


def test_a_command_module_loads_nothing_heavy_before_it_runs() -> None:
    modules = ", ".join(f"constellary.cli.{entry.module}" for entry in COMMANDS.values())
    script = f"import sys, {modules}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert not HEAVY & set(done.stdout.split())


def test_an_unknown_command_names_near_ones(call: Call) -> None:
    done = call("frequenzy")
    assert done.code == 2
    assert "There is no command 'frequenzy'. Did you mean frequency?" in done.err


def test_the_version_is_said(call: Call) -> None:
    from constellary import __version__

    done = call("--version")
    assert (done.code, done.out) == (0, f"constellary {__version__}\n")


def test_python_dash_m_is_the_same_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "constellary", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("constellary ")
