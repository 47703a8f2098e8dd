"""Chapter: this study's numbers beside those of an earlier one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.report.against import keys_of, resolve
from constellary.report.cells import number
from constellary.report.document import Bullets, Column, Note, Paragraph, Section, Table
from constellary.report.inline import plain
from constellary.report.prose import plural

if TYPE_CHECKING:
    from constellary.report.against import Comparison
    from constellary.report.document import Block, Cell
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings

VERDICTS = {"beyond": "beyond", "within": "within", "untested": "not tested"}
DIFFERENCE = (
    "Difference: this study's less the printed one, in percentage points for shares; interval: Newcombe's score "
    "interval of a difference of two shares. *Beyond*: the interval leaves out zero even after half a unit of the "
    "last printed digit. ≈: the text says 'about'."
)
MARKS = (
    "In brackets: n that is not printed but recovered from the percentages. †: a printed mean without an interval, "
    "held against this study's interval alone. Counts of what was gathered, and shares of an unknown n, are not tested."
)


def section(findings: Findings, book: EvidenceBook) -> Section | None:
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
    blocks: list[Block] = [Paragraph(text)]
    if findings.frames.selection:
        blocks.append(
            Paragraph(
                f"This report is of a part of the study ({plain(findings.frames.selection)}), the published values of "
                "a whole: differences may come from the selection."
            )
        )
    blocks += [_table(findings, book), *_lost(findings), *_claims(findings)]
    return Section("against-print", "Against print", tuple(blocks))


def _table(findings: Findings, book: EvidenceBook) -> Table:
    columns = (
        Column("Where"),
        Column("Quantity"),
        Column("Printed"),
        Column("n printed"),
        Column("Here"),
        Column("n here", "int"),
        Column("Difference"),
        Column("95% interval"),
        Column("Sampling error"),
    )
    evidence = {}
    for place, item in enumerate(findings.comparisons):
        alliances = _alliances(findings, item.value.ours)
        if alliances:
            evidence[place, 4] = book.add(
                "print", item.value.id, title=item.value.quantity, alliances=alliances
            )
    rows = tuple(_row(item) for item in findings.comparisons)
    return Table(
        "against-print",
        "Published values and this study's.",
        columns,
        rows,
        notes=(DIFFERENCE, MARKS),
        evidence=evidence,
    )


def _alliances(findings: Findings, pointer: str) -> list[str]:
    """Return the alliances behind a number of this study, as far as it is a category, a cell or a firm."""
    match keys_of(pointer):
        case ["frequency", variable, "categories", value]:
            rows = findings.frequencies[variable].rows.filter(pl.col("value") == value)
        case ["crosstab", row, column, "cells", first, second]:
            cells = findings.crosstabs[row, column].cells
            rows = cells.filter((pl.col("row") == first) & (pl.col("column") == second))
        case ["constellation", "firms", firm, _]:
            rows = findings.constellation.firms.filter(pl.col("firm") == firm)
        case _:
            return []
    return list(rows["evidence"].explode().drop_nulls())


def _row(item: Comparison) -> tuple[Cell, ...]:
    value = item.value
    shares = item.n is not None
    scale, digits = (100, 1) if shares else (1, 0 if value.kind == "count" else 2)
    printed = value.printed + ("%" if value.kind == "percent" else "")
    if value.kind == "count" and shares:
        printed = f"{value.printed} ({number(100 * item.printed, 1)}%)"
    bounds = None
    if item.low is not None and item.high is not None:
        bounds = f"{number(scale * item.low, digits)} to {number(scale * item.high, digits)}"
    base = None if value.n is None else f"{value.n:,}"
    return (
        value.place,
        value.quantity,
        ("≈ " if value.hedged else "") + printed,
        f"[{base}]" if value.n_recovered and base else base,
        number(scale * item.ours, digits) + ("%" if shares else ""),
        item.n,
        number(scale * item.difference, digits),
        bounds,
        VERDICTS[item.verdict] + (" †" if item.alone else ""),
    )


def _lost(findings: Findings) -> list[Block]:
    """Name the values whose pointer leads to no number of this study."""
    published = findings.published
    if published is None:
        return []
    compared = {item.value.id for item in findings.comparisons}
    lost = [
        value.id
        for value in published.values
        if value.ours and value.kind in ("count", "percent", "mean") and value.id not in compared
    ]
    if not lost:
        return []
    return [
        Note(
            f"Left out, since `ours` or `of` leads to no such number of this study: {plain(', '.join(lost))}."
        )
    ]


def _claims(findings: Findings) -> list[Block]:
    published = findings.published
    if published is None:
        return []
    claims = [value for value in published.values if value.kind == "claim" and value.ours]
    numbers = findings.results({keys_of(value.ours)[0] for value in claims})
    said = []
    for value in claims:
        found = resolve(numbers, value.ours)
        if found is not None:
            here = ", ".join(map(str, found)) if isinstance(found, list) else str(found)
            said.append(f"*Printed* ({plain(value.place)}): {plain(value.printed)}. *Here:* {plain(here)}")
    return [Note("Claims in words, beside what this study finds:"), Bullets(tuple(said))] if said else []
