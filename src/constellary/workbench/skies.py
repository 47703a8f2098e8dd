"""Scenes of the constellation for a moment: places and measures once, answers as they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from constellary.workbench.evidence import in_words

if TYPE_CHECKING:
    from constellary.report.sky.measures import Measures
    from constellary.report.sky.model import SkyScene
    from constellary.report.sky.places import Places
    from constellary.report.sky.view import View
    from constellary.study.study import Study
    from constellary.workbench.filters import Filter
    from constellary.workbench.moments import Moment


def places(moment: Moment, study: Study) -> Places:
    """Return where the study's firms stand, from the layout that it keeps or from one made now."""

    def made() -> Places:
        from constellary.report.placed import positions
        from constellary.report.sky.places import places_of

        return places_of(moment.frames, positions(moment.frames, study.layouts))

    return moment.memory.get(("places",), made)


def measures(moment: Moment, chosen: Filter) -> Measures:
    """Return the measures of a filter's constellation."""

    def made() -> Measures:
        from constellary.report.sky.measures import Measures

        return Measures(moment.selected(chosen))

    return moment.memory.get(("measures", chosen), made)


def scene(moment: Moment, study: Study, chosen: Filter, view: View) -> SkyScene:
    """Return the scene of a view under a filter."""

    def made() -> SkyScene:
        from constellary.report.sky.build import sky_scene

        frames = moment.selected(chosen)
        words = in_words(frames, chosen) if chosen else ""
        return sky_scene(
            frames,
            moment.frames,
            view,
            places(moment, study),
            measures(moment, chosen),
            selection=words,
        )

    return moment.memory.get(("scene", chosen, view), made)
