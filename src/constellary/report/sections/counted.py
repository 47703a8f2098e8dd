"""Section: how often each value of one variable occurs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.report.document import Note, Section
from constellary.report.evidence import slug
from constellary.report.inline import plain
from constellary.report.prose import inside
from constellary.report.sections.parts import frequency_figure, frequency_table

if TYPE_CHECKING:
    from constellary.report.evidence import EvidenceBook
    from constellary.statistics.frequency import Frequency

MOST = 30
"""Bars of a figure; a variable of free tags has more values."""


def section_of(result: Frequency, book: EvidenceBook) -> Section:
    """Show the frequencies as bars and as a table, with what they are of."""
    key = slug(result.variable)
    units = "Firms" if result.unit == "firm" else "Alliances"
    caption = f"{units} by {plain(inside(result.label))}."
    return Section(
        key,
        result.label,
        (
            frequency_figure(book, result, key=key, caption=caption, top=MOST),
            frequency_table(book, result, key=key, caption=caption),
            *(Note(plain(remark)) for remark in result.remarks),
        ),
    )
