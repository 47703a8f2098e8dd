"""Chapter: alliances within and across industries, and between rivals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.report.document import Paragraph, Section
from constellary.report.inline import evidence, plain
from constellary.report.prose import interval, listing, percent
from constellary.report.sections.parts import evidence_keys, frequency_figure, frequency_table
from constellary.report.sections.rivals import rival_blocks

if TYPE_CHECKING:
    from constellary.report.document import Block
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings


def section(findings: Findings, book: EvidenceBook) -> Section | None:
    """Say which industries meet in alliances, and how often rivals do."""
    blocks: list[Block] = []
    name = findings.design.industries
    if name is not None:
        result = findings.frequencies[name]
        keys = evidence_keys(book, result)
        said = [
            f"{plain(row['label'])} {evidence(percent(row['share']), keys[row['value']])} "
            f"({row['count']:,}; {interval(row['low'], row['high'])})"
            for row in result.rows.iter_rows(named=True)
            if row["count"]
        ]
        blocks += [
            Paragraph(f"By the industries of their partners, the alliances are: {listing(said)}."),
            frequency_figure(
                book,
                result,
                key="industries",
                caption="Alliances by the industries of their partners.",
                coloured=True,
            ),
            frequency_table(
                book, result, key="industries", caption="Alliances by the industries of their partners."
            ),
        ]
    if findings.rivals is not None and findings.rivals.alliances.n:
        blocks += rival_blocks(findings.rivals, book)
    return Section("industries", "Within and across industries", tuple(blocks)) if blocks else None
