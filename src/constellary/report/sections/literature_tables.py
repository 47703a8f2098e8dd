"""The tables of the chapter on the literature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.literature.citing import alphabetical
from constellary.report.document import Column, Table
from constellary.report.evidence import slug
from constellary.report.inline import plain
from constellary.report.sections.parts import pair

if TYPE_CHECKING:
    from constellary.literature.agreement import ScreenersAgreement
    from constellary.literature.flow import Flow
    from constellary.literature.matrix import Matrix
    from constellary.literature.synthesis import Synthesis
    from constellary.report.document import Cell
    from constellary.report.literature import LiteratureFindings

SHOWN = 30
"""Rows that a printed page shows first."""
WIDEST = 12
"""Codes across a printed matrix; with more, studies stand across."""


def searches(found: LiteratureFindings) -> Table:
    """Return the searches: where, when, with which limits, what the database said and what came."""
    counts: dict[str, int] = {}
    for record in found.review.records:
        counts[record.search] = counts.get(record.search, 0) + 1
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.name, one.database, one.date, one.limits or None, one.hits, counts.get(one.name, 0))
        for one in found.review.protocol.searches
    )
    columns = (
        Column("Search"),
        Column("Database"),
        Column("Run"),
        Column("Limits"),
        Column("Hits told", "int"),
        Column("Records taken in", "int"),
    )
    return Table("literature-searches", "Searches of the review.", columns, rows)


def flow(found: Flow) -> Table:
    """Return the numbers of the flow, with what was counted where a number was told."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (found.named(one), one.count, one.unit, one.counted, one.origin) for one in found.counts()
    )
    columns = (
        Column("What is counted"),
        Column("Shown", "int"),
        Column("Of"),
        Column("Counted here", "int"),
        Column("Origin"),
    )
    note = (
        "Counted: from the decisions in this study. Declared: told by the protocol. Derived: what declared "
        "numbers leave."
    )
    return Table("literature-flow", "The numbers of the flow.", columns, rows, notes=(note,), shown=SHOWN)


def agreement(result: ScreenersAgreement) -> Table:
    """Return how far the screeners agree at each stage, by their first verdicts."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            row["label"],
            row["shared"],
            row["disagreements"],
            row["percent"],
            *(
                value
                for name in ("cohen", "pabak", "ac1", "alpha")
                for value in (row[name], pair(row[f"{name}_low"], row[f"{name}_high"]))
            ),
        )
        for row in result.stages.iter_rows(named=True)
        if row["shared"]
    )
    measures = (("Cohen's kappa", "cohen"), ("PABAK", "pabak"), ("AC1", "ac1"), ("Alpha", "alpha"))
    columns = (
        Column("Stage"),
        Column("Works", "int"),
        Column("Differ", "int"),
        Column("Agree", "share"),
        *(
            column
            for label, _ in measures
            for column in (Column("value", "number", 2, label), Column("95% interval", "interval", 2, label))
        ),
    )
    return Table(
        "literature-agreement",
        "Agreement of the screeners on works that two or more decided.",
        columns,
        rows,
        notes=tuple(plain(remark) for remark in result.remarks),
    )


def works(found: LiteratureFindings) -> Table:
    """Return the included works with the groups that they speak of."""
    spoken: dict[str, dict[str, list[str]]] = {}
    for name, result in found.syntheses.items():
        for row in result.groups.filter(result.groups["group"].is_not_null()).iter_rows(named=True):
            for work in row["evidence"]:
                spoken.setdefault(work, {}).setdefault(name, []).append(row["label"])
    order = sorted(found.works, key=lambda work: (alphabetical(found.cited[work.id]), work.id))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            found.cited[work.id],
            work.record.title,
            work.record.venue,
            *("; ".join(spoken.get(work.id, {}).get(name, ())) or None for name in found.syntheses),
        )
        for work in order
    )
    columns = (
        Column("Study"),
        Column("Title"),
        Column("Venue"),
        *(Column(result.label) for result in found.syntheses.values()),
    )
    return Table("literature-works", "The included works.", columns, rows, shown=SHOWN)


def years(found: LiteratureFindings) -> Table:
    """Return how many included works appeared each year."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (str(year), count, total)
        for year, count, total in found.years.rows.select("year", "works", "total").rows()
    )
    columns = (Column("Year"), Column("Works", "int"), Column("Up to then", "int"))
    notes = (f"{found.years.missing:,} without a year.",) if found.years.missing else ()
    return Table("literature-years", "Included works by year.", columns, rows, notes=notes)


