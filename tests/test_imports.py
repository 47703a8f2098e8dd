"""What a short call loads: `constellary --help` feels instant, heavy libraries wait until they are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    "crategraph_forceatlas2",
    "docx",
    "graspologic_native",
    "lxml",
    "numpy",
    "polars",
    "pyreadstat",
    "python_calamine",
    "scipy",
    "sqlalchemy",
    "typst",
    "vl_convert",
    "xlsxwriter",
}

HELP = """
import contextlib, io
from constellary.cli.main import main
with contextlib.redirect_stdout(io.StringIO()) as shown, contextlib.suppress(SystemExit):
    main(["--help"])
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
        HELP,
    ],
    ids=["package", "errors", "result", "codebook", "help"],
)
def test_loads_no_heavy_library(code: str) -> None:
    assert not loaded_by(code) & HEAVY


def test_the_check_sees_a_heavy_library() -> None:
    assert loaded_by("import numpy") & HEAVY
