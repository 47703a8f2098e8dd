"""Verdicts from a CSV, as they come from a spreadsheet or another program: all are checked before any is kept."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from constellary.errors import Problem, ProblemsFound, UnknownName, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from constellary.literature.protocol import Stage
    from constellary.study.literature.literature import Literature

WORDS = {
    "include": "include",
    "included": "include",
    "in": "include",
    "yes": "include",
    "1": "include",
    "exclude": "exclude",
    "excluded": "exclude",
    "out": "exclude",
    "no": "exclude",
    "0": "exclude",
    "maybe": "maybe",
    "unsure": "maybe",
    "?": "maybe",
}
"""What spreadsheets and other programs write for the three verdicts."""


def take_verdicts(literature: Literature, path: Path, stage: str | None, who: str, why: str) -> str:
    """Keep the verdicts of a CSV as those of a screener at a stage; return what was done, in words.

    Raises
    ------
    ProblemsFound
        With every row that is wrong; nothing is written.
    UsageError
        If the protocol has several stages and none is named.
    """
    from constellary.cli.texts import read_text
    from constellary.literature.works import work_of, works

    review = literature.review()
    stages = review.protocol.stages
    if stage is None and len(stages) != 1:
        raise UsageError(
            f"Say with --stage which verdicts these are: {', '.join(one.name for one in stages)}."
        )
    at = review.protocol.stage(stage) if stage else stages[0]
    of = work_of(review)
    by_doi = {one.record.doi: one.id for one in works(review) if one.record.doi}
    problems: list[Problem] = []
    items: dict[str, tuple[str, str, str | None]] = {}
    for number, row in _rows(read_text(path, "table of verdicts"), path.name):
        named = row.get("record", "")
        work = of.get(named) or by_doi.get(
            named.lower().removeprefix("https://doi.org/").removeprefix("doi:")
        )
        verdict = WORDS.get(row.get("verdict", "").casefold())
        reason = _reason(at, row.get("reason", ""))
        said = _wrong(row, work, verdict, reason, at)
        if said is None and work in items:
            said = f"'{named}' is decided twice in this file."
        if said is not None or work is None or verdict is None:
            problems.append(Problem(said or "", file=path.name, row=number, kind="verdict"))
        else:
            items[work] = (work, verdict, reason if verdict == "exclude" else None)
    if problems:
        raise ProblemsFound(problems, what=path.name)
    decision = literature.screenings.decide_all(items.values(), at.name, who, why=why, origin=path.name)
    if decision is None:
        return "The study already held all of these verdicts; nothing was changed."
    return f"{len(items):,} verdicts at '{at.label}' by {who}, as entry {decision.id} of the log."


def _rows(text: str, name: str) -> list[tuple[int, dict[str, str]]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise ProblemsFound([Problem(f"is not a CSV: {error}.", file=name)], what=name) from error
    head = [cell.strip().casefold() for cell in rows[0]] if rows else []
    lacking = [one for one in ("record", "verdict") if one not in head]
    if lacking:
        said = f"has no column {' and no column '.join(lacking)}; it needs record, verdict and, for exclusions, reason."
        raise ProblemsFound([Problem(said, file=name, row=1)], what=name)
    return [
        (number, dict(zip(head, (cell.strip() for cell in row), strict=False)))
        for number, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]


def _reason(stage: Stage, given: str) -> str | None:
    """Return the name of a reason that is given by its name or its words."""
    for one in stage.reasons:
        if given.casefold() in (one.name, one.label.casefold()):
            return one.name
    return given or None


def _wrong(
    row: dict[str, str], work: str | None, verdict: str | None, reason: str | None, stage: Stage
) -> str | None:
    if work is None:
        return f"There is no record with the id or DOI '{row.get('record', '')[:80]}'."
    if verdict is None:
        return f"'{row.get('verdict', '')[:40]}' is no verdict; write include, exclude or maybe."
    names = [one.name for one in stage.reasons]
    if verdict == "exclude" and reason is not None and reason not in names:
        return str(UnknownName(f"reason of '{stage.label}'", reason, names))
    if verdict == "exclude" and reason is None and stage.reason_needed and names:
        return f"An exclusion at '{stage.label}' needs its reason: {', '.join(names)}."
    return None
