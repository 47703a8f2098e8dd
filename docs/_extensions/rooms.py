"""Reference pages read off the code: one page for each room, and one for each of its modules.

A module has on its page what `automodule` makes of its docstrings; a room its docstring, and a list of its
modules with the first line of each.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

PACKAGE = Path(__file__).parents[2] / "src" / "constellary"
SHOWN = ("errors.py", "result.py", "study", "exchange", "statistics", "constellation")


def pages() -> Iterator[tuple[str, str]]:
    """Yield (file name, content) of every page."""
    parts = [PACKAGE / name for name in SHOWN]
    for part in parts:
        if part.is_dir():
            yield from room(part)
        else:
            yield f"{dotted(part)}.rst", page(part)
    yield f"{PACKAGE.name}.rst", page(PACKAGE, parts, title="constellary")


def room(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the pages of a room and of the rooms and modules in it."""
    parts = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith(("_", ".")) or not (path.is_dir() or path.suffix == ".py"):
            continue
        parts.append(path)
        if path.is_dir():
            yield from room(path)
        else:
            yield f"{dotted(path)}.rst", page(path)
    yield f"{dotted(folder)}.rst", page(folder, parts)


def page(path: Path, parts: list[Path] | None = None, title: str = "") -> str:
    """Return the page of a module, or of a room with the list of its parts."""
    heading = title or path.stem
    inside = docstring(path) if path.is_dir() and not title else f".. automodule:: {dotted(path)}"
    lines = [heading, "=" * len(heading), "", inside, ""]
    if parts:
        lines += [f"- :doc:`{part.stem} <{dotted(part)}>`: {first_line(part)}" for part in parts]
        lines += ["", ".. toctree::", "   :hidden:", "", *(f"   {dotted(part)}" for part in parts), ""]
    return "\n".join(lines)


def dotted(path: Path) -> str:
    """Return the dotted name of a module or package."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)


def docstring(path: Path) -> str:
    """Return the docstring of a module or package."""
    source = path / "__init__.py" if path.is_dir() else path
    return ast.get_docstring(ast.parse(source.read_text(encoding="utf-8"))) or ""


def first_line(path: Path) -> str:
    """Return the first line of a module's docstring."""
    return docstring(path).partition("\n")[0]


def write(app: Sphinx) -> None:
    """Write the pages that are new or changed, and remove those of modules that are gone."""
    folder = Path(app.srcdir) / "reference" / "api"
    folder.mkdir(exist_ok=True)
    wanted = dict(pages())
    for old in folder.iterdir():
        if old.name not in wanted:
            old.unlink()
    for name, content in wanted.items():
        target = folder / name
        if not target.exists() or target.read_text(encoding="utf-8") != content:
            target.write_text(content, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Write the pages before any page is read."""
    app.connect("builder-inited", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
