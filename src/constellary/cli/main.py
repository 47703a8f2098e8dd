"""The command line: which commands there are, where each lives, and how a run ends.

This module loads click and nothing heavier. A command's module is imported when the command is called
(or its own help is asked for), and imports heavy libraries inside its function, so that
`constellary --help` answers at once.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

import click

from constellary import __version__
from constellary.cli.faults import guarded

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Entry:
    """A command in the list: the section that it is shown in, its module, and its help in one line."""

    section: str
    module: str
    help: str


BEGIN, LOOK, REVIEW, GIVE, KEEP = "Begin", "Look", "Review the literature", "Give out", "Look after"

COMMANDS = {
    "demo": Entry(BEGIN, "demo", "Build the demo study and write its whole report."),
    "new": Entry(BEGIN, "new", "Make a new, empty study."),
    "import": Entry(BEGIN, "import_files", "Take tables or bibliographic exports into a study."),
    "codebook": Entry(BEGIN, "codebook", "Print the codebook of a study."),
    "edit": Entry(BEGIN, "edit", "Change fields of one alliance or firm."),
    "merge": Entry(BEGIN, "merge", "Make one firm of two."),
    "remove": Entry(BEGIN, "remove", "Take an alliance out of a study."),
    "published": Entry(BEGIN, "published", "Keep the values of an earlier study to compare with."),
    "serve": Entry(LOOK, "serve", "Open the workbench on a study, in the browser."),
    "alliances": Entry(LOOK, "alliances", "List alliances with their partners."),
    "frequency": Entry(LOOK, "frequency", "Count the categories of a variable."),
    "crosstab": Entry(LOOK, "crosstab", "Cross two variables, with tests."),
    "firms": Entry(LOOK, "firms", "Rank the firms of the constellation."),
    "trend": Entry(LOOK, "trend", "Follow the number of alliances over the years."),
    "agreement": Entry(LOOK, "agreement", "Measure how far the coders agree."),
    "protocol": Entry(REVIEW, "protocol", "Print the protocol of the review, or keep a newer version of it."),
    "duplicates": Entry(REVIEW, "duplicates", "Find records of one work among the exports."),
    "literature": Entry(REVIEW, "literature", "Show years, venues, authors, keywords and citations."),
    "screen": Entry(REVIEW, "screen", "Screen records on the terminal: one key a decision."),
    "flow": Entry(REVIEW, "flow", "Show the flow of records, as PRISMA 2020 draws it."),
    "records": Entry(REVIEW, "records", "List the works of the review, each with where it stands."),
    "taxonomy": Entry(REVIEW, "taxonomy", "Print the taxonomy, or keep a newer version of it."),
    "passages": Entry(REVIEW, "passages", "List, add or remove the coded passages of studies."),
    "synthesis": Entry(REVIEW, "synthesis", "Print Table 1: each motivation with its examples and studies."),
    "report": Entry(GIVE, "report", "Write the report: page, documents, figures and tables."),
    "publish": Entry(GIVE, "publish", "Write the study as a static site that only shows."),
    "draw": Entry(GIVE, "draw", "Draw the constellation, or a part of it, as the workbench shows it."),
    "export": Entry(GIVE, "export", "Write the data for another program."),
    "check": Entry(KEEP, "check", "Find what may be wrong in a study."),
    "log": Entry(KEEP, "log", "Show what was done to a study."),
    "undo": Entry(KEEP, "undo", "Take back the latest change of a study."),
    "redo": Entry(KEEP, "redo", "Bring back what was undone last."),
    "doctor": Entry(KEEP, "doctor", "Show versions, fonts and folders, for a report of a fault."),
}
"""The commands in the order of the help; the help of each module's command begins with the same line."""


class LazyGroup(click.Group):
    """Lists the commands from `COMMANDS` and imports the module of the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, its module imported; None where there is none of that name."""
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = import_module(f"constellary.cli.{entry.module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; a name that there is not is met with near ones."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from constellary.errors import UnknownName

            ctx.fail(str(UnknownName("command", args[0], tuple(COMMANDS))))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands by section, without importing any."""
        for section in (BEGIN, LOOK, REVIEW, GIVE, KEEP):
            rows = [(name, entry.help) for name, entry in COMMANDS.items() if entry.section == section]
            if rows:
                with formatter.section(section):
                    formatter.write_dl(rows, col_max=12)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Begin with `constellary demo`. Each command explains itself: `constellary report --help`.",
)
@click.version_option(__version__, "-V", "--version", message="constellary %(version)s")
def cli() -> None:
    """Study alliances between firms: from tables of alliances to the whole report.

    A study is one file (NAME.study). It holds the codebook, the alliances with their partners and
    sources, and everything that was ever decided about them.
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; see `constellary.cli.faults`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    return guarded(lambda: cli.main(given, prog_name="constellary", standalone_mode=False), given)


def main() -> None:
    """Run the command that the process was started with, and end the process."""
    sys.exit(run())
