"""What the pages of an import show, and the API tells: tables as understood, problems by kind, what would change."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from constellary.exchange.readers.grid import DELIMITERS
from constellary.exchange.readers.headers import IGNORE, normalise
from constellary.exchange.writers.tables import csv_bytes
from constellary.workbench.intake.fields import HOW, TABLES, Field, fields_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from constellary.study.codebook import Codebook
    from constellary.workbench.intake.imports import Import

SHOWN = 500
"""Problems that a page lists one by one; the file has all that were kept."""
CHOSEN = 300
"""Columns of a table whose meaning can be changed on the page."""
PLACES = 3
"""Problems that a kind names as examples beside its count."""

Found = dict[str, Any]
"""A table or a problem as the job gave it: see `TablePreview` and `Problem`."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its header, its field (empty: none, `-`: left out), and how that came, in words."""

    header: str
    field: str
    how: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the first rows, and what is wrong with it (empty: nothing)."""

    text: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table as it stands: its number, what is wrong with it as a whole, and its cells."""

    number: int
    wrong: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the files.

    Attributes
    ----------
    place
        File, and sheet where there is one.
    what
        Which table of a study it is; empty: none that is understood.
    rows
        Records below the header.
    facts
        Label and value of how it was read.
    heads
        Its columns whose meaning can be chosen; `more` further ones are left as they are.
    fields
        What can be chosen, by table: one group, or all where `what` is empty.
    lines
        Its first rows.
    """

    place: str
    what: str
    rows: int
    facts: tuple[tuple[str, str], ...]
    heads: tuple[Head, ...]
    more: int
    fields: Mapping[str, Sequence[Field]]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """Problems of one kind in one column: how many, and the first of them."""

    kind: str
    column: str
    number: int
    first: Found


def preview_view(found: Import, codebook: Codebook) -> dict[str, Any]:
    """Return what the page of an import that was read shows."""
    result = found.result
    problems = [in_words(problem) for problem in result.get("problems", ())]
    tables = [table_view(table, problems, codebook, found.mapping) for table in result.get("preview", ())]
    heads = Counter(
        head.header.casefold() for table in tables for head in {h.header: h for h in table.heads}.values()
    )
    return {
        "found": found,
        "tables": tables,
        "shared": sorted(
            {head.header for table in tables for head in table.heads if heads[head.header.casefold()] > 1}
        ),
        "notes": result.get("notes", ()),
        "problems": problems[:SHOWN],
        "sheets": any(problem["sheet"] for problem in problems[:SHOWN]),
        "total": result.get("total", 0),
        "kinds": kinds_of(result, problems),
        "counts": counts_of(result),
        "touched": result.get("touched", ()),
        "touched_total": result.get("touched_total", 0),
        "changes": any(sum(row[1:4]) for row in counts_of(result)),
    }


def counts_of(result: Mapping[str, Any]) -> list[tuple[str, int, int, int, int]]:
    """Return table, rows that would be added, changed, removed and left, in the study's order of tables."""
    counts = result.get("counts", {})
    return [
        (name, each["added"], each["changed"], each["removed"], each["unchanged"])
        for name in TABLES
        if (each := counts.get(name))
    ]


def kinds_of(result: Mapping[str, Any], problems: Sequence[Found]) -> list[Kind]:
    """Return the problems by kind and column, the most frequent first."""
    first: dict[tuple[str, str], Found] = {}
    for problem in problems:
        first.setdefault((problem["kind"], problem["column"]), problem)
    found = [
        Kind(kind, column, number, first.get((kind, column), {}))
        for kind, column, number in result.get("kinds", ())
    ]
    return sorted(found, key=lambda one: (-one.number, one.kind, one.column))


def in_words(problem: Found) -> Found:
    """Return a problem whose message says what to do here, where it was written for a terminal."""
    message = str(problem["message"])
    if problem["kind"] == "near-header":
        message = f"{message.partition(': rename')[0]}: say above what it is, or leave it out"
    elif problem["kind"] == "headers":
        message = message.replace("or map one of them to '-'", "or leave one of them out above")
    elif problem["kind"] == "header":
        message = message.replace("Rename the headers or map them.", "Say below what the columns are.")
    return problem | {"message": message}


def table_view(
    table: Found, problems: Sequence[Found], codebook: Codebook, mapping: Mapping[str, str]
) -> Table:
    """Return a table for its section of the page."""
    left_out = {normalise(header) for header, field in mapping.items() if field == IGNORE}
    columns = table["columns"]
    what = table["table"]
    return Table(
        place=f"{table['file']}, sheet “{table['sheet']}”" if table["sheet"] else table["file"],
        what=what,
        rows=table["rows"],
        facts=facts_of(table),
        heads=tuple(
            Head(
                each["header"],
                each["field"] or (IGNORE if normalise(each["header"]) in left_out else ""),
                HOW.get(each["how"], each["how"]),
            )
            for each in columns[:CHOSEN]
        ),
        more=max(0, len(columns) - CHOSEN),
        fields={name: fields_of(codebook, name) for name in ([what] if what else TABLES)},
        lines=lines_of(table, problems),
    )


def facts_of(table: Found) -> tuple[tuple[str, str], ...]:
    """Return how a table was read, as label and value."""
    delimiter = table["delimiter"]
    row = table["header_row"]
    facts = (
        ("Format", table["form"]),
        ("Encoding", table["encoding"]),
        ("Cells divided by", DELIMITERS.get(delimiter, delimiter)),
        ("Header in row", "" if row is None else str(row)),
        ("Partners", table["layout"].removeprefix("partners ")),
    )
    return tuple((label, value) for label, value in facts if value)


def lines_of(table: Found, problems: Sequence[Found]) -> tuple[Line, ...]:
    """Return the first rows of a table, with what is wrong at its place."""
    wrong: dict[tuple[int, str], list[str]] = defaultdict(list)
    for problem in problems:
        if problem["row"] is not None and (problem["file"], problem["sheet"]) == (
            table["file"],
            table["sheet"],
        ):
            wrong[problem["row"], problem["column"]].append(problem["message"])
    headers = [column["header"] for column in table["columns"]]
    return tuple(
        Line(
            row["number"],
            "; ".join(
                message
                for (number, column), messages in wrong.items()
                if number == row["number"] and column not in headers
                for message in messages
            ),
            tuple(
                Cell(text, "; ".join(wrong.get((row["number"], header), ())))
                for text, header in zip(row["cells"], headers, strict=False)
            ),
        )
        for row in table["first"]
    )


def problems_csv(found: Import) -> bytes:
    """Return the problems that were kept as CSV; what a spreadsheet would run as a formula is made harmless."""
    names = ("file", "sheet", "row", "column", "value", "message", "kind")
    rows = [
        [None if problem[name] is None else str(problem[name]) for name in names]
        for problem in map(in_words, found.result.get("problems", ()))
    ]
    table = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
    return csv_bytes(table, neutral=True)
