"""What a test needs from outside: programs, without which it is skipped or under CI=true fails, and real exports."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest


def needs(tool: str) -> str:
    """Return the path of an external program, or skip the test and say what it needs.

    With CI=true the test fails instead: there, `.ci/run` installs whatever the tests need, so an absent
    tool is a fault of that script and not a reason to test less.
    """
    path = shutil.which(tool)
    if path is not None:
        return path
    if os.environ.get("CI") == "true":
        pytest.fail(f"'{tool}' is not installed; .ci/run must install it", pytrace=False)
    pytest.skip(f"needs '{tool}' on the PATH")


def literature(name: str = "") -> Path:
    """Return a file or folder of the real bibliographic exports, or skip the test.

    They stay under their publishers' terms and are not part of the project. They are looked for in the folder
    that CONSTELLARY_LITERATURE names, else in `shared/literature` beside the checkout.
    """
    told = os.environ.get("CONSTELLARY_LITERATURE")
    folder = Path(told) if told else Path(__file__).parents[2] / "shared" / "literature"
    if not (folder / name).exists():
        pytest.skip(f"needs the real exports: there is no {folder / name}")
    return folder / name
