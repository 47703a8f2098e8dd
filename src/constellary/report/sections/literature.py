"""Chapter: the literature that the study rests on, from the search to the taxonomy and Table 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.report.document import Bullets, Figure, Note, Paragraph, Section
from constellary.report.inline import plain
from constellary.report.prose import listing, plural
from constellary.report.sections import literature_tables as tables

if TYPE_CHECKING:
    from constellary.report.document import Block
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings
    from constellary.report.literature import LiteratureFindings

KEY, TITLE = "literature", "Literature"
LONGEST_STRING = 4_000
"""Letters of a search string that are printed; `results.json` has all."""


def section(findings: Findings, _book: EvidenceBook) -> Section | None:
    """Say what was asked and searched, what came of it, and what the included works say."""
    found = findings.literature
    return None if found is None else section_of(found)


def section_of(found: LiteratureFindings) -> Section:
    """Write the chapter of a review."""
    blocks: list[Block] = [*_search(found), *_flow(found), *_works(found), *_taxonomy(found)]
    if found.references:
        blocks.append(Paragraph("**Included works**"))
        blocks.append(Bullets(tuple(one.markup for one in found.references)))
    return Section(KEY, TITLE, tuple(blocks))


def _search(found: LiteratureFindings) -> list[Block]:
    """Return the protocol: question, searches with their strings word for word, criteria, stages."""
    protocol = found.review.protocol
    blocks: list[Block] = []
    if protocol.question:
        blocks.append(Paragraph(f"The review asks: {plain(protocol.question)}"))
    said = []
    if protocol.searches:
        searches = plural(len(protocol.searches), "search", "searches")
        said.append(f"Its protocol names {searches} ({{table:literature-searches}}).")
    said += _rules(found)
    if found.review.planned and protocol.stages:
        stages = [f"{plain(one.label)} ({plural(one.screeners, 'screener')})" for one in protocol.stages]
        said.append(f"Works were judged at {plural(len(stages), 'stage')}: {listing(stages)}.")
    if said:
        blocks.append(Paragraph(" ".join(said)))
    if protocol.include:
        blocks += [Note("A work is included if:"), Bullets(tuple(plain(one) for one in protocol.include))]
    if protocol.searches:
        blocks.append(tables.searches(found))
        strings = [
            f"**{plain(one.name)}**: {plain(' '.join(one.string.split())[:LONGEST_STRING])}"
            for one in protocol.searches
            if one.string.strip()
        ]
        if strings:
            blocks += [Note("The search strings, word for word:"), Bullets(tuple(strings))]
    return blocks


def _rules(found: LiteratureFindings) -> list[str]:
    protocol, said = found.review.protocol, []
    if protocol.years is not None:
        first, last = protocol.years
        span = (
            f"{first} to {last}"
            if first and last
            else (f"{first} or later" if first else f"{last} or earlier")
        )
        said.append(f"Works that appeared in {span} are kept.")
    if protocol.languages:
        said.append(f"Languages are limited to {plain(listing(list(protocol.languages)))}.")
    return said


def _flow(found: LiteratureFindings) -> list[Block]:
    """Return the flow diagram with its remarks; counts that were told are marked in it."""
    if found.flow is None:
        return [Note(f"There is no flow diagram: {plain(found.fault)}")]
    if not found.review.records and not found.flow.declared:
        return []
    from constellary.report.flow.svg import flow_svg
    from constellary.report.flow.texts import description

    flow = found.flow
    figure = Figure(
        key="literature-flow",
        caption="The flow of records through the review, after PRISMA 2020.",
        alt=description(flow) or flow.title,
        svg=flow_svg(flow),
        note="Counts marked as declared were told by the protocol and not computed." if flow.declared else "",
    )
    blocks: list[Block] = [figure, tables.flow(flow)]
    beneath = [remark for remark in flow.remarks if remark not in flow.notes]
    blocks += [Note(plain(remark)) for remark in beneath]
    return blocks if found.agreement is None else [*blocks, tables.agreement(found.agreement)]


def _works(found: LiteratureFindings) -> list[Block]:
    """Return the included works, their years and venues."""
    if not found.works:
        return [Paragraph("No work is included so far.")]
    years = found.years.rows
    listed = years["year"].to_list()
    span = f", of {listed[0]} to {listed[-1]}" if listed else ""
    venues = found.venues.rows
    said = f"{plural(len(found.works), 'work')} {'is' if len(found.works) == 1 else 'are'} included{span}."
    if venues.height:
        top = venues.row(0, named=True)
        said += (
            f" They appeared in {plural(venues.height, 'venue')}, most often "
            f"{plain(top['venue'])} ({top['works']:,})."
        )
    blocks: list[Block] = [Paragraph(said), tables.works(found)]
    if years.height:
        blocks.append(tables.years(found))
    if venues.height:
        blocks.append(tables.venues(found))
    return blocks


def _taxonomy(found: LiteratureFindings) -> list[Block]:
    """Return the taxonomy, Table 1, the groups against each other, and the matrix."""
    taxonomy = found.review.taxonomy
    if not taxonomy.codes or found.matrix is None:
        return []
    groups = plural(len(taxonomy.groups), "group")
    blocks: list[Block] = [
        Paragraph(
            f"The passages of the works bear {plural(len(taxonomy.codes), 'code')}, gathered into {groups} "
            "({table:literature-taxonomy})."
        ),
        tables.taxonomy(found),
    ]
    for name, result in found.syntheses.items():
        blocks.append(tables.synthesis(result))
        if result.crossed.height and name == next(iter(found.syntheses)):
            blocks.append(tables.crossed(found, result))
    if found.works:
        blocks.append(tables.matrix(found.matrix))
    if found.tie is not None:
        blocks += [Note(plain(remark)) for remark in found.tie.remarks]
    return blocks
