"""What the pages of figures show, without a request: the running workbench and a published site ask alike."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from constellary.report import theme
from constellary.study.facets import facets
from constellary.workbench.background import PATIENCE, ready
from constellary.workbench.evidence import carried
from constellary.workbench.overview import glances, glimpse
from constellary.workbench.same import same_crosstab, same_frequency
from constellary.workbench.shown import Order, shown_blocks
from constellary.workbench.variables import default_pair, known, variables
from constellary.workbench.written import (
    chapter,
    chapter_of,
    chapters_of,
    counting,
    crossing,
    published_in,
)

if TYPE_CHECKING:
    from concurrent.futures import Future

    from constellary.study.study import Study
    from constellary.workbench.filters import Filter
    from constellary.workbench.moments import Moment
    from constellary.workbench.shown import Cell, ShownBlock
    from constellary.workbench.written import Written

AGAINST = "against-print"
LOOKS = {"beyond": "warn", "within": "good", "not tested": "plain"}
"""Verdicts, as their table says them, and how they are tinted; the word stays."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a section is read.

    Attributes
    ----------
    sort
        The order of one of its tables, as `shown.Order` says it.
    rows
        The table of which all rows are shown.
    patience
        Seconds to wait for what is being computed; None: until it is there.
    carrying
        Whether the page takes its evidence along, having no server to ask.
    """

    sort: str = ""
    rows: str = ""
    patience: float | None = PATIENCE
    carrying: bool = False


def overview_view(
    moment: Moment, chosen: Filter, study: Study, *, patience: float | None = PATIENCE
) -> dict[str, Any]:
    """Return what the overview shows: the chapters in order, each with a glimpse once it is there."""
    promised = glances(moment, chosen, study) if has_alliances(moment, chosen) else None
    found = promised.result() if promised is not None and ready(promised, patience) else None
    return {
        **surround(moment, chosen),
        "entries": [(one, glimpse(one, found)) for one in chapters_of(moment)],
        "computing": promised is not None and found is None,
        "variables": variables(moment),
    }


def chapter_view(
    moment: Moment, chosen: Filter, study: Study, key: str, reading: Reading = Reading()
) -> dict[str, Any]:
    """Return a chapter of the report under a filter, with its neighbours.

    Raises
    ------
    UnknownName
        If the codebook asks for no such chapter.
    """
    listed = chapters_of(moment)
    wanted = chapter_of(moment, key)
    place = [one.key for one in listed].index(key)
    possible = not wanted.of_alliances or has_alliances(moment, chosen)
    written = chapter(moment, chosen, study, key) if possible else None
    return {
        "chapter": wanted,
        "before": listed[place - 1] if place else None,
        "after": listed[place + 1] if place + 1 < len(listed) else None,
        "path": f"figures/{key}",
        "files": f"figures/{key}/",
        "where": {"section": key},
        "more": {},
        **surround(moment, chosen),
        **section_view(moment, chosen, written, reading, charted=wanted.charted),
    }


def against_view(
    moment: Moment, chosen: Filter, study: Study, reading: Reading = Reading()
) -> dict[str, Any]:
    """Return the side by side with print; its verdicts are tinted. `published` is None where there is nothing."""
    view = chapter_view(moment, chosen, study, AGAINST, reading)
    blocks = [_judged(block) for block in view["blocks"]]
    return {**view, "path": "against", "blocks": blocks, "published": published_in(moment, study)}


def frequency_view(
    moment: Moment, chosen: Filter, file: str, variable: str, reading: Reading = Reading()
) -> dict[str, Any]:
    """Return how often each value of a variable occurs; `file` is the study's, for the same elsewhere.

    Raises
    ------
    UnknownName
        If the variable cannot be counted.
    """
    known(moment, variable)
    written = counting(moment, chosen, variable) if has_alliances(moment, chosen) else None
    return {
        "variable": variable,
        "label": dict(variables(moment))[variable],
        "variables": variables(moment),
        "same": same_frequency(file, variable, chosen),
        "path": f"figures/frequency/{variable}",
        "files": f"figures/frequency/{variable}/",
        "where": {"variable": variable},
        "more": {},
        **surround(moment, chosen),
        **section_view(moment, chosen, written, reading),
    }


def cross_view(
    moment: Moment, chosen: Filter, file: str, row: str, column: str, reading: Reading = Reading()
) -> dict[str, Any]:
    """Return two variables against each other; what is left open is as in the codebook's first crosstab.

    Raises
    ------
    UnknownName
        If a variable cannot be counted.
    """
    row, column = default_pair(moment, row, column)
    possible = has_alliances(moment, chosen) and row != column
    written = crossing(moment, chosen, row, column) if possible else None
    pair = {"row": row, "column": column}
    view = section_view(moment, chosen, written, reading)
    return {
        **pair,
        "variables": variables(moment),
        "same": same_crosstab(file, row, column, chosen),
        "path": "figures/cross",
        "files": "figures/cross/",
        "where": pair,
        "more": pair,
        **surround(moment, chosen),
        **view,
        "state": "itself" if row == column else view["state"],
    }


def section_view(
    moment: Moment,
    chosen: Filter,
    written: Future[Written] | None,
    reading: Reading,
    *,
    charted: bool = True,
) -> dict[str, Any]:
    """Return what a template shows of a section.

    `state` is `ready`, `computing`, `empty` (no alliance) or `none` (no ground for it); `blocks` and `numbers`
    are as `shown_blocks` gives them; `charts` is whether something must be drawn, or may have to be once it is
    there (`charted`); `carried` is the evidence that the page takes along, or None.
    """
    nothing: dict[str, Any] = {"blocks": [], "numbers": {}, "carried": None, "charts": False}
    if written is None:
        return {**nothing, "state": "empty"}
    if not ready(written, reading.patience):
        return {**nothing, "state": "computing", "charts": charted}
    found = written.result()
    if found.section is None:
        return {**nothing, "state": "none"}
    blocks, numbers = shown_blocks(found.section, Order.read(reading.sort), reading.rows)
    taken = carried(moment.selected(chosen), found.lists) if reading.carrying else None
    charts = any(block.figure and block.figure.spec for block in blocks)
    return {"state": "ready", "blocks": blocks, "numbers": numbers, "carried": taken, "charts": charts}


def surround(moment: Moment, chosen: Filter) -> dict[str, Any]:
    """Return what all pages of figures have: facets to filter by, the chapters, the colours of a dark page."""
    return {
        "facets": moment.memory.get(("facets",), lambda: facets(moment.frames)),
        "chapters": chapters_of(moment),
        "selected": moment.selected(chosen).alliances.height,
        "dark": theme.DARK,
    }


def has_alliances(moment: Moment, chosen: Filter) -> bool:
    """Return whether there is anything to count."""
    frames = moment.selected(chosen)
    return bool(frames.alliances.height and frames.partners.height)


def _judged(block: ShownBlock) -> ShownBlock:
    if block.table is None or block.table.key != AGAINST:
        return block
    body = tuple((*row[:-1], _tinted(row[-1])) for row in block.table.body)
    return replace(block, table=replace(block.table, body=body))


def _tinted(cell: Cell) -> Cell:
    return replace(cell, look=LOOKS.get(cell.text.removesuffix(" †"), ""))
