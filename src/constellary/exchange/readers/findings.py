"""What a reader has to say: problems, bounded in number, and notes.

A check hands over a frame of the rows that failed. The first ones become a `Problem` each, the others are
counted, so that a file of 100,000 bad rows costs no more than one with a thousand.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from constellary.errors import Problem
from constellary.exchange.readers.limits import PROBLEMS_KEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

TABLE = "_table"
ROW = "_row"
FIELD = "_field"
"""Columns that every frame carries while it is read: index of the table, row as the person sees it, and,
where rows were made of several columns, the field that this row comes from."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a table was read: what a problem needs to name its place."""

    file: str
    sheet: str
    headers: Mapping[str, str]

    def header(self, name: str) -> str:
        """Return the header as the person wrote it, or the field's own name."""
        return self.headers.get(name, name)


@dataclass
class Findings:
    """Problems and notes of one reading."""

    origins: list[Origin] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    described: dict[str, str] = field(default_factory=dict)
    """Id that no file has, and words by which a person knows the alliance."""

    def called(self, alliance: str) -> str:
        """Return an alliance in words: its id where a file has it, else its name, partners or row."""
        return self.described.get(alliance, f"alliance '{alliance}'")

    def add(self, problem: Problem) -> None:
        """Record one problem."""
        self.counts[(problem.kind, problem.column)] += 1
        if self.counts[(problem.kind, problem.column)] <= PROBLEMS_KEPT:
            self.problems.append(problem)

    def add_all(self, problems: Iterable[Problem]) -> None:
        """Record several problems."""
        for problem in problems:
            self.add(problem)

    def note(self, text: str) -> None:
        """Record something that is said but not wrong; the same text once."""
        if text not in self.notes:
            self.notes.append(text)

    def rows(
        self,
        bad: pl.DataFrame,
        *,
        column: str,
        kind: str,
        message: str | Callable[[dict[str, object]], str],
        value: str | None = None,
    ) -> None:
        """Record a problem for each row of `bad`.

        Parameters
        ----------
        bad
            Rows that failed, with `_table`, `_row` and whatever the message needs; where `_field` is
            there it names the column, otherwise `column` does.
        column
            The field that the problem is about; its header is looked up.
        kind
            Stable word by which problems are counted.
        message
            Text, or a function from the row to a text.
        value
            Column of `bad` that holds the value as it stands in the file.
        """
        if bad.is_empty():
            return
        by = [TABLE, FIELD] if FIELD in bad.columns else [TABLE]
        for key, number in bad.group_by(by).len().sort(by).select(pl.struct(by), "len").iter_rows():
            name = self.origins[key[TABLE]].header(key.get(FIELD) or column)
            self.counts[(kind, name)] += number
        for row in bad.sort(TABLE, ROW, maintain_order=True).head(PROBLEMS_KEPT).iter_rows(named=True):
            origin = self.origins[row[TABLE]]
            shown = "" if value is None or row[value] is None else shorten(str(row[value]))
            self.problems.append(
                Problem(
                    message=message if isinstance(message, str) else message(row),
                    file=origin.file,
                    sheet=origin.sheet,
                    row=row[ROW],
                    column=origin.header(row.get(FIELD) or column),
                    value=shown,
                    kind=kind,
                )
            )

    def kept(self, files: Sequence[str]) -> list[Problem]:
        """Return the first problems in the order of the files, then of rows."""
        order = {name: index for index, name in enumerate(files)}
        ranked = sorted(
            self.problems, key=lambda p: (order.get(p.file, len(order)), p.sheet, p.row or 0, p.column)
        )
        return ranked[:PROBLEMS_KEPT]


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its word.

    Examples
    --------
    >>> counted(1, "row"), counted(1200, "row"), counted(2, "row holds", "rows hold")
    ('1 row', '1,200 rows', '2 rows hold')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def shorten(text: str, length: int = 60) -> str:
    """Return a text on one line, safe to print, of at most `length` characters."""
    plain = "".join(c if c.isprintable() else "�" for c in text[: length + 1].replace("\n", " "))
    return plain if len(plain) <= length else plain[: length - 1] + "…"
