"""Chapter: two variables against each other, with tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.report.cells import number
from constellary.report.document import Paragraph, Section
from constellary.report.inline import evidence, plain
from constellary.report.prose import inside, interval, p_text, percent
from constellary.report.sections.parts import (
    SIGNIFICANT,
    cell_keys,
    crosstab_detail,
    crosstab_figure,
    crosstab_table,
)
from constellary.statistics.cases import PLURAL

if TYPE_CHECKING:
    from constellary.report.document import Block
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings
    from constellary.statistics.crosstab import Crosstab

MOST_CELLS = 6
MOST_DRAWN = 240
"""Cells that a figure has room for."""


def section(findings: Findings, book: EvidenceBook, row: str, column: str) -> Section:
    """Say whether two variables of the report hang together, how strongly, and in which cells."""
    return section_of(findings.crosstabs[row, column], book)


def section_of(result: Crosstab, book: EvidenceBook) -> Section:
    """Say of any crosstab whether its variables hang together, how strongly, and in which cells."""
    labels = f"{result.row_label} and {inside(result.column_label)}"
    key = f"{result.row}-{result.column}".lower()
    blocks: list[Block] = [Paragraph(_test(result))]
    if result.tests is not None:
        blocks.append(Paragraph(_cells(result, book)))
    if 0 < result.cells.height <= MOST_DRAWN:
        said = " and adjusted residuals." if result.tests is not None else "."
        blocks.append(crosstab_figure(book, result, key=key, caption=f"{plain(labels)}: counts{said}"))
    blocks += [
        crosstab_table(
            book,
            result,
            key=key,
            caption=f"{plain(result.column_label)} by {plain(inside(result.row_label))}: row percentages.",
        ),
        crosstab_detail(book, result, key=f"{key}-cells", caption=f"{plain(labels)}: every cell."),
    ]
    return Section(key, labels, tuple(blocks))


def _test(result: Crosstab) -> str:
    pair = f"{plain(result.row_label)} and {plain(inside(result.column_label))}"
    base = f"{result.n:,} of {result.total:,} {PLURAL[result.unit]} have both values."
    tests = result.tests
    if tests is None:
        return f"{base} There is no test: {plain(result.untested or 'nothing to test')}"
    independent = tests.exact.p >= SIGNIFICANT
    verdict = (
        f"{pair} may well be independent of each other"
        if independent
        else f"{pair} are not independent of each other"
    )
    exact = tests.exact
    text = (
        f"{base} {verdict}: χ²({tests.df}) = {number(tests.chi2, 2)}, {p_text(tests.p)}; likelihood ratio "
        f"{number(tests.likelihood_ratio, 2)}, {p_text(tests.likelihood_ratio_p)}; exact by Monte Carlo "
        f"{p_text(exact.p)} (99% interval {number(exact.low, 5)} to {number(exact.high, 5)}). The association is "
        f"Cramér's *V* = {number(tests.cramers_v, 2)} ({interval(tests.low, tests.high, share=False, digits=2)})."
    )
    if tests.sparse:
        few = percent(tests.few_expected, 0)
        text += f" {few} of the cells expect fewer than five cases, so the exact value counts."
    return text


def _cells(result: Crosstab, book: EvidenceBook) -> str:
    keys = cell_keys(book, result)
    marked = result.cells.filter(pl.col("p") < SIGNIFICANT).sort(pl.col("residual").abs(), descending=True)
    if marked.is_empty():
        return "No single cell differs from independence after Holm's correction for all cells."
    said = []
    for cell in marked.head(MOST_CELLS).iter_rows(named=True):
        word = "more" if cell["residual"] > 0 else "fewer"
        place = (cell["row"], cell["column"])
        count = evidence(f"{cell['count']:,}", keys[place]) if place in keys else "0"
        said.append(
            f"{plain(cell['row_label'])} × {plain(inside(cell['column_label']))} has {word} than independence gives "
            f"({count} against {number(cell['expected'], 1)} expected; residual {number(cell['residual'], 1)})"
        )
    rest = marked.height - len(said)
    tail = f"; {rest} more in {{table:{result.row.lower()}-{result.column.lower()}}}" if rest else ""
    return "The cells that stand out after Holm's correction: " + "; ".join(said) + tail + "."
