"""The chapters of a report in their order, each with what it is called before it is written.

The order is that of the study which the project implements: the literature, where there is any; firms,
portfolios, partners and growth, place, the constellation, motivations and what goes with them, industries,
groups of firms; then what that study lacks: agreement, the comparison with print, limits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from constellary.report.prose import inside
from constellary.report.sections import (
    against_print,
    coding,
    crossed,
    firms,
    groups,
    growth,
    industries,
    limits,
    literature,
    motivations,
    portfolios,
    sample,
    sky,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from constellary.report.document import Section
    from constellary.report.evidence import EvidenceBook
    from constellary.report.findings import Findings
    from constellary.study.codebook import Codebook, Design

CROSSED, PLAIN, SKY = range(3)
"""Turns of writing: crosstabs first, which others refer to; last what needs the constellation."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter that can be written.

    Attributes
    ----------
    key
        Its stable name, the same as of the section that it gives.
    title
        What a list of contents calls it, plain text.
    write
        Gives the section, and fills the book with its evidence; None: the study gives no ground for it.
    turn
        When it is written in a whole report.
    crosses
        The pair of variables that it sets against each other; None: it does not.
    charted
        Whether it may have figures.
    of_alliances
        Whether it needs alliances to be told.
    """

    key: str
    title: str
    write: Callable[[Findings, EvidenceBook], Section | None]
    turn: int = PLAIN
    crosses: tuple[str, str] | None = None
    charted: bool = True
    of_alliances: bool = True


def chapters(design: Design, book: Codebook, *, reviewed: bool = False) -> list[Chapter]:
    """Return the chapters of a codebook's report, in order; those that its design leaves out are not there.

    `reviewed` tells whether the study has a review of the literature.

    Examples
    --------
    >>> from constellary.data import example_frames
    >>> book = example_frames().codebook
    >>> [chapter.key for chapter in chapters(book.design, book)][:3]
    ['sample', 'firms', 'portfolios']
    """
    crossings = [_crossing(book, pair) for pair in design.crosstabs]
    by_place = [one for one in crossings if one.crosses and design.place in one.crosses]
    found = [
        *([LITERATURE] if reviewed else []),
        Chapter("sample", "The sample and its sources", sample.section, charted=False),
        *([Chapter("firms", "Firms by type", firms.section)] if design.firm_type else []),
        Chapter("portfolios", "Alliances per firm", portfolios.section),
        Chapter("growth", "Partners, form and growth", growth.section),
        *by_place,
        Chapter("constellation", "The constellation", sky.section, SKY),
    ]
    if design.motivation:
        found.append(Chapter("motivations", book.label(design.motivation), motivations.section))
    found += [one for one in crossings if one not in by_place]
    if design.industries or design.rivals:
        found.append(Chapter("industries", "Within and across industries", industries.section))
    if design.comparison:
        labels = book.labels(design.comparison.variable)
        first, second = (labels.get(one, one) for one in (design.comparison.first, design.comparison.second))
        found.append(Chapter("groups", f"{first} and {inside(second)} firms", groups.section, SKY))
    return [
        *found,
        Chapter("agreement", "Agreement of the coders", coding.section),
        Chapter("against-print", "Against print", against_print.section, SKY, charted=False),
        Chapter("limits", "Limits", lambda findings, _book: limits.section(findings), SKY, charted=False),
    ]


LITERATURE = Chapter(literature.KEY, literature.TITLE, literature.section, charted=False, of_alliances=False)
"""The chapter of who has a review."""


def _crossing(book: Codebook, pair: tuple[str, str]) -> Chapter:
    row, column = pair
    title = f"{book.label(row)} and {inside(book.label(column))}"
    return Chapter(
        f"{row}-{column}".lower(), title, partial(crossed.section, row=row, column=column), CROSSED, pair
    )
