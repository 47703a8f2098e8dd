"""Chapter: the sample and its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.report.document import Column, Paragraph, Section, Table
from constellary.report.prose import of, percent, plural

if TYPE_CHECKING:
    from constellary.report.document import Block
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings


def section(findings: Findings, book: EvidenceBook) -> Section:
    """Say what the study rests on: alliances, firms, sources, exactness of dates, what is missing."""
    sample = findings.sample
    opening = (
        f"The study holds {plural(sample.alliances, 'alliance')} of {plural(sample.firms, 'firm')}, "
        f"{plural(sample.partners, 'membership')} in all, announced between {sample.first or 'no date'} and "
        f"{sample.last or 'no date'}. "
    )
    opening += _sources(findings, book)
    dated = {row["dated"]: row for row in sample.exactness.iter_rows(named=True)}
    dates = (
        f"The announcement is dated to the day for {percent(dated['day']['share'])} of the alliances, to the month "
        f"for {percent(dated['month']['share'])}, to the year alone for {percent(dated['year']['share'])}; "
        f"{plural(dated['none']['alliances'], 'alliance') if dated['none']['alliances'] else 'none'} "
        f"{'have' if dated['none']['alliances'] > 1 else 'has'} no date."
    )
    blocks: list[Block] = [Paragraph(opening), Paragraph(dates), _missing(findings, book)]
    if sample.sources:
        blocks.append(_publishers(findings, book))
    return Section("sample", "The sample and its sources", tuple(blocks))


def _sources(findings: Findings, book: EvidenceBook) -> str:
    """Say what supports the alliances."""
    sample = findings.sample
    if not sample.sources:
        return "No sources are given, so that nobody can check the alliances."
    double = book.add(
        "sample",
        "corroborated",
        title="Sources of two or more web domains",
        alliances=sample.corroborated_evidence,
    )
    text = (
        f"They rest on {plural(sample.sources, 'source')} of {plural(sample.publishers.height, 'web domain')}. "
        f"Sources of at least two domains support {of(sample.corroborated, key=double)}; that is an upper bound on "
        "independent corroboration, since several domains may carry one text."
    )
    return f"{text} {of(sample.unsourced)} have no source at all." if sample.unsourced.count else text


def _missing(findings: Findings, book: EvidenceBook) -> Table:
    rows = tuple(
        (
            row["label"],
            "alliances" if row["level"] == "alliance" else "firms",
            row["units"],
            row["missing"],
            row["share"],
        )
        for row in findings.sample.missing.iter_rows(named=True)
    )
    columns = (
        Column("Variable"),
        Column("Of"),
        Column("Units", "int"),
        Column("Missing", "int"),
        Column("Share missing", "share"),
    )
    evidence = {
        (number, 3): book.add(
            "missing", row["variable"], title=f"Without a value: {row['label']}", alliances=row["evidence"]
        )
        for number, row in enumerate(findings.sample.missing.iter_rows(named=True))
        if row["evidence"]
    }
    note = "Firms are those with at least one alliance. A variable may be missing because it does not apply."
    return Table(
        "missing", "What is coded and what is missing.", columns, rows, notes=(note,), evidence=evidence
    )


def _publishers(findings: Findings, book: EvidenceBook) -> Table:
    top = findings.sample.publishers
    rows = tuple(
        (row["domain"], row["sources"], row["alliances"], row["share"]) for row in top.iter_rows(named=True)
    )
    keys = {
        (number, 2): book.add(
            "publisher", row["domain"], title=f"Sources of {row['domain']}", alliances=row["evidence"]
        )
        for number, row in enumerate(top.iter_rows(named=True))
    }
    columns = (
        Column("Web domain"),
        Column("Sources", "int"),
        Column("Alliances", "int"),
        Column("Share of alliances", "share"),
    )
    return Table(
        "publishers", "The web domains that support most alliances.", columns, rows, evidence=keys, shown=10
    )
