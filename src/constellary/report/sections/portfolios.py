"""Chapter: alliances per firm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.report.document import Column, Figure, Note, Paragraph, Section, Table
from constellary.report.figures import concentration
from constellary.report.inline import plain
from constellary.report.prose import estimate, of, percent, plural
from constellary.report.sections.parts import pair

if TYPE_CHECKING:
    from constellary.report.document import Block
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings
    from constellary.statistics.concentration import AlliancesPerFirm

BUSIEST = 10
"""Per cent of the firms whose share of the memberships is told."""


def section(findings: Findings, book: EvidenceBook) -> Section:
    """Say how unequally alliances are spread over firms, and what shape the tail has."""
    result = findings.per_firm
    keys = _keys(result, book)
    median = "undefined" if result.median is None else f"{result.median:g}"
    text = (
        f"A firm has {estimate(result.mean)} alliances in the mean and {median} in the median; the largest "
        f"portfolio holds {result.maximum or 0:,}. Exactly one alliance have {of(result.one)} of the firms, ten or "
        f"more {of(result.ten_or_more)}. The Gini index is {estimate(result.gini)}."
    )
    busiest = result.top.filter((pl.col("top") == BUSIEST) & pl.col("share").is_not_null())
    for row in busiest.iter_rows(named=True):
        text += (
            f" The busiest {BUSIEST}% of the firms ({row['firms']}) hold {percent(row['share'])} of all "
            "memberships."
        )
    blocks: list[Block] = [Paragraph(text), _figure(result, keys), _table(result, keys)]
    if result.tail is not None:
        blocks.append(Note(plain(result.tail.verdict)))
    return Section("portfolios", "Alliances per firm", tuple(blocks))


def _keys(result: AlliancesPerFirm, book: EvidenceBook) -> dict[int, str]:
    return {
        row["alliances"]: book.add(
            "alliances-per-firm",
            str(row["alliances"]),
            title=f"Firms with {plural(row['alliances'], 'alliance')}: {_named(row['names'])}",
            alliances=row["evidence"],
        )
        for row in result.distribution.iter_rows(named=True)
    }


def _named(names: list[str], most: int = 8) -> str:
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest} more" if rest > 0 else "")


def _figure(result: AlliancesPerFirm, keys: dict[int, str]) -> Figure:
    rows = result.distribution
    tail = pl.DataFrame(
        {
            "alliances": rows["alliances"],
            "share": rows["ccdf"],
            "firms": (rows["ccdf"] * result.firm_count).round().cast(pl.Int64),
            "key": [keys[k] for k in rows["alliances"]],
        }
    )
    curve = result.lorenz.select(
        pl.col("firms_share").alias("firms"), pl.col("memberships_share").alias("alliances")
    )
    remark = "" if result.gini.value is None else f"Gini {result.gini.value:.2f}".replace("0.", ".")
    return Figure(
        key="concentration",
        caption="How alliances are spread over firms: Lorenz curve, and share of firms with *k* or more alliances.",
        alt=f"Left, a Lorenz curve far below the line of equality ({remark}). Right, a falling curve on two log scales "
        f"that ends at {result.maximum} alliances.",
        spec=concentration(curve, tail, None, remark=remark, unit="alliances", held="memberships"),
        note=f"n = {plural(result.firm_count, 'firm')} and {plural(result.memberships, 'membership')}.",
    )


def _table(result: AlliancesPerFirm, keys: dict[int, str]) -> Table:
    rows = tuple(
        (row["alliances"], row["firms"], row["share"], pair(row["low"], row["high"]), row["ccdf"])
        for row in result.distribution.iter_rows(named=True)
    )
    columns = (
        Column("Alliances", "int"),
        Column("Firms", "int"),
        Column("Share", "share"),
        Column("95% interval", "share_interval"),
        Column("That many or more", "share"),
    )
    return Table(
        "alliances-per-firm",
        "Firms by their number of alliances.",
        columns,
        rows,
        notes=(f"n = {plural(result.firm_count, 'firm')}. Wilson intervals.",),
        evidence={
            (number, 1): keys[row["alliances"]]
            for number, row in enumerate(result.distribution.iter_rows(named=True))
        },
        shown=12,
    )
