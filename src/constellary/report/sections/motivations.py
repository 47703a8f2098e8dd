"""Chapter: the motivations for allying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.report.document import Paragraph, Section
from constellary.report.inline import evidence, plain
from constellary.report.prose import inside, interval, listing, percent
from constellary.report.sections.parts import evidence_keys, frequency_figure, frequency_table

if TYPE_CHECKING:
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings


def section(findings: Findings, book: EvidenceBook) -> Section | None:
    """Say how often each motivation is the main one, and which differ beyond chance."""
    name = findings.design.motivation
    if name is None:
        return None
    result = findings.frequencies[name]
    keys = evidence_keys(book, result)
    rows = result.rows.sort("count", descending=True, maintain_order=True).to_dicts()
    said = [
        f"{plain(inside(row['label']))} {evidence(percent(row['share']), keys[row['value']])} "
        f"({row['count']:,}; {interval(row['low'], row['high'])})"
        for row in rows
        if row["count"]
    ]
    text = f"The main {plain(inside(result.label))} is, from the most to the least frequent, {listing(said)}."
    if len(rows) > 1 and rows[0]["simultaneous_low"] is not None:
        first, second = rows[0], rows[1]
        apart = first["simultaneous_low"] > second["simultaneous_high"]
        text += (
            f" The lead of {plain(inside(first['label']))} over {plain(inside(second['label']))} is "
            + ("beyond sampling error" if apart else "within sampling error")
            + " (intervals that hold jointly)."
        )
    label = plain(inside(result.label))
    blocks = (
        Paragraph(text),
        frequency_figure(book, result, key="motivations", caption=f"Alliances by {label}.", coloured=True),
        frequency_table(book, result, key="motivations", caption=f"Alliances by {label}."),
    )
    return Section("motivations", f"{result.label}", blocks)
