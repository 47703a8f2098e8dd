"""Chapter: firms by type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.report.document import Paragraph, Section
from constellary.report.inline import evidence, plain
from constellary.report.prose import inside, interval, listing, percent, plural
from constellary.report.sections.parts import evidence_keys, frequency_figure, frequency_table

if TYPE_CHECKING:
    from constellary.report.document import Block
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings


def section(findings: Findings, book: EvidenceBook) -> Section | None:
    """Say of which types the firms are, and within them of which generation."""
    name = findings.design.firm_type
    if name is None:
        return None
    result = findings.frequencies[name]
    keys = evidence_keys(book, result)
    parts = [
        f"{plain(row['label'])} "
        + evidence(percent(row["share"]), keys[row["value"]])
        + f" ({row['count']:,}; {interval(row['low'], row['high'])})"
        for row in result.rows.iter_rows(named=True)
        if row["count"]
    ]
    text = f"Of {plural(result.n, 'firm')} with at least one alliance, the types are {listing(parts)}."
    blocks: list[Block] = [
        Paragraph(text + _generation(findings, book)),
        frequency_figure(book, result, key="firm-types", caption="Firms by type.", coloured=True),
        frequency_table(book, result, key="firm-types", caption="Firms by type."),
    ]
    return Section("firms", "Firms by type", tuple(blocks))


def _generation(findings: Findings, book: EvidenceBook) -> str:
    name = findings.design.firm_generation
    if name is None or not findings.frequencies[name].n:
        return ""
    result = findings.frequencies[name]
    keys = evidence_keys(book, result)
    parts = [
        evidence(f"{row['count']:,}", keys[row["value"]])
        + f" {plain(inside(row['label']))} ({percent(row['share'])}; {interval(row['low'], row['high'])})"
        for row in result.rows.iter_rows(named=True)
        if row["count"]
    ]
    return f" By {plain(inside(result.label))}, {plural(result.n, 'firm')} divide into {listing(parts)}."
