"""Chapters, crosstabs and frequencies as they are written for one filter, with the evidence of their marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from constellary.errors import UnknownName
from constellary.report.evidence import EvidenceBook
from constellary.report.published import parse_published
from constellary.workbench.background import soon

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from constellary.report.chapters import Chapter
    from constellary.report.document import Section
    from constellary.report.evidence import EvidenceList
    from constellary.report.findings import Findings
    from constellary.report.published import Published
    from constellary.study.study import Study
    from constellary.workbench.filters import Filter
    from constellary.workbench.moments import Moment


@dataclass(frozen=True, slots=True)
class Written:
    """A section with the evidence that its links, cells and marks lead to.

    Attributes
    ----------
    section
        None: the alliances of this filter give no ground for it.
    lists
        The evidence by key.
    """

    section: Section | None
    lists: dict[str, EvidenceList] = field(default_factory=dict)

    def list(self, key: str) -> EvidenceList:
        """Return the evidence of a key.

        Raises
        ------
        UnknownName
            If there is none: the study or the filter is another than when the link was written.
        """
        if key not in self.lists:
            raise UnknownName("evidence", key, [])
        return self.lists[key]


def chapters_of(moment: Moment) -> list[Chapter]:
    """Return the chapters of the study's report, in order."""
    from constellary.report.chapters import chapters

    return chapters(moment.codebook.design, moment.codebook, reviewed=moment.review is not None)


def chapter_of(moment: Moment, key: str) -> Chapter:
    """Return a chapter by its key.

    Raises
    ------
    UnknownName
        If the codebook asks for no such chapter.
    """
    listed = chapters_of(moment)
    found = next((chapter for chapter in listed if chapter.key == key), None)
    if found is None:
        raise UnknownName("chapter", key, [chapter.key for chapter in listed])
    return found


def published_in(moment: Moment, study: Study) -> Published | None:
    """Return the values of an earlier study that this one keeps to compare with."""

    def made() -> Published | None:
        text = study.setting("published")
        return None if text is None else parse_published(text, origin="the published values")

    return moment.memory.get(("published",), made)


def findings_of(moment: Moment, chosen: Filter, study: Study) -> Findings:
    """Return the findings of a filter, each computed when it is first needed and then remembered."""

    def made() -> Findings:
        from constellary.report.findings import Findings
        from constellary.report.placed import placed_constellation

        frames, whole, memory = moment.selected(chosen), moment.frames, moment.memory
        return Findings(
            frames,
            lambda: memory.get(
                ("placed constellation", chosen), lambda: placed_constellation(frames, whole, study.layouts)
            ),
            published_in(moment, study),
            moment.review,
        )

    return moment.memory.get(("findings", chosen), made)


def chapter(moment: Moment, chosen: Filter, study: Study, key: str) -> Future[Written]:
    """Return the future of a chapter under a filter.

    Raises
    ------
    UnknownName
        If there is no such chapter.
    """
    wanted = chapter_of(moment, key)
    return soon(
        moment,
        ("chapter", chosen, key),
        lambda present: _written(lambda book: wanted.write(findings_of(present, chosen, study), book)),
    )


def crossing(moment: Moment, chosen: Filter, row: str, column: str) -> Future[Written]:
    """Return the future of two variables against each other under a filter."""

    def make(present: Moment) -> Written:
        from constellary.report.sections.crossed import section_of
        from constellary.statistics.crosstab import crosstab

        result = crosstab(present.selected(chosen), row, column)
        return _written(lambda book: section_of(result, book))

    return soon(moment, ("crossing", chosen, row, column), make)


def counting(moment: Moment, chosen: Filter, variable: str) -> Future[Written]:
    """Return the future of the frequencies of a variable under a filter."""

    def make(present: Moment) -> Written:
        from constellary.report.sections.counted import section_of
        from constellary.statistics.frequency import frequency

        result = frequency(present.selected(chosen), variable)
        return _written(lambda book: section_of(result, book))

    return soon(moment, ("counting", chosen, variable), make)


def _written(write: Callable[[EvidenceBook], Section | None]) -> Written:
    book = EvidenceBook()
    section = write(book)
    return Written(section, book.lists)
