"""Scenes of the constellation for a moment: places and measures once, and what takes long beside the pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from constellary.errors import InputError
from constellary.workbench.background import ready, soon
from constellary.workbench.evidence import in_words
from constellary.workbench.filters import Filter
from constellary.workbench.moments import Memory

if TYPE_CHECKING:
    from constellary.constellation.projection import Projection
    from constellary.report.sky.measures import Measures
    from constellary.report.sky.model import SkyScene
    from constellary.report.sky.places import Places
    from constellary.report.sky.view import View
    from constellary.study.study import Study
    from constellary.workbench.job import Job
    from constellary.workbench.moments import Moment
    from constellary.workbench.workbench import Workbench

FEW = 1_500
"""Up to so many firms are placed within seconds, in this process; more by a job, which can be cancelled."""
PATIENCE = 2.0
"""Seconds that a scene is waited for before it is said that it takes longer."""
SCENES = 6
"""Scenes that are remembered of a moment; one of 20,000 firms takes some megabytes."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A scene that is not there yet: for what it waits, in words, which part is done, by which job."""

    words: str
    share: float | None = None
    job: str | None = None


@dataclass
class Placing:
    """The job that places the firms of a moment; None: none was started."""

    job: Job | None = None
    lock: Lock = field(default_factory=Lock)


def scene_or_waiting(bench: Workbench, moment: Moment, chosen: Filter, view: View) -> SkyScene | Waiting:
    """Return the scene of a view under a filter, or for what it waits; ask again then.

    Raises
    ------
    InputError
        If the firms could not be placed, or that was cancelled.
    """
    waiting = placed_or_waiting(bench, moment) or measured_or_waiting(moment, chosen, view)
    return waiting or scene(moment, bench.study, chosen, view)


def scene(moment: Moment, study: Study, chosen: Filter, view: View) -> SkyScene:
    """Return the scene of a view under a filter, however long it takes."""

    def made() -> SkyScene:
        from constellary.report.sky.build import sky_scene

        frames = moment.selected(chosen)
        return sky_scene(
            frames,
            moment.frames,
            view,
            places(moment, study),
            measures(moment, chosen),
            selection=in_words(frames, chosen) if chosen else "",
        )

    return moment.memory.get(("scenes",), lambda: Memory(SCENES)).get((chosen, view), made)


def places(moment: Moment, study: Study) -> Places:
    """Return where the study's firms stand, from the layout that it keeps or from one made now."""

    def made() -> Places:
        from constellary.report.sky.places import places_of

        return places_of(moment.frames, study.layouts, projection=projection(moment, Filter()))

    return moment.memory.get(("places",), made)


def measures(moment: Moment, chosen: Filter) -> Measures:
    """Return the measures of a filter's constellation, each computed when it is asked for."""

    def made() -> Measures:
        from constellary.report.sky.measures import Measures

        return Measures(moment.selected(chosen), projection(moment, chosen))

    return moment.memory.get(("sky measures", chosen), made)


def projection(moment: Moment, chosen: Filter) -> Projection:
    """Return the firms and ties of a filter."""
    from constellary.constellation.projection import project

    return moment.memory.get(("projection", chosen), lambda: project(moment.selected(chosen)))


def placed_or_waiting(bench: Workbench, moment: Moment) -> Waiting | None:
    """Return None once the firms have their places; begin to place them where nobody did."""
    if ("places",) in moment.memory:
        return None
    firms = moment.frames.partners["firm"].n_unique()
    words = f"placing {firms:,} firms"
    if firms <= FEW:
        promised = soon(moment, ("places",), lambda present: places(present, bench.study))
        if not ready(promised, PATIENCE):
            return Waiting(words)
        promised.result()
        return None
    from constellary.report.placed import kept_positions_of

    placing = moment.memory.get(("placing",), Placing)
    with placing.lock:
        if placing.job is not None and placing.job.is_open:
            return Waiting(words, placing.job.share, placing.job.id)
        if kept_positions_of(projection(moment, Filter()), bench.study.layouts) is not None:
            return None
        ended, placing.job = placing.job, None
        if ended is not None:
            raise InputError(_not_placed(ended))
        placing.job = bench.jobs.start("layout", title=f"Place {firms:,} firms")
        return Waiting(words, None, placing.job.id)


def _not_placed(job: Job) -> str:
    if job.state == "cancelled":
        return "The firms have no places: that was cancelled. Load the page again to place them."
    if job.state == "failed":
        return f"The firms could not be placed. {job.error}"
    return "The firms were placed as the study stood before its latest change. Load the page again."


def measured_or_waiting(moment: Moment, chosen: Filter, view: View) -> Waiting | None:
    """Return None once the measures of a view are there; those that are counts always are."""
    from constellary.report.sky.build import slow_parts
    from constellary.report.sky.view import COMMUNITY, MEASURES

    firms = moment.selected(chosen).partners["firm"].n_unique()
    if not slow_parts(view, firms):
        return None

    def make(present: Moment) -> None:
        of = measures(present, chosen)
        of.get(view.size)
        if view.colour == COMMUNITY:
            of.communities  # noqa: B018 - it is computed and kept there

    promised = soon(moment, ("measured", chosen, view.size, view.colour == COMMUNITY), make)
    if not ready(promised, PATIENCE):
        what = MEASURES[view.size].lower() if view.colour != COMMUNITY else "communities"
        return Waiting(f"computing {what} of {firms:,} firms")
    promised.result()
    return None
