"""The documentation as data: its pages, their links, and the examples that a page asks to have run.

An example is a fenced block below a comment that no reader sees:

- `<!-- file: alliances.csv -->`: the block is put into the folder under that name;
- `<!-- run -->`: each line that begins with `$` is run, in the folder of the page; the lines below it are
  its output, where `...` stands for anything. A command without such lines may print what it likes.
- `<!-- run: exit 1 -->`: the same, and each command ends with that status.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "docs"

FENCE = re.compile(r"^(?P<fence>`{3,}|:{3,})[^\n]*\n.*?^(?P=fence)[ \t]*$\n?", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(
    r"^<!-- (?P<what>file|run)(?:: (?P<detail>[^>\n]+?))? -->\n+```[a-z]*\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
LINK = re.compile(r"(?<!\\)\[[^\]]*\]\((?P<target>[^)\s]+)[^)]*\)")
HEADING = re.compile(r"^#{1,6} (?P<text>.+?)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Command:
    """A command of a page and the output that the page shows; None: it shows none."""

    line: str
    output: str | None
    status: int


@dataclass(frozen=True)
class File:
    """A file that a page gives the reader."""

    name: str
    content: str


def written() -> list[Path]:
    """Return the pages that people wrote, those that are generated left out."""
    generated = FOLDER / "reference" / "api"
    pages = [path for path in FOLDER.rglob("*.md") if generated not in path.parents]
    return [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(pages)]


def examples(page: Path) -> list[Command | File]:
    """Return a page's files and commands, in the order in which a reader meets them."""
    found: list[Command | File] = []
    for match in EXAMPLE.finditer(page.read_text(encoding="utf-8")):
        if match["what"] == "file":
            found.append(File(match["detail"], match["body"]))
        else:
            status = int(match["detail"].removeprefix("exit ")) if match["detail"] else 0
            found.extend(commands(match["body"], status))
    return found


def commands(body: str, status: int) -> list[Command]:
    """Return the commands of one block with their outputs."""
    parts = re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
    found = []
    for part in parts:
        line, _, output = part.partition("\n")
        while line.endswith("\\"):
            more, _, output = output.partition("\n")
            line = line.removesuffix("\\") + more.strip()
        found.append(Command(line, output if output.strip() else None, status))
    return found


def links(page: Path) -> list[str]:
    """Return the targets of a page's links to other pages, code left out."""
    text = re.sub(r"`[^`\n]+`", "", FENCE.sub("", page.read_text(encoding="utf-8")))
    targets = [match["target"] for match in LINK.finditer(text)]
    return [target for target in targets if "://" not in target and not target.startswith("mailto:")]


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    plain = [re.sub(r"[^\w\- ]", "", match["text"].lower()) for match in HEADING.finditer(text)]
    return {heading.replace(" ", "-") for heading in plain}
