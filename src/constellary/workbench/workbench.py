"""The workbench as one thing: an open study, its moments, and who sits at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.workbench.coding.lately import Lately
from constellary.workbench.intake.imports import Imports
from constellary.workbench.jobs import Jobs
from constellary.workbench.moments import Moments
from constellary.workbench.review.order import Orders

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
    jobs
        Long work about it, in processes of its own.
    imports
        Files on their way into it.
    lately
        What coders answered since a moment was read.
    orders
        In which order long queues of the screening are read.
    who
        Whose decisions these are where a page has not been told a name.
    """

    def __init__(self, study: Study, *, who: str) -> None:
        self.study = study
        self.moments = Moments(study)
        self.jobs = Jobs(study.path)
        self.imports = Imports(study, self.jobs)
        self.lately = Lately()
        self.orders = Orders()
        self.who = who

    def close(self) -> None:
        """End the jobs and remove their results; the study stays open, and its opener closes it."""
        self.jobs.close()
