"""What stands around every page: the study, the person, the rail, the theme."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from constellary.workbench.filters import Filter
from constellary.workbench.jobs import Glance
from constellary.workbench.navigation import NAVIGATION, Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from constellary.study.codebook import Codebook
    from constellary.study.history import Decision
    from constellary.workbench.links import Links


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What `base.html` needs beside a page's own content.

    Attributes
    ----------
    link
        Gives addresses.
    live
        Whether this is the running workbench; a published site shows and does not change.
    study
        Title of the study.
    file
        Name of its file.
    codebook
        Its variables, groupings and design.
    who
        Who works here, as the log will say; empty in a published site.
    theme
        `light`, `dark`, or empty: as the system has it.
    counts
        Path of a page -> how many things it holds, for the rail.
    undo, redo
        What these buttons would take back or bring again; None: nothing.
    chosen
        The filter of the page.
    jobs
        What runs in the background, and what is ready.
    saved
        The decision that was just made here, for the page to say so with its undo.
    absent
        Pages of the rail that a published site has not, or that have nothing to show yet.
    """

    link: Links
    live: bool
    study: str
    file: str
    codebook: Codebook
    who: str = ""
    theme: str = ""
    counts: Mapping[str, int] | None = None
    undo: Decision | None = None
    redo: Decision | None = None
    chosen: Filter = field(default_factory=Filter)
    jobs: Glance = field(default_factory=Glance)
    saved: Decision | None = None
    absent: frozenset[str] = frozenset()

    @property
    def navigation(self) -> list[tuple[str, list[Entry]]]:
        """The rail's groups, without those that have no page here."""
        groups = [(label, [entry for entry in entries if self._has(entry)]) for label, entries in NAVIGATION]
        return [(label, entries) for label, entries in groups if entries]

    def _has(self, entry: Entry) -> bool:
        return (entry.live if self.live else entry.published) and entry.path not in self.absent
