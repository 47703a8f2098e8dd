"""Arguments and options that several commands share, each defined and explained once."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from constellary.cli.output import View
    from constellary.result import Result
    from constellary.study.frames import Frames
    from constellary.study.study import Study

Command = Callable[..., Any]

FORMATS = ("table", "json", "csv")

study_argument = click.argument("study", type=click.Path(path_type=Path))


def example(*lines: str, note: str = "") -> str:
    """Return the end of a command's help: an example, one command a line, as one would type it."""
    head = "Examples:" if len(lines) > 1 else "Example:"
    said = f"\n\n{note}" if note else ""
    return f"\b\n{head}\n" + "\n".join(f"  constellary {line}" for line in lines) + said


def one_at_a_time(options: Mapping[str, object]) -> list[str]:
    """Return which of some options were given, by their names; more than one is refused.

    Raises
    ------
    UsageError
        With those that were given together.

    Examples
    --------
    >>> one_at_a_time({"--set": None, "--history": True})
    ['--history']
    """
    from constellary.errors import UsageError

    given = [name for name, value in options.items() if value]
    if len(given) > 1:
        listed = f"{', '.join(given[:-1])} and {given[-1]}"
        raise UsageError(f"{listed} do not go together; give one at a time.")
    return given


@dataclass(frozen=True, slots=True)
class Selection:
    """Which alliances of a study a command is about."""

    since: str | None = None
    until: str | None = None
    where: str | None = None

    def of(self, study: Study) -> Frames:
        """Return the study's frames of this selection."""
        return study.frames(since=self.since, until=self.until, where=self.where)


@dataclass(frozen=True, slots=True)
class Output:
    """In which form a result is written."""

    format: str = "table"
    table: str | None = None

    def give(
        self, result: Result, frames: Frames, *, top: int | None = None, view: View | None = None
    ) -> None:
        """Write a result of the frames to standard output."""
        from constellary.cli.output import give

        give(result, self.format, table=self.table, selection=frames.selection, top=top, view=view)


def selects(command: Command) -> Command:
    """Give a command `--since`, `--until` and `--where`; it gets them as `selection`."""

    @click.option(
        "--since", metavar="DATE", help="Only alliances announced then or later: 2021, 2021-05, 2021-05-20."
    )
    @click.option(
        "--until",
        metavar="DATE",
        help="Only alliances announced then or earlier; the whole year, month or day counts.",
    )
    @click.option(
        "--where", metavar="CONDITION", help='Only alliances that fit, such as "place = China and size > 2".'
    )
    @functools.wraps(command)
    def with_selection(
        *args: Any, since: str | None, until: str | None, where: str | None, **others: Any
    ) -> Any:
        return command(*args, selection=Selection(since, until, where), **others)

    return with_selection


def gives(command: Command) -> Command:
    """Give a command `--format` and `--table`; it gets them as `output`."""

    @format_option
    @click.option(
        "--table", metavar="NAME", help="Only the table of this name; for csv, the first one otherwise."
    )
    @functools.wraps(command)
    def with_output(*args: Any, form: str, table: str | None, **others: Any) -> Any:
        return command(*args, output=Output(form, table), **others)

    return with_output


format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    help="A table for people, JSON for programs, CSV for spreadsheets.",
)

top_option = click.option(
    "--top", metavar="N", type=click.IntRange(min=1), help="Only the first N rows, of a table or csv."
)

why_option = click.option("--why", metavar="TEXT", default="", help="The reason, kept in the study's log.")

by_option = click.option(
    "--by",
    "who",
    metavar="NAME",
    default=None,
    help="Who does it, kept in the log.  [default: your login name]",
)


def person(name: str | None) -> str:
    """Return the name that was given, or that of the user who is logged in."""
    if name and name.strip():
        return name.strip()
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no login name: a container, a service
        return "unknown"


def may_write(study: Path) -> bool:
    """Return whether a study's file and folder may be written, so that what was computed can be kept in it."""
    return not study.exists() or (os.access(study, os.W_OK) and os.access(study.parent, os.W_OK))
