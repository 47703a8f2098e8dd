"""Chapter: this study's numbers beside those of an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.report.against import resolve
from constellary.report.cells import number
from constellary.report.document import Bullets, Column, Note, Paragraph, Section, Table
from constellary.report.inline import plain
from constellary.report.prose import plural

if TYPE_CHECKING:
    from constellary.report.against import Comparison
    from constellary.report.document import Block, Cell
    from constellary.report.findings import Findings

VERDICTS = {"beyond": "beyond", "within": "within", "untested": "not tested"}


def section(findings: Findings) -> Section | None:
    """Set published values beside this study's, with the difference and what sampling error allows."""
    published = findings.published
    if published is None:
        return None
    tested = [item for item in findings.comparisons if item.verdict != "untested"]
    beyond = [item for item in tested if item.verdict == "beyond"]
    text = (
        f"{plain(published.title)} prints {plural(len(published.values), 'number and claim', 'numbers and claims')}; "
        f"this study has a counterpart of {len(findings.comparisons):,} of the numbers. Of {len(tested):,} that can be "
        f"tested, {len(beyond):,} differ by more than sampling error and rounding allow at 95%; where nothing "
        f"differed, about {0.05 * len(tested):.0f} would. {plain(published.samples)}"
    )
    blocks: list[Block] = [Paragraph(text), _table(findings.comparisons), *_claims(findings)]
    return Section("against-print", "Against print", tuple(blocks))


def _table(comparisons: tuple[Comparison, ...]) -> Table:
    rows = tuple(_row(item) for item in comparisons)
    columns = (
        Column("Where"),
        Column("Quantity"),
        Column("Printed"),
        Column("n printed", "int"),
        Column("Here"),
        Column("n here", "int"),
        Column("Difference"),
        Column("95% interval"),
        Column("Sampling error"),
    )
    return Table(
        "against-print",
        "Published values and this study's.",
        columns,
        rows,
        notes=(
            (
                "Difference: this study's less the printed one, in percentage points for shares; interval: Newcombe's "
                "score interval of a difference of two shares. *Beyond*: the interval leaves out zero even after half "
                "a unit of the last printed digit. ≈: the text says 'about'. n is left out where it is not printed and "
                "cannot be recovered."
            ),
        ),
    )


def _row(item: Comparison) -> tuple[Cell, ...]:
    shares = item.n is not None
    scale, digits = (100, 1) if shares else (1, 0 if item.value.kind == "count" else 2)
    unit = " %" if shares else ""
    printed = item.value.printed + (" %" if item.value.kind == "percent" else "")
    if item.value.kind == "count" and shares:
        printed = f"{item.value.printed} ({number(100 * item.printed, 1)}%)"
    bounds = None
    if item.low is not None and item.high is not None:
        bounds = f"{number(scale * item.low, digits)} to {number(scale * item.high, digits)}"
    return (
        item.value.place,
        item.value.quantity,
        ("≈ " if item.value.hedged else "") + printed,
        item.value.n,
        number(scale * item.ours, digits) + unit,
        item.n,
        number(scale * item.difference, digits),
        bounds,
        VERDICTS[item.verdict],
    )


def _claims(findings: Findings) -> list[Block]:
    published = findings.published
    if published is None:
        return []
    numbers = findings.numbers()
    said = []
    for value in published.values:
        found = resolve(numbers, value.ours) if value.kind == "claim" and value.ours else None
        if found is not None:
            here = ", ".join(map(str, found)) if isinstance(found, list) else str(found)
            said.append(f"*Printed* ({plain(value.place)}): {plain(value.printed)}. *Here:* {plain(here)}")
    return [Note("Claims in words, beside what this study finds:"), Bullets(tuple(said))] if said else []
