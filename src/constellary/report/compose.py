"""Compose: the chapters in their order, with the summary at the head and the works at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary import __version__
from constellary.report.cells import number
from constellary.report.chapters import chapters
from constellary.report.document import Document
from constellary.report.inline import plain
from constellary.report.prose import inside, interval, percent, plural
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
    """
    listed = chapters(findings.design, findings.frames.codebook, reviewed=findings.review is not None)
    if findings.empty:
        listed = [chapter for chapter in listed if not chapter.of_alliances]
    # What needs the constellation comes last: what stands above is being drawn while it is computed.
    written = {
        chapter.key: ready(chapter.write(findings, book))
        for chapter in sorted(listed, key=lambda one: one.turn)
    }
    codebook = findings.frames.codebook
    return Document(
        title=codebook.title,
        subtitle="The literature: search, flow and synthesis"
        if findings.empty
        else "Firms, ties and motivations: tables, tests and evidence",
        meta=(
            *_alliances(findings),
            *_literature(findings),
            ("Codebook", codebook.name),
            ("Computed by", f"Constellary {__version__}"),
        ),
        summary=() if findings.empty else (_summary(findings),),
        sections=tuple(section for chapter in listed if (section := written[chapter.key]) is not None),
        references=references(findings),
    )


def _alliances(findings: Findings) -> tuple[tuple[str, str], ...]:
    if findings.empty:
        return ()
    return (
        ("Selection", findings.frames.selection or "all alliances of the study"),
        ("Alliances", f"{findings.sample.alliances:,} of {findings.sample.firms:,} firms"),
    )


def _literature(findings: Findings) -> tuple[tuple[str, str], ...]:
    found = findings.literature
    if found is None:
        return ()
    return (
        (
            "Literature",
            f"{plural(len(found.works), 'work')} of {plural(len(found.review.records), 'record')}",
        ),
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
