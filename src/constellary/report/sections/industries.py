"""Chapter: alliances within and across industries, and between rivals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.report.document import Column, Figure, Paragraph, Section, Table
from constellary.report.figures import shares_by_year
from constellary.report.inline import evidence, plain
from constellary.report.prose import interval, listing, of, p_text, percent, plural
from constellary.report.sections.parts import evidence_keys, frequency_figure, frequency_table, pair

if TYPE_CHECKING:
    from constellary.report.document import Block
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings
    from constellary.statistics.rivals import RivalPairs


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
        blocks += _rivals(findings.rivals, book)
    return Section("industries", "Within and across industries", tuple(blocks)) if blocks else None


def _rivals(result: RivalPairs, book: EvidenceBook) -> list[Block]:
    text = (
        f"Rivals meet in {of(result.alliances)} of the alliances, and {percent(result.pairs.share)} of the pairs of "
        f"partners are rivals ({result.pairs.count:,} of {result.pairs.n:,}; "
        f"{interval(result.pairs.low, result.pairs.high)})."
    )
    if result.trend is not None:
        way = "rises" if result.trend.slope > 0 else "falls"
        text += (
            f" Over the years the share {way} by {abs(100 * result.trend.slope):.1f} percentage points a year "
            f"(Cochran–Armitage χ² = {result.trend.chi_square:.2f}, {p_text(result.trend.p)})."
        )
    keys = [
        book.add(
            "rivals",
            str(row["year"]),
            title=f"Alliances between rivals, {row['year']}",
            alliances=row["evidence"],
        )
        if row["evidence"]
        else None
        for row in result.yearly.iter_rows(named=True)
    ]
    frame = result.yearly.select(
        "year",
        pl.lit("Alliances between rivals").alias("series"),
        pl.col("share").alias("value"),
        "low",
        "high",
        pl.col("rival_alliances").alias("count"),
        pl.Series("key", keys, dtype=pl.String),
    )
    figure = Figure(
        key="rivals",
        caption="Share of alliances in which at least two partners are rivals, by year.",
        alt="A line of the yearly share of alliances between rivals, with intervals.",
        spec=shares_by_year(frame, axis="Share of alliances"),
        note=f"n = {plural(result.alliances.n, 'alliance')}. Whiskers: Wilson 95% intervals. "
        + plain(result.remarks[0]),
    )
    top = result.firm_pairs
    table = Table(
        "rival-pairs",
        "Pairs of rivals with the most alliances together.",
        (Column("Firm"), Column("Firm"), Column("Alliances", "int")),
        tuple((row["first"], row["second"], row["alliances"]) for row in top.iter_rows(named=True)),
        evidence={
            (number, 2): book.add(
                "rivals",
                row["first"],
                row["second"],
                title=f"{row['first']} and {row['second']}",
                alliances=row["evidence"],
            )
            for number, row in enumerate(top.head(10).iter_rows(named=True))
        },
        shown=10,
    )
    years = Table(
        "rivals",
        "Alliances between rivals, by year.",
        (
            Column("Year"),
            Column("Alliances", "int"),
            Column("Between rivals", "int"),
            Column("Share", "share"),
            Column("95% interval", "share_interval"),
            Column("Pairs", "int"),
            Column("Rival pairs", "int"),
            Column("Share of pairs", "share"),
            Column("95% interval", "share_interval"),
        ),
        tuple(
            (
                str(row["year"]),
                row["alliances"],
                row["rival_alliances"],
                row["share"],
                pair(row["low"], row["high"]),
                row["pairs"],
                row["rival_pairs"],
                row["pair_share"],
                pair(row["pair_low"], row["pair_high"]),
            )
            for row in result.yearly.iter_rows(named=True)
        ),
        notes=tuple(plain(remark) for remark in result.remarks[1:2]),
        evidence={(number, 2): key for number, key in enumerate(keys) if key},
    )
    return [Paragraph(text), figure, years, table]