def venues(found: LiteratureFindings) -> Table:
    """Return where the included works appeared."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (row["venue"], row["works"], row["share"]) for row in found.venues.rows.iter_rows(named=True)
    )
    columns = (Column("Venue"), Column("Works", "int"), Column("Share", "share"))
    notes = (f"{found.venues.missing:,} without a venue.",) if found.venues.missing else ()
    return Table("literature-venues", "Included works by venue.", columns, rows, notes=notes, shown=10)


def taxonomy(found: LiteratureFindings) -> Table:
    """Return the groups of each dimension with their definitions and codes."""
    labels = {code.name: code.label for code in found.review.taxonomy.codes}
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            dimension,
            group.label,
            group.definition or None,
            "; ".join(labels.get(code, code) for code in group.codes) or None,
        )
        for name, dimension in found.review.taxonomy.labels
        for group in found.review.taxonomy.groups
        if group.dimension == name
    )
    columns = (Column("Dimension"), Column("Group"), Column("Definition"), Column("Codes"))
    return Table("literature-taxonomy", "The taxonomy.", columns, rows)


def synthesis(result: Synthesis) -> Table:
    """Return the groups of a dimension with their examples and studies: the review's Table 1."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            row["label"],
            "; ".join(row["examples"]) or None,
            "; ".join(row["studies"]) or None,
            row["works"],
            row["share"],
        )
        for row in result.groups.iter_rows(named=True)
    )
    columns = (
        Column(result.label),
        Column("Examples"),
        Column("Studies"),
        Column("Works", "int"),
        Column("Share", "share"),
    )
    return Table(
        key=f"literature-{slug(result.dimension)}",
        caption=f"{plain(result.label)}: examples and studies.",
        columns=columns,
        rows=rows,
        notes=tuple(plain(remark) for remark in result.remarks),
    )


def crossed(found: LiteratureFindings, result: Synthesis) -> Table:
    """Return how the works of each group are shared out by the other dimensions."""
    frame, labels = result.crossed, dict(found.review.taxonomy.labels)
    places = list(dict.fromkeys(frame.select("dimension", "class", "class_label").rows()))
    counts: dict[tuple[str, str, str], int] = {
        (group, dimension, name): works
        for group, dimension, name, works in frame.select("group", "dimension", "class", "works").rows()
    }
    groups = list(dict.fromkeys(frame.select("group", "group_label").rows()))
    several = len({dimension for dimension, _, _ in places}) > 1
    columns = (
        Column(result.label),
        *(Column(label, "int", group=labels.get(name, name) if several else "") for name, _, label in places),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (label, *(counts[group, dimension, name] for dimension, name, _ in places)) for group, label in groups
    )
    note = "Works of each group by what else they speak of; a work of several groups stands in several rows."
    caption = f"{plain(result.label)} and the other dimensions of the taxonomy."
    return Table(f"literature-{slug(result.dimension)}-crossed", caption, columns, rows, notes=(note,))


def matrix(result: Matrix) -> Table:
    """Return studies by codes: a number of passages, or nothing."""
    counts = result.counts()
    order = result.works["work"].to_list()
    studies = dict(result.works.select("work", "study").rows())
    if len(result.columns) <= WIDEST:
        columns = (Column("Study"), *(Column(label, "int") for label in result.columns.values()))
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (studies[work], *(counts.get((work, name)) for name in result.columns)) for work in order
        )
    else:
        columns = (Column("Study"), Column("Code"), Column("Passages", "int"))
        rows = tuple(
            (studies[work], label, counts[work, name])
            for work in order
            for name, label in result.columns.items()
            if (work, name) in counts
        )
    notes = tuple(plain(remark) for remark in result.remarks)
    return Table("literature-matrix", "Studies and codes.", columns, rows, notes=notes, shown=SHOWN)
