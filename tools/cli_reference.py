"""Write docs/reference/cli.md from the commands themselves; --check only says whether it is up to date."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import click

from constellary.cli.main import cli

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "cli.md"
HEAD = """\
# Commands

Each command says the same of itself with `--help`. All of them end with status 0 when they are done, 1 when
the input is wrong (said with its place, and nothing was written), 2 when the call is wrong, and 3 for a
fault of the program. This page is generated: `python tools/cli_reference.py` writes it anew.
"""


def main(arguments: list[str]) -> int:
    """Write the page, or compare it with what would be written."""
    text = page(cli)
    if arguments == ["--check"]:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
            return 0
        print(f"{PAGE.name} is not what the commands say: run 'python tools/cli_reference.py'.")
        return 1
    PAGE.write_text(text, encoding="utf-8")
    print(f"wrote {PAGE}")
    return 0


def page(group: click.Group) -> str:
    """Return the page of a program with commands, in the order in which its help lists them."""
    context = click.Context(group, info_name="constellary")
    parts = [HEAD]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            parts.append(section(command, click.Context(command, info_name=name, parent=context)))
    return "\n".join(parts)


def section(command: click.Command, context: click.Context) -> str:
    """Return the section of one command: what it does, how it is called, its arguments and options."""
    usage = " ".join(command.collect_usage_pieces(context))
    lines = [f"## {context.command_path}", "", f"```text\n{context.command_path} {usage}\n```", ""]
    lines += [prose(command.help or ""), ""]
    records = [record for item in command.get_params(context) if (record := item.get_help_record(context))]
    lines += ["| option | |", "|---|---|"]
    lines += [f"| {code(names)} | {cell(text)} |" for names, text in records]
    if command.epilog:
        lines += ["", prose(command.epilog)]
    return "\n".join(lines) + "\n"


def prose(text: str) -> str:
    r"""Return a help text as Markdown; a paragraph that click keeps as it is (below `\b`) is a code block."""
    paragraphs = inspect.cleandoc(text).partition("\f")[0].split("\n\n")
    return "\n\n".join(
        f"```text\n{inspect.cleandoc(paragraph[1:].lstrip(chr(10)))}\n```"
        if paragraph.startswith("\b")
        else paragraph
        for paragraph in paragraphs
    )


def code(names: str) -> str:
    """Return the names of an option as code."""
    return f"`{names}`".replace("|", "\\|")


def cell(text: str) -> str:
    """Return a text as it may stand in a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
