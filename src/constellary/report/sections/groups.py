"""Chapter: two groups of firms set against each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.report.cells import number
from constellary.report.document import Column, Figure, Paragraph, Section, Table
from constellary.report.figures import dots
from constellary.report.inline import evidence, plain
from constellary.report.prose import inside, interval, p_text, percent
from constellary.report.sections.parts import pair

if TYPE_CHECKING:
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings

NAMES = {
    "alliances": "Alliances",
    "degree": "Partners",
    "strength": "Strength",
    "betweenness": "Betweenness",
    "harmonic_normalised": "Harmonic closeness",
    "eigenvector": "Eigenvector centrality",
    "core": "Core",
}


def section(findings: Findings, book: EvidenceBook) -> Section | None:
    """Say in what the two groups differ: alliances, position, participation."""
    result = findings.comparison
    if result is None or result.groups["firms"].min() == 0:
        return None
    first, second = result.groups.to_dicts()
    keys = [
        book.add(
            "group",
            row["group"],
            title=f"Alliances with at least one firm of the group: {row['label']}",
            alliances=row["evidence"],
        )
        for row in (first, second)
    ]
    counts = [evidence(f"{row['alliances']:,}", key) for row, key in zip((first, second), keys, strict=True)]
    text = (
        f"{first['firms']:,} firms are {plain(inside(first['label']))}, {second['firms']:,} "
        f"{plain(inside(second['label']))}; they take part in {counts[0]} and {counts[1]} alliances. "
        f"A firm of the first group has {number(first['mean'], 2)} alliances in the mean, one of the second "
        f"{number(second['mean'], 2)} (medians {number(first['median'], 1)} and {number(second['median'], 1)}); "
        f"{percent(first['one_share'])} and {percent(second['one_share'])} have a single one. "
    )
    lead = result.measures.row(0, named=True)
    bounds = interval(lead["low"], lead["high"], share=False, digits=2)
    text += (
        f"The difference of the means is {number(lead['difference'], 2)}"
        + (f" ({bounds})" if bounds else "")
        + f", {p_text(lead['p'])} by permutation of the labels."
    )
    either = book.add(
        "group",
        "either",
        title=f"Alliances with a firm of either group: {first['label']} or {second['label']}",
        alliances=[*first["evidence"], *second["evidence"]],
    )
    blocks = (
        Paragraph(text),
        _figure(findings, either),
        _table(findings, (keys[0], keys[1])),
        _participation(findings, book),
    )
    return Section("groups", f"{first['label']} and {inside(second['label'])} firms", blocks)


def _figure(findings: Findings, key: str) -> Figure:
    result = findings.comparison
    if result is None:
        raise ValueError("there is no comparison")
    frame = result.measures.select(
        pl.col("measure").replace_strict(NAMES, default=pl.col("measure")).alias("label"),
        pl.lit("Cliff's delta").alias("series"),
        pl.col("delta").alias("value"),
        pl.col("delta_low").alias("low"),
        pl.col("delta_high").alias("high"),
        pl.lit(key).alias("key"),
    )
    labels = result.groups["label"].to_list()
    return Figure(
        key="groups",
        caption=f"How far the two groups differ in each measure (Cliff's delta; above 0 where "
        f"{plain(inside(labels[0]))} firms have mostly the greater value).",
        alt="A dot with an interval for each measure on an axis from minus one to one.",
        spec=dots(frame, axis="Cliff's delta", marks=(0.0,), domain=(-1.0, 1.0)),
        note="0: no difference; 1: every firm of the first group is above every firm of the second.",
    )


def _table(findings: Findings, keys: tuple[str, str]) -> Table:
    result = findings.comparison
    if result is None:
        raise ValueError("there is no comparison")
    first, second = result.groups["label"].to_list()
    rows = tuple(
        (
            NAMES.get(row["measure"], row["measure"]),
            row["first_mean"],
            row["second_mean"],
            row["first_median"],
            row["second_median"],
            row["difference"],
            pair(row["low"], row["high"]),
            row["p"],
            row["p_holm"],
            row["delta"],
        )
        for row in result.measures.iter_rows(named=True)
    )
    columns = (
        Column("Measure"),
        Column(first, "number", digits=3, group="Mean"),
        Column(second, "number", digits=3, group="Mean"),
        Column(first, "number", digits=3, group="Median"),
        Column(second, "number", digits=3, group="Median"),
        Column("Difference", "number", digits=3),
        Column("95% interval", "interval", digits=3),
        Column("p", "p"),
        Column("p (Holm)", "p"),
        Column("Delta", "number", digits=2),
    )
    return Table(
        "groups",
        f"{first} and {inside(second)} firms compared.",
        columns,
        rows,
        notes=tuple(plain(remark) for remark in result.remarks),
        evidence={(row, place): keys[(place + 1) % 2] for row in range(len(rows)) for place in (1, 2, 3, 4)},
    )


def _participation(findings: Findings, book: EvidenceBook) -> Table:
    result = findings.comparison
    if result is None:
        raise ValueError("there is no comparison")
    rows = tuple(
        (row["label"], row["alliances"], row["share"], pair(row["low"], row["high"]))
        for row in result.participation.iter_rows(named=True)
    )
    evidence_of = {
        (number, 1): book.add("participation", row["partners"], title=row["label"], alliances=row["evidence"])
        for number, row in enumerate(result.participation.iter_rows(named=True))
        if row["evidence"]
    }
    columns = (
        Column("Alliances with"),
        Column("n", "int"),
        Column("Share", "share"),
        Column("95% interval", "share_interval"),
    )
    return Table("participation", "Who takes part in the alliances.", columns, rows, evidence=evidence_of)
