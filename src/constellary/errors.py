"""Everything that Constellary raises on purpose.

One root, so that a caller can catch "ours". Each message says what is wrong, where, and what to do.
The command line turns the classes into exit codes: an `InputError` is 1, a `UsageError` 2; anything
else is a bug and 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class ConstellaryError(Exception):
    """Root of all errors that the package raises on purpose."""


class InputError(ConstellaryError):
    """What the person gave cannot be used: a file, a value, a study."""


class UsageError(ConstellaryError):
    """The call itself is wrong: an option, a combination of arguments."""


class UnknownName(UsageError):
    """A variable, category, measure or format that does not exist; the message names near ones."""

    def __init__(self, what: str, name: str, known: Sequence[str]) -> None:
        near = get_close_matches(name, known, n=3) or sorted(known)[:12]
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        super().__init__(f"There is no {what} '{name}'.{hint}")
        self.name = name
        self.known = tuple(known)


class StudyError(InputError):
    """A study file that cannot be opened, is of a newer version, or is damaged."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file that a person wrote, with its place.

    Attributes
    ----------
    message
        What is wrong and what was expected.
    file, sheet, row, column
        Where; empty or None where it does not apply. `row` counts from 1 as the person sees it, the
        header row included.
    value
        The value as it stands in the file, shortened to 60 characters; empty where it does not apply.
    kind
        A short, stable word by which problems are counted and summarised (`unknown-category`).
    """

    message: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    kind: str = "invalid"

    @property
    def place(self) -> str:
        """File, sheet, row and column in words, as far as known."""
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(f"sheet '{self.sheet}'")
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column '{self.column}'")
        return ", ".join(parts)

    def __str__(self) -> str:
        place = self.place
        shown = f" '{self.value}':" if self.value else ""
        return f"{place}:{shown} {self.message}" if place else f"{shown} {self.message}".strip()


class ProblemsFound(InputError):
    """All the problems of an input at once.

    The text shows at most `shown` problems and then one line a kind with its count, so that a file of
    100,000 bad rows gives a summary.
    """

    def __init__(self, problems: Sequence[Problem], *, what: str = "the input", shown: int = 20) -> None:
        self.problems = tuple(problems)
        super().__init__(summarise(self.problems, what=what, shown=shown))


def summarise(problems: Sequence[Problem], *, what: str, shown: int = 20) -> str:
    """Return the problems as text: the first `shown` in full, the rest counted by kind."""
    count = len(problems)
    head = f"{count:,} problem{'s' if count != 1 else ''} in {what}; nothing was written."
    lines = [head, *(f"  {problem}" for problem in problems[:shown])]
    rest = problems[shown:]
    if rest:
        kinds: dict[tuple[str, str], int] = {}
        for problem in rest:
            kinds[(problem.kind, problem.column)] = kinds.get((problem.kind, problem.column), 0) + 1
        lines.append(f"  and {len(rest):,} more:")
        for (kind, column), number in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
            where = f" in column '{column}'" if column else ""
            lines.append(f"    {number:,} x {kind}{where}")
    return "\n".join(lines)
