"""Which table a grid is: where its header lies, what kind it is, what each column means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from constellary.errors import InputError
from constellary.exchange.readers.findings import shorten
from constellary.exchange.readers.headers import (
    DERIVED,
    IGNORE,
    KINDS,
    RUNNING,
    Kind,
    Match,
    Vocabulary,
    normalise,
    numbered,
    table_names,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from constellary.exchange.readers.grid import Grid

NO_HEADER = "it has no header"
DERIVED_WORDS = "the study derives it"
_LOOKED_AT = 300
"""Cells of a row that are compared with the vocabulary while a header is looked for."""

_NEEDED: dict[Kind, frozenset[str]] = {
    "codings": frozenset({"alliance", "variable", "coder", "value"}),
    "sources": frozenset({"alliance", "url"}),
    "partners": frozenset({"alliance", "firm"}),
    "firms": frozenset({"firm"}),
    "alliances": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its place, header, meaning (None: ignored), and how that was found."""

    index: int
    header: str
    field: str | None
    how: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a column as a whole: its index, what to tell, and the problem's kind."""

    index: int
    message: str
    kind: str


@dataclass(frozen=True)
class Recognised:
    """What a grid is: its kind, the index of its header among the grid's rows, its columns, what is wrong with them."""

    kind: Kind
    header_index: int
    columns: tuple[Column, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def fields(self) -> dict[str, Column]:
        """Field -> column, for the columns that mean something."""
        return {column.field: column for column in self.columns if column.field}


def judge_header(rows: Sequence[Sequence[str]], words: Vocabulary) -> tuple[float, int]:
    """Return how many columns the best of the rows names, and the index of that row (-1: none does).

    A header has more cells than any row above it: lines above a table are titles and remarks, while records
    that happen to hold words such as `status` follow rows as wide as they are.
    """
    best, where, widest = 0.0, -1, 0
    for index, row in enumerate(rows):
        filled = sum(bool(cell and cell.strip()) for cell in row)
        if filled > widest:
            widest = filled
            score = float(_best_kind(row, words)[1])
            if score > best:
                best, where = score, index
    return best, where


def recognise(grid: Grid, words: Vocabulary) -> Recognised:
    """Return what the grid is.

    Raises
    ------
    InputError
        If no row names the columns of any table; the message shows what was seen and what would do.
    """
    if grid.header is not None:
        header, where = list(grid.header), -1
    else:
        rows = grid.top()
        _, where = judge_header(rows, words)
        header = rows[where] if where >= 0 else next((row for row in rows if any(row)), [])
    kind, _ = _best_kind(header, words, hint=table_names().get(normalise(grid.name)))
    if kind is None or (where < 0 and grid.header is None):
        raise InputError(_unknown(header))
    columns, faults = _columns(header, kind, words)
    return Recognised(kind, where, columns, faults)


def _best_kind(
    header: Sequence[str], words: Vocabulary, *, hint: Kind | None = None
) -> tuple[Kind | None, int]:
    """Return the kind of table whose columns the header names most of, and how many."""
    best: tuple[float, int] = (0.0, 0)
    found: Kind | None = None
    for kind in KINDS:
        seen = [match for name in header[:_LOOKED_AT] if name and (match := words.match(kind, name))]
        fields = {match.field for match in seen if match.how != RUNNING} - {DERIVED}
        if not _may_be(kind, fields, words, hinted=hint == kind):
            continue
        score = len(fields) + (0.5 if hint == kind else 0.0)
        if score > best[0]:
            best, found = (score, len(fields)), kind
    return found, best[1]


def _may_be(kind: Kind, fields: set[str], words: Vocabulary, *, hinted: bool) -> bool:
    """Tell whether a table with these fields can be of that kind."""
    if not _NEEDED[kind] <= fields:
        return False
    if kind == "firms":
        return hinted or len(fields) > 1
    if kind == "alliances":
        own = fields - words.firm_variables - {"firm", "position", "sources"}
        return bool(own) and len(fields) > 1
    return True


def _columns(
    header: Sequence[str], kind: Kind, words: Vocabulary
) -> tuple[tuple[Column, ...], tuple[Fault, ...]]:
    """Return the meaning of each column; of several for one field the strongest, a tie is a fault."""
    matches = [words.match(kind, name) if name else None for name in header]
    matches = _repeated_partner(kind, header, matches)
    strongest: dict[str, int] = {}
    faults: list[Fault] = []
    for index, match in enumerate(matches):
        if match is None or match.field == DERIVED:
            continue
        other = strongest.get(match.field)
        if other is None:
            strongest[match.field] = index
            continue
        rival = matches[other]
        if rival is not None and rival.strength == match.strength:
            message = (
                f"the columns '{header[other]}' and '{header[index]}' both mean '{match.field}'; "
                "rename one, or map one of them to '-'"
            )
            faults.append(Fault(index, message, "headers"))
        elif rival is not None and match.strength < rival.strength:
            strongest[match.field] = index
    if any(numbered(field) for field in strongest):
        strongest.pop("partners", None)
        strongest.pop("firm", None)
    columns = []
    for index, (name, match) in enumerate(zip(header, matches, strict=True)):
        if match is not None:
            columns.append(_column(index, name, match, strongest, words))
            continue
        near = words.near(kind, name) if name else None
        shown = name.strip() or f"column {index + 1}"
        columns.append(Column(index, shown, None, _why_ignored(name, words, near)))
        if near and near not in strongest:
            faults.append(Fault(index, _near_message(shown, near), "near-header"))
    return tuple(columns), tuple(faults)


def _near_message(header: str, near: str) -> str:
    header = shorten(header, 40)
    return (
        f"no field is called so, but '{near}' is near: rename the column, or say what it is with "
        f'--map "{header}={near}", or leave it out with --map "{header}={IGNORE}"'
    )


def _repeated_partner(kind: Kind, header: Sequence[str], matches: list[Match | None]) -> list[Match | None]:
    """Number the partner columns of a table that has several with the same header."""
    places = [index for index, match in enumerate(matches) if match is not None and match.field == "firm"]
    if kind != "alliances" or len(places) < 2 or len({normalise(header[index]) for index in places}) > 1:
        return matches
    numbers = {index: number for number, index in enumerate(places, 1)}
    return [
        Match(f"partner_{numbers[index]}", match.how, match.strength) if match and index in numbers else match
        for index, match in enumerate(matches)
    ]


def _column(index: int, name: str, match: Match, strongest: dict[str, int], words: Vocabulary) -> Column:
    shown = name.strip()
    if match.field == DERIVED:
        return Column(index, shown, None, DERIVED_WORDS)
    if strongest.get(match.field) != index and normalise(name) in words.years:
        return Column(index, shown, None, DERIVED_WORDS)
    if strongest.get(match.field) != index:
        return Column(index, shown, None, f"another column is '{match.field}'")
    return Column(index, shown, match.field, match.how)


def _why_ignored(name: str, words: Vocabulary, near: str | None) -> str:
    if not name.strip():
        return NO_HEADER
    if words.ignored(name):
        return "you asked to ignore it"
    return f"no field is called so; '{near}' is near" if near else "no field is called so"


def _unknown(header: Sequence[str]) -> str:
    seen = ", ".join(f"'{name.strip()[:30]}'" for name in header[:8] if name.strip()) or "nothing"
    return (
        f"No row is a header that is understood; the first row holds {seen}. Expected the columns of alliances "
        "(id, announced, partners ...), partners (alliance, firm), firms (firm, type ...), sources "
        "(alliance, url) or codings (alliance, variable, coder, value). Rename the headers or map them."
    )
