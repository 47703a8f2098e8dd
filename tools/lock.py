"""Write requirements/*.txt anew: every package that is installed, pinned, with the hashes of its files.

One set of versions serves all supported Pythons, and no file says where packages come from: that is
the choice of whoever installs them. Needs `uv`, which is not a requirement of anything else here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OPTIONS = [
    "--universal",
    "--python-version=3.11",
    "--fork-strategy=fewest",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-config",
    "--quiet",
]
# Each file is compiled under the versions of those before it, so that they install side by side.
FILES = {
    "build": ["--group=build"],
    "run": ["pyproject.toml"],
    "dev": ["pyproject.toml", "--group=dev"],
    "docs": ["--group=docs"],
    "node": ["--group=node"],
}


def main() -> int:
    """Compile the files in order; arguments of the command line (`--upgrade`) go on to uv."""
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if uv is None:
        print("lock: 'uv' is not on the PATH. Install it (for example: pipx install uv) and try again.")
        return 1
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    done: list[str] = []
    for name, inputs in FILES.items():
        target = f"requirements/{name}.txt"
        held = [f"--constraint={path}" for path in done]
        command = [uv, "pip", "compile", *OPTIONS, *inputs, *held, f"--output-file={target}", *sys.argv[1:]]
        status = subprocess.run(
            command, cwd=ROOT, env=clean, check=False, stdout=subprocess.DEVNULL
        ).returncode
        if status != 0:
            return status
        done.append(target)
        print(f"lock: {target}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
