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
    told = [(names, text) for names, text in records if text and "--help" not in names]
    if told:
        lines += ["| option | |", "|---|---|", *(f"| {code(names)} | {cell(text)} |" for names, text in told)]
    if command.epilog:
        lines += ["", prose(command.epilog)]
    return "\n".join(lines) + "\n"


def prose(text: str) -> str:
    r"""Return a help text as Markdown; what click keeps as it is (below `\b`) becomes a code block."""
    paragraphs = inspect.cleandoc(text).partition("\f")[0].split("\n\n")
    return "\n\n".join(kept(part[1:]) if part.startswith("\b") else part for part in paragraphs)


def kept(text: str) -> str:
    """Return a paragraph that is kept as it is; below a heading `Examples:` its lines are commands."""
    head, _, rest = text.strip("\n").partition("\n")
    if head.startswith("Example"):
        commands = "\n".join(f"$ {line.strip()}" for line in rest.splitlines())
        return f"{head}\n\n```console\n{commands}\n```"
    return f"```text\n{inspect.cleandoc(text)}\n```"


def code(names: str) -> str:
    """Return the names of an option as code."""
    return f"`{names}`".replace("|", "\\|")


def cell(text: str) -> str:
    """Return a text as it may stand in a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
