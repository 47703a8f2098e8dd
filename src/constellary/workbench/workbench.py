"""The workbench as one thing: an open study, its moments, and who sits at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.workbench.moments import Moments

if TYPE_CHECKING:
    from constellary.study.study import Study


class Workbench:
    """An open study with what the pages need.

    Attributes
    ----------
    study
        The study, open for writing.
    moments
        Gives it as it stands.
    who
        Whose decisions these are where a page has not been told a name.
    """

    def __init__(self, study: Study, *, who: str) -> None:
        self.study = study
        self.moments = Moments(study)
        self.who = who

    def close(self) -> None:
        """End what runs in the background; the study stays open, and its opener closes it."""
