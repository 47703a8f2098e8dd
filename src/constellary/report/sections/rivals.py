"""Part of a chapter: alliances between rivals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.report.document import Column, Figure, Paragraph, Table
from constellary.report.figures import shares_by_year
from constellary.report.inline import plain
from constellary.report.prose import interval, of, p_text, percent, plural
from constellary.report.sections.parts import SIGNIFICANT, pair

if TYPE_CHECKING:
    from constellary.report.document import Block
    from constellary.report.evidence import EvidenceBook
    from constellary.statistics.rivals import RivalPairs

Keys = list[str | None]


def rival_blocks(result: RivalPairs, book: EvidenceBook) -> list[Block]:
    """Say how often rivals meet, by year and pair by pair."""
    keys: Keys = [
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
    return [Paragraph(_text(result)), _figure(result, keys), _years(result, keys), _pairs(result, book)]


def _text(result: RivalPairs) -> str:
    text = (
        f"Rivals meet in {of(result.alliances)} of the alliances, and {percent(result.pairs.share)} of the pairs of "
        f"partners are rivals ({result.pairs.count:,} of {result.pairs.n:,}; "
        f"{interval(result.pairs.low, result.pairs.high)}). {plain(result.remarks[0])}"
    )
    trend = result.trend
    if trend is None:
        return text
    test = f"Cochran–Armitage χ² = {trend.chi_square:.2f}, {p_text(trend.p)}"
    points = f"{abs(100 * trend.slope):.1f} percentage points a year"
    if trend.p >= SIGNIFICANT:
        return f"{text} Over the years the share shows no clear trend (a slope of {points} is within chance; {test})."
    return f"{text} Over the years the share {'rises' if trend.slope > 0 else 'falls'} by {points} ({test})."


def _figure(result: RivalPairs, keys: Keys) -> Figure:
    frame = result.yearly.select(
        "year",
        pl.lit("Alliances between rivals").alias("series"),
        pl.col("share").alias("value"),
        "low",
        "high",
        pl.col("rival_alliances").alias("count"),
        pl.Series("key", keys, dtype=pl.String),
    )
    return Figure(
        key="rivals",
        caption="Share of alliances in which at least two partners are rivals, by year.",
        alt="A line of the yearly share of alliances between rivals, with intervals.",
        spec=shares_by_year(frame, axis="Share of alliances"),
        note=f"n = {plural(result.alliances.n, 'alliance')}. Whiskers: Wilson 95% intervals.",
    )


def _years(result: RivalPairs, keys: Keys) -> Table:
    columns = (
        Column("Year"),
        Column("Alliances", "int"),
        Column("Between rivals", "int"),
        Column("Share", "share"),
        Column("95% interval", "share_interval"),
        Column("Pairs", "int"),
        Column("Rival pairs", "int"),
        Column("Share of pairs", "share"),
        Column("95% interval", "share_interval"),
    )
    rows = tuple(
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
    )
    evidence = {(number, 2): key for number, key in enumerate(keys) if key}
    notes = tuple(plain(remark) for remark in result.remarks[1:2])
    return Table(
        "rivals", "Alliances between rivals, by year.", columns, rows, notes=notes, evidence=evidence
    )


def _pairs(result: RivalPairs, book: EvidenceBook) -> Table:
    rows = result.firm_pairs.to_dicts()
    evidence = {
        (number, 2): book.add(
            "rivals",
            row["first"],
            row["second"],
            title=f"{row['first']} and {row['second']}",
            alliances=row["evidence"],
        )
        for number, row in enumerate(rows)
    }
    return Table(
        "rival-pairs",
        "Pairs of rivals with the most alliances together.",
        (Column("Firm"), Column("Firm"), Column("Alliances", "int")),
        tuple((row["first"], row["second"], row["alliances"]) for row in rows),
        evidence=evidence,
        shown=10,
    )
