"""Chapter: how far the coders agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.report.cells import number
from constellary.report.document import Column, Figure, Paragraph, Section, Table
from constellary.report.figures import dots
from constellary.report.inline import plain
from constellary.report.prose import inside, interval, listing, plural
from constellary.report.sections.parts import pair

if TYPE_CHECKING:
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings
    from constellary.statistics.agreement import Agreement

SHOWN = {"alpha": "Krippendorff's alpha", "cohen": "Cohen's kappa", "ac1": "Gwet's AC1"}
TENTATIVE, GOOD = 0.667, 0.8
MOST_CONFUSED = 10


def section(findings: Findings, book: EvidenceBook) -> Section | None:
    """Say on how many alliances the coders differ, and what their agreement is worth."""
    result = findings.agreement
    if result is None or result.variables["shared"].max() in (None, 0):
        return None
    said = []
    for row in result.variables.iter_rows(named=True):
        if row["alpha"] is None:
            continue
        bounds = interval(row["alpha_low"], row["alpha_high"], share=False, digits=2)
        said.append(
            f"{plain(inside(row['label']))} {number(row['alpha'], 2)}" + (f" ({bounds})" if bounds else "")
        )
    text = (
        f"{plural(len(result.coders), 'coder')} ({plain(listing(result.coders))}) coded the alliances apart from each "
        f"other. Krippendorff's alpha is {listing(said)}. Values of .80 and more are held to be reliable, values from "
        ".667 to allow tentative conclusions (Krippendorff 2018)."
    )
    differing = int(result.variables["disagreements"].sum())
    if result.settled:
        changed = int(result.variables["changed"].sum())
        text += (
            f" They differ on {plural(differing, 'code')}; a third decision settled these, and on "
            f"{plural(changed, 'code')} it was neither coder's."
        )
    blocks = (
        Paragraph(text),
        _figure(result, book),
        _table(result, book),
        _confusions(findings, result, book),
    )
    return Section("agreement", "Agreement of the coders", blocks)


def _keys(result: Agreement, book: EvidenceBook) -> dict[str, str]:
    return {
        row["variable"]: book.add(
            "disagreement",
            row["variable"],
            title=f"The coders differ: {row['label']}",
            alliances=row["evidence"],
        )
        for row in result.variables.iter_rows(named=True)
        if row["evidence"]
    }


def _figure(result: Agreement, book: EvidenceBook) -> Figure:
    keys = _keys(result, book)
    rows = [
        {
            "label": row["label"],
            "series": label,
            "value": row[name],
            "low": row[f"{name}_low"],
            "high": row[f"{name}_high"],
            "key": keys.get(row["variable"]),
        }
        for row in result.variables.iter_rows(named=True)
        for name, label in SHOWN.items()
        if row[name] is not None
    ]
    schema = {
        "label": pl.String,
        "series": pl.String,
        "value": pl.Float64,
        "low": pl.Float64,
        "high": pl.Float64,
        "key": pl.String,
    }
    return Figure(
        key="agreement",
        caption="Agreement of the coders, by variable.",
        alt="Dots with intervals of three coefficients of agreement for each coded variable.",
        spec=dots(pl.DataFrame(rows, schema=schema), axis="Agreement beyond chance", marks=(TENTATIVE, GOOD)),
        note="Dashed: .667 and .80. Whiskers: 95% intervals.",
    )


def _table(result: Agreement, book: EvidenceBook) -> Table:
    keys = _keys(result, book)
    rows = tuple(
        (
            row["label"],
            row["shared"],
            row["percent"],
            row["cohen"],
            row["ac1"],
            row["alpha"],
            pair(row["alpha_low"], row["alpha_high"]),
            row["disagreements"],
            row["changed"],
        )
        for row in result.variables.iter_rows(named=True)
    )
    columns = (
        Column("Variable"),
        Column("Coded by two or more", "int"),
        Column("Percent", "share"),
        Column("Cohen's kappa", "number", digits=3),
        Column("AC1", "number", digits=3),
        Column("Alpha", "number", digits=3),
        Column("95% interval", "interval", digits=3),
        Column("Disagreements", "int"),
        Column("Settled otherwise", "int"),
    )
    return Table(
        "agreement",
        "Agreement of the coders.",
        columns,
        rows,
        notes=tuple(plain(remark) for remark in result.remarks),
        evidence={
            (place, 7): keys[name] for place, name in enumerate(result.variables["variable"]) if name in keys
        },
    )


def _confusions(findings: Findings, result: Agreement, book: EvidenceBook) -> Table:
    titles = dict(result.variables.select("variable", "label").iter_rows())
    top = result.confusions.sort("count", descending=True, maintain_order=True)
    rows = []
    keys = {}
    for place, row in enumerate(top.iter_rows(named=True)):
        values = findings.frames.codebook.labels(row["variable"])
        first, second = (values.get(row[side], row[side]) for side in ("first", "second"))
        rows.append((titles[row["variable"]], first, second, row["count"]))
        if place < MOST_CONFUSED:
            title = f"{titles[row['variable']]}: {first} or {second}"
            keys[place, 3] = book.add(
                "confusion",
                row["variable"],
                row["first"],
                row["second"],
                title=title,
                alliances=row["evidence"],
            )
    columns = (Column("Variable"), Column("One value"), Column("The other"), Column("Alliances", "int"))
    return Table(
        "confusions",
        "Which values are taken for each other.",
        columns,
        tuple(rows),
        evidence=keys,
        shown=MOST_CONFUSED,
    )
