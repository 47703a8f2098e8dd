"""Programs that a test calls outside Python: absent, the test is skipped; under CI=true it fails."""

from __future__ import annotations

import os
import shutil

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
