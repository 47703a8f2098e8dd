"""Everything that Constellary raises on purpose.

One root, so that a caller can catch "ours". Each message says what is wrong, where, and what to do.
The command line turns the classes into exit codes: an `InputError` is 1, a `UsageError` 2; anything
else is a bug and 3.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from constellary.study.history import Decision
    from constellary.study.record import Record


class ConstellaryError(Exception):
    """Root of all errors that the package raises on purpose."""


class InputError(ConstellaryError):
    """What the person gave cannot be used: a file, a value, a study."""


class UsageError(ConstellaryError):
    """The call itself is wrong: an option, a combination of arguments."""


SHOWN_NAMES = 20


class UnknownName(UsageError):
    """A variable, category, measure or format that does not exist; the message names near ones."""

    def __init__(self, what: str, name: str, known: Sequence[str]) -> None:
        names = sorted(set(known))
        near = get_close_matches(name, names, n=3)
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        if names and not near:
            rest = len(names) - SHOWN_NAMES
            hint = f" There are: {', '.join(names[:SHOWN_NAMES])}" + (
                f" and {rest:,} more." if rest > 0 else "."
            )
        super().__init__(f"There is no {what} '{name}'.{hint}")
        self.name = name
        self.known = tuple(known)


class StudyError(InputError):
    """A study file that cannot be opened, is of a newer version, or is damaged."""


class EditConflict(InputError):
    """An edit rests on rows that somebody has changed meanwhile; nothing was written.

    Attributes
    ----------
    record
        The alliance or firm as it stands now; None where it is gone, or where the edit is of neither.
    decision
        The decision that came in between, where it is known.
    """

    def __init__(
        self, message: str, *, record: Record | None = None, decision: Decision | None = None
    ) -> None:
        super().__init__(message)
        self.record = record
        self.decision = decision


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

    Attributes
    ----------
    problems
        The problems in full, in the order of file and row. A reader may keep the first ones alone.
    counts
        (kind, column) -> how many there are, those included that are not kept in full.
    """

    def __init__(
        self,
        problems: Sequence[Problem],
        *,
        what: str = "the input",
        shown: int = 20,
        counts: Mapping[tuple[str, str], int] | None = None,
    ) -> None:
        self.problems = tuple(problems)
        self.counts = dict(counts) if counts is not None else count_by_kind(self.problems)
        super().__init__(summarise(self.problems, what=what, shown=shown, counts=self.counts))

    @property
    def total(self) -> int:
        """How many problems there are, kept or not."""
        return sum(self.counts.values())


def count_by_kind(problems: Iterable[Problem]) -> dict[tuple[str, str], int]:
    """Return (kind, column) -> number of problems."""
    return dict(Counter((problem.kind, problem.column) for problem in problems))


def summarise(
    problems: Sequence[Problem],
    *,
    what: str,
    shown: int = 20,
    counts: Mapping[tuple[str, str], int] | None = None,
) -> str:
    """Return the problems as text: the first `shown` in full, the rest counted by kind."""
    rest = Counter(count_by_kind(problems) if counts is None else counts)
    total = rest.total()
    head = f"{total:,} problem{'s' if total != 1 else ''} in {what}; nothing was written."
    lines = [head, *(f"  {problem}" for problem in problems[:shown])]
    rest.subtract(count_by_kind(problems[:shown]))
    if left := rest.total():
        lines.append(f"  and {left:,} more:")
        kinds = sorted(((key, n) for key, n in rest.items() if n > 0), key=lambda item: (-item[1], item[0]))
        for (kind, column), number in kinds[:shown]:
            where = f" in column '{column}'" if column else ""
            lines.append(f"    {number:,} x {kind}{where}")
        if len(kinds) > shown:
            lines.append(f"    and {len(kinds) - shown:,} other kinds")
    return "\n".join(lines)
