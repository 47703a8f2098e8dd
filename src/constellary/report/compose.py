"""Compose: the chapters in their order, with the summary at the head and the works at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary import __version__
from constellary.report.cells import number
from constellary.report.document import Document
from constellary.report.inline import plain
from constellary.report.prose import inside, interval, percent, plural
from constellary.report.sections import (
    against_print,
    coding,
    crossed,
    firms,
    groups,
    growth,
    industries,
    limits,
    motivations,
    portfolios,
    sample,
    sky,
)
from constellary.report.sections.works import references

if TYPE_CHECKING:
    from collections.abc import Callable

    from constellary.report.document import Section
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings


def compose(
    findings: Findings,
    book: EvidenceBook,
    ready: Callable[[Section | None], Section | None] = lambda section: section,
) -> Document:
    """Return the report as a document; `book` is filled with the evidence of its marks.

    `ready` is given each chapter as soon as it is written, and gives it back.

    The order is that of the study which the project implements: firms, portfolios, partners and growth,
    place, the constellation, motivations and what goes with them, industries, groups of firms; then what
    that study lacks: agreement, the comparison with print, limits.
    """
    place = findings.design.place
    crossings = {pair: ready(crossed.section(findings, book, *pair)) for pair in findings.crosstabs}
    first = [
        ready(sample.section(findings, book)),
        ready(firms.section(findings, book)),
        ready(portfolios.section(findings, book)),
        ready(growth.section(findings, book)),
        *(section for pair, section in crossings.items() if place in pair),
    ]
    then = [
        ready(motivations.section(findings, book)),
        *(section for pair, section in crossings.items() if place not in pair),
        ready(industries.section(findings, book)),
    ]
    agreed = ready(coding.section(findings, book))
    # From here on the constellation is needed: what stands above is being drawn while it is computed.
    chapters = [
        *first,
        ready(sky.section(findings, book)),
        *then,
        ready(groups.section(findings, book)),
        agreed,
        ready(against_print.section(findings, book)),
        ready(limits.section(findings)),
    ]
    codebook = findings.frames.codebook
    return Document(
        title=codebook.title,
        subtitle="Firms, ties and motivations: tables, tests and evidence",
        meta=(
            ("Selection", findings.frames.selection or "all alliances of the study"),
            ("Alliances", f"{findings.sample.alliances:,} of {findings.sample.firms:,} firms"),
            ("Codebook", codebook.name),
            ("Computed by", f"Constellary {__version__}"),
        ),
        summary=(_summary(findings),),
        sections=tuple(chapter for chapter in chapters if chapter is not None),
        references=references(findings),
    )


def _summary(findings: Findings) -> str:
    """Return the main numbers in a paragraph."""
    opening = (
        f"{plural(findings.sample.alliances, 'alliance')} of {plural(findings.sample.firms, 'firm')} are studied, with "
        f"{plural(findings.sample.sources, 'source')}."
    )
    said = [opening]
    one = findings.per_firm.one
    said.append(
        f"{percent(one.share)} of the firms have a single alliance ({interval(one.low, one.high)}); "
        f"{percent(findings.per_alliance.dyads.share)} of the alliances join two firms."
    )
    name = findings.design.motivation
    if name is not None and findings.frequencies[name].n:
        result = findings.frequencies[name]
        top = result.rows.sort("count", descending=True, maintain_order=True).row(0, named=True)
        said.append(
            f"The most frequent {plain(inside(result.label))} is {plain(inside(top['label']))} "
            f"({percent(top['share'])}; {interval(top['low'], top['high'])})."
        )
    said += [
        f"{plain(table.row_label)} and {plain(inside(table.column_label))}: Cramér's *V* = "
        f"{number(table.tests.cramers_v, 2)} "
        f"({interval(table.tests.low, table.tests.high, share=False, digits=2)})."
        for table in findings.crosstabs.values()
        if table.tests is not None
    ]
    said.append("Intervals are at 95%. Counts lead to their alliances, and alliances to their sources.")
    return " ".join(said)
