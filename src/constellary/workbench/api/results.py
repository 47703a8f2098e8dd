"""API: results under a filter, as the Python face and `results.json` have them, with the alliances behind.

Each answer has `selection` (the filter in words), `numbers` (as `Result.numbers` of the same analysis) and
`evidence`: the ids of the alliances behind a count, under the same keys as the count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query

from constellary.errors import InputError, UnknownName
from constellary.workbench.needs import Bench, Chosen, Now
from constellary.workbench.written import findings_of

if TYPE_CHECKING:
    import polars as pl

    from constellary.result import Result
    from constellary.study.frames import Frames

router = APIRouter(prefix="/api/v1", tags=["results"])

Answer = dict[str, Any]
FILTERED = "The filter is `since`, `until`, `where` and `v.VARIABLE=value`, as in the addresses of the pages."


@router.get("/frequency/{variable}", description=f"How often each value of a variable occurs. {FILTERED}")
def frequency(now: Now, chosen: Chosen, variable: str) -> Answer:
    """Return the frequencies of a variable; `evidence` by value."""
    from constellary.statistics.frequency import frequency as count

    frames = now.selected(chosen)
    result = now.memory.get(("frequency", chosen, variable), lambda: count(frames, variable))
    return answer(frames, result, by(result.rows, "value"))


@router.get("/crosstab", description=f"Two variables against each other, with tests. {FILTERED}")
def crosstab(now: Now, chosen: Chosen, row: str, column: str) -> Answer:
    """Return a crosstab; `evidence` by row value and column value."""
    from constellary.statistics.crosstab import crosstab as cross

    frames = now.selected(chosen)
    result = now.memory.get(("crosstab", chosen, row, column), lambda: cross(frames, row, column))
    evidence: dict[str, dict[str, list[str]]] = {}
    for first, second, ids in result.cells.select("row", "column", "evidence").iter_rows():
        evidence.setdefault(first, {})[second] = ids
    return answer(frames, result, evidence)


@router.get("/trend", description=f"Alliances over the years, with fitted shapes. {FILTERED}")
def trend(now: Now, chosen: Chosen, bench: Bench) -> Answer:
    """Return the trend; `evidence` by year."""
    result = findings_of(now, chosen, bench.study).trend
    return answer(now.selected(chosen), result, by(result.yearly, "year"))


@router.get("/sizes", description=f"How many partners alliances have. {FILTERED}")
def sizes(now: Now, chosen: Chosen, bench: Bench) -> Answer:
    """Return the partners per alliance; `evidence` by number of partners."""
    result = findings_of(now, chosen, bench.study).per_alliance
    return answer(now.selected(chosen), result, by(result.distribution, "partners"))


@router.get("/per-firm", description=f"How alliances are spread over firms. {FILTERED}")
def per_firm(now: Now, chosen: Chosen, bench: Bench) -> Answer:
    """Return the alliances per firm; `evidence` by number of alliances."""
    some(now.selected(chosen))
    result = findings_of(now, chosen, bench.study).per_firm
    return answer(now.selected(chosen), result, by(result.distribution, "alliances"))


@router.get("/agreement", description=f"How far the coders agree. {FILTERED}")
def agreement(now: Now, chosen: Chosen, bench: Bench) -> Answer:
    """Return the agreement of the coders; `evidence` (they differ on it) by variable.

    Raises
    ------
    InputError
        If nothing is coded apart from the decided values.
    """
    result = findings_of(now, chosen, bench.study).agreement
    if result is None:
        raise InputError("No coder's values are kept here, so that there is no agreement to measure.")
    return answer(now.selected(chosen), result, by(result.variables, "variable"))


@router.get("/results", description=f"The content of results.json, or some of its parts. {FILTERED}")
def results(
    now: Now, chosen: Chosen, bench: Bench, part: Annotated[list[str] | None, Query()] = None
) -> Answer:
    """Return what `results.json` of a report under this filter holds; `part`: only these of its keys.

    Raises
    ------
    InputError
        If there is no alliance.
    UnknownName
        If there is no such part.
    """
    from constellary.report.findings import RESULTS

    some(now.selected(chosen))
    findings = findings_of(now, chosen, bench.study)
    if part is None:
        return findings.numbers()
    for name in part:
        if name not in RESULTS:
            raise UnknownName("part of the results", name, list(RESULTS))
    return findings.results(part)


def answer(frames: Frames, result: Result, evidence: Answer) -> Answer:
    """Return a result as the API gives it."""
    return {"selection": frames.selection, "numbers": result.numbers(), "evidence": evidence}


def by(rows: pl.DataFrame, key: str) -> dict[str, list[str]]:
    """Return the evidence of each row under its key, as text."""
    return {str(value): ids for value, ids in rows.select(key, "evidence").iter_rows()}


def some(frames: Frames) -> None:
    """Refuse to compute of nothing."""
    if frames.alliances.is_empty() or frames.partners.is_empty():
        raise InputError("There is no alliance under this filter.")
