"""Chapter: partners, form and growth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from constellary.report.document import Column, Figure, Note, Paragraph, Section, Table
from constellary.report.figures import bars, yearly
from constellary.report.inline import evidence, plain
from constellary.report.prose import estimate, inside, interval, of, percent, plural
from constellary.report.sections.parts import evidence_keys, frequency_figure, frequency_table, pair
from constellary.statistics.trend import CAUTION

if TYPE_CHECKING:
    from constellary.report.document import Block
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings

SHAPES = {"constant": "Constant", "linear": "Linear", "exponential": "Exponential"}


def section(findings: Findings, book: EvidenceBook) -> Section:
    """Say how many partners alliances have, how they are formed, and whether their number grew."""
    blocks: list[Block] = [*_sizes(findings, book), *_form(findings, book), *_years(findings, book)]
    return Section("growth", "Partners, form and growth", tuple(blocks))


def _sizes(findings: Findings, book: EvidenceBook) -> list[Block]:
    result = findings.per_alliance
    keys = [
        book.add(
            "partners",
            str(row["partners"]),
            title=f"Alliances of {plural(row['partners'], 'partner')}",
            alliances=row["evidence"],
        )
        for row in result.distribution.iter_rows(named=True)
    ]
    text = (
        f"Two firms alone make up {of(result.dyads)} of the alliances. The mean is {estimate(result.mean)} partners, "
        f"the largest alliance has {result.maximum or 0}."
    )
    rows = result.distribution
    frame = rows.select(
        pl.format("{} partners", "partners").alias("label"),
        pl.col("share").alias("value"),
        "low",
        "high",
        pl.col("alliances").alias("count"),
        pl.Series("key", keys, dtype=pl.String),
    )
    figure = Figure(
        key="partners",
        caption="Alliances by their number of partners.",
        alt="Bars of the share of alliances with two, three and more partners; most have two.",
        spec=bars(frame, axis="Share of alliances"),
        width="column",
        note=f"n = {plural(result.alliances, 'alliance')}. Whiskers: Wilson 95% intervals.",
    )
    return [Paragraph(text), figure]


def _form(findings: Findings, book: EvidenceBook) -> list[Block]:
    name = findings.design.form
    if name is None:
        return []
    result = findings.frequencies[name]
    keys = evidence_keys(book, result)
    said = [
        f"{plain(row['label'])}: {evidence(percent(row['share']), keys[row['value']])} "
        f"({row['count']:,} of {result.n:,}; {interval(row['low'], row['high'])})"
        for row in result.rows.iter_rows(named=True)
        if row["count"]
    ]
    blocks: list[Block] = [Paragraph(f"{plain(result.label)}. " + "; ".join(said) + ".")]
    source = getattr(findings.frames.codebook.find(name), "of", None)
    detail = findings.frequencies.get(str(source), result)
    label = plain(inside(detail.label))
    blocks.append(frequency_figure(book, detail, key="form", caption=f"Alliances by {label}."))
    blocks.append(frequency_table(book, detail, key="form", caption=f"Alliances by {label}."))
    return blocks


def _years(findings: Findings, book: EvidenceBook) -> list[Block]:
    result = findings.trend
    if result.yearly.is_empty():
        return []
    keys = [
        book.add("year", str(row["year"]), title=f"Announced in {row['year']}", alliances=row["evidence"])
        if row["evidence"]
        else None
        for row in result.yearly.iter_rows(named=True)
    ]
    counts = result.yearly.select(
        "year",
        pl.col("alliances").alias("count"),
        "low",
        "high",
        (pl.col("exposure") < 1).alias("partial"),
        pl.Series("key", keys, dtype=pl.String),
    )
    fits = None
    if result.shapes is not None:
        fits = pl.concat(
            [
                result.yearly.select("year", pl.col(shape).alias("fitted"), pl.lit(name).alias("model"))
                for shape, name in SHAPES.items()
            ]
        ).drop_nulls()
    figure = Figure(
        key="growth",
        caption="Alliances by year of announcement, with three fitted shapes.",
        alt="Bars of the yearly number of alliances: "
        + ", ".join(f"{row['year']} {row['count']}" for row in counts.iter_rows(named=True))
        + ".",
        spec=yearly(counts, fits),
        note=f"n = {plural(result.alliances, 'alliance')}. Whiskers: exact Poisson 95% limits of the expected count."
        + (f" {plural(result.missing, 'alliance')} without a year left out." if result.missing else ""),
    )
    blocks: list[Block] = [Paragraph(plain(result.verdict)), figure]
    if result.shapes is not None:
        blocks.append(_models(findings))
    blocks.append(Note(plain(CAUTION)))
    return blocks


def _models(findings: Findings) -> Table:
    shapes = findings.trend.shapes
    if shapes is None:
        raise ValueError("no shape was fitted")
    rows = tuple(
        (
            row["family"],
            SHAPES[row["shape"]],
            row["parameters"],
            row["deviance"],
            row["aic"],
            row["difference"],
            row["weight"],
        )
        for row in shapes.models.iter_rows(named=True)
    )
    growth = shapes.chosen_growth
    note = f"Family used: {shapes.family} (over-dispersion: quasi-Poisson scale "
    note += "undefined)." if shapes.scale is None else f"{shapes.scale:.1f})."
    if growth["rate"] is not None:
        bounds = pair(growth["low"], growth["high"])
        note += f" Constant yearly growth: {percent(growth['rate'])}"
        note += f" ({interval(*bounds)})." if bounds else "."
    columns = (
        Column("Family"),
        Column("Shape"),
        Column("Parameters", "int"),
        Column("Deviance", "number"),
        Column("AIC", "number"),
        Column("Difference", "number"),
        Column("Akaike weight", "number", digits=3),
    )
    return Table(
        "growth-models", "Three shapes of growth, by maximum likelihood.", columns, rows, notes=(note,)
    )
