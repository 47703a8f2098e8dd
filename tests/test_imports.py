"""What a short call loads: `constellary --help` feels instant, heavy libraries wait until they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "citeproc",
    "crategraph_forceatlas2",
    "docx",
    "graspologic_native",
    "lxml",
    "numpy",
    "polars",
    "pyreadstat",
    "python_calamine",
    "rapidfuzz",
    "scipy",
    "sklearn",
    "sqlalchemy",
    "typst",
    "vl_convert",
    "xlsxwriter",
}

HELP = """
import contextlib, io
from constellary.cli.main import run
with contextlib.redirect_stdout(io.StringIO()) as shown:
    assert run(["--help"]) == 0
assert "Usage" in shown.getvalue()
"""


def loaded_by(code: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter holds after running `code`."""
    script = f"{code}\nimport sys\nprint(*sys.modules, sep='\\n')"
    run = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return {line.partition(".")[0] for line in run.stdout.splitlines()}


@pytest.mark.parametrize(
    "code",
    [
        "import constellary",
        "import constellary.errors",
        "import constellary.result",
        "import constellary.study.codebook",
        "import constellary.literature.screening",
        HELP,
    ],
    ids=["package", "errors", "result", "codebook", "screening", "help"],
)
def test_loads_no_heavy_library(code: str) -> None:
    assert not loaded_by(code) & HEAVY


def test_the_check_sees_a_heavy_library() -> None:
    assert loaded_by("import numpy") & HEAVY


def test_the_face_stays_when_its_rooms_are_loaded() -> None:
    code = """
import constellary, importlib, pkgutil
for found in pkgutil.iter_modules(constellary.__path__):
    importlib.import_module(f"constellary.{found.name}")
assert [name for name in constellary.__all__ if type(getattr(constellary, name)).__name__ == "module"] == []
"""
    loaded_by(code)
